//! What a file says of each item of a timeline, as keys and values in order. JSON, TOML and `dateline import` write the same.

mod event;

use std::collections::BTreeSet;

use super::json_text::OrderedObject;
use crate::date::EventDate;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{EntityKind, Grouping, Reliability, SceneAxis, Standing, Tlp};
use crate::timeline::{Entity, EventId, Question, Scene, Source, Timeline, View};

/// What replaces a value that could not be read. It cannot be read either, so it counts as strictly as before.
pub(super) const UNREAD: &str = "(unreadable)";

/// A timeline, and its events that are exported.
pub(in crate::formats) struct FileItems<'t> {
    timeline: &'t Timeline,
    exported: BTreeSet<EventId>,
}

impl<'t> FileItems<'t> {
    pub fn new(timeline: &'t Timeline, events: &[EventId]) -> Self {
        Self {
            timeline,
            exported: events.iter().copied().collect(),
        }
    }

    /// The exported events in the order of their file, in which lanes are named.
    pub fn in_file(&self) -> impl Iterator<Item = EventId> {
        let place = |id: EventId| {
            let place = self.timeline.event(id).place();
            (place.file, place.start())
        };
        let mut events: Vec<EventId> = self.exported.iter().copied().collect();
        events.sort_by_key(|&id| place(id));
        events.into_iter()
    }

    /// The entities with their keys, except those that are only a name in an event.
    pub fn entities(&self) -> impl Iterator<Item = (&'t str, OrderedObject)> {
        let entities = self.timeline.entities().map(|(_, entity)| entity);
        let entities = entities.filter(|it| it.declared || it.is_placeholder || it.name != it.key);
        entities.map(|it| (it.key.as_str(), entity(it)))
    }

    /// The sources with their keys, except those that are only a title in an event.
    pub fn sources(&self) -> impl Iterator<Item = (&'t str, OrderedObject)> {
        let sources = self.timeline.sources().map(|(_, source)| source);
        let sources = sources.filter(|it| it.declared || it.is_placeholder || it.title != it.key);
        sources.map(|it| (it.key.as_str(), self.source(it)))
    }

    pub fn views(&self) -> impl Iterator<Item = (&'t str, OrderedObject)> {
        let views = self.timeline.views().iter();
        views.map(|it| (it.key.as_str(), view(it)))
    }

    pub fn scenes(&self) -> impl Iterator<Item = OrderedObject> {
        self.timeline.scenes().iter().map(|it| self.scene(it))
    }

    pub fn questions(&self) -> impl Iterator<Item = OrderedObject> {
        self.timeline.questions().iter().map(|it| self.question(it))
    }

    /// The keys of those events that are exported.
    fn keys(&self, events: impl Iterator<Item = EventId>) -> Vec<String> {
        let exported = events.filter(|id| self.exported.contains(id));
        exported
            .map(|id| self.timeline.event(id).key().into_owned())
            .collect()
    }

    /// `[timeline]`
    pub fn head(&self) -> OrderedObject {
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

    pub fn source(&self, source: &Source) -> OrderedObject {
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

pub(in crate::formats) fn entity(entity: &Entity) -> OrderedObject {
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

/// A name or a title. Only an id has white space at its ends, and takes the place of a name that is not stated.
fn put_name(out: &mut OrderedObject, key: &'static str, name: &str) {
    out.put(key, Some(name).filter(|name| name.trim() == *name));
}

fn put_marking(out: &mut OrderedObject, tlp: Option<Tlp>) {
    out.put("tlp", tlp.map(Tlp::as_str));
}

/// A date as it is written, or the sign that it could not be read.
fn put_day(out: &mut OrderedObject, key: &'static str, day: Option<&EventDate>, is_unread: bool) {
    match day {
        None if is_unread => out.put(key, UNREAD),
        day => out.put(key, day.map(EventDate::written)),
    }
}
