//! A timeline as its author wrote it: references are still text, and every value has its place in the file.
//!
//! Every reader makes drafts. [`super::check`] reports problems in a draft, and [`super::build()`] turns it into a
//! [`super::Timeline`].

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::likelihood::Yardstick;
use super::log::DraftLog;
use super::term::{
    Aspect, Confidence, EntityKind, LinkKind, QuestionStatus, Reliability, SceneAxis, Stance,
    Standing, Tlp,
};
use crate::date::{EventDate, Zone};
use crate::diagnostic::TextPlace;

/// A value and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    /// The place in the file, without quotation marks.
    pub place: TextPlace,
}

impl<T> Located<T> {
    pub const fn new(value: T, place: TextPlace) -> Self {
        Self { value, place }
    }
}

/// Text at a place. Short texts, such as most names, are stored inline.
pub type LocatedText = Located<CompactString>;

impl LocatedText {
    /// The place of a part of the text. If the file writes the text with escapes, the places of its parts are unknown:
    /// then this is the place of the whole text.
    pub fn part(&self, part: Range<usize>) -> TextPlace {
        let is_plain = self.place.range().len() == self.value.len();
        if is_plain {
            self.place.part(part)
        } else {
            self.place
        }
    }
}

/// Everything read from one or more files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftTimeline {
    /// `[timeline]`.
    pub head: DraftHead,
    /// `[sources.*]`, in the order of the file.
    pub sources: Vec<DraftSource>,
    /// `[entities.*]`, in the order of the file.
    pub entities: Vec<DraftEntity>,
    /// `[[events]]`, in the order of the file.
    pub events: Vec<DraftEvent>,
    /// Files whose rows are events, in the order of the command line.
    pub logs: Vec<DraftLog>,
    /// `[views.*]`, in the order of the file.
    pub views: Vec<DraftView>,
    /// `[[scenes]]`, in the order of the file.
    pub scenes: Vec<DraftScene>,
    /// `[[questions]]`, in the order of the file.
    pub questions: Vec<DraftQuestion>,
    /// Whether something could not be read. It may be the declaration of a name that seems undeclared.
    pub has_unread: bool,
    /// The places of ids that are not in canonical form.
    pub respelled: BTreeSet<TextPlace>,
}

impl DraftTimeline {
    /// Adds what was read after it, from the same file or from the next.
    pub fn append(&mut self, later: Self) {
        self.head.append(later.head);
        append(&mut self.sources, later.sources);
        append(&mut self.entities, later.entities);
        append(&mut self.events, later.events);
        append(&mut self.logs, later.logs);
        append(&mut self.views, later.views);
        append(&mut self.scenes, later.scenes);
        append(&mut self.questions, later.questions);
        self.has_unread |= later.has_unread;
        self.respelled.extend(later.respelled);
    }
}

/// To an empty list without moving any item: a million events take too much memory to exist twice.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// `[timeline]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftHead {
    pub title: Option<LocatedText>,
    pub summary: Option<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
    /// Whether the marking of the file cannot be read: the marking of unmarked items is then unknown.
    pub tlp_unread: bool,
    /// `banner`: the author's own classification line.
    pub banner: Option<LocatedText>,
    pub yardstick: Option<Located<Yardstick>>,
    /// `zone`: the zone of times without one.
    pub zone: Option<Zone>,
    /// `start`: the id of the event that is selected first.
    pub start: Option<LocatedText>,
}

impl DraftHead {
    /// Adds what a later table states. The first of two values counts, and the stricter of two markings.
    pub fn append(&mut self, later: Self) {
        self.title = self.title.take().or(later.title);
        self.summary = self.summary.take().or(later.summary);
        self.banner = self.banner.take().or(later.banner);
        self.yardstick = self.yardstick.take().or(later.yardstick);
        self.zone = self.zone.take().or(later.zone);
        self.start = self.start.take().or(later.start);
        self.tlp_unread |= later.tlp_unread;
        // Of files that are opened together, the narrowest audience is the audience of all.
        let tlp = self.tlp.take().into_iter().chain(later.tlp);
        self.tlp = tlp.reduce(|first, next| {
            if next.value > first.value {
                next
            } else {
                first
            }
        });
    }
}

/// `[sources.ID]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftSource {
    /// The key of the table.
    pub id: LocatedText,
    pub title: Option<LocatedText>,
    pub publisher: Option<LocatedText>,
    pub published: Option<Located<EventDate>>,
    /// Whether `published` cannot be read.
    pub day_unread: bool,
    pub url: Option<LocatedText>,
    pub retrieved: Option<Located<EventDate>>,
    /// `derives-from`: ids of sources.
    pub derives_from: Vec<LocatedText>,
    pub reliability: Option<Located<Reliability>>,
    pub standing: Option<Located<Standing>>,
    pub note: Option<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
}

/// `[entities.ID]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftEntity {
    /// The key of the table.
    pub id: LocatedText,
    pub name: Option<LocatedText>,
    pub kind: Option<Located<EntityKind>>,
    pub aliases: Vec<LocatedText>,
    /// `attack`: the ATT&CK id of a group.
    pub attack: Option<LocatedText>,
    pub note: Option<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
}

