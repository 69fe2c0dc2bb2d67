//! The filter as a query for a database, in the viewer: with the columns of the open file, exactly as it is copied.

use std::sync::Arc;

use dateline::app::Effect;
use dateline::app::effect::CopyRequest;
use dateline::app::overlay::Overlay;
use dateline::app::state::engine_query::EngineQuery;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::formats::engines::DIALECTS;
use dateline::timeline::term::Tlp;
use ratatui::layout::Size;

use crate::support::program::{Stage, fed, run};

fn stage(name: &str) -> Stage {
    Stage::open(name, Size::new(100, 30))
}

/// The query on the screen.
fn shown(stage: &Stage) -> &EngineQuery {
    match stage.model.overlay() {
        Some(Overlay::Query(pane)) => &pane.query,
        other => panic!("no query is shown: {other:?}"),
    }
}

fn notice(stage: &Stage) -> &str {
    stage.model.notice().map_or("", |notice| &notice.text)
}

#[test]
fn a_query_has_the_columns_of_the_open_log() {
    let mut stage = stage("times");
    stage.press("fservice attribute:timestamp_desc=content*<enter>gq");
    let query = shown(&stage);
    assert_eq!(query.language, "clickhouse");
    assert!(
        query
            .text
            .starts_with("SELECT `message`, `datetime`, `timestamp_desc`\nFROM events\n"),
        "{}",
        query.text
    );
    assert!(
        query
            .text
            .contains("(toString(`timestamp_desc`), ''), 'content')"),
        "{}",
        query.text
    );
    assert_eq!(query.notes, ["the columns are those of `times.csv`"]);
}

#[test]
fn a_timeline_in_toml_has_no_columns_and_the_note_says_so() {
    let mut stage = stage("harbour");
    stage.press("fcontested:yes<enter>gq");
    let query = shown(&stage);
    assert!(
        query.text.starts_with("SELECT *\nFROM events"),
        "{}",
        query.text
    );
    assert_eq!(
        query.notes,
        [
            "the query does not ask `contested:yes`: dateline does, of the answer",
            "the query asks for every row",
            "`harbour.toml` is not a table: no columns are known",
            "took the column `datetime` alone for the date; `--map` changes that",
        ]
    );
    let mut stage = Stage::open("shipped", Size::new(100, 30));
    stage.press("gq");
    let notes = &shown(&stage).notes;
    assert_eq!(
        notes[0],
        "the shipped case is not a table: no columns are known"
    );
}

#[test]
fn the_chosen_language_is_remembered_and_the_list_goes_round() {
    let mut stage = stage("times");
    stage.press("gq");
    for dialect in DIALECTS {
        assert_eq!(shown(&stage).language, dialect.name);
        stage.press("<tab>");
    }
    assert_eq!(shown(&stage).language, DIALECTS[0].name);
    stage.press("<backtab><esc>");
    assert!(stage.model.overlay().is_none());
    stage.press("gq");
    assert_eq!(shown(&stage).language, "timesketch");
}

#[test]
fn the_copied_text_is_the_query_and_the_overlay_stays() {
    let mut stage = stage("times");
    stage.press("f\"O'Brien \\\\ %\"<enter>gq");
    let text = shown(&stage).text.clone();
    let copied = stage
        .press("y")
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Copy(CopyRequest::Query(text)) => Some(text),
            _ => None,
        });
    assert_eq!(copied.as_deref(), Some(text.as_str()));
    assert_eq!(shown(&stage).text, text);
}

#[test]
fn uncertain_matches_that_are_hidden_are_not_asked_for() {
    let mut stage = stage("times");
    stage.press("fwhen:2021<enter>sgq");
    assert_eq!(stage.model.filter_text(), "when:2021");
    let of_surely = shown(&stage).text.clone();
    stage.press("<esc>fsurely(when:2021)<enter>gq");
    assert_eq!(shown(&stage).text, of_surely);
}

#[test]
fn the_whole_query_and_every_note_can_be_scrolled_to() {
    let mut stage = Stage::open("harbour", Size::new(40, 12));
    stage.press("fcontested:yes phase:compromise<enter>gq");
    let shows = |stage: &Stage, words: &str| {
        let frame = stage.frame(dateline::ui::screenshot::ScreenshotFormat::Text);
        frame.contains(words)
    };
    assert!(shows(&stage, "does not ask") && !shows(&stage, "ORDER BY"));
    stage.press("G");
    assert!(!shows(&stage, "does not ask") && shows(&stage, "ORDER BY"));
    stage.press("gg");
    assert!(shows(&stage, "does not ask"));
}

#[test]
fn no_query_is_shown_before_an_audience_or_while_something_is_withheld() {
    let mut stage = stage("harbour");
    stage.press("b<tab>gq");
    assert!(stage.model.overlay().is_none());
    assert!(notice(&stage).contains("the room"), "{}", notice(&stage));
    let (case, _) = formats::open(&[SourceText::new(
        "a.toml",
        "[timeline]\ntlp = \"GREEN\"\n[[events]]\ntitle = \"A\"\n",
    )]);
    let left = case.up_to(Tlp::Green).expect("it is marked");
    let mut stage = Stage::on(Arc::new(left), Size::new(100, 30));
    stage.press("gq");
    assert!(notice(&stage).contains("--max-tlp"), "{}", notice(&stage));
}

#[test]
fn the_program_knows_the_columns_of_files_and_of_standard_input() {
    let log = "Zeit,Was,Rechner\n2021-08-14T10:00:00Z,Logon,dc1\n";
    let keys = ["--keys", "gq", "--size", "100x30"];
    let map = ["--map", "when=Zeit,title=Was"];
    let piped = fed(
        &[&["frame", "-"], &keys[..], &map[..]].concat(),
        log.as_bytes(),
    );
    let frame = String::from_utf8_lossy(&piped.stdout).into_owned();
    assert!(frame.contains("SELECT `Zeit`, `Was`, `Rechner`"), "{frame}");
    assert!(
        frame.contains("the columns are those of `standard input`"),
        "{frame}"
    );
    let file = run(&[&["frame", "tests/frames/timelines/times.csv"], &keys[..]].concat());
    let frame = String::from_utf8_lossy(&file.stdout).into_owned();
    assert!(frame.contains("SELECT `message`, `datetime`"), "{frame}");
}
