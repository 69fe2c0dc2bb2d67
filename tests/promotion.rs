//! Promotion: a row of a log becomes an event of the timeline that is open next to it, with its exact date, and nothing else in the file changes.

use std::sync::Arc;

use dateline::app::model::Model;
use dateline::app::state::promotion::{FileWrite, PromotionPlan};
use dateline::app::{self, Effect, Message};
use dateline::date::EventDate;
use dateline::diagnostic::{Diagnostic, FileId, SourceText};
use dateline::formats::promotion::{PromotedText, promote};
use dateline::formats::{self, TableOptions};
use dateline::timeline::term::Tlp;
use dateline::timeline::{EventId, Timeline};
use ratatui::layout::Size;

use crate::support::program::{self, Stage};
use crate::support::promotion;

const LOG: &str = "datetime,message,timestamp_desc,tag,user\n\
                   2021-08-14T10:00:00.120+02:00,Logon of alice,Logon,ioc,alice\n\
                   2021-08-14T10:00:05Z,Logon of alice,Logon,,alice\n";

const CASE: &str = "# Our case.\n[timeline]\ntitle='Case'   # ours\n\n[entities.al]\nname = \"Alice\"\n\n\
                    [[events]]\nwhen = \"2021-08\"\ntitle = \"Alert\"\nactors = [\"al\"]\n# why: a call\n\n\
                    # the room\n[[scenes]]\ntitle = \"S\"\n";

/// Adds rows of a log to a timeline that is open next to it.
fn promoted(case: &str, log: &str, rows: &[usize]) -> Result<PromotedText, String> {
    let texts = [
        SourceText::new("case.toml", case),
        SourceText::new("l/mail.csv", log),
    ];
    let (shown, _) = formats::open(&texts);
    let of_log = shown.events().filter(|it| it.place().file == FileId(1));
    let ids: Vec<EventId> = of_log.map(dateline::timeline::Event::id).collect();
    let rows: Vec<EventId> = rows.iter().map(|&row| ids[row]).collect();
    promote(&texts[0], &TableOptions::default(), &shown, &rows)
}

#[test]
fn a_row_is_added_with_its_date_source_place_and_tags_and_nothing_else_changes() {
    let text = promoted(CASE, LOG, &[0]).expect("it can be added").text;
    let expected = "# Our case.\n[timeline]\ntitle='Case'   # ours\n\n[entities.al]\nname = \"Alice\"\n\n\
                    [sources.mail-csv]\ntitle = \"mail.csv\"\nnote = \"Timesketch\"\n\n\
                    [[events]]\nwhen = \"2021-08\"\ntitle = \"Alert\"\nactors = [\"al\"]\n# why: a call\n\n\
                    [[events]]\nid = \"logon-of-alice\"\nwhen = \"2021-08-14T10:00:00.120+02:00\"\n\
                    title = \"Logon of alice\"\ntags = [\"ioc\"]\nsources = [\"mail-csv\"]\n# mail.csv, line 2\n\
                    # timestamp_desc: Logon\n# user: alice\n\n# the room\n[[scenes]]\ntitle = \"S\"\n";
    assert_eq!(text, expected);
}

#[test]
fn a_second_row_shares_the_source_and_has_an_id_of_its_own() {
    let first = promoted(CASE, LOG, &[0]).expect("it can be added").text;
    assert_eq!(
        promoted(&first, LOG, &[0]).expect_err("once is enough"),
        "it is in `case.toml` already"
    );
    let second = promoted(&first, LOG, &[0, 1]).expect("it can be added");
    assert_eq!(second.events, 1, "the first is there");
    let added: Vec<&str> = second.added.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(added.len(), 1, "the source is there: {added:?}");
    assert!(
        added[0].contains("id = \"logon-of-alice-2\"\n"),
        "{}",
        added[0]
    );
    let line = first.lines().position(|line| line == "# user: alice");
    assert_eq!(Some(second.added[0].line), line.map(|line| line + 3));
    let both = promoted(CASE, LOG, &[0, 1]).expect("they can be added");
    assert_eq!(both.text, second.text, "both together are the same");
    let own = CASE.replace(
        "[entities.al]",
        "[sources.super]\ntitle = \"mail.csv\"\n[entities.al]",
    );
    let own = promoted(&own, LOG, &[0]).expect("it can be added");
    assert!(own.text.contains("sources = [\"super\"]"), "{}", own.text);
    assert_eq!(own.added.len(), 1, "the author's source is taken");
}

