//! The facts of an event, one row each. Pages, sentences, records, imports, logs that are read back, filters, redaction
//! and the comparison of two versions all loop over [`FACTS`].
//!
//! The id, title, claims, links and log attributes are not facts: every output has its own form for them.

mod column;

pub use column::FactValue;
pub(crate) use column::{EventVocabularies, FactColumn};

use super::event_columns::EventColumns;
use super::term::{Aspect, Clock};
use column::{ColumnOf, VocabularyOf};

/// A fact that a file can state about an event: a row of [`FACTS`].
#[derive(Debug)]
pub struct Fact {
    /// The word in `has:`.
    pub name: &'static str,
    /// The key in a TOML file; `None` if the fact is derived from claims and links.
    pub key: Option<&'static str>,
    /// The column in records; `None` if records cannot carry it.
    pub record: Option<&'static str>,
    /// The label on a page.
    pub label: &'static str,
    /// The name at the beginning of a sentence: singular, plural.
    pub sentence: [&'static str; 2],
    /// The words before its entities on one line: in first place, and in a later one.
    pub leads: [&'static str; 2],
    /// The kind of fact.
    pub group: FactGroup,
    /// How redaction treats it.
    pub(super) redaction: RedactionRule,
    /// Where its values are stored.
    pub(crate) column: FactColumn,
}

/// A kind of facts. Pages show the facts of one group together, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactGroup {
    /// Several lines of prose, with a place of their own on a page.
    Prose,
    /// When the event happened, and when that became known.
    Time,
    /// What was done, by whom, and to whom.
    Deed,
    /// How the author classifies the event.
    Filing,
    /// The documents that carry the event, with a section of their own on a page.
    Sources,
    /// Who may see it.
    Handling,
}

/// How redaction treats a fact. The rules are those of [`super::redact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RedactionRule {
    /// Stays with its event.
    Kept,
    /// The author's own words: removed as of a day, since nothing shows when they were written.
    OwnWords,
    /// Stays if it had been discovered.
    Discovery,
    /// Entities stay unless only redacted claims name them.
    Named,
    /// Computed again from what is left.
    Recomputed,
}

/// How a row of a log states a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowShape {
    /// As one value.
    Single,
    /// As a list of words.
    List,
    /// In its own column, or not at all.
    Apart,
}

impl Fact {
    const fn shape(&self) -> RowShape {
        match self.column {
            _ if self.record.is_none() => RowShape::Apart,
            FactColumn::Text(_) | FactColumn::Date(..) | FactColumn::Word(..) => RowShape::Single,
            FactColumn::Words(..) | FactColumn::Parties(_) | FactColumn::Sources => RowShape::List,
            FactColumn::When | FactColumn::After | FactColumn::Before | FactColumn::Marking => {
                RowShape::Apart
            }
        }
    }
}

/// The facts with one value in a row of a log.
pub static SINGLE_FACTS: [FactId; slot(RowShape::Single, FACTS.len())] = of_shape(RowShape::Single);

/// The facts with a list of words in a row of a log.
pub static LIST_FACTS: [FactId; slot(RowShape::List, FACTS.len())] = of_shape(RowShape::List);

/// How many facts of this shape precede a row of the table.
const fn slot(shape: RowShape, row: usize) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < row {
        count += (FACTS[at].shape() as usize == shape as usize) as usize;
        at += 1;
    }
    count
}

const fn of_shape<const COUNT: usize>(shape: RowShape) -> [FactId; COUNT] {
    let mut facts = [FactId(0); COUNT];
    let mut at = 0;
    while at < FACTS.len() {
        if FACTS[at].shape() as usize == shape as usize {
            facts[slot(shape, at)] = FactId(at);
        }
        at += 1;
    }
    facts
}

/// The index of a row of [`FACTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(usize);

impl FactId {
    pub const SUMMARY: Self = Self::named("summary");
    /// When it happened.
    pub const WHEN: Self = Self::named("date");
    pub const PHASE: Self = Self::named("phase");
    pub const LANES: Self = Self::named("lane");
    /// The ATT&CK techniques.
    pub const TECHNIQUES: Self = Self::named("techniques");
    pub const TAGS: Self = Self::named("tags");
    pub const MARKING: Self = Self::named("tlp");
    /// The documents.
    pub const SOURCES: Self = Self::named("sources");
    /// When the event was disclosed.
    pub const DISCLOSED: Self = Self::named("disclosed");

