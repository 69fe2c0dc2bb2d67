//! A comparison without the timelines that were compared, for the newer one to carry.

use std::sync::LazyLock;

use super::comparison::TimelineComparison;
use super::difference::Difference;
use super::item::ComparedItem;
use super::kind::ChangeKind;
use super::wording::name;
use crate::timeline::facts::{FACTS, FactColumn};
use crate::timeline::term::Tlp;
use crate::timeline::{ChangedItem, ChangesSince, ItemPresence, TimelineChanges};

/// Any of the dates of an event.
const DATE: &str = "date";
const CLAIMS: &str = "claims";
/// Keys of events that are not facts.
const OTHER_KEYS: [&str; 4] = ["title", "links", "attributes", "id"];

/// The word for each kind: its name, with hyphens.
static KINDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let kinds = ChangeKind::ALL.iter();
    kinds.map(|kind| kind.name().replace(' ', "-")).collect()
});

/// The words that may describe an event: `yes`, `no` and `new`, then what differs, then how.
static VOCABULARY: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words = vec![
        TimelineChanges::ANY,
        TimelineChanges::NONE,
        TimelineChanges::NEW,
        DATE,
        CLAIMS,
    ];
    let keys = FACTS.iter().filter_map(|fact| fact.key).map(subject);
    let all = keys
        .chain(OTHER_KEYS)
        .chain(KINDS.iter().map(String::as_str));
    for word in all {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
});

impl TimelineComparison<'_> {
    /// The changes for the newer timeline to carry.
    pub fn changes(&self, since: ChangesSince) -> TimelineChanges {
        let items = self.items.iter().map(|item| self.changed(item));
        TimelineChanges::new(since, items.collect(), &VOCABULARY).without(self.withheld)
    }

    fn changed(&self, item: &ComparedItem) -> ChangedItem {
        ChangedItem {
            kind: item.kind,
            presence: item.presence,
            event: item.new,
            title: item.shown_title().to_owned(),
            date: self.date(item),
            marking: self.marking_of(item),
            perhaps: item.perhaps.clone(),
            lines: self.lines(item),
            words: words(item),
        }
    }
}

impl TimelineComparison<'_> {
    /// The strictest marking of what is said of an item, on either side.
    fn marking_of(&self, item: &ComparedItem) -> Option<Tlp> {
        let is_marking = |it: &Difference| it.key == "tlp";
        let is_only_marked = item.presence == ItemPresence::Kept
            && item.claims.is_empty()
            && item.differences.iter().all(is_marking);
        if is_only_marked {
            return None;
        }
        let claims = item.claims.iter().flat_map(|claim| {
            let old = claim.old.and_then(|id| self.old.claim(id).tlp);
            [old, claim.new.and_then(|id| self.new.claim(id).tlp)]
        });
        claims.chain([item.marking]).max().flatten()
    }
}

/// The words of the vocabulary that describe an item.
fn words(item: &ComparedItem) -> Vec<&'static str> {
    let mut words = vec![TimelineChanges::ANY];
    if item.presence == ItemPresence::New {
        words.push(TimelineChanges::NEW);
    }
    for difference in &item.differences {
        words.extend(subject_of(difference));
        words.push(kind(difference));
    }
    for claim in &item.claims {
        words.push(CLAIMS);
        words.extend(claim.differences.iter().map(kind));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// What differs. What is computed has no key of its own, except a date.
fn subject_of(difference: &Difference) -> Option<&'static str> {
    let is_stated = !difference.is_computed || is_date(difference.key);
    is_stated.then(|| subject(difference.key))
}

fn subject(key: &'static str) -> &'static str {
    if is_date(key) { DATE } else { name(key) }
}

/// Whether a key is that of a date; it is not that of the aspect.
fn is_date(key: &str) -> bool {
    let is_date = |column: FactColumn| matches!(column, FactColumn::When | FactColumn::Date(..));
    let mut dates = FACTS.iter().filter(|fact| is_date(fact.column));
    dates.any(|fact| fact.key.unwrap_or(fact.name) == key)
}

fn kind(difference: &Difference) -> &'static str {
    &KINDS[difference.kind as usize]
}
