//! Written events that state nothing but what happened, when, to whom and of what sort, in columns: a program writes a
//! million of them, and as drafts they would take three times the memory of the timeline.

use super::check;
use super::column::{ListColumn, TermId, TextColumn, ValueColumn, Vocabulary, unique};
use super::dates::DateColumn;
use super::draft::{DraftEvent, DraftTimeline, LocatedText};
use super::term::Aspect;

/// The aspects of the parties that an event names, in the order in which it names them.
pub(super) const PARTIES: [Aspect; 4] = [
    Aspect::Actor,
    Aspect::Target,
    Aspect::Accused,
    Aspect::Addressee,
];

/// Some written events of one file, in columns, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenRows {
    pub(super) titles: TextColumn,
    pub(super) summaries: TextColumn,
    pub(super) when: DateColumn,
    pub(super) phases: ValueColumn<Option<TermId>>,
    pub(super) lanes: ListColumn<TermId>,
    pub(super) techniques: ListColumn<TermId>,
    pub(super) tags: ListColumn<TermId>,
    /// The ids of entities, by [`PARTIES`].
    pub(super) parties: [ListColumn<TermId>; PARTIES.len()],
    /// The byte range of each event in the file.
    pub(super) bytes: Vec<(u32, u32)>,
    /// The words behind the numbers.
    pub(super) words: Vocabulary,
}

impl WrittenRows {
    /// Adds events. Returns whether all of them can be stored, and nothing about them is to be reported: then that holds
    /// in any file that declares nothing.
    pub fn add(&mut self, events: Vec<DraftEvent>) -> bool {
        if !events.iter().all(is_plain) {
            return false;
        }
        if events.is_empty() {
            return true;
        }
        let draft = DraftTimeline {
            events,
            ..DraftTimeline::default()
        };
        let is_clean = check::check(&draft).is_empty();
        draft.events.iter().for_each(|event| self.push(event));
        is_clean
    }

    fn push(&mut self, event: &DraftEvent) {
        self.titles.push(text(event.title.as_ref()));
        self.summaries.push(text(event.summary.as_ref()));
        self.when.push(event.when.as_ref().map(|it| &it.value));
        let words = &mut self.words;
        let phase = event.phase.as_ref();
        self.phases
            .push(phase.map(|phase| words.intern(&phase.value)));
        let mut numbers =
            |list: &[LocatedText]| unique(list.iter().map(|word| words.intern(&word.value)));
        self.lanes.push(numbers(&event.lanes));
        self.techniques.push(numbers(&event.techniques));
        self.tags.push(numbers(&event.tags));
        let named = [
            &event.actors,
            &event.targets,
            &event.accused,
            &event.addressees,
        ];
        for (column, names) in self.parties.iter_mut().zip(named) {
            column.push(numbers(names));
        }
        self.bytes.push(event.place.bytes());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.titles.shrink();
        self.summaries.shrink();
        self.when.shrink();
        self.bytes.shrink_to_fit();
    }
}

fn text(words: Option<&LocatedText>) -> &str {
    words.map_or("", |words| &words.value)
}

/// Whether an event states nothing that the columns lack, and no name that has another spelling.
fn is_plain(event: &DraftEvent) -> bool {
    let DraftEvent {
        place: _,
        id: None,
        when: _,
        title: Some(title),
        phase: _,
        lanes: _,
        actors: _,
        targets: _,
        accused: _,
        addressees: _,
        techniques: _,
        tags: _,
        summary,
        discovered: None,
        disclosed: None,
        day_unread: false,
        sources,
        links,
        after,
        tlp: None,
        claims,
        attributes,
    } = event
    else {
        return false;
    };
    let is_trimmed = |words: &LocatedText| words.value.trim() == words.value;
    let is_linked = !sources.is_empty() || !links.is_empty() || !after.is_empty();
    is_trimmed(title)
        && summary.iter().all(is_trimmed)
        && !is_linked
        && claims.is_empty()
        && attributes.is_empty()
        && event.parties().all(|name| name.value.is_ascii())
}
