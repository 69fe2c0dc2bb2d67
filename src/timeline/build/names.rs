//! Keys of written events: the author's ids, otherwise keys derived from titles.
//!
//! An author's id is never derived for another event, however early that event is.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use super::super::column::unique;
use super::super::draft::DraftEvent;
use super::super::keys::{KeyColumn, KeyRegistry, NAMELESS, RequestedKey, slug, stem};
use super::super::log::{DraftLog, UNTITLED};
use super::order::{self, AfterRows};

/// The key that an event asks for.
pub(super) fn request(event: &DraftEvent) -> RequestedKey {
    match &event.id {
        Some(id) => RequestedKey::own(id.value.to_string()),
        None => RequestedKey::made(made(event)),
    }
}

/// A key derived from the title.
fn made(event: &DraftEvent) -> String {
    let title = event.title.as_ref().map_or(UNTITLED, |title| &title.value);
    slug(title, NAMELESS)
}

/// A registry for the keys of written events and rows of logs. Ids from authors are reserved if another event might get
/// them.
pub(super) fn keys(events: &[DraftEvent], logs: &[DraftLog]) -> KeyRegistry {
    let ids = || events.iter().filter_map(|event| event.id.as_ref());
    if ids().next().is_none() {
        return KeyRegistry::default();
    }
    // Hashes instead of texts, since there may be a million: a chance collision only reserves an id needlessly.
    let hasher = FixedState::default();
    let hash = |text: &str| hasher.hash_one(text);
    let mut requests: Vec<u64> = (events.iter())
        .map(|event| match &event.id {
            Some(id) => hash(&id.value),
            None => hash(&made(event)),
        })
        .collect();
    requests.sort_unstable();
    let count = |text: &str| {
        let hash = hash(text);
        let from = requests.partition_point(|it| *it < hash);
        let same = requests.get(from..).unwrap_or_default().iter();
        same.take_while(|it| **it == hash).take(2).count()
    };
    let is_row = |id: &str| {
        let mut logs = logs.iter().map(|log| log.id.as_str());
        logs.any(|log| id.strip_prefix(log).is_some_and(|it| it.starts_with('-')))
    };
    let is_wanted =
        |id: &str| count(id) > 1 || stem(id).is_some_and(|stem| count(stem) > 0) || is_row(id);
    let ids = ids().map(|id| id.value.as_str());
    KeyRegistry::reserving(ids.filter(|id| is_wanted(id)).map(str::to_owned).collect())
}

/// The predecessors of each event, as far as they are known.
pub(super) fn after(events: &[DraftEvent]) -> AfterRows {
    if events.iter().all(|event| event.after.is_empty()) {
        return AfterRows::new();
    }
    let called = AuthoredNames::new(events);
    let after = events.iter().enumerate().map(|(row, event)| {
        let earlier = event.after.iter().filter_map(|id| called.find(&id.value));
        (row, unique(earlier))
    });
    after.filter(|(_, earlier)| !earlier.is_empty()).collect()
}

/// How `after` may refer to written events: by an author's id, or by a derived key that only one event has. Numbered
/// keys depend on the order, so they cannot define it.
pub(in crate::timeline) struct AuthoredNames<'d> {
    ids: HashMap<&'d str, usize>,
    made: HashMap<String, Option<usize>>,
}

impl<'d> AuthoredNames<'d> {
    pub fn new(events: &'d [DraftEvent]) -> Self {
        let mut called = Self {
            ids: HashMap::new(),
            made: HashMap::new(),
        };
        for (row, event) in events.iter().enumerate() {
            if let Some(id) = &event.id {
                called.ids.entry(id.value.as_str()).or_insert(row);
                continue;
            }
            let made = called.made.entry(request(event).key);
            made.and_modify(|row| *row = None).or_insert(Some(row));
        }
        called
    }

    pub fn find(&self, id: &str) -> Option<usize> {
        let own = self.ids.get(id).copied();
        own.or_else(|| self.made.get(id).copied().flatten())
    }
}