#[test]
fn parties_of_the_row_are_declared_where_the_timeline_declares_its_own() {
    let log = "when,title,actors,targets\n2021-08-14T10:00:00Z,Logon,bob,Alice\n";
    let text = promoted(CASE, log, &[0]).expect("it can be added").text;
    assert!(
        text.contains("actors = [\"bob\"]\ntargets = [\"al\"]\n"),
        "{text}"
    );
    assert!(
        text.contains("name = \"Alice\"\n\n[entities.bob]\nname = \"bob\"\n"),
        "{text}"
    );
    let open = "[[events]]\ntitle = \"Alert\"\nactors = [\"al\"]\n";
    let text = promoted(open, log, &[0]).expect("it can be added").text;
    assert!(!text.contains("[entities"), "any name is open: {text}");
}

#[test]
fn what_cannot_be_added_is_refused_with_the_reason() {
    let refused = |case: &str, log: &str| promoted(case, log, &[0]).expect_err("it is refused");
    let broken = CASE.replace("title='Case'", "title=");
    assert_eq!(
        refused(&broken, LOG),
        "`case.toml` has errors; fix them first"
    );
    let list = "events = [{ title = \"A\" }]\n";
    assert!(
        refused(list, LOG).contains("such as `[[events]]`"),
        "{}",
        refused(list, LOG)
    );
    let zoned = CASE.replace("title='Case'", "zone = \"Europe/London\"");
    let zoneless = LOG.replace(".120+02:00", "");
    assert!(
        refused(&zoned, &zoneless).contains("--zone"),
        "{}",
        refused(&zoned, &zoneless)
    );
    assert!(promoted(&zoned, LOG, &[0]).is_ok(), "its time has a zone");
}

