//! The files were read again: what they say now takes the place of what they said, and what is different is
//! marked until they are read once more. It knows nothing of files.

pub mod loading;
mod rebase;
pub mod swap;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::{Model, Notice, Problem};
use crate::timeline::{Event, EventId, Timeline};
use loading::Extent;
use swap::News;

/// How an event differs from what the file said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    New,
    /// Something of it is different.
    Changed,
}

impl Change {
    /// The mark of the list.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::New => "+",
            Self::Changed => "~",
        }
    }
}

/// What is different, by the names of the events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    events: BTreeMap<String, Change>,
    gone: usize,
}

impl Changes {
    /// What is different between two readings of the same files.
    pub fn between(old: &Timeline, new: &Timeline) -> Self {
        let mut changes = Self::default();
        let mut before = Before::new(old);
        let mut kept = 0;
        for event in new.events() {
            let before = before.of(event);
            kept += usize::from(before.is_some());
            let change = match before {
                None => Change::New,
                Some(before) if !before.says_the_same(event) => Change::Changed,
                Some(_) => continue,
            };
            changes.events.insert(event.key().into_owned(), change);
        }
        changes.gone = old.len() - kept;
        changes
    }

    /// How an event differs, if it does.
    pub fn of(&self, event: Event<'_>) -> Option<Change> {
        // Nearly always there are none, and a list asks for every row.
        if self.events.is_empty() {
            return None;
        }
        self.events.get(&*event.key()).copied()
    }

    fn told(&self) -> String {
        let number = |wanted: Change| self.events.values().filter(|it| **it == wanted).count();
        let counts = [
            (number(Change::New), "new"),
            (number(Change::Changed), "changed"),
            (self.gone, "gone"),
        ];
        let counts = counts.iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> = counts
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        if told.is_empty() {
            "read again: no event is different".to_owned()
        } else {
            format!("read again: {}", told.join(", "))
        }
    }
}

/// The events of an older reading, by their names. Most of them stand where they stood: only where one does not are all
/// of them put in order.
struct Before<'t> {
    old: &'t Timeline,
    /// Where the one that is asked for next would stand.
    next: u32,
    names: OnceCell<HashMap<Cow<'t, str>, EventId>>,
}

impl<'t> Before<'t> {
    fn new(old: &'t Timeline) -> Self {
        Self {
            old,
            next: 0,
            names: OnceCell::new(),
        }
    }

    /// What an event of the newer reading was.
    fn of(&mut self, event: Event<'_>) -> Option<Event<'t>> {
        let key = event.key();
        let here = (self.next as usize) < self.old.len();
        let here = here.then(|| self.old.event(EventId(self.next)));
        let found = here.filter(|here| here.key() == key).or_else(|| {
            let called = |event: Event<'t>| (event.key(), event.id());
            let all = || self.old.events().map(called).collect();
            let names = self.names.get_or_init(all);
            names.get(&*key).map(|&id| self.old.event(id))
        })?;
        self.next = found.id().0 + 1;
        Some(found)
    }
}

/// What came of reading the files again.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// They could be read.
    Read {
        /// What they say, with what is to be withheld left out.
        timeline: Arc<Timeline>,
        /// What is wrong with them.
        problems: Vec<Problem>,
        /// What is different.
        changes: Changes,
    },
    /// No letter of them is different.
    Same,
    /// They could not.
    Refused(String),
}

/// A mistake in one line, and how to see the others. Where something is withheld it has no place. The folders in which
/// the file lies are left out: they would take the room of what is wrong.
fn mistake(first: &Problem, more: &str) -> String {
    let Problem { place, message, .. } = first;
    let place = place.rsplit(['/', '\\']).next().unwrap_or_default();
    if place.is_empty() {
        format!("{message} ({more})")
    } else {
        format!("{place}: {message} ({more})")
    }
}

/// Has shown what the files say now, or keeps what is shown if they hide something of it.
pub(in crate::app) fn take(model: &mut Model, reading: Reading) -> Vec<Effect> {
    let (timeline, problems, changes) = match reading {
        Reading::Read {
            timeline,
            problems,
            changes,
        } => (timeline, problems, changes),
        Reading::Same => {
            model.notify("read again: no letter is different");
            return Vec::new();
        }
        Reading::Refused(why) => {
            return refuse(model, format!("the view stays as it was: {why}"));
        }
    };
    model.problems.of_files = problems;
    let first = model.problems.first_error();
    let verdict = verdict([&model.whole, &timeline], first, model.is_partial);
    match verdict {
        Verdict::KeepFor(first) => {
            let told = mistake(first, &model.keymap.says("{problems} shows all"));
            refuse(model, told)
        }
        Verdict::KeepForEvents => refuse(model, format!("the view stays as it was: {EMPTIED}")),
        Verdict::Show { is_partial } => {
            model.is_partial = is_partial;
            swap::bring(model, timeline, News::Reread(changes))
        }
    }
}

