//! The kinds of content of a timeline, and the items of each kind in an export.

use std::collections::BTreeSet;

use crate::timeline::facts::FactId;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::{Event, EventId, SourceId, Timeline};

/// A kind of content. Each writer says of every kind what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content {
    Event,
    /// When an event happened, as its source says it.
    Date,
    /// When an event was discovered or disclosed.
    LaterDate,
    /// Actors and targets.
    Party,
    /// The accused and the addressees.
    Addressee,
    Technique,
    Phase,
    Lane,
    Tag,
    Summary,
    /// The marking of an event.
    Marking,
    Claim,
    /// A claim that denies or doubts.
    Objection,
    /// The estimative words or the likelihood of a claim.
    Likelihood,
    Confidence,
    Link,
    /// `after`
    Sequence,
    /// A link or an order whose other event is not exported.
    OutsideReference,
    /// A document that an event cites, by its title.
    Source,
    /// Which document repeats which.
    Derivation,
    /// Publisher, days, address, grade and note of a document.
    SourceDetail,
    /// A document that no exported event cites.
    UncitedSource,
    /// The kinds, aliases, ATT&CK ids and notes of entities.
    PartyDetail,
    Question,
    Scene,
    /// Notes for the briefer.
    Note,
    View,
    Title,
    /// The summary and the banner of the file.
    Preface,
    /// The yardstick, the time zone and the first event of the file.
    Setting,
    /// The value of a column of a log that is not a fact.
    Attribute,
}

/// The events of an export.
pub(super) struct ExportedContent<'t> {
    pub timeline: &'t Timeline,
    pub events: Vec<EventId>,
    known: BTreeSet<EventId>,
    sources: BTreeSet<SourceId>,
    is_whole: bool,
    /// Whether no filter left out events.
    is_unfiltered: bool,
}

impl<'t> ExportedContent<'t> {
    pub fn new(timeline: &'t Timeline, events: Vec<EventId>) -> Self {
        let is_whole = events.len() == timeline.len();
        let known = if is_whole {
            BTreeSet::new()
        } else {
            events.iter().copied().collect()
        };
        let cited = events.iter().flat_map(|&id| timeline.event(id).sources());
        Self {
            timeline,
            sources: cited.copied().collect(),
            known,
            events,
            is_whole,
            is_unfiltered: is_whole,
        }
    }

    /// Leaves out the other events, for which the format has no place.
    pub fn retain(&mut self, is_kept: impl Fn(EventId) -> bool) {
        let all = self.events.len();
        self.events.retain(|&id| is_kept(id));
        if self.events.len() < all {
            *self = Self {
                is_unfiltered: self.is_unfiltered,
                ..Self::new(self.timeline, std::mem::take(&mut self.events))
            };
        }
    }

    fn has(&self, event: EventId) -> bool {
        self.is_whole || self.known.contains(&event)
    }

    /// How many sources no exported event cites; 0 if a filter leaves out events.
    fn uncited(&self) -> usize {
        if self.is_unfiltered {
            self.timeline.sources().count() - self.sources.len()
        } else {
            0
        }
    }
}

impl Content {
    /// Every kind, in the order of reports: first what the story is made of.
    pub const ALL: [Self; 31] = [
        Self::Event,
        Self::Date,
        Self::LaterDate,
        Self::Party,
        Self::Addressee,
        Self::Technique,
        Self::Phase,
        Self::Lane,
        Self::Tag,
        Self::Summary,
        Self::Marking,
        Self::Claim,
        Self::Objection,
        Self::Likelihood,
        Self::Confidence,
        Self::Link,
        Self::Sequence,
        Self::OutsideReference,
        Self::Source,
        Self::Derivation,
        Self::SourceDetail,
        Self::UncitedSource,
        Self::PartyDetail,
        Self::Question,
        Self::Scene,
        Self::Note,
        Self::View,
        Self::Title,
        Self::Preface,
        Self::Setting,
        Self::Attribute,
    ];

    /// The noun of an item: singular, plural.
    pub const fn nouns(self) -> [&'static str; 2] {
        match self {
            Self::Title => ["title of the timeline", "titles of the timeline"],
            Self::Preface => ["text about the timeline", "texts about the timeline"],
            Self::Setting => ["setting of the timeline", "settings of the timeline"],
            Self::Event => ["event", "events"],
            Self::Date => ["date", "dates"],
            Self::LaterDate => [
                "day of discovery or disclosure",
                "days of discovery and disclosure",
            ],
            Self::Summary => ["summary", "summaries"],
            Self::Phase => ["phase", "phases"],
            Self::Lane => ["lane", "lanes"],
            Self::Tag => ["tag", "tags"],
            Self::Technique => ["technique", "techniques"],
            Self::Party => ["actor or target", "actors and targets"],
            Self::Addressee => ["accused or addressee", "accused and addressees"],
            Self::PartyDetail => ["detail of an entity", "details of entities"],
            Self::Source => ["source", "sources"],
            Self::SourceDetail => ["detail of a source", "details of sources"],
            Self::UncitedSource => ["source that is not cited", "sources that are not cited"],
            Self::Derivation => ["repeated source", "repeated sources"],
            Self::Claim => ["claim", "claims"],
            Self::Objection => ["denial or doubt", "denials and doubts"],
            Self::Likelihood => ["likelihood", "likelihoods"],
            Self::Confidence => ["confidence", "confidences"],
            Self::Link => ["link", "links"],
            Self::Sequence => ["stated order", "stated orders"],
            Self::OutsideReference => [
                "reference to an event that is not exported",
                "references to events that are not exported",
            ],
            Self::Marking => ["marking", "markings"],
            Self::Attribute => ["value of a log", "values of logs"],
            Self::View => ["view", "views"],
            Self::Scene => ["scene", "scenes"],
            Self::Note => ["briefer's note", "briefer's notes"],
            Self::Question => ["question", "questions"],
        }
    }

