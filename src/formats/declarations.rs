//! Writes declarations of a timeline as TOML: entities, sources and questions.

use std::fmt::Write as _;

use super::toml::key_names::{NAME, NOTE, TITLE};
use super::toml_text::{key, put, put_list, put_marking};
use crate::timeline::{Entity, Question, Source};

pub(super) fn entity(out: &mut String, entity: &Entity) {
    writeln!(out, "\n[entities.{}]", key(&entity.key)).expect("a string takes all that is written");
    put(out, NAME, &entity.name);
    if let Some(kind) = entity.kind {
        put(out, "kind", kind.as_str());
    }
    let aliases: Vec<&str> = entity.aliases.iter().map(String::as_str).collect();
    put_list(out, "aliases", &aliases);
    if let Some(note) = &entity.note {
        put(out, NOTE, note);
    }
    put_marking(out, entity.tlp);
}

pub(super) fn source(out: &mut String, source: &Source) {
    writeln!(out, "\n[sources.{}]", key(&source.key)).expect("a string takes all that is written");
    put(out, TITLE, &source.title);
    if let Some(publisher) = &source.publisher {
        put(out, "publisher", publisher);
    }
    if let Some(retrieved) = &source.retrieved {
        put(out, "retrieved", retrieved.written());
    }
    if let Some(note) = &source.note {
        put(out, NOTE, note);
    }
    put_marking(out, source.tlp);
}

pub(super) fn question(out: &mut String, question: &Question) {
    out.push_str("\n[[questions]]\n");
    put(out, "text", &question.text);
    put(out, "status", question.status.as_str());
    if let Some(settles) = &question.settles {
        put(out, "settles", settles);
    }
    put_marking(out, question.tlp);
}

/// Writes a declaration to which nothing refers as a comment: `check` would ask for a use of it.
pub(super) fn unused(out: &mut String, write: impl FnOnce(&mut String)) {
    let mut text = String::new();
    write(&mut text);
    for line in text.trim().lines() {
        writeln!(out, "# {line}").expect("a string takes all that is written");
    }
}