/// The keys of all written events in the order of the draft, as the built timeline has them.
pub(in crate::timeline) fn names(events: &[DraftEvent], logs: &[DraftLog]) -> Vec<String> {
    let sorted = order::rows_in_order(events, after(events));
    let (mut keys, mut column) = (keys(events, logs), KeyColumn::default());
    for &row in &sorted {
        keys.give(&request(&events[row]), &mut column);
    }
    let mut names = vec![String::new(); events.len()];
    for (at, row) in sorted.into_iter().enumerate() {
        names[row] = column.get(at).into_owned();
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;

    const LOG: &str = "datetime,message\n2021-01-01,A\n2021-01-02,B\n";

    /// Opens events, each with a year, an optional id and a title, and a log with rows of 2021.
    fn open(events: &[(&str, &str, &str)]) -> (Timeline, Vec<&'static str>) {
        let event = |(when, id, title): &(&str, &str, &str)| {
            let id = if id.is_empty() {
                String::new()
            } else {
                format!("id = \"{id}\"\n")
            };
            format!("[[events]]\nwhen = \"{when}\"\n{id}title = \"{title}\"\n")
        };
        let text: String = events.iter().map(event).collect();
        let texts = [SourceText::new("a.toml", text), SourceText::new("web", LOG)];
        let (timeline, findings) = crate::formats::open(&texts);
        (timeline, findings.iter().map(|it| it.kind.name).collect())
    }

    /// Checks each title with its key, in order of time.
    #[track_caller]
    fn check(events: &[(&str, &str, &str)], expected: &[(&str, &str)]) {
        let (timeline, _) = open(events);
        let found: Vec<_> = (timeline.events())
            .map(|event| (event.title().to_owned(), event.key().into_owned()))
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(title, key)| (title.as_str(), key.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_id_that_an_author_gave_is_made_for_no_other_event() {
        check(
            &[
                ("2020", "", "Entry"),
                ("2022", "entry", "Way in"),
                ("2023", "web-2", "Seen"),
            ],
            &[
                ("Entry", "entry-2"),
                ("A", "web-2-2"),
                ("B", "web-3"),
                ("Way in", "entry"),
                ("Seen", "web-2"),
            ],
        );
    }

    #[test]
    fn a_title_without_letters_makes_a_key_all_the_same() {
        check(
            &[("2018", "", "…"), ("2019", "", "!"), ("2020", "", "Event")],
            &[
                ("…", "untitled"),
                ("!", "untitled-2"),
                ("Event", "event"),
                ("A", "web-2"),
                ("B", "web-3"),
            ],
        );
    }

    #[test]
    fn a_number_that_is_added_makes_no_id_that_an_author_gave() {
        check(
            &[
                ("2018", "", "Foo"),
                ("2019", "", "Foo"),
                ("2020", "foo-2", "Bar"),
                ("2019", "x", "C"),
                ("2020", "x", "D"),
                ("2020", "x-2", "E"),
            ],
            &[
                ("Foo", "foo"),
                ("Foo", "foo-3"),
                ("C", "x"),
                ("Bar", "foo-2"),
                ("D", "x-3"),
                ("E", "x-2"),
                ("A", "web-2"),
                ("B", "web-3"),
            ],
        );
    }

    #[test]
    fn what_an_event_is_called_is_what_names_are_checked_by() {
        let link = |to: &str| {
            format!("Last\"\nlinks = [{{ to = \"{to}\", as = \"part-of\" }}]\nsummary = \"x")
        };
        for (to, is_known) in [
            ("foo-2", true),
            ("foo-3", true),
            ("foo-4", false),
            ("bar", false),
        ] {
            let last = link(to);
            let events = [
                ("2018", "", "Foo"),
                ("2019", "", "Foo"),
                ("2020", "foo-2", "Bar"),
                ("2023", "", &last),
            ];
            let (timeline, findings) = open(&events);
            assert_eq!(findings.contains(&"unknown-event"), !is_known, "{to}");
            assert_eq!(timeline.find_event(to).is_some(), is_known, "{to}");
        }
    }
}
