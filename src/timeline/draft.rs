//! A timeline as its author wrote it: words that still name things, each with its place in the file.
//!
//! Every reader makes drafts; [`super::check`] says what is wrong with one and
//! [`super::build()`] turns one into a [`super::Timeline`].

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;

use super::likelihood::Yardstick;
use super::log::DraftLog;
use super::term::{
    Aspect, Confidence, EntityKind, LinkKind, QuestionStatus, Reliability, Stance, Standing, Tlp,
};
use crate::date::{EventDate, Zone};
use crate::diagnostic::Place;

/// A value and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the file, without its quotation marks.
    pub place: Place,
}

impl<T> At<T> {
    /// A value at a place.
    pub const fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

/// Text at a place. A short one, as most names are, needs no memory of its own.
pub type Words = At<CompactString>;

impl Words {
    /// Where a part of the text stands. A text that is written with escapes is longer in the file than it is, and
    /// nobody knows where its parts are: then it is the place of all of it.
    pub fn part(&self, part: Range<usize>) -> Place {
        let is_plain = self.place.range().len() == self.value.len();
        if is_plain {
            self.place.part(part)
        } else {
            self.place
        }
    }
}

/// All that was read from one or more files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `[timeline]`.
    pub head: DraftHead,
    /// `[sources.*]`, in the order of the file.
    pub sources: Vec<DraftSource>,
    /// `[entities.*]`, in the order of the file.
    pub entities: Vec<DraftEntity>,
    /// `[[events]]`, in the order of the file.
    pub events: Vec<DraftEvent>,
    /// Files whose rows are events, in the order in which they were named.
    pub logs: Vec<DraftLog>,
    /// `[views.*]`, in the order of the file.
    pub views: Vec<DraftView>,
    /// `[[scenes]]`, in the order of the file.
    pub scenes: Vec<DraftScene>,
    /// `[[questions]]`, in the order of the file.
    pub questions: Vec<DraftQuestion>,
    /// Whether something could not be read: it may be the declaration of something that seems to have none.
    pub has_unread: bool,
    /// The places of ids that are not written in their canonical form.
    pub respelled: BTreeSet<Place>,
}

impl Draft {
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

/// `[timeline]`: what the whole is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftHead {
    /// `title`
    pub title: Option<Words>,
    /// `summary`
    pub summary: Option<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
    /// Whether a marking of the file stands there and cannot be read: then nobody knows how it is marked.
    pub tlp_unread: bool,
    /// `banner`: a classification line of the author's own.
    pub banner: Option<Words>,
    /// `yardstick`
    pub yardstick: Option<At<Yardstick>>,
    /// `zone`: of times that name none.
    pub zone: Option<Zone>,
}

impl DraftHead {
    /// Adds what a later table states. The first of two values counts, and the stricter of two markings.
    pub fn append(&mut self, later: Self) {
        self.title = self.title.take().or(later.title);
        self.summary = self.summary.take().or(later.summary);
        self.banner = self.banner.take().or(later.banner);
        self.yardstick = self.yardstick.take().or(later.yardstick);
        self.zone = self.zone.take().or(later.zone);
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
    pub id: Words,
    /// `title`
    pub title: Option<Words>,
    /// `publisher`
    pub publisher: Option<Words>,
    /// `published`
    pub published: Option<At<EventDate>>,
    /// Whether what says when it was published stands there and cannot be read.
    pub day_unread: bool,
    /// `url`
    pub url: Option<Words>,
    /// `retrieved`
    pub retrieved: Option<At<EventDate>>,
    /// `derives-from`: ids of sources.
    pub derives_from: Vec<Words>,
    /// `reliability`
    pub reliability: Option<At<Reliability>>,
    /// `standing`
    pub standing: Option<At<Standing>>,
    /// `note`
    pub note: Option<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
}

/// `[entities.ID]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftEntity {
    /// The key of the table.
    pub id: Words,
    /// `name`
    pub name: Option<Words>,
    /// `kind`
    pub kind: Option<At<EntityKind>>,
    /// `aliases`
    pub aliases: Vec<Words>,
    /// `attack`: the ATT&CK id of a group.
    pub attack: Option<Words>,
    /// `note`
    pub note: Option<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
}

