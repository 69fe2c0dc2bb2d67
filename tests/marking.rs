//! Marks in the viewer: what the keys change on the screen and ask to be written, and who does not see them.

use std::sync::Arc;

use dateline::app::model::Model;
use dateline::app::reload::{FileReading, ReadOutcome, ReadingFingerprints, ReloadEvent};
use dateline::app::{self, Effect, Message};
use dateline::diagnostic::SourceText;
use dateline::document::PageSubject;
use dateline::formats;
use dateline::formats::copy;
use dateline::timeline::term::Tlp;
use dateline::timeline::{ItemEdit, MarkEdit, MarkedItem};
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

fn stage(timeline: &str) -> Stage {
    Stage::open(timeline, Size::new(90, 30))
}

fn screen(stage: &Stage) -> String {
    stage.frame(ScreenshotFormat::Text)
}

fn notice(model: &Model) -> &str {
    model.notice().map_or("", |notice| &notice.text)
}

/// The edits that some keys ask to be written.
fn edits(stage: &mut Stage, keys: &str) -> Vec<ItemEdit> {
    let effects = stage.press(keys).into_iter();
    let edits = effects.filter_map(|effect| match effect {
        Effect::SaveMarks(edits) => Some(edits),
        _ => None,
    });
    edits.flatten().collect()
}

/// The row of the list with a title.
fn row(stage: &Stage, title: &str) -> String {
    let screen = screen(stage);
    let mut rows = screen.lines().filter(|line| line.contains(title));
    rows.next().unwrap_or_default().to_owned()
}

#[test]
fn a_star_a_note_and_tags_are_on_the_screen_at_once_and_are_written() {
    let mut stage = stage("times");
    let star = edits(&mut stage, "j!");
    assert!(
        matches!(star[0].item, MarkedItem::Row { line: 3, .. }),
        "{star:?}"
    );
    assert_eq!(star[0].edit, MarkEdit::Star(true));
    assert!(row(&stage, "Service installed").contains('★'));
    let note = edits(&mut stage, "jAAsk Ana<enter>");
    assert_eq!(note[0].edit, MarkEdit::Note("Ask Ana".to_owned()));
    assert!(row(&stage, "Logon type 10").contains('•'));
    assert!(screen(&stage).contains("•  Ask Ana"), "{}", screen(&stage));
    let tag = edits(&mut stage, "Vioc<enter>");
    assert_eq!(tag[0].edit, MarkEdit::Tag("ioc".to_owned()));
    assert!(
        screen(&stage).contains("•  ioc Ask Ana"),
        "{}",
        screen(&stage)
    );
    // The tag is completed, and the second time it is taken off.
    assert_eq!(
        edits(&mut stage, "kV<tab><enter>")[0].edit,
        MarkEdit::Tag("ioc".to_owned())
    );
    assert_eq!(
        edits(&mut stage, "Vioc<enter>")[0].edit,
        MarkEdit::Untag("ioc".to_owned())
    );
    assert!(
        edits(&mut stage, "V<enter>A<enter>").is_empty(),
        "nothing is typed"
    );
    assert_eq!(
        edits(&mut stage, "v!")[0].edit,
        MarkEdit::Star(false),
        "on its page"
    );
}

#[test]
fn the_next_marked_event_is_a_key_away() {
    let mut stage = stage("times");
    stage.press("j!jj!gg");
    let selected = |stage: &Stage| {
        let screen = screen(stage);
        let row = screen.lines().find(|line| line.starts_with('▸'));
        row.unwrap_or_default().to_owned()
    };
    stage.press("'");
    assert!(selected(&stage).contains("Service installed"));
    stage.press("'");
    assert!(selected(&stage).contains("Mailbox rule created"));
    stage.press("\"");
    assert!(selected(&stage).contains("Service installed"));
    stage.press("!jj!'");
    assert_eq!(notice(&stage.model), "No marked event");
}

#[test]
fn a_mark_that_is_not_on_the_screen_has_a_tick() {
    let mut stage = Stage::open("harbour", Size::new(90, 20));
    let ticks = |stage: &Stage| {
        screen(stage)
            .chars()
            .filter(|it| "┼╋".contains(*it))
            .count()
    };
    assert_eq!(ticks(&stage), 0);
    stage.press("G!gg");
    assert_eq!(ticks(&stage), 1, "{}", screen(&stage));
    // On another clock the rows have another order, and a fold.
    stage.press("T");
    assert!(ticks(&stage) <= 1);
    stage.press("TTTu");
    assert_eq!(ticks(&stage), 0);
}

#[test]
fn marks_are_undone_one_after_the_other_with_changes_of_the_filter() {
    let mut stage = stage("times");
    stage.press("!");
    stage.press("fmailbox<enter>");
    stage.press("Anote<enter>");
    assert_eq!(
        edits(&mut stage, "u")[0].edit,
        MarkEdit::Note(String::new())
    );
    assert!(edits(&mut stage, "u").is_empty());
    assert_eq!(stage.model.filter_text(), "");
    assert_eq!(edits(&mut stage, "u")[0].edit, MarkEdit::Star(false));
    assert!(!screen(&stage).contains('★'));
}

