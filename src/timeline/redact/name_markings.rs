//! The markings of entities and sources, including undeclared ones.
//!
//! An undeclared name may be another name of something marked, or its declaration could not be read. It counts as the
//! strictest.

use std::collections::HashMap;

use super::super::data::Timeline;
use super::super::keys::slug;
use super::super::source::{Claim, ClaimValue};
use super::super::term::Tlp;

/// The marking that each entity and each source counts as.
pub(super) struct NameMarkings {
    pub entities: Vec<Tlp>,
    pub sources: Vec<Tlp>,
    /// The strictest marking of the entities with a name, by the key derived from it.
    names: HashMap<String, Tlp>,
}

impl NameMarkings {
    /// From a timeline in which unmarked items are marked `default`.
    pub fn new(timeline: &Timeline, default: Tlp) -> Self {
        let has_open_names = timeline.has_open_names;
        let level = |tlp: Option<Tlp>, is_known: bool| {
            tlp.unwrap_or(if is_known { default } else { Tlp::Red })
        };
        let all = &timeline.entities;
        let own = all
            .iter()
            .map(|it| level(it.tlp, it.declared || has_open_names));
        let mut entities: Vec<Tlp> = own.collect();
        let mut names = HashMap::new();
        for (entity, level) in all.iter().zip(&entities) {
            let other = entity.aliases.iter().chain(&entity.attack);
            bear(
                &mut names,
                [&entity.key, &entity.name].into_iter().chain(other),
                *level,
            );
        }
        for (entity, level) in all.iter().zip(&mut entities) {
            raise(level, &names, &entity.key, &entity.name);
        }
        let all = &timeline.sources;
        let mut sources: Vec<Tlp> = all.iter().map(|it| level(it.tlp, it.declared)).collect();
        let mut titles = HashMap::new();
        for (source, level) in all.iter().zip(&sources) {
            bear(
                &mut titles,
                [&source.key, &source.title].into_iter(),
                *level,
            );
        }
        for (source, level) in all.iter().zip(&mut sources) {
            raise(level, &titles, &source.key, &source.title);
        }
        Self {
            entities,
            sources,
            names,
        }
    }

    /// The marking of a party that a claim has as text: its name, or a word that could be its id.
    pub fn of_value(&self, timeline: &Timeline, claim: &Claim) -> Option<Tlp> {
        let Some(ClaimValue::Text(text)) = &claim.value else {
            return None;
        };
        if !claim.about.is_party() {
            return None;
        }
        let could_be_id = !timeline.has_open_names && !text.contains(char::is_whitespace);
        let named = self.names.get(&slug(text, "")).copied();
        named.or(could_be_id.then_some(Tlp::Red))
    }
}

fn bear<'n>(
    names: &mut HashMap<String, Tlp>,
    of_one: impl Iterator<Item = &'n String>,
    level: Tlp,
) {
    for name in of_one {
        let strictest = names.entry(slug(name, "")).or_insert(level);
        *strictest = level.max(*strictest);
    }
}

/// Marks a name on its own as strictly as any item with that name.
fn raise(level: &mut Tlp, names: &HashMap<String, Tlp>, key: &str, name: &str) {
    if key == name
        && let Some(strictest) = names.get(&slug(name, ""))
    {
        *level = (*level).max(*strictest);
    }
}
