//! A timeline as JSON, with the tables and keys of a TOML file: dateline reads it back without a difference.
//!
//! Each entity, source, event, view, scene and question is on a line of its own, so that tools that compare lines compare
//! items.

mod event;
mod exported;
pub(super) mod losses;

use std::fmt::Write as _;

use self::event::event;
use self::exported::{JsonWriter, UNREAD, put_day, put_marking, put_name};
use super::json_text::OrderedObject;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{EntityKind, Grouping, Reliability, SceneAxis, Standing};
use crate::timeline::{Entity, EventId, Question, Scene, Source, Timeline, View};

/// The timeline with some of its events.
pub(super) fn write(timeline: &Timeline, events: &[EventId]) -> String {
    let writer = JsonWriter {
        timeline,
        exported: events.iter().copied().collect(),
    };
    let entities = timeline.entities().map(|(_, entity)| entity);
    let entities = entities.filter(|it| it.declared || it.is_placeholder || it.name != it.key);
    let sources = timeline.sources().map(|(_, source)| source);
    let sources = sources.filter(|it| it.declared || it.is_placeholder || it.title != it.key);
    let mut out = JsonSections::new();
    out.member("timeline", &writer.head().line());
    out.named("entities", entities.map(|it| (it.key.as_str(), entity(it))));
    out.named(
        "sources",
        sources.map(|it| (it.key.as_str(), writer.source(it))),
    );
    out.list("events", writer.in_file().map(|id| event(&writer, id)));
    let views = timeline.views().iter();
    out.named("views", views.map(|it| (it.key.as_str(), view(it))));
    out.list(
        "scenes",
        timeline.scenes().iter().map(|it| writer.scene(it)),
    );
    let questions = timeline.questions().iter();
    out.list("questions", questions.map(|it| writer.question(it)));
    out.end()
}

/// The members of the whole, as text.
struct JsonSections(String);

impl JsonSections {
    fn new() -> Self {
        Self("{\n\"format\": 1".to_owned())
    }

    fn member(&mut self, key: &str, value: &str) {
        write!(self.0, ",\n\"{key}\": {value}").expect("a string takes everything");
    }

    /// Objects with a name each, if there are any.
    fn named<'a>(&mut self, key: &str, items: impl Iterator<Item = (&'a str, OrderedObject)>) {
        let lines = items.map(|(name, item)| {
            let mut whole = OrderedObject::default();
            whole.put_object(name, item);
            // The name with its value, without the braces around both.
            let line = whole.line();
            let inner = line.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            inner.unwrap_or_default().to_owned()
        });
        self.lines(key, ["{", "}"], lines);
    }

    fn list(&mut self, key: &str, items: impl Iterator<Item = OrderedObject>) {
        self.lines(key, ["[", "]"], items.map(|item| item.line()));
    }

    fn lines(&mut self, key: &str, brackets: [&str; 2], lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_none() {
            return;
        }
        self.member(key, brackets[0]);
        for (number, line) in lines.enumerate() {
            self.0.push_str(if number > 0 { ",\n  " } else { "\n  " });
            self.0.push_str(&line);
        }
        self.0.push('\n');
        self.0.push_str(brackets[1]);
    }

    fn end(mut self) -> String {
        self.0.push_str("\n}\n");
        self.0
    }
}

impl JsonWriter<'_> {
    fn head(&self) -> OrderedObject {
        let head = self.timeline.head();
        let mut out = OrderedObject::default();
        out.put("title", head.title.as_str());
        out.put("summary", head.summary.as_str());
        if head.tlp_unread {
            out.put("tlp", UNREAD);
        } else {
            put_marking(&mut out, head.tlp);
        }
        out.put("banner", head.banner.as_deref());
        let yardstick = head.yardstick;
        out.put(
            "yardstick",
            (yardstick != Yardstick::default()).then(|| yardstick.as_str()),
        );
        out.put("zone", head.zone.as_ref().map(ToString::to_string));
        out.put("start", self.keys(head.start.into_iter()).pop());
        out
    }

    fn source(&self, source: &Source) -> OrderedObject {
        let mut out = OrderedObject::default();
        put_name(&mut out, "title", &source.title);
        out.put("publisher", source.publisher.as_deref());
        put_day(
            &mut out,
            "published",
            source.published.as_ref(),
            source.day_unread,
        );
        out.put("url", source.url.as_deref());
        put_day(&mut out, "retrieved", source.retrieved.as_ref(), false);
        let repeated = source.derives_from.iter();
        let repeated = repeated.map(|&id| self.timeline.source(id).key.clone());
        out.put("derives-from", repeated.collect::<Vec<_>>());
        out.put("reliability", source.reliability.map(Reliability::as_str));
        out.put("standing", source.standing.map(Standing::as_str));
        out.put("note", source.note.as_deref());
        put_marking(&mut out, source.tlp);
        out
    }

    fn scene(&self, scene: &Scene) -> OrderedObject {
        let mut out = OrderedObject::default();
        out.put("title", scene.title.as_str());
        out.put("view", scene.view.as_deref());
        out.put("select", self.keys(scene.select.into_iter()).pop());
        out.put("say", scene.say.as_deref());
        out.put("notes", scene.notes.as_deref());
        if let Some(seconds) = scene.seconds {
            match seconds % 60 {
                0 => out.put("minutes", seconds / 60),
                _ => out.put("minutes", f64::from(seconds) / 60.0),
            }
        }
        out.put("audience", scene.audience.as_slice());
        out.put(
            "axis",
            (scene.axis != SceneAxis::default()).then(|| scene.axis.as_str()),
        );
        out.put("reveal", scene.reveal.as_slice());
        put_marking(&mut out, scene.tlp);
        out
    }

    fn question(&self, question: &Question) -> OrderedObject {
        let mut out = OrderedObject::default();
        out.put("text", question.text.as_str());
        out.put("status", question.status.as_str());
        out.put("events", self.keys(question.events.iter().copied()));
        out.put("settles", question.settles.as_deref());
        put_marking(&mut out, question.tlp);
        out
    }
}

fn entity(entity: &Entity) -> OrderedObject {
    let mut out = OrderedObject::default();
    put_name(&mut out, "name", &entity.name);
    out.put("kind", entity.kind.map(EntityKind::as_str));
    out.put("aliases", entity.aliases.as_slice());
    out.put("attack", entity.attack.as_deref());
    out.put("note", entity.note.as_deref());
    put_marking(&mut out, entity.tlp);
    out
}

fn view(view: &View) -> OrderedObject {
    let mut out = OrderedObject::default();
    put_name(&mut out, "title", &view.title);
    out.put("filter", view.filter.as_deref());
    out.put("group", view.group.map(Grouping::as_str));
    out.put("sort", view.sort.as_deref());
    put_marking(&mut out, view.tlp);
    out
}