    /// Every fact, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FACTS.len()).map(Self)
    }

    pub const fn row(self) -> &'static Fact {
        &FACTS[self.0]
    }

    /// The index in [`FACTS`].
    pub(super) const fn index(self) -> usize {
        self.0
    }

    /// The slot in [`SINGLE_FACTS`] or [`LIST_FACTS`], depending on the shape.
    pub const fn slot(self) -> usize {
        slot(self.row().shape(), self.0)
    }

    /// The fact with a name, looked up at compile time: an unknown name does not compile.
    const fn named(name: &str) -> Self {
        let mut at = 0;
        while !is_same(FACTS[at].name, name) {
            at += 1;
        }
        Self(at)
    }
}

/// Whether two texts are equal, in a constant.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

macro_rules! column {
    ($name:ident) => {
        ColumnOf {
            get: |columns| &columns.$name,
            get_mut: |columns| &mut columns.$name,
        }
    };
}

macro_rules! vocabulary {
    ($name:ident) => {
        VocabularyOf {
            get: |words| &words.$name,
            get_mut: |words| &mut words.$name,
        }
    };
}

/// A row with the same name everywhere, which stays with its event.
const fn fact(name: &'static str, group: FactGroup, column: FactColumn) -> Fact {
    Fact {
        name,
        key: Some(name),
        record: Some(name),
        label: name,
        sentence: [name, name],
        leads: ["", ""],
        group,
        redaction: RedactionRule::Kept,
        column,
    }
}

impl Fact {
    const fn key(mut self, key: Option<&'static str>) -> Self {
        self.key = key;
        self
    }

    const fn record(mut self, record: Option<&'static str>) -> Self {
        self.record = record;
        self
    }

    const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self.sentence = [label, label];
        self
    }

    const fn sentence(mut self, one: &'static str, several: &'static str) -> Self {
        self.sentence = [one, several];
        self
    }

    const fn leads(mut self, first: &'static str, later: &'static str) -> Self {
        self.leads = [first, later];
        self
    }

    const fn redaction(mut self, redaction: RedactionRule) -> Self {
        self.redaction = redaction;
        self
    }

    /// The aspect of claims about it; `None` if no claim is.
    pub const fn aspect(&self) -> Option<Aspect> {
        match self.column {
            FactColumn::When => Some(Aspect::Date),
            FactColumn::Parties(part) => Some(part),
            FactColumn::Text(_)
            | FactColumn::Date(..)
            | FactColumn::Word(..)
            | FactColumn::Words(..)
            | FactColumn::After
            | FactColumn::Before
            | FactColumn::Sources
            | FactColumn::Marking => None,
        }
    }
}