/// Why a reading of a file without events is not shown.
pub(in crate::app) const EMPTIED: &str = "there are no events in the file now";

/// Whether a reading takes the place of the last one. The viewer and its followers go by the same rule, so that they
/// show the same version.
#[derive(Debug, PartialEq)]
pub(in crate::app) enum Verdict<'p> {
    /// An error hides something of what the file says.
    KeepFor(&'p Problem),
    /// The file has lost its events: an editor that saves may empty it first.
    KeepForEvents,
    Show {
        /// Whether an error hides something of it, as before.
        is_partial: bool,
    },
}

/// The verdict on the second of two readings with its first error. `is_partial` says whether the first one had errors.
pub(in crate::app) fn verdict<'p>(
    [old, new]: [&Timeline; 2],
    first: Option<&'p Problem>,
    is_partial: bool,
) -> Verdict<'p> {
    let is_emptied = new.is_empty() && !old.is_empty();
    match first {
        Some(first) if is_emptied || !is_partial => Verdict::KeepFor(first),
        None if is_emptied => Verdict::KeepForEvents,
        _ => Verdict::Show {
            is_partial: first.is_some(),
        },
    }
}

fn refuse(model: &mut Model, why: String) -> Vec<Effect> {
    model.notice = Some(Notice {
        text: why,
        is_error: true,
    });
    Vec::new()
}