/// Whether a text is another with only the added lines more.
fn is_otherwise_the_same(text: &str, promoted: &PromotedText) -> bool {
    let mut lines: Vec<&str> = promoted.text.lines().collect();
    for added in promoted.added.iter().rev() {
        let first = added.line - 1;
        let count = added.text.lines().count();
        let found: Vec<&str> = lines.drain(first..first + count).collect();
        if found != added.text.lines().collect::<Vec<_>>() {
            return false;
        }
    }
    let full = |lines: Vec<&str>| -> Vec<String> {
        let lines = lines.into_iter().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    full(lines) == full(text.lines().collect())
}

#[test]
fn rows_of_every_sample_keep_their_dates_and_leave_a_timeline_without_errors() {
    let mut samples = program::files("tests/formats/logs", "");
    samples.extend(program::files("tests/formats/presets", ""));
    let mut rows = 0;
    for path in samples.into_iter().filter(|path| !path.contains(".snap")) {
        let Ok(text) = std::fs::read_to_string(program::root().join(&path)) else {
            continue;
        };
        let log = SourceText::new(path.as_str(), text);
        let case = SourceText::new("case.toml", CASE);
        let (shown, _) = formats::open(&[case.clone(), log]);
        let of_log = shown.events().filter(|it| it.place().file == FileId(1));
        for row in of_log.take(4) {
            rows += 1;
            let promoted = promote(&case, &TableOptions::default(), &shown, &[row.id()]);
            let promoted = promoted.unwrap_or_else(|why| panic!("{path}: {row:?}: {why}"));
            assert!(
                is_otherwise_the_same(CASE, &promoted),
                "{path}: {}",
                promoted.text
            );
            let again = SourceText::new("case.toml", promoted.text.as_str());
            let (after, findings) = formats::open(&[again]);
            assert!(
                !findings.iter().any(Diagnostic::is_error),
                "{path}: {findings:?}"
            );
            let meaning = |date: Option<EventDate>| date.map(|it| it.meaning());
            let mut whens = after.events().map(|it| meaning(it.when()));
            let when = meaning(row.when());
            assert!(whens.any(|it| it == when), "{path}: {row:?}");
        }
    }
    assert!(rows > 40, "{rows} rows");
}

fn stage() -> Stage {
    Stage::open("times", Size::new(100, 30))
}

fn notice(model: &Model) -> &str {
    model.notice().map_or("", |notice| &notice.text)
}

fn plan(timeline: &Timeline) -> PromotionPlan {
    let row = timeline.events().next().expect("it has rows");
    promotion::plan(timeline, &[row.id()]).expect("it can be promoted")
}

/// The writes that some keys ask for.
fn writes(stage: &mut Stage, keys: &str) -> Vec<FileWrite> {
    let effects = stage.press(keys).into_iter();
    let writes = effects.filter_map(|effect| match effect {
        Effect::WriteFile(write) => Some(write),
        _ => None,
    });
    writes.collect()
}

#[test]
fn it_is_shown_first_and_written_only_when_it_is_accepted() {
    let mut stage = stage();
    assert!(writes(&mut stage, "jP").is_empty());
    let frame = stage.frame(dateline::ui::screenshot::ScreenshotFormat::Text);
    assert!(frame.contains("+ id = \"service-installed\""), "{frame}");
    assert!(writes(&mut stage, "<esc>").is_empty());
    assert!(stage.model.overlay().is_none());
    let written = writes(&mut stage, "P<enter>");
    assert_eq!(written.len(), 1);
    assert_eq!(&*written[0].change.before, promotion::CASE.as_bytes());
    assert!(notice(&stage.model).starts_with("Added 1 event to `case.toml`"));
}

#[test]
fn the_last_change_is_undone_first() {
    let mut stage = stage();
    stage.press("fservice<enter>");
    let done = writes(&mut stage, "P<enter>");
    let undone = writes(&mut stage, "u");
    assert_eq!(undone[0].change, done[0].change.clone().undone());
    assert!(undone[0].is_undo);
    assert!(notice(&stage.model).starts_with("Removed 1 event"));
    assert_eq!(stage.model.filter_text(), "service");
    assert!(writes(&mut stage, "u").is_empty());
    assert_eq!(stage.model.filter_text(), "");
    assert_eq!(writes(&mut stage, "P<enter>").len(), 1);
    assert!(writes(&mut stage, "fservice<enter>u").is_empty());
    assert_eq!(stage.model.filter_text(), "", "the filter is newer");
    assert_eq!(writes(&mut stage, "u").len(), 1);
    assert!(writes(&mut stage, "u").is_empty());
    assert_eq!(notice(&stage.model), "Nothing to undo");
}

#[test]
fn a_failure_is_reported_and_changes_nothing() {
    let mut model = app::open(
        Arc::clone(&program::ready("times").0),
        Vec::new(),
        Size::new(80, 24),
    );
    let why = "`case.toml` has changed meanwhile, and nothing is written".to_owned();
    app::run(
        &mut model,
        Message::Promotion(Err("no timeline is open".to_owned())),
    );
    assert_eq!(notice(&model), "Cannot promote: no timeline is open");
    let write = FileWrite {
        change: plan(&program::ready("times").0).change,
        rows: 1,
        is_undo: false,
    };
    let effects = app::run(
        &mut model,
        Message::Written {
            write,
            outcome: Err(why),
        },
    );
    assert!(effects.is_empty(), "{effects:?}");
    assert!(notice(&model).contains("has changed meanwhile"));
    assert!(!model.undoes_act());
}

#[test]
fn nothing_is_promoted_before_an_audience_or_while_something_is_withheld() {
    let mut stage = Stage::open("harbour", Size::new(100, 30));
    let effects = stage.press("b<tab>P");
    assert!(!effects.iter().any(|it| matches!(it, Effect::Promote(_))));
    assert!(notice(&stage.model).contains("the room"));
    let (case, _) = formats::open(&[SourceText::new(
        "a.toml",
        "[timeline]\ntlp = \"GREEN\"\n[[events]]\ntitle = \"A\"\n",
    )]);
    let left = case.up_to(Tlp::Green).expect("it is marked");
    let mut stage = Stage::on(Arc::new(left), Size::new(100, 30));
    assert!(stage.press("P").is_empty());
    assert!(notice(&stage.model).contains("--max-tlp"));
    // A marking that came while the answer was on its way.
    let plan = plan(&program::ready("times").0);
    app::run(&mut stage.model, Message::Promotion(Ok(plan)));
    assert!(stage.model.overlay().is_none());
}
