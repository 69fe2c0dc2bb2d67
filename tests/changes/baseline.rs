//! The viewer with a baseline: which events it marks, what it says of them, and what it does not reveal.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline::app::input::key;
use dateline::app::model::Model;
use dateline::app::overlay::Overlay;
use dateline::app::reload::{FileReading, ReadOutcome, ReadingFingerprints, ReloadEvent};
use dateline::app::state::baseline::{BaselineFailure, BaselineOutcome};
use dateline::app::{self, Effect, Message};
use dateline::change::{Baseline, BaselineVersion, TimelineComparison, TrueDifferences};
use dateline::timeline::Timeline;
use dateline::timeline::term::Tlp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{mutated, mutations, timeline};
use crate::support::program;

const HARBOUR: &str = "tests/frames/timelines/harbour.toml";

fn open(timeline: Timeline) -> Model {
    app::open(Arc::new(timeline), Vec::new(), Size::new(100, 60))
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let inputs = key::parse(keys).expect("keys are written in the notation");
    let effects = inputs
        .into_iter()
        .map(|it| app::run(model, Message::Input(it)));
    effects.flatten().collect()
}

fn older(name: &str, timeline: Timeline) -> Baseline {
    Baseline {
        asked: name.to_owned(),
        name: name.to_owned(),
        version: BaselineVersion::Older {
            timeline: Arc::new(timeline),
            errors: 0,
            truth: None,
        },
    }
}

/// Answers a request to read a baseline.
fn answer(model: &mut Model, name: &str, outcome: BaselineOutcome) {
    let name = name.to_owned();
    app::run(model, Message::Baseline { name, outcome });
}

/// Compares with a version as a user does.
fn compare(model: &mut Model, with: Timeline) {
    let effects = press(model, "DHEAD<enter>");
    assert!(
        matches!(&effects[..], [Effect::ReadBaseline(request)] if request.name == "HEAD"),
        "{effects:?}"
    );
    let read = BaselineOutcome::Read(Arc::new(older("HEAD", with)));
    answer(model, "HEAD", read);
    assert!(model.overlay().is_none());
}

/// The characters of the screen, line by line.
fn lines(model: &Model) -> Vec<String> {
    let area = Rect::from(((0, 0).into(), model.size()));
    let mut buffer = Buffer::empty(area);
    dateline::ui::draw(model, dateline::ui::theme::Theme::default(), &mut buffer);
    let line = |y: u16| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
    (0..area.height).map(line).collect()
}

fn shows(model: &Model, words: &str) -> bool {
    lines(model).iter().any(|line| line.contains(words))
}

fn notice(model: &Model) -> &str {
    model.notice().map_or("", |notice| &notice.text)
}

#[test]
fn the_same_file_marks_nothing() {
    for name in program::TIMELINES {
        let whole = &program::ready(name).0;
        let mut model = open(whole.as_ref().clone());
        compare(&mut model, whole.as_ref().clone());
        let changes = model.timeline().changes().expect("it is compared");
        assert_eq!(changes.items, [], "{name}");
        assert!(
            notice(&model).starts_with("No event differs since HEAD"),
            "{name}"
        );
    }
}

/// The events that the lines of `mutations.txt` are about, each with its mark.
fn expected_marks(expected: &[String]) -> BTreeSet<(String, char)> {
    let mark = |line: &String| {
        let line = line.trim_start_matches('(');
        if let Some(key) = line.strip_prefix("+ event ") {
            return Some((key.to_owned(), '+'));
        }
        let about = line.split_once(": ").map_or(line, |(about, _)| about);
        let about = about.trim_start_matches(['+', '-', ' ']);
        let key = about
            .strip_prefix("event ")
            .or_else(|| about.strip_prefix("claim of "))?;
        (!line.starts_with("- event")).then(|| (key.to_owned(), 'Δ'))
    };
    expected.iter().filter_map(mark).collect()
}