/// `[[events]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftEvent {
    /// The head of the table, for what is missing in it.
    pub place: Place,
    /// `id`
    pub id: Option<Words>,
    /// `when`
    pub when: Option<At<EventDate>>,
    /// `title`
    pub title: Option<Words>,
    /// `phase`
    pub phase: Option<Words>,
    /// `lane`: one or several.
    pub lanes: Vec<Words>,
    /// `actors`: ids of entities.
    pub actors: Vec<Words>,
    /// `targets`: ids of entities.
    pub targets: Vec<Words>,
    /// `accused`: ids of entities.
    pub accused: Vec<Words>,
    /// `addressees`: ids of entities.
    pub addressees: Vec<Words>,
    /// `techniques`: ATT&CK ids.
    pub techniques: Vec<Words>,
    /// `tags`
    pub tags: Vec<Words>,
    /// `summary`
    pub summary: Option<Words>,
    /// `discovered`: few events have it, and those that do not should not be larger for it.
    pub discovered: Option<Box<At<EventDate>>>,
    /// `disclosed`
    pub disclosed: Option<Box<At<EventDate>>>,
    /// Whether what says when it became public stands there and cannot be read: `disclosed`, or else all there is
    /// of its claims and sources.
    pub day_unread: bool,
    /// `sources`: documents that carry the event as a whole.
    pub sources: Vec<Words>,
    /// `links`
    pub links: Vec<DraftLink>,
    /// `after`: ids of events before this one, where the dates do not say so.
    pub after: Vec<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
    /// `[[events.claims]]`
    pub claims: Vec<DraftClaim>,
}

/// One item of `links`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLink {
    /// `to`: the id of an event.
    pub to: Words,
    /// `as`
    pub kind: At<LinkKind>,
}

/// `[[events.claims]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftClaim {
    /// The head of the table, for what is missing in it.
    pub place: Place,
    /// `id`
    pub id: Option<Words>,
    /// `answers`: ids of claims, one or several.
    pub answers: Vec<Words>,
    /// `by`: the id of an entity.
    pub by: Option<Words>,
    /// `source`: the id of a source.
    pub source: Option<Words>,
    /// `at`: where in the source.
    pub at: Option<Words>,
    /// `said`
    pub said: Option<At<EventDate>>,
    /// Whether what says when it was made stands there and cannot be read: `said`, or the source that carries it.
    pub day_unread: bool,
    /// `about`
    pub about: Option<At<Aspect>>,
    /// `value`: an entity's id, a date, or text, as `about` wants it.
    pub value: Option<Words>,
    /// `stance`
    pub stance: Option<At<Stance>>,
    /// `text`: the claim in the author's own words.
    pub text: Option<Words>,
    /// `words`: the speaker's exact estimative words.
    pub words: Option<Words>,
    /// `likelihood`: the term on the speaker's yardstick.
    pub likelihood: Option<Words>,
    /// `yardstick`: the speaker's, where it is not the file's.
    pub yardstick: Option<At<Yardstick>>,
    /// `confidence`
    pub confidence: Option<At<Confidence>>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
}

/// `[views.ID]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftView {
    /// The key of the table.
    pub id: Words,
    /// `title`
    pub title: Option<Words>,
    /// `filter`
    pub filter: Option<Words>,
    /// `group`
    pub group: Option<Words>,
    /// `sort`
    pub sort: Option<Words>,
    /// `RED` where a marking stands there all the same: a view has no key for one, and is marked as the file is.
    pub tlp: Option<At<Tlp>>,
}

/// `[[scenes]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftScene {
    /// The head of the table, for what is missing in it.
    pub place: Place,
    /// `title`
    pub title: Option<Words>,
    /// `view`: the id of a view.
    pub view: Option<Words>,
    /// `select`: the id of an event.
    pub select: Option<Words>,
    /// `say`
    pub say: Option<Words>,
    /// `notes`
    pub notes: Option<Words>,
    /// `minutes`: the time planned for it, in seconds.
    pub seconds: Option<At<u32>>,
    /// `audience`
    pub audience: Vec<Words>,
    /// `reveal`
    pub reveal: Vec<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
}

/// `[[questions]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftQuestion {
    /// The head of the table, for what is missing in it.
    pub place: Place,
    /// `text`
    pub text: Option<Words>,
    /// `status`
    pub status: Option<At<QuestionStatus>>,
    /// `events`: ids of events.
    pub events: Vec<Words>,
    /// `settles`: what would settle it.
    pub settles: Option<Words>,
    /// `tlp`; `RED` where one stands there and cannot be read.
    pub tlp: Option<At<Tlp>>,
}

impl DraftEvent {
    /// The ids of every entity that it gives a part, part after part.
    pub fn parties(&self) -> impl Iterator<Item = &Words> {
        let lists = [&self.actors, &self.targets, &self.accused, &self.addressees];
        lists.into_iter().flatten()
    }
}

impl DraftClaim {
    /// Whether its source says nothing on the point.
    pub fn is_silent(&self) -> bool {
        let stance = self.stance.as_ref().map(|it| it.value);
        stance == Some(Stance::Silent)
    }

    /// Whether its value is the id of an entity.
    pub fn names_party(&self) -> bool {
        let about = self.about.as_ref().map(|it| it.value);
        about.is_some_and(Aspect::is_party)
    }
}
