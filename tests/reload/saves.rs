//! Saved files: change marks, reports, and the state that survives.

use dateline::app::model::Model;
use dateline::app::reload::{FileWatching, ReadOutcome, ReloadEvent};
use dateline::app::state::problem::Problem;
use dateline::app::{self, Message};
use dateline::change::TimelineComparison;
use dateline::diagnostic::Severity;
use dateline::timeline::{ChangesSince, ItemPresence, Timeline};
use dateline::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{error, model, notice, press, report, save_with, timeline};

const A: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\nactors = [\"x\"]\n";
const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\nactors = [\"y\"]\n";
const C: &str = "[[events]]\nid = \"c\"\nwhen = \"2023\"\ntitle = \"C\"\nactors = [\"y\"]\n";

/// A model whose files had an error from the start.
fn broken(text: &str) -> Model {
    dateline::app::open(timeline(text).into(), vec![error("x")], Size::new(80, 24))
}

#[test]
fn new_changed_and_deleted_events_are_counted_and_marked_until_the_next_save() {
    let mut model = model(&format!("{A}{B}"));
    let b = B.replace("\"B\"", "\"B, as it is now\"");
    save_with(&mut model, &format!("{C}{b}"), Vec::new());
    assert_eq!(
        notice(&model),
        ("Reloaded: 1 new, 1 changed, 1 withdrawn", false)
    );
    let marks = |model: &Model| -> Vec<Option<ItemPresence>> {
        let changes = model.timeline().changes().expect("they are compared");
        let events = model.timeline().events();
        events
            .map(|event| Some(changes.of(event.id())?.presence))
            .collect()
    };
    assert_eq!(
        marks(&model),
        [Some(ItemPresence::Kept), Some(ItemPresence::New)]
    );
    save_with(&mut model, &format!("{C}\n\n{b}"), Vec::new());
    assert_eq!(notice(&model).0, "Reloaded: no event changed");
    assert_eq!(marks(&model), [None, None]);
}

#[test]
fn a_claim_and_the_name_of_an_actor_are_part_of_an_event() {
    let claim = "[[events.claims]]\nabout = \"actor\"\ntext = \"x did it\"\n";
    let summary = |old: &Timeline, new: &Timeline| {
        let comparison = TimelineComparison::between(old, new);
        comparison.changes(ChangesSince::Save).summary()
    };
    let (old, new) = (timeline(A), timeline(&format!("{A}{claim}")));
    assert_eq!(summary(&old, &new), "1 changed");
    let named = timeline(&A.replace("\"x\"", "\"z\""));
    assert_eq!(summary(&old, &named), "1 changed");
    let later = timeline(&format!("{B}{A}"));
    assert_eq!(summary(&old, &later), "1 new");
}

#[test]
fn the_filter_and_selection_stay_and_a_broken_file_keeps_the_view() {
    let mut model = model(&format!("{A}{B}{C}"));
    press(&mut model, "factor:y<enter>j");
    save_with(&mut model, A, vec![error("expected `]`")]);
    assert_eq!(notice(&model), ("t:1:1: expected `]` (p shows all)", true));
    assert_eq!((model.timeline().len(), model.problems().len()), (3, 1));
    save_with(&mut model, &format!("{C}{B}{A}"), Vec::new());
    assert_eq!(
        (model.filter_text(), model.problems().len()),
        ("actor:y", 0)
    );
    let screen = model.last_timeline_screen().expect("there is one");
    let selected = screen
        .event()
        .map(|id| model.timeline().event(id).key().into_owned());
    assert_eq!(selected.as_deref(), Some("c"));
}

#[test]
fn a_file_broken_from_the_start_is_shown_as_far_as_it_is_readable() {
    let mut model = broken(A);
    save_with(&mut model, &format!("{A}{B}"), vec![error("y")]);
    assert_eq!(model.timeline().len(), 2);
    save_with(&mut model, &format!("{A}{B}{C}"), Vec::new());
    save_with(&mut model, A, vec![error("z")]);
    assert_eq!(model.timeline().len(), 3);
}

#[test]
fn a_save_without_events_reports_its_mistake_or_else_that_there_are_none() {
    let mut model = model(A);
    save_with(&mut model, "", vec![error("expected `]`")]);
    assert_eq!(notice(&model), ("t:1:1: expected `]` (p shows all)", true));
    assert_eq!((model.timeline().len(), model.problems().len()), (1, 1));
    let warning = Problem {
        severity: Severity::Warning,
        ..error("the timeline has no events")
    };
    save_with(&mut model, "", vec![warning]);
    let emptied = "Kept the last good version: the file has no events now";
    assert_eq!(
        (notice(&model), model.timeline().len()),
        ((emptied, true), 1)
    );
    let far = Problem {
        place: format!("/{}/t:1:1", "far".repeat(40)),
        ..error("expected `]`")
    };
    save_with(&mut model, "", vec![far]);
    assert_eq!(notice(&model), ("t:1:1: expected `]` (p shows all)", true));
    let hidden = Problem {
        place: String::new(),
        ..error("something is wrong")
    };
    save_with(&mut model, "", vec![hidden]);
    assert_eq!(notice(&model).0, "something is wrong (p shows all)");
    // A view that was broken from the start stays too.
    let mut broken = broken(A);
    save_with(&mut broken, "", vec![error("y")]);
    assert_eq!(notice(&broken), ("t:1:1: y (p shows all)", true));
    assert_eq!(broken.timeline().len(), 1);
}

#[test]
fn the_as_of_day_stays() {
    let said = |day: &str| format!("disclosed = \"{day}\"\n");
    let (a, b) = (
        format!("{A}{}", said("2022-01-01")),
        format!("{B}{}", said("2024-01-01")),
    );
    let mut model = model(&a);
    model.set_as_of(dateline::date::EventDate::parse("2023-01-01").ok());
    save_with(&mut model, &format!("{a}{b}"), Vec::new());
    assert_eq!((model.timeline().len(), model.whole().len()), (1, 2));
}

#[test]
fn a_failed_reading_is_reported() {
    let mut model = model(A);
    report(&mut model, ReloadEvent::Asked);
    let failed = ReadOutcome::Failed("cannot read `t`".to_owned());
    report(&mut model, ReloadEvent::Read(failed));
    let expected = "Kept the last good version: cannot read `t`";
    assert_eq!(
        (notice(&model), model.timeline().len()),
        ((expected, true), 1)
    );
}

/// The first line of the screen.
fn first_line(model: &mut Model, width: u16) -> String {
    app::run(model, Message::Resize(Size::new(width, 20)));
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 20));
    dateline::ui::draw(model, Theme::default(), &mut buffer);
    (0..width).map(|x| buffer[(x, 0)].symbol()).collect()
}

#[test]
fn the_first_line_has_a_badge_until_the_errors_are_fixed() {
    let mut model = model(A);
    report(
        &mut model,
        ReloadEvent::Started {
            watching: FileWatching::On,
            watch_failure: None,
            time: Some("20:31".to_owned()),
        },
    );
    report(&mut model, ReloadEvent::Read(ReadOutcome::Unchanged));
    let errors = || vec![error("expected `]`"), error("expected `=`")];
    save_with(&mut model, A, errors());
    press(&mut model, "jk");
    assert_eq!(model.notice(), None);
    let line = first_line(&mut model, 100);
    assert!(
        line.contains("⚠ 2 errors, showing the 20:31 version (p)"),
        "{line}"
    );
    assert!(first_line(&mut model, 60).contains("⚠ 2 errors (p)"));
    save_with(&mut model, &[A, B].concat(), Vec::new());
    assert!(!first_line(&mut model, 100).contains('⚠'));
    // That version is kept next.
    save_with(&mut model, A, errors());
    let line = first_line(&mut model, 100);
    assert!(line.contains("showing the 21:04 version"), "{line}");
    dateline::app::open_briefing(&mut model, None);
    assert!(!first_line(&mut model, 100).contains('⚠'));
}