#[test]
fn the_marks_in_the_list_are_those_of_diff() {
    let base = program::read("tests/changes/base.toml");
    let then = timeline(&base);
    let mut marked = 0;
    for mutation in mutations() {
        let mut model = open(timeline(&mutated(&base, &mutation)));
        compare(&mut model, then.clone());
        let area = model.regions().list;
        let shown = lines(&model);
        let rows = model
            .active_filter()
            .expect("there is a list")
            .rows()
            .to_vec();
        let mut found = BTreeSet::new();
        for (row, event) in rows.iter().enumerate() {
            let line = &shown[usize::from(area.y) + row];
            let mark = line.chars().nth(usize::from(area.x) + 2).expect("a gutter");
            if ['+', 'Δ'].contains(&mark) {
                let key = model.timeline().event(*event).key().into_owned();
                found.insert((key, mark));
            }
        }
        marked += found.len();
        assert_eq!(
            found,
            expected_marks(&mutation.expected),
            "{}",
            mutation.key
        );
    }
    assert!(marked > 30, "{marked}");
}

#[test]
fn the_detail_has_the_former_value_next_to_the_one_of_now() {
    let then = program::read("tests/changes/base.toml");
    let now = then.replacen("when        = \"2021\"", "when        = \"late 2021\"", 1);
    assert_ne!(now, then);
    let mut model = open(timeline(&now));
    compare(&mut model, timeline(&then));
    press(&mut model, "gg");
    assert!(shows(&model, "Changed since HEAD"));
    assert!(
        shows(&model, "when  narrowed: 2021 → late 2021"),
        "{:#?}",
        lines(&model)
    );
}

#[test]
fn what_was_withdrawn_is_counted_below_the_list_and_named_on_a_page() {
    let now = program::ready("harbour").0.as_ref().clone();
    let more = program::read(HARBOUR)
        + "\n[[events]]\nid = \"rumour\"\nwhen = \"2021\"\ntitle = \"A rumour\"\n";
    let mut model = open(now);
    compare(&mut model, timeline(&more));
    assert!(shows(&model, "- 1 withdrawn since HEAD ▸ W"));
    assert!(
        shows(&model, "since HEAD: 1 withdrawn"),
        "the header says so"
    );
    assert!(!shows(&model, "A rumour"));
    let foot = model.regions().foot;
    press(&mut model, &format!("<click-{}-{}>", foot.x + 8, foot.y));
    assert!(shows(&model, "Withdrawn events 1") && shows(&model, "A rumour"));
    press(&mut model, "<esc>D");
    assert_eq!(notice(&model), "No longer compared with HEAD");
    assert!(model.timeline().changes().is_none());
    press(&mut model, "W");
    assert!(notice(&model).starts_with("Not compared with an earlier version"));
}

#[test]
fn a_filter_for_what_changed_goes_with_the_baseline() {
    let mut model = open(program::ready("harbour").0.as_ref().clone());
    press(&mut model, "fchanged:new<enter>");
    assert!(model.overlay().is_some(), "nothing is compared yet");
    press(&mut model, "<esc>D2022-03<enter>");
    assert!(notice(&model).ends_with("by the end of 31 March 2022; W lists them"));
    press(&mut model, "fchanged:new lane:Harbour<enter>");
    assert_eq!(model.filter_text(), "changed:new lane:Harbour");
    let rows = model.active_filter().expect("there is a list").rows().len();
    assert!(rows > 0 && rows < 7, "{rows}");
    press(&mut model, "D");
    assert_eq!(model.filter_text(), "lane:Harbour");
    let rows = model.active_filter().expect("there is a list").rows().len();
    assert_eq!(rows, 7);
}