#[test]
fn all_events_that_the_filter_leaves_are_starred_only_after_a_question() {
    let mut stage = stage("times");
    stage.press("fmailbox<enter>");
    assert!(edits(&mut stage, "g!").is_empty());
    assert!(
        screen(&stage).contains("stars the 2 events of the list"),
        "{}",
        screen(&stage)
    );
    assert!(
        edits(&mut stage, "jg!").is_empty(),
        "another key answers no"
    );
    assert_eq!(edits(&mut stage, "g!").len(), 2);
    assert_eq!(edits(&mut stage, "u").len(), 2, "one key undoes all");
}

#[test]
fn a_filter_about_marks_follows_them() {
    let mut stage = stage("times");
    stage.press("j!fmarked:yes<enter>");
    let shown = |stage: &Stage| stage.model.active_filter().map_or(0, |it| it.rows().len());
    assert_eq!(shown(&stage), 1);
    stage.press("!");
    assert_eq!(shown(&stage), 0);
    stage.press("u");
    assert_eq!(shown(&stage), 1);
}

#[test]
fn marks_that_cannot_be_written_stay_and_are_written_with_the_next() {
    let mut model = app::open(
        Arc::clone(&program::ready("times").0),
        Vec::new(),
        Size::new(80, 24),
    );
    let press = |model: &mut Model, keys: &str| {
        let inputs = app::input::key::parse(keys).expect("keys").into_iter();
        let effects = inputs.flat_map(|input| app::run(model, Message::Input(input)));
        effects.collect::<Vec<Effect>>()
    };
    let saved = |effects: &[Effect]| match effects {
        [Effect::SaveMarks(edits)] => edits.len(),
        _ => 0,
    };
    assert_eq!(saved(&press(&mut model, "!")), 1);
    assert_eq!(saved(&press(&mut model, "j!")), 0, "one write at a time");
    let why = "the folder takes no new file".to_owned();
    app::run(&mut model, Message::MarksSaved(Err(why)));
    assert!(notice(&model).starts_with("Marks are kept for this session only: the folder"));
    assert_eq!(model.unsaved_edits().len(), 2);
    // The file that is read again does not have them.
    let reading = FileReading {
        timeline: Arc::new(program::open("times").timeline),
        problems: Vec::new(),
        fingerprints: ReadingFingerprints::default(),
        read_at: None,
        stopped_at: None,
    };
    app::run(&mut model, Message::Files(ReloadEvent::Asked));
    let read = ReadOutcome::Read(Box::new(reading));
    app::run(&mut model, Message::Files(ReloadEvent::Read(read)));
    assert_eq!(model.timeline().marks().events().count(), 2);
    assert_eq!(saved(&press(&mut model, "j!")), 3);
}

#[test]
fn a_room_sees_no_marks_and_makes_none() {
    let mut stage = stage("harbour");
    stage.press("jAnot for the room<enter>!");
    assert!(screen(&stage).contains('★') && screen(&stage).contains("not for the room"));
    for keys in ["b", "<space><space>", "<tab>", "gg", "v", "<esc>"] {
        stage.press(keys);
        let screen = screen(&stage);
        assert!(
            !screen.contains('★') && !screen.contains("not for the"),
            "{keys}: {screen}"
        );
    }
    assert!(edits(&mut stage, "!").is_empty());
    assert!(
        notice(&stage.model).contains("the room"),
        "{}",
        notice(&stage.model)
    );
    assert!(stage.model.timeline().marks().is_empty());
}

#[test]
fn handouts_and_copies_have_no_marks() {
    let mut stage = stage("harbour");
    stage.press("jAfor me alone<enter>!");
    let timeline = stage.model.timeline();
    let event = timeline.marks().events().next().expect("one is marked");
    let copied = copy::about(timeline, PageSubject::Event(event));
    assert!(!copied.contains("for me alone"), "{copied}");
    for writer in program::handouts() {
        let written = program::written(timeline, writer.name);
        assert!(!written.contains("for me alone"), "{}", writer.name);
    }
}

#[test]
fn nothing_is_marked_while_something_is_withheld() {
    let text = "[timeline]\ntlp = \"GREEN\"\n[[events]]\ntitle = \"A\"\n";
    let (case, _) = formats::open(&[SourceText::new("a.toml", text)]);
    let left = case.up_to(Tlp::Green).expect("it is marked");
    let mut stage = Stage::on(Arc::new(left), Size::new(100, 24));
    for keys in ["!", "g!", "A", "V"] {
        assert!(edits(&mut stage, keys).is_empty());
        assert!(notice(&stage.model).contains("withheld"), "{keys}");
        assert!(stage.model.overlay().is_none());
    }
}