/// What the files say now is shown. Returns what is told of it.
pub(in crate::app) fn arrive(model: &mut Model, changes: Changes) -> Notice {
    let text = if model.extent == Extent::Whole {
        model.changes = changes;
        model.changes.told()
    } else {
        // What comes behind the part that was shown is not new.
        model.changes = Changes::default();
        model.extent = Extent::Whole;
        "all of it is read now".to_owned()
    };
    Notice {
        text,
        is_error: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse;
    use crate::app::{Msg, run};
    use crate::diagnostic::Severity;
    use crate::diagnostic::SourceText;
    use ratatui::layout::Size;

    const A: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\nactors = [\"x\"]\n";
    const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\nactors = [\"y\"]\n";
    const C: &str = "[[events]]\nid = \"c\"\nwhen = \"2023\"\ntitle = \"C\"\nactors = [\"y\"]\n";

    fn open(text: &str) -> Arc<Timeline> {
        Arc::new(crate::formats::open(&[SourceText::new("t", text)]).0)
    }

    fn model(text: &str) -> Model {
        Model::new(open(text), Vec::new(), Size::new(80, 24))
    }

    fn save(model: &mut Model, text: &str, problems: Vec<Problem>) {
        let timeline = open(text);
        let changes = Changes::between(&model.whole, &timeline);
        let reading = Reading::Read {
            timeline,
            problems,
            changes,
        };
        run(model, Msg::Read(Box::new(reading)));
    }

    fn problem(message: &str) -> Problem {
        Problem {
            kind: "toml-syntax",
            place: "t:1:1".to_owned(),
            at: None,
            message: message.to_owned(),
            expected: String::new(),
            help: Vec::new(),
            severity: Severity::Error,
            more: 0,
        }
    }

    fn said(model: &Model) -> (&str, bool) {
        let notice = model.notice.as_ref().expect("something is said");
        (&notice.text, notice.is_error)
    }

    #[test]
    fn what_is_new_changed_and_gone_is_counted_and_marked_until_the_next_time() {
        let mut model = model(&format!("{A}{B}"));
        let b = B.replace("\"B\"", "\"B, as it is now\"");
        save(&mut model, &format!("{C}{b}"), Vec::new());
        assert_eq!(
            said(&model),
            ("read again: 1 new, 1 changed, 1 gone", false)
        );
        let marks = |model: &Model| -> Vec<Option<Change>> {
            let events = model.timeline.events();
            events.map(|event| model.changes.of(event)).collect()
        };
        assert_eq!(marks(&model), [Some(Change::Changed), Some(Change::New)]);
        save(&mut model, &format!("{C}\n\n{b}"), Vec::new());
        assert_eq!(said(&model).0, "read again: no event is different");
        assert_eq!(marks(&model), [None, None]);
    }

    #[test]
    fn a_claim_and_the_name_of_an_actor_are_part_of_an_event() {
        let claim = "[[events.claims]]\nabout = \"actor\"\ntext = \"x did it\"\n";
        let (old, new) = (open(A), open(&format!("{A}{claim}")));
        assert_eq!(Changes::between(&old, &new).told(), "read again: 1 changed");
        let named = open(&A.replace("\"x\"", "\"z\""));
        assert_eq!(
            Changes::between(&old, &named).told(),
            "read again: 1 changed"
        );
        let later = open(&format!("{B}{A}"));
        assert_eq!(Changes::between(&old, &later).told(), "read again: 1 new");
    }

    #[test]
    fn filter_and_selection_stay_and_a_broken_file_takes_nothing_away() {
        let mut model = model(&format!("{A}{B}{C}"));
        for input in parse("factor:y<enter>j").expect("keys") {
            run(&mut model, Msg::Input(input));
        }
        save(&mut model, A, vec![problem("expected `]`")]);
        assert_eq!(said(&model), ("t:1:1: expected `]` (p shows all)", true));
        assert_eq!((model.timeline.len(), model.problems.len()), (3, 1));
        save(&mut model, &format!("{C}{B}{A}"), Vec::new());
        assert_eq!((model.filter_text(), model.problems.len()), ("actor:y", 0));
        let screen = model.last_timeline_screen().expect("there is one");
        let selected = screen
            .event()
            .map(|id| model.timeline.event(id).key().into_owned());
        assert_eq!(selected.as_deref(), Some("c"));
    }

    #[test]
    fn what_was_broken_from_the_beginning_is_shown_as_far_as_it_can_be_read() {
        let mut model = Model::new(open(A), vec![problem("x")], Size::new(80, 24));
        save(&mut model, &format!("{A}{B}"), vec![problem("y")]);
        assert_eq!(model.timeline.len(), 2);
        save(&mut model, &format!("{A}{B}{C}"), Vec::new());
        save(&mut model, A, vec![problem("z")]);
        assert_eq!(model.timeline.len(), 3);
    }

    #[test]
    fn a_save_without_events_tells_its_mistake_and_only_without_one_that_there_are_none() {
        let mut model = model(A);
        save(&mut model, "", vec![problem("expected `]`")]);
        assert_eq!(said(&model), ("t:1:1: expected `]` (p shows all)", true));
        assert_eq!((model.timeline.len(), model.problems.len()), (1, 1));
        let warning = Problem {
            severity: Severity::Warning,
            ..problem("the timeline has no events")
        };
        save(&mut model, "", vec![warning]);
        let emptied = "the view stays as it was: there are no events in the file now";
        assert_eq!((said(&model), model.timeline.len()), ((emptied, true), 1));
        let far = Problem {
            place: format!("/{}/t:1:1", "far".repeat(40)),
            ..problem("expected `]`")
        };
        save(&mut model, "", vec![far]);
        assert_eq!(said(&model), ("t:1:1: expected `]` (p shows all)", true));
        let hidden = Problem {
            place: String::new(),
            ..problem("something is wrong")
        };
        save(&mut model, "", vec![hidden]);
        assert_eq!(said(&model).0, "something is wrong (p shows all)");
        // What was broken from the beginning is not taken away either.
        let mut broken = Model::new(open(A), vec![problem("x")], Size::new(80, 24));
        save(&mut broken, "", vec![problem("y")]);
        assert_eq!(said(&broken), ("t:1:1: y (p shows all)", true));
        assert_eq!(broken.timeline.len(), 1);
    }

    #[test]
    fn the_day_as_of_which_all_is_shown_stays() {
        let said = |day: &str| format!("disclosed = \"{day}\"\n");
        let (a, b) = (
            format!("{A}{}", said("2022-01-01")),
            format!("{B}{}", said("2024-01-01")),
        );
        let mut model = model(&a);
        model.wanted_as_of = crate::date::EventDate::parse("2023-01-01").ok();
        save(&mut model, &format!("{a}{b}"), Vec::new());
        assert_eq!((model.timeline.len(), model.whole.len()), (1, 2));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let mut model = model(A);
        let reading = Reading::Refused("cannot read `t`".to_owned());
        run(&mut model, Msg::Read(Box::new(reading)));
        let expected = "the view stays as it was: cannot read `t`";
        assert_eq!((said(&model), model.timeline.len()), ((expected, true), 1));
    }
}