#[test]
fn a_refusal_is_explained_and_the_line_stays() {
    let mut model = open(program::ready("harbour").0.as_ref().clone());
    press(&mut model, "Dv9<enter>");
    let failure = BaselineFailure {
        message: "the repository has no revision `v9`".to_owned(),
        help: "a commit, a branch or a tag is a revision".to_owned(),
    };
    answer(&mut model, "v9", BaselineOutcome::Failed(failure.clone()));
    assert!(shows(&model, &failure.message) && shows(&model, &failure.help));
    press(&mut model, "<backspace>");
    assert!(!shows(&model, &failure.message), "it is about another text");
    // The answer to a question that was taken back changes nothing.
    press(&mut model, "<enter><esc>");
    let read = older("v", program::ready("empty").0.as_ref().clone());
    answer(&mut model, "v", BaselineOutcome::Read(Arc::new(read)));
    assert!(model.timeline().changes().is_none());
    press(&mut model, "D<enter>");
    assert!(model.overlay().is_none() && model.timeline().changes().is_none());
}

#[test]
fn candidates_are_completed() {
    let mut model = open(program::ready("harbour").0.as_ref().clone());
    press(&mut model, "D");
    assert!(shows(&model, "HEAD~1") && shows(&model, "the commit before it"));
    press(&mut model, "2022<tab>");
    let Some(Overlay::Baseline(prompt)) = model.overlay() else {
        panic!("the line is open");
    };
    let newest = prompt.line.input.value().to_owned();
    assert!(newest.starts_with("2022-"), "{newest}");
    press(&mut model, "<enter>");
    let changes = model.timeline().changes().expect("a day needs no answer");
    assert!(changes.since().contains("2022"), "{}", changes.since());
}

/// Saves a version of the file.
fn save(model: &mut Model, text: &str) -> Vec<Effect> {
    let changes = TimelineComparison::between(model.whole(), &timeline(text))
        .changes(dateline::timeline::ChangesSince::Save);
    let reading = FileReading {
        timeline: Arc::new(timeline(text).with_changes(changes)),
        problems: Vec::new(),
        fingerprints: ReadingFingerprints::default(),
        read_at: None,
        stopped_at: None,
    };
    app::run(model, Message::Files(ReloadEvent::Asked));
    let read = ReadOutcome::Read(Box::new(reading));
    app::run(model, Message::Files(ReloadEvent::Read(read)))
}

const A: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\ndisclosed = \"2022\"\n";
const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\ndisclosed = \"2023\"\n";
const C: &str = "[[events]]\nid = \"c\"\nwhen = \"2023\"\ntitle = \"C\"\ndisclosed = \"2024\"\n";

#[test]
fn a_save_is_compared_with_the_baseline_which_is_read_again() {
    let mut model = open(timeline(&[A, B].concat()));
    compare(&mut model, timeline(A));
    let summary = |model: &Model| {
        let changes = model.timeline().changes().expect("it is compared");
        format!("{} {}", changes.since(), changes.summary())
    };
    assert_eq!(summary(&model), "since HEAD 1 new");
    let effects = save(&mut model, &[A, B, C].concat());
    assert_eq!(notice(&model), "Reloaded: 1 new");
    assert_eq!(summary(&model), "since HEAD 2 new");
    let known = effects.iter().find_map(|effect| match effect {
        Effect::ReadBaseline(request) => request.known.clone(),
        _ => None,
    });
    assert!(known.is_some(), "a commit may have been made: {effects:?}");
    let committed = older("HEAD", timeline(&[A, B, C].concat()));
    answer(
        &mut model,
        "HEAD",
        BaselineOutcome::Read(Arc::new(committed)),
    );
    assert_eq!(summary(&model), "since HEAD ");
    let failure = BaselineFailure {
        message: "git was not found".to_owned(),
        help: String::new(),
    };
    answer(&mut model, "HEAD", BaselineOutcome::Failed(failure));
    assert_eq!(
        notice(&model),
        "Still compared with the former HEAD: git was not found"
    );
    // Without a baseline the marks are those of the save.
    press(&mut model, "D");
    assert_eq!(summary(&model), "since the last save 1 new");
}

