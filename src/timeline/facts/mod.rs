//! The facts of an event, one row each: pages, sentences, records, imports, logs that are read back, filters,
//! redaction and the comparison of two readings all walk [`FACTS`].
//!
//! The id, the title, claims, links and the attributes of a log are not facts: each has a form of its own everywhere.

mod column;

pub use column::FactValue;
pub(crate) use column::{FactColumn, Vocabularies};

use super::event_columns::EventColumns;
use super::term::{Aspect, Clock};
use column::{ColumnOf, VocabularyOf};

/// A fact that a file can state of an event: a row of [`FACTS`].
#[derive(Debug)]
pub struct Fact {
    /// Its word in `has:`.
    pub name: &'static str,
    /// Its key in a TOML file; none if it follows from claims and links.
    pub key: Option<&'static str>,
    /// Its column in records; none if records cannot carry it.
    pub record: Option<&'static str>,
    /// Its label on a page.
    pub label: &'static str,
    /// Its name at the beginning of a sentence: of one value, and of several.
    pub sentence: [&'static str; 2],
    /// What leads to its entities on one line: where they come first, and after others.
    pub leads: [&'static str; 2],
    /// What sort of fact it is.
    pub group: FactGroup,
    /// What becomes of it where a part of the timeline is withheld.
    pub(super) redaction: Redaction,
    /// Where its values are kept.
    pub(crate) column: FactColumn,
}

/// A sort of facts. Pages show the facts of one group together, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactGroup {
    /// Prose of some lines, which has a place of its own on a page.
    Prose,
    /// When it happened, and when that became known.
    Time,
    /// What was done, by whom, and to whom.
    Deed,
    /// How the author files it.
    Filing,
    /// The documents that carry it, which have a section of their own on a page.
    Sources,
    /// Who may see it.
    Handling,
}

/// What becomes of a fact where a part of the timeline is withheld. The rules are those of [`super::withhold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Redaction {
    /// It stays with its event.
    Kept,
    /// The author's own words: as of a day they go, since no one can say when they were written.
    OwnWords,
    /// It stays if it had been discovered.
    Discovery,
    /// Entities stay unless only withheld claims name them.
    Named,
    /// It is found anew from what is left.
    Recomputed,
}

/// How the row of a log states a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowShape {
    /// As one value.
    Single,
    /// As a list of words.
    List,
    /// In a column of its own, or not at all.
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

/// The facts of which the row of a log states one value.
pub static SINGLE_FACTS: [FactId; slot(RowShape::Single, FACTS.len())] = of_shape(RowShape::Single);

/// The facts of which the row of a log states a list of words.
pub static LIST_FACTS: [FactId; slot(RowShape::List, FACTS.len())] = of_shape(RowShape::List);

/// How many facts above a row of the table have this shape.
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

/// The number of a row of [`FACTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(usize);

impl FactId {
    /// More of what happened.
    pub const SUMMARY: Self = Self::named("summary");
    /// When it happened.
    pub const WHEN: Self = Self::named("date");
    /// The phase.
    pub const PHASE: Self = Self::named("phase");
    /// The lanes.
    pub const LANES: Self = Self::named("lane");
    /// The ATT&CK techniques.
    pub const TECHNIQUES: Self = Self::named("techniques");
    /// The tags.
    pub const TAGS: Self = Self::named("tags");
    /// The documents.
    pub const SOURCES: Self = Self::named("sources");
    /// When the public was told.
    pub const DISCLOSED: Self = Self::named("disclosed");

    /// Every one, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FACTS.len()).map(Self)
    }

    /// Its row.
    pub const fn row(self) -> &'static Fact {
        &FACTS[self.0]
    }

    /// Its number.
    pub(super) const fn index(self) -> usize {
        self.0
    }

    /// Its place among [`SINGLE_FACTS`] or [`LIST_FACTS`], whichever it is one of.
    pub const fn slot(self) -> usize {
        slot(self.row().shape(), self.0)
    }

    /// The fact of a name. It is looked up when the program is compiled: a name without a row does not compile.
    const fn named(name: &str) -> Self {
        let mut at = 0;
        while !is_same(FACTS[at].name, name) {
            at += 1;
        }
        Self(at)
    }
}

/// Whether two texts are the same, in a constant.
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

/// A row with one name everywhere, which stays with its event.
const fn fact(name: &'static str, group: FactGroup, column: FactColumn) -> Fact {
    Fact {
        name,
        key: Some(name),
        record: Some(name),
        label: name,
        sentence: [name, name],
        leads: ["", ""],
        group,
        redaction: Redaction::Kept,
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

    const fn redaction(mut self, redaction: Redaction) -> Self {
        self.redaction = redaction;
        self
    }

    /// The aspect of claims that are about it; none if no claim is.
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
    .redaction(Redaction::OwnWords),
    fact("date", FactGroup::Time, FactColumn::When)
        .key(Some("when"))
        .record(Some("when_edtf"))
        .label("when"),
    fact(
        "discovered",
        FactGroup::Time,
        FactColumn::Date(Clock::Discovered, column!(discovered)),
    )
    .redaction(Redaction::Discovery),
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
    .redaction(Redaction::Recomputed),
    fact("after", FactGroup::Time, FactColumn::After).redaction(Redaction::Recomputed),
    fact("before", FactGroup::Time, FactColumn::Before)
        .key(None)
        .record(None)
        .redaction(Redaction::Recomputed),
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
    .redaction(Redaction::Named),
    fact(
        "targets",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Target),
    )
    .sentence("target", "targets")
    .leads("→ ", " → ")
    .redaction(Redaction::Named),
    fact(
        "accused",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Accused),
    )
    .leads("accused: ", "; accused: ")
    .redaction(Redaction::Named),
    fact(
        "addressees",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Addressee),
    )
    .label("addressed to")
    .leads("to: ", "; to: ")
    .redaction(Redaction::Named),
    fact(
        "techniques",
        FactGroup::Deed,
        FactColumn::Words(column!(techniques), vocabulary!(techniques)),
    )
    .sentence("technique", "techniques")
    .redaction(Redaction::OwnWords),
    fact(
        "tags",
        FactGroup::Filing,
        FactColumn::Words(column!(tags), vocabulary!(tags)),
    )
    .record(Some("tag"))
    .sentence("tag", "tags")
    .redaction(Redaction::OwnWords),
    fact("sources", FactGroup::Sources, FactColumn::Sources)
        .sentence("source", "sources")
        .redaction(Redaction::Recomputed),
    fact("tlp", FactGroup::Handling, FactColumn::Marking).label("marking"),
];

impl EventColumns {
    /// Gives back what was reserved and not used.
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
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn address<T>(column: &T) -> usize {
        std::ptr::from_ref(column).addr()
    }

    /// `says_the_same` compares the facts and the columns that are none by name: a new column must be one or the other.
    #[test]
    fn each_column_of_events_is_that_of_a_fact_or_is_known_to_be_none() {
        let columns = EventColumns::default();
        /// The columns of facts; a column that is named nowhere here does not compile.
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
            attributes, listed, links, claims
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
