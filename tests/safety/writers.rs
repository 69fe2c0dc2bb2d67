//! A file cannot control the terminal: one law for all output.

use std::fs;
use std::process::Output;
use std::sync::Arc;

use dateline::app::input::key;
use dateline::app::screen::PresenterReport;
use dateline::app::view_stub;
use dateline::cli::check::print_findings;
use dateline::cli::input::LoadedTimeline;
use dateline::date::Truth;
use dateline::formats::{linear, text};
use dateline::timeline::{Clock, Timeline};
use dateline::ui::screenshot::{self, ScreenshotFormat};
use dateline::ui::theme::Theme;
use proptest::prelude::*;
use ratatui::layout::Size;

use super::hostile::{BREAKS, HOSTILE, forbidden, timeline, without_sgr};
use crate::properties::{any_size, cases, texts::nasty_text};
use crate::support::program::{self, Stage};

/// Keys to every screen and prompt, with whether they open a prompt.
const WAYS: &[(&str, bool)] = &[
    ("", false),
    ("<tab>", false),
    ("v", false),
    ("<esc>", false),
    ("<tab><enter>", false),
    ("<esc><esc>i", false),
    ("<esc>E", false),
    ("<enter>", false),
    ("<esc><esc>S<tab><enter>", false),
    ("<esc><esc>t", false),
    ("<esc><esc>w", false),
    ("<esc><esc>Q", false),
    ("<esc><esc>p", false),
    ("<esc>gs", false),
    ("<esc>Y", false),
    ("<esc>F", false),
    ("<esc>M", false),
    ("<esc>?", false),
    ("<esc>/", true),
    ("<esc>:", true),
    ("<esc>f", true),
    ("<esc><esc>b", false),
    ("<space><space>", false),
    ("<space><space><space><space>", false),
];

/// Fails if an output has a forbidden character.
fn is_safe(what: &str, output: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(forbidden(output), None, "{}", what);
    Ok(())
}

/// All output about a timeline except frames.
fn in_lines(timeline: &Timeline) -> Vec<(String, String)> {
    let all: Vec<_> = (timeline.events())
        .map(|event| (event.id(), Truth::Possibly))
        .collect();
    let clocks = [None]
        .into_iter()
        .chain(Clock::ALL.iter().copied().map(Some));
    let mut written: Vec<(String, String)> = clocks
        .map(|clock| {
            (
                format!("list by {clock:?}"),
                text::list(timeline, &all, clock),
            )
        })
        .collect();
    written.push(("sentences".to_owned(), linear::timeline(timeline, &all)));
    written
}

fn follower(timeline: &Arc<Timeline>, size: Size, format: ScreenshotFormat) -> String {
    let mut stage = Stage::on(Arc::clone(timeline), size);
    stage.follow(None);
    stage.hear(PresenterReport::Absent);
    stage.frame(format)
}

fn reported(opened: &LoadedTimeline, colour: bool) -> String {
    let mut report = Vec::new();
    print_findings(&opened.texts, &opened.findings, &mut report, colour)
        .expect("a vector takes everything");
    String::from_utf8(report).expect("a report is UTF-8")
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn nothing_of_a_file_reaches_any_output_as_a_control_character(
        texts in prop::collection::vec(nasty_text(), 1..12), size in any_size(),
    ) {
        let file = timeline(&texts);
        let name = texts.first().map_or("x", String::as_str);
        let opened = program::opened(name, &file);
        for (what, written) in in_lines(&opened.timeline) {
            is_safe(&what, &written)?;
        }
        for (what, copied) in program::copied(&opened.timeline) {
            is_safe(&what, &copied)?;
        }
        for format in program::handouts() {
            is_safe(format.name, &program::exported(&opened, format.name))?;
        }
        is_safe("check", &reported(&opened, false))?;
        is_safe("check in colour", &without_sgr(&reported(&opened, true)))?;
        let shared = Arc::new(opened.timeline.clone());
        for format in [ScreenshotFormat::Text, ScreenshotFormat::Svg] {
            is_safe("follower", &follower(&shared, size, format))?;
        }

        let mut stage = Stage::show(opened, size);
        let typed: String = texts.concat();
        for &(keys, types) in WAYS {
            stage.press(keys);
            // Each character asks for its own completions: forty are enough.
            for character in typed.chars().filter(|_| types).take(40) {
                stage.input(key::UserInput::Key(key::Key::char(character)));
            }
            let (theme, roles) = (Theme::default(), stage.frame(ScreenshotFormat::Roles));
            is_safe(keys, &roles)?;
            let cells = stage.buffer(theme);
            for format in [ScreenshotFormat::Text, ScreenshotFormat::Svg] {
                is_safe(keys, &screenshot::print(&cells, format, theme))?;
            }
            let ansi = screenshot::print(&cells, ScreenshotFormat::Ansi, theme);
            is_safe(keys, &without_sgr(&ansi))?;
            is_safe("print-view", &view_stub(&stage.model))?;
        }
    }
}