#[test]
fn an_as_of_view_is_compared_as_of_its_day() {
    let mut model = open(timeline(&[A, B, C].concat()));
    compare(&mut model, timeline(A));
    press(&mut model, "@2023-12-31<enter><enter>");
    let changes = model.timeline().changes().expect("it is compared");
    assert_eq!(changes.summary(), "1 new", "C was not public");
    // After a save only the marks are left: what an event said before may not have been public.
    let mut model = open(timeline(&[A, B].concat()));
    let renamed = B.replace("\"B\"", "\"Secret\"");
    save(&mut model, &[A, &renamed].concat());
    press(&mut model, "@2023-12-31<enter><enter>");
    let changes = model.timeline().changes().expect("it is compared");
    assert_eq!(changes.summary(), "1 changed");
    assert!(changes.items.iter().all(|item| item.lines.is_empty()));
}

#[test]
fn a_comparison_reveals_nothing_that_is_withheld() {
    let now = program::read("tests/changes/base.toml");
    let then = now.replacen("tlp         = \"AMBER\"", "tlp         = \"RED\"", 1);
    let (before, after) = (timeline(&then), timeline(&now));
    let shown = |timeline: &Timeline| timeline.up_to(Tlp::Amber).expect("all is marked");
    assert!(shown(&before).find_event("entry").is_none());
    let whole = TimelineComparison::between(&before, &after);
    let mut model = open(shown(&after));
    press(&mut model, "DHEAD<enter>");
    let baseline = Baseline {
        asked: "HEAD".to_owned(),
        name: "HEAD".to_owned(),
        version: BaselineVersion::Older {
            timeline: Arc::new(shown(&before)),
            errors: 0,
            truth: Some(TrueDifferences::of(&whole)),
        },
    };
    answer(
        &mut model,
        "HEAD",
        BaselineOutcome::Read(Arc::new(baseline)),
    );
    let changes = model.timeline().changes().expect("it is compared");
    let entry = model
        .timeline()
        .find_event("entry")
        .expect("it is shown now");
    assert!(changes.of(entry.id()).is_none(), "it is not new");
    assert!(changes.withheld > 0);
    press(&mut model, "W");
    assert!(shows(&model, "Withheld in one of the versions"));
}

#[test]
fn a_screen_is_marked_as_strictly_as_what_was_withdrawn() {
    let head = "[timeline]\ntlp = \"CLEAR\"\n";
    let secret = "[[events]]\nid = \"s\"\nwhen = \"2020\"\ntitle = \"Secret\"\ntlp = \"RED\"\n";
    let mut model = open(timeline(&[head, A].concat()));
    assert!(shows(&model, "TLP:CLEAR"));
    compare(&mut model, timeline(&[head, A, secret].concat()));
    assert!(shows(&model, "TLP:RED") && !shows(&model, "TLP:CLEAR"));
    press(&mut model, "D");
    assert!(shows(&model, "TLP:CLEAR"));
}

#[test]
fn nothing_of_another_version_controls_the_terminal() {
    let hostile = "[[events]]\nid = \"h\"\nwhen = \"2020\"\ntitle = \"x\\u001b[2J\\u202e\"\n";
    let mut model = open(timeline(A));
    compare(&mut model, timeline(&[A, hostile].concat()));
    press(&mut model, "W");
    let frame = lines(&model).concat();
    assert!(!frame.contains(['\u{1b}', '\u{202e}']), "{frame}");
    assert!(frame.contains("x␛[2J"), "{frame}");
}

#[test]
fn a_briefing_is_compared_with_nothing_new() {
    let mut model = open(program::ready("harbour").0.as_ref().clone());
    press(&mut model, "b<tab>D");
    assert!(model.overlay().is_none());
    assert!(notice(&model).contains("not chosen during a briefing"));
}