/// Every fact of an event.
pub static FACTS: &[Fact] = &[
    fact(
        "summary",
        FactGroup::Prose,
        FactColumn::Text(column!(summaries)),
    )
    .redaction(RedactionRule::OwnWords),
    fact("date", FactGroup::Time, FactColumn::When)
        .key(Some("when"))
        .record(Some("when_edtf"))
        .label("when"),
    fact(
        "discovered",
        FactGroup::Time,
        FactColumn::Date(Clock::Discovered, column!(discovered)),
    )
    .redaction(RedactionRule::Discovery),
    fact(
        "disclosed",
        FactGroup::Time,
        FactColumn::Date(Clock::Disclosed, column!(disclosed)),
    ),
    fact(
        "attributed",
        FactGroup::Time,
        FactColumn::Date(Clock::Attributed, column!(attributed)),
    )
    .key(None)
    .record(None)
    .redaction(RedactionRule::Recomputed),
    fact("after", FactGroup::Time, FactColumn::After).redaction(RedactionRule::Recomputed),
    fact("before", FactGroup::Time, FactColumn::Before)
        .key(None)
        .record(None)
        .redaction(RedactionRule::Recomputed),
    fact(
        "phase",
        FactGroup::Deed,
        FactColumn::Word(column!(phases), vocabulary!(phases)),
    ),
    fact(
        "lane",
        FactGroup::Filing,
        FactColumn::Words(column!(lanes), vocabulary!(lanes)),
    )
    .sentence("lane", "lanes"),
    fact(
        "actors",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Actor),
    )
    .sentence("actor", "actors")
    .redaction(RedactionRule::Named),
    fact(
        "targets",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Target),
    )
    .sentence("target", "targets")
    .leads("→ ", " → ")
    .redaction(RedactionRule::Named),
    fact(
        "accused",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Accused),
    )
    .leads("accused: ", "; accused: ")
    .redaction(RedactionRule::Named),
    fact(
        "addressees",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Addressee),
    )
    .label("addressed to")
    .leads("to: ", "; to: ")
    .redaction(RedactionRule::Named),
    fact(
        "techniques",
        FactGroup::Deed,
        FactColumn::Words(column!(techniques), vocabulary!(techniques)),
    )
    .sentence("technique", "techniques")
    .redaction(RedactionRule::OwnWords),
    fact(
        "tags",
        FactGroup::Filing,
        FactColumn::Words(column!(tags), vocabulary!(tags)),
    )
    .record(Some("tag"))
    .sentence("tag", "tags")
    .redaction(RedactionRule::OwnWords),
    fact("sources", FactGroup::Sources, FactColumn::Sources)
        .sentence("source", "sources")
        .redaction(RedactionRule::Recomputed),
    fact("tlp", FactGroup::Handling, FactColumn::Marking).label("marking"),
];

impl EventColumns {
    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        for fact in FACTS {
            fact.column.shrink(self);
        }
        self.keys.shrink();
        self.titles.shrink();
        self.listed.shrink();
        self.links.shrink();
        self.claims.shrink();
        self.contested.shrink();
        self.silent_claims.shrink();
        self.assessed.shrink();
        self.places.shrink();
        self.attributes.shrink();
        self.paged.finish();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn address<T>(column: &T) -> usize {
        std::ptr::from_ref(column).addr()
    }

    /// `says_the_same` compares facts and other columns by name: a new column must be one or the other.
    #[test]
    fn each_column_of_events_is_that_of_a_fact_or_is_known_to_be_none() {
        let columns = EventColumns::default();
        /// The columns of facts. A column that is not named here does not compile.
        macro_rules! addresses {
            ($($fact:ident),*; $($other:ident),*) => {{
                let EventColumns { $($fact,)* $($other: _,)* } = &columns;
                BTreeSet::from([$(address($fact)),*])
            }};
        }
        let declared = addresses!(
            summaries, when, discovered, disclosed, attributed, neighbours, phases, lanes, actors,
            targets, accused, addressees, techniques, tags, sources, tlp;
            keys, wanted_keys, places, titles, day_unread, contested, silent_claims, assessed,
            attributes, listed, links, claims, paged, prints
        );
        let of_facts = FACTS.iter().map(|fact| match fact.column {
            FactColumn::Text(column) => address((column.get)(&columns)),
            FactColumn::When => address(&columns.when),
            FactColumn::Date(_, column) => address((column.get)(&columns)),
            FactColumn::Word(column, _) => address((column.get)(&columns)),
            FactColumn::Words(column, _) => address((column.get)(&columns)),
            FactColumn::Parties(part) => address(columns.parties(part).expect("it is a part")),
            FactColumn::After | FactColumn::Before => address(&columns.neighbours),
            FactColumn::Sources => address(&columns.sources),
            FactColumn::Marking => address(&columns.tlp),
        });
        assert_eq!(of_facts.collect::<BTreeSet<_>>(), declared);
    }

    #[test]
    fn no_two_facts_have_a_name_in_common() {
        let different = |names: Vec<&str>| {
            let count = names.len();
            assert_eq!(
                names.iter().collect::<BTreeSet<_>>().len(),
                count,
                "{names:?}"
            );
        };
        different(FACTS.iter().map(|fact| fact.name).collect());
        different(FACTS.iter().filter_map(|fact| fact.key).collect());
        different(FACTS.iter().filter_map(|fact| fact.record).collect());
        different(FACTS.iter().map(|fact| fact.label).collect());
    }
}