#[test]
fn invisible_characters_are_shown_as_pictures() {
    for (text, shown) in HOSTILE {
        let file = format!("[[events]]\ntitle = {}\n", super::hostile::quoted(text));
        let opened = program::opened("x.toml", &file);
        for (what, written) in in_lines(&opened.timeline) {
            assert!(written.contains(shown), "{what}: {shown}\n{written}");
        }
        let report = reported(&opened, false);
        let kind = if text.chars().any(char::is_control) {
            "control-character"
        } else {
            "invisible-character"
        };
        assert!(report.contains(kind), "{text:?}: {report}");
        let frame = Stage::show(opened, Size::new(120, 30)).frame(ScreenshotFormat::Text);
        assert!(frame.contains(shown), "{shown}\n{frame}");
    }
}

/// An empty folder for a test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Both streams of the real program, with every hostile text in every place.
#[test]
#[expect(clippy::too_many_lines, reason = "one text through every command")]
fn the_program_prints_no_control_characters() {
    let mut texts: Vec<String> = HOSTILE.iter().map(|(text, _)| (*text).to_owned()).collect();
    texts.extend(BREAKS.iter().map(|character| format!("a{character}b")));
    let path = folder("hostile").join("a\u{1b}[31m\u{202e}b.toml");
    fs::write(&path, timeline(&texts)).expect("the file can be written");
    let path = path.to_str().expect("the name is UTF-8");
    let first = texts
        .first()
        .expect("the list has a text")
        .replace('\0', "");
    let evil = "x\u{1b}[31m\u{9b}2J\u{202e}";
    let mut lines = vec![
        vec![path],
        vec!["--linear", path],
        vec!["list", path],
        vec!["list", "--count", path],
        vec!["list", path, "--filter", evil],
        vec!["list", path, "--view", evil],
        vec!["list", path, "--group", evil],
        vec!["list", path, "--as-of", evil],
        vec!["list", evil],
        vec!["list", "--clock", evil],
        vec![evil],
        vec![evil, "--not-known\u{1b}[31m"],
        vec!["check", path],
        vec!["check", evil],
        vec!["check", "--explain", evil],
        vec!["check", "--explain", "control-character"],
        vec!["brief", "--linear", path],
        vec!["brief", "--check", path],
        vec!["brief", "--linear", path, "--audience", &first],
        vec!["brief", "--check", path, "--audience", evil],
        vec!["export", path, "--to", evil],
        vec![
            "export",
            path,
            "--to",
            "markdown",
            "--output",
            "/no\u{1b}[31m/such",
        ],
        vec!["frame", path, "--keys", evil],
        vec!["frame", path, "--size", evil],
    ];
    for clock in Clock::ALL {
        lines.push(vec!["list", path, "--clock", clock.as_str()]);
    }
    for format in program::handouts() {
        lines.push(vec!["export", path, "--notes", "--to", format.name]);
    }
    for format in ["text", "roles", "ansi", "svg"] {
        for (size, keys) in [
            ("120x36", "<enter>"),
            ("40x12", "p"),
            ("300x60", "b<space>"),
        ] {
            lines.push(vec![
                "frame", path, "--format", format, "--size", size, "--keys", keys,
            ]);
        }
    }
    for line in lines {
        let printed = both(&program::run(&line));
        assert!(!printed.is_empty(), "{line:?} prints nothing");
        let ansi = line.contains(&"ansi");
        let printed = if ansi { without_sgr(&printed) } else { printed };
        assert_eq!(forbidden(&printed), None, "{line:?}");
    }
}