/// `[[events]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftEvent {
    /// The head of the table, where missing keys are reported.
    pub place: TextPlace,
    pub id: Option<LocatedText>,
    pub when: Option<Located<EventDate>>,
    pub title: Option<LocatedText>,
    pub phase: Option<LocatedText>,
    /// `lane`: one or more.
    pub lanes: Vec<LocatedText>,
    /// `actors`: ids of entities.
    pub actors: Vec<LocatedText>,
    /// `targets`: ids of entities.
    pub targets: Vec<LocatedText>,
    /// `accused`: ids of entities.
    pub accused: Vec<LocatedText>,
    /// `addressees`: ids of entities.
    pub addressees: Vec<LocatedText>,
    /// `techniques`: ATT&CK ids.
    pub techniques: Vec<LocatedText>,
    pub tags: Vec<LocatedText>,
    pub summary: Option<LocatedText>,
    /// `discovered`: boxed, because few events have it.
    pub discovered: Option<Box<Located<EventDate>>>,
    pub disclosed: Option<Box<Located<EventDate>>>,
    /// Whether the day of disclosure cannot be read: `disclosed`, or otherwise every day in its claims and sources.
    pub day_unread: bool,
    /// `sources`: documents that carry the event as a whole.
    pub sources: Vec<LocatedText>,
    pub links: Vec<DraftLink>,
    /// `after`: ids of earlier events, where the dates leave the order open.
    pub after: Vec<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
    /// `[[events.claims]]`
    pub claims: Vec<DraftClaim>,
    /// Values under the names of a log; only an event that a table carries has any.
    pub attributes: Vec<(CompactString, CompactString)>,
}

/// One item of `links`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLink {
    /// `to`: the id of an event.
    pub to: LocatedText,
    /// `as`
    pub kind: Located<LinkKind>,
}

/// `[[events.claims]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftClaim {
    /// The head of the table, where missing keys are reported.
    pub place: TextPlace,
    pub id: Option<LocatedText>,
    /// `answers`: one or more ids of claims.
    pub answers: Vec<LocatedText>,
    /// `by`: the id of an entity.
    pub by: Option<LocatedText>,
    /// `source`: the id of a source.
    pub source: Option<LocatedText>,
    /// `at`: where in the source.
    pub at: Option<LocatedText>,
    pub said: Option<Located<EventDate>>,
    /// Whether the day of the claim cannot be read: `said`, or otherwise `published` of its source.
    pub day_unread: bool,
    pub about: Option<Located<Aspect>>,
    /// `value`: the id of an entity, a date, or text, depending on `about`.
    pub value: Option<LocatedText>,
    pub stance: Option<Located<Stance>>,
    /// `text`: the claim in the author's own words.
    pub text: Option<LocatedText>,
    /// `words`: the speaker's exact estimative words.
    pub words: Option<LocatedText>,
    /// `likelihood`: the term on the speaker's yardstick.
    pub likelihood: Option<LocatedText>,
    /// `yardstick`: the speaker's, if it is not the file's.
    pub yardstick: Option<Located<Yardstick>>,
    pub confidence: Option<Located<Confidence>>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
}

/// `[views.ID]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftView {
    /// The key of the table.
    pub id: LocatedText,
    pub title: Option<LocatedText>,
    pub filter: Option<LocatedText>,
    pub group: Option<LocatedText>,
    pub sort: Option<LocatedText>,
    /// `RED` if the view has a marking: views have no key for one, and are marked like the file.
    pub tlp: Option<Located<Tlp>>,
}

/// `[[scenes]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftScene {
    /// The head of the table, where missing keys are reported.
    pub place: TextPlace,
    pub title: Option<LocatedText>,
    /// `view`: the id of a view.
    pub view: Option<LocatedText>,
    /// `select`: the id of an event.
    pub select: Option<LocatedText>,
    pub say: Option<LocatedText>,
    pub notes: Option<LocatedText>,
    /// `minutes`: the planned time, in seconds.
    pub seconds: Option<Located<u32>>,
    pub audience: Vec<LocatedText>,
    pub axis: Option<Located<SceneAxis>>,
    pub reveal: Vec<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
}

/// `[[questions]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftQuestion {
    /// The head of the table, where missing keys are reported.
    pub place: TextPlace,
    pub text: Option<LocatedText>,
    pub status: Option<Located<QuestionStatus>>,
    /// `events`: ids of events.
    pub events: Vec<LocatedText>,
    /// `settles`: what would settle it.
    pub settles: Option<LocatedText>,
    /// `tlp`; `RED` if the value cannot be read.
    pub tlp: Option<Located<Tlp>>,
}

impl DraftEvent {
    /// The ids of all parties, aspect by aspect.
    pub fn parties(&self) -> impl Iterator<Item = &LocatedText> {
        let lists = [&self.actors, &self.targets, &self.accused, &self.addressees];
        lists.into_iter().flatten()
    }
}

impl DraftClaim {
    /// Whether the source says nothing on the point.
    pub fn is_silent(&self) -> bool {
        let stance = self.stance.as_ref().map(|it| it.value);
        stance == Some(Stance::Silent)
    }

    /// Whether the value is the id of an entity.
    pub fn names_party(&self) -> bool {
        let about = self.about.as_ref().map(|it| it.value);
        about.is_some_and(Aspect::is_party)
    }
}