    /// The name of the kind in JSON.
    pub fn name(self) -> String {
        let [_, plural] = self.nouns();
        plural.replace(' ', "-").replace('\'', "")
    }

    /// Calls `found` for each item of the kind, with its event if it has one.
    pub(super) fn each(
        self,
        exported: &ExportedContent<'_>,
        found: &mut dyn FnMut(Option<EventId>),
    ) {
        if self.is_of_events() {
            for &id in &exported.events {
                let items = self.items_of(exported, exported.timeline.event(id));
                (0..items).for_each(|_| found(Some(id)));
            }
        } else {
            (0..self.items(exported)).for_each(|_| found(None));
        }
    }

    /// Whether each item belongs to an event.
    pub const fn is_of_events(self) -> bool {
        !matches!(
            self,
            Self::Title
                | Self::Preface
                | Self::Setting
                | Self::PartyDetail
                | Self::Source
                | Self::SourceDetail
                | Self::Derivation
                | Self::UncitedSource
                | Self::View
                | Self::Scene
                | Self::Note
                | Self::Question
        )
    }

    /// How many items there are outside of events.
    fn items(self, exported: &ExportedContent<'_>) -> usize {
        let timeline = exported.timeline;
        let head = timeline.head();
        let sources = || exported.sources.iter().map(|&id| timeline.source(id));
        match self {
            Self::Title => usize::from(!head.title.trim().is_empty()),
            Self::Preface => usize::from(!head.summary.is_empty()) + given(head.banner.as_ref()),
            Self::Setting => {
                let yardstick = usize::from(head.yardstick != Yardstick::default());
                yardstick + given(head.zone.as_ref()) + given(head.start.as_ref())
            }
            Self::PartyDetail => {
                let entities = timeline.entities().map(|(_, entity)| {
                    entity.aliases.len()
                        + given(entity.kind.as_ref())
                        + given(entity.attack.as_ref())
                        + given(entity.note.as_ref())
                });
                entities.sum()
            }
            Self::Source => sources().count(),
            Self::SourceDetail => {
                let details = sources().map(|source| {
                    given(source.publisher.as_ref())
                        + given(source.published.as_ref())
                        + given(source.url.as_ref())
                        + given(source.retrieved.as_ref())
                        + given(source.reliability.as_ref())
                        + given(source.standing.as_ref())
                        + given(source.note.as_ref())
                });
                details.sum()
            }
            Self::UncitedSource => exported.uncited(),
            Self::Derivation => sources().map(|source| source.derives_from.len()).sum(),
            Self::View => timeline.views().len(),
            Self::Scene => timeline.scenes().len(),
            Self::Note => {
                let scenes = timeline.scenes().iter();
                scenes.filter(|scene| scene.notes.is_some()).count()
            }
            Self::Question => timeline.questions().len(),
            _ => 0,
        }
    }

    /// How many items an event has.
    fn items_of(self, exported: &ExportedContent<'_>, event: Event<'_>) -> usize {
        let count = |fact: FactId| fact.row().value(event).len();
        let claims = || event.claims().map(|(_, claim)| claim);
        let own = || event.links().iter().filter(|link| !link.reversed);
        let earlier = || event.after().iter();
        match self {
            Self::Event => 1,
            Self::Date => count(FactId::WHEN),
            Self::LaterDate => given(event.discovered()) + given(event.disclosed()),
            Self::Summary => count(FactId::SUMMARY),
            Self::Phase => count(FactId::PHASE),
            Self::Lane => count(FactId::LANES),
            Self::Tag => count(FactId::TAGS),
            Self::Technique => count(FactId::TECHNIQUES),
            Self::Party => event.actors().len() + event.targets().len(),
            Self::Addressee => event.accused().len() + event.addressees().len(),
            Self::Claim => claims().count(),
            Self::Objection => claims().filter(|claim| claim.stance.objects()).count(),
            Self::Likelihood => claims()
                .filter(|claim| claim.likelihood.is_some() || claim.words.is_some())
                .count(),
            Self::Confidence => claims().filter(|it| it.confidence.is_some()).count(),
            Self::Link => own().filter(|link| exported.has(link.to)).count(),
            Self::Sequence => earlier().filter(|&&id| exported.has(id)).count(),
            Self::OutsideReference => {
                let links = own().filter(|link| !exported.has(link.to)).count();
                links + earlier().filter(|&&id| !exported.has(id)).count()
            }
            Self::Marking => given(event.tlp().as_ref()),
            Self::Attribute => event.attributes().len(),
            _ => 0,
        }
    }
}

fn given<T>(value: Option<&T>) -> usize {
    usize::from(value.is_some())
}
