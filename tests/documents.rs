//! The README and the help say what the program does.
//!
//! Some parts of README.md are written by the program, between markers:
//!
//! ```text
//! <!-- commands -->      every command with its keys, from the command table
//! <!-- fields -->        every field of the filter language, from its table
//! <!-- keys -->          every key of the timeline file, from its table
//! <!-- kinds -->         every kind of finding, from the table of kinds
//! <!-- formats -->       every format in which a timeline is written, from its table
//! <!-- readers -->       every format that is read, from its table
//! <!-- frame: ARGS -->   what `dateline frame ARGS` prints
//! ```
//!
//! each up to `<!-- /commands -->` and so on. `UPDATE_README=1 cargo test documents` writes them anew.
//! The ```` ```toml ```` blocks are read, one that begins with ```` ```toml more ```` together with
//! those before it, and the lines in ```` ```sh ```` blocks that begin with `dateline` are run.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use dateline::app::commands::table::{COMMANDS, Command, Group};
use dateline::app::input::key;
use dateline::app::input::keymap::{Keymap, pretty};
use dateline::app::model::Mode;
use dateline::cli::settings::{SETTINGS, Values, read};
use dateline::diagnostic::{KINDS, Severity, SourceText};
use dateline::formats::toml::keys::FILE_TABLES;
use dateline::formats::{READERS, WRITERS};
use dateline::query::FIELDS;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TextMergeStream};

use crate::support::program;

const README: &str = "README.md";

/// The subcommands whose examples are run.
const SUBCOMMANDS: [&str; 8] = [
    "list",
    "check",
    "frame",
    "export",
    "config",
    "completions",
    "man",
    "help",
];

/// The words of a command line, as a shell reads them.
fn words(line: &str) -> Vec<String> {
    shell_words::split(line).unwrap_or_else(|error| panic!("`{line}`: {error}"))
}

type Part = fn(&str) -> String;

/// The markers, each with the text that the program writes for the word behind its colon.
const MARKERS: &[(&str, Part)] = &[
    ("commands", |_| commands()),
    ("keys", |_| keys()),
    ("kinds", |_| kinds()),
    ("fields", |_| fields()),
    ("formats", |_| formats()),
    ("readers", |_| readers()),
    ("settings", |_| settings()),
    ("frame", frame),
];

/// What the program writes between two markers; none if the marker is not one of its own.
fn written(marker: &str) -> Option<String> {
    let (name, arguments) = marker.split_once(':').unwrap_or((marker, ""));
    let mut markers = MARKERS.iter();
    let (_, write) = markers.find(|(known, _)| *known == name)?;
    Some(write(arguments))
}

fn commands() -> String {
    let keymap = Keymap::default();
    let mut out = String::new();
    for &group in Group::ALL {
        writeln!(out, "\n**{}**\n", group.as_str()).expect("a string takes all");
        out.push_str("| keys | what it does | where | name |\n|---|---|---|---|\n");
        for command in COMMANDS.iter().filter(|command| command.group == group) {
            let keys: Vec<String> = command
                .keys
                .iter()
                .map(|key| format!("`{}`", pretty(key)))
                .collect();
            let keys = keys.join(" ").replace('|', "\\|");
            let (summary, name) = (keymap.says(command.summary), command.name);
            writeln!(out, "| {keys} | {summary} | {} | {name} |", places(command))
                .expect("a string takes all");
        }
    }
    out.push('\n');
    out
}

fn places(command: &Command) -> String {
    const SCREENS: [Mode; 3] = [Mode::List, Mode::Detail, Mode::Page];
    let has_all = |modes: &[Mode]| modes.iter().all(|mode| command.modes.contains(mode));
    let overlays = [
        Mode::Help,
        Mode::Palette,
        Mode::Search,
        Mode::Problems,
        Mode::Filter,
        Mode::Facets,
        Mode::Range,
        Mode::Stub,
    ];
    if has_all(&SCREENS) && has_all(&overlays) {
        return "everywhere".to_owned();
    }
    let mut names: Vec<&str> = Vec::new();
    if has_all(&SCREENS) {
        names.push("every screen");
    }
    let rest = command.modes.iter();
    names.extend(
        rest.filter(|mode| !(has_all(&SCREENS) && SCREENS.contains(mode)))
            .map(|mode| mode.as_str()),
    );
    names.join(", ")
}

fn kinds() -> String {
    let mut out = String::from("\n| kind | | what is wrong |\n|---|---|---|\n");
    for kind in KINDS {
        let severity = kind.severity.as_str();
        let summary = kind.summary.replace('|', "\\|");
        writeln!(out, "| `{}` | {severity} | {summary} |", kind.name).expect("a string takes all");
    }
    out.push('\n');
    out
}

fn keys() -> String {
    let mut out = String::new();
    for table in FILE_TABLES {
        let heading = match table.heading() {
            "" => "At the top".to_owned(),
            heading => format!("`{heading}`"),
        };
        writeln!(out, "\n**{heading}**\n").expect("a string takes all");
        out.push_str("| key | value | what it says | such as |\n|---|---|---|---|\n");
        for key in table.keys() {
            let name = key.name;
            let required = if key.is_required() { " (required)" } else { "" };
            let example = match key.example {
                "" => String::new(),
                example => format!("`{}`", example.replace('|', "\\|")),
            };
            let (expected, summary) = (key.expected(), key.summary);
            writeln!(
                out,
                "| `{name}`{required} | {expected} | {summary} | {example} |"
            )
            .expect("a string takes all");
        }
    }
    out.push('\n');
    out
}

fn fields() -> String {
    let mut out = String::from("\n| field | what it asks | such as |\n|---|---|---|\n");
    for field in FIELDS {
        let names: Vec<String> = std::iter::once(&field.name)
            .chain(field.aliases)
            .map(|name| format!("`{name}`"))
            .collect();
        let (names, summary) = (names.join(" "), field.summary.replace('|', "\\|"));
        writeln!(out, "| {names} | {summary} | `{}` |", field.example).expect("a string takes all");
    }
    out.push('\n');
    out
}

fn formats() -> String {
    let mut out = String::from("\n| `--to` | what it is | what it cannot carry |\n|---|---|---|\n");
    for writer in WRITERS {
        let (name, summary, loses) = (writer.name, writer.summary, writer.loses);
        writeln!(out, "| `{name}` | {summary} | {loses} |").expect("a string takes all");
    }
    out.push('\n');
    out
}

fn readers() -> String {
    let mut out =
        String::from("\n| file | what it is | what is read | what is not |\n|---|---|---|---|\n");
    for reader in READERS {
        let (name, summary) = (reader.name, reader.summary);
        let (carries, loses) = (reader.carries, reader.loses);
        writeln!(out, "| {name} | {summary} | {carries} | {loses} |").expect("a string takes all");
    }
    out.push('\n');
    out
}

fn settings() -> String {
    let mut out = String::from(
        "\n| setting | what it does | what it can be | without it |\n|---|---|---|---|\n",
    );
    let standard = Values::default();
    for setting in SETTINGS {
        let (name, summary, expected) = (setting.name, setting.summary, setting.expected());
        let value = (setting.print)(&standard);
        writeln!(out, "| `{name}` | {summary} | {expected} | `{value}` |")
            .expect("a string takes all");
    }
    out.push('\n');
    out
}

fn frame(arguments: &str) -> String {
    let output = program::dateline()
        .arg("frame")
        .args(words(arguments))
        .output()
        .expect("the program can be started");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "frame {arguments}: {told}");
    let printed = String::from_utf8(output.stdout).expect("a frame is UTF-8");
    format!("\n```text\n{printed}```\n\n")
}

/// A text with all that the program writes in it as it is now.
fn refreshed(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        out.push_str(line);
        let Some(marker) = marker(line) else { continue };
        let Some(block) = written(marker) else {
            continue;
        };
        let name = marker.split(':').next().unwrap_or(marker);
        let end = lines
            .by_ref()
            .find(|line| self::marker(line) == Some(&format!("/{name}")))
            .unwrap_or_else(|| panic!("{README}: `<!-- {marker} -->` has no `<!-- /{name} -->`"));
        out.push_str(&block);
        out.push_str(end);
    }
    out
}

fn marker(line: &str) -> Option<&str> {
    Some(
        line.trim()
            .strip_prefix("<!--")?
            .strip_suffix("-->")?
            .trim(),
    )
}

/// A fenced block: its info string and its lines.
struct Fenced {
    info: String,
    text: String,
}

fn fenced(text: &str) -> Vec<Fenced> {
    let mut blocks = Vec::new();
    let mut events = TextMergeStream::new(Parser::new(text));
    while let Some(event) = events.next() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event {
            let text = match events.next() {
                Some(Event::Text(text)) => text.into_string(),
                _ => String::new(),
            };
            let info = info.into_string();
            blocks.push(Fenced { info, text });
        }
    }
    blocks
}

/// The timelines that are shown, in order, as they are read.
fn timelines(blocks: &[Fenced]) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for block in blocks {
        match block.info.as_str() {
            "toml" => shown.push(block.text.clone()),
            "toml more" => {
                let before = shown.last().cloned().unwrap_or_default();
                shown.push(format!("{before}\n{}", block.text));
            }
            _ => {}
        }
    }
    shown
}

#[test]
fn the_readme_says_what_the_program_does() {
    let text = program::read(README);
    let fresh = refreshed(&text);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(program::root().join(README), fresh).expect("it can be written");
        return;
    }
    if text != fresh {
        let pairs = text.lines().zip(fresh.lines());
        let at = pairs.take_while(|(old, new)| old == new).count();
        let expected: Vec<&str> = fresh.lines().skip(at).take(60).collect();
        panic!(
            "{README} is stale from line {} on: `UPDATE_README=1 cargo test documents` writes it anew:\n{}\n…",
            at + 1,
            expected.join("\n")
        );
    }
}

#[test]
fn the_readme_has_every_part_that_the_program_writes() {
    let text = program::read(README);
    let markers: Vec<&str> = text.lines().filter_map(marker).collect();
    for (name, _) in MARKERS {
        assert!(
            markers
                .iter()
                .any(|marker| marker.split(':').next() == Some(*name)),
            "{README}: write `<!-- {name} -->` and `<!-- /{name} -->`"
        );
    }
    for command in ["cargo run --release", "cargo test"] {
        assert!(text.contains(command), "{README} does not say `{command}`");
    }
}

#[test]
fn the_scene_in_the_readme_is_ready() {
    let shown = timelines(&fenced(&program::read(README)));
    let with_scene = shown.iter().find(|text| text.contains("[[scenes]]"));
    let text = with_scene.expect("the README shows a scene");
    assert!(
        text.contains("[views.") && text.contains("[[questions]]"),
        "{text}"
    );
    let output = program::fed(&["brief", "--check", "-"], text.as_bytes());
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
}

#[test]
fn the_timelines_in_the_readme_have_no_findings() {
    let shown = timelines(&fenced(&program::read(README)));
    assert!(!shown.is_empty(), "{README} shows no timeline");
    for text in shown {
        let opened = program::opened("README.md", &text);
        let found: Vec<String> = opened
            .findings
            .iter()
            .map(|finding| format!("{}: {}", finding.kind.name, finding.message))
            .collect();
        assert!(found.is_empty(), "{}\nin\n{text}", found.join("\n"));
    }
}

#[test]
fn the_settings_in_the_readme_have_no_findings() {
    let blocks = fenced(&program::read(README));
    let shown: Vec<_> = (blocks.iter())
        .filter(|block| block.info == "toml settings")
        .collect();
    assert!(!shown.is_empty(), "{README} shows no settings");
    for block in shown {
        let text = SourceText::new(README, block.text.clone());
        let (taken, findings) = read(&text, &mut Values::default());
        assert!(findings.is_empty() && !taken.is_empty(), "{findings:?}");
    }
}

#[test]
fn the_examples_in_the_readme_run() {
    let folder = folder("readme");
    let blocks = fenced(&program::read(README));
    let first = timelines(&blocks).into_iter().next().unwrap_or_default();
    for (at, block) in blocks.iter().enumerate() {
        if block.info != "sh" {
            continue;
        }
        let before = timelines(blocks.get(..at).unwrap_or_default());
        let timeline = before.last().unwrap_or(&first);
        for line in block.text.lines() {
            let line = line.trim_start_matches("$ ");
            if line.starts_with("dateline ") {
                runs(line, timeline, &folder);
            }
        }
    }
}

/// Runs an example, but for the viewer itself. A file that is nowhere has the timeline shown before.
fn runs(line: &str, timeline: &str, folder: &Path) {
    let one = [" | ", " > ", " < ", " # ", "  #"]
        .iter()
        .filter_map(|end| line.split_once(end))
        .map(|(before, _)| before)
        .min_by_key(|before| before.len())
        .unwrap_or(line);
    let arguments: Vec<String> = words(one).into_iter().skip(1).collect();
    let is_command = |word: &String| SUBCOMMANDS.contains(&word.as_str());
    let is_viewer = !arguments
        .iter()
        .any(|word| is_command(word) || ["--help", "--version"].contains(&word.as_str()));
    if is_viewer {
        return;
    }
    let arguments = arguments.into_iter().map(|word| {
        if let Some(log) = sample_log(&word) {
            fs::write(folder.join(&word), log).expect("it can be written");
            return word;
        }
        if !is_timeline(&word) {
            return word;
        }
        let path = program::root().join(&word);
        if path.exists() {
            return path.display().to_string();
        }
        let file = Path::new(&word).file_name().expect("it has a name");
        fs::write(folder.join(file), timeline).expect("it can be written");
        file.to_string_lossy().into_owned()
    });
    let output = program::dateline()
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program can be started");
    assert!(output.status.success(), "`{line}` fails: {output:?}");
}

/// The log of that name among the samples; what is in it says whether it is packed.
fn sample_log(word: &str) -> Option<Vec<u8>> {
    let name = word.strip_suffix(".gz").unwrap_or(word);
    let ending = std::path::Path::new(name).extension();
    let is_log = ending.is_some_and(|ending| ending == "csv" || ending == "jsonl");
    let path = program::root().join("tests/formats/logs").join(name);
    is_log.then(|| fs::read(path).expect("it is among the samples"))
}

fn is_timeline(word: &str) -> bool {
    Path::new(word)
        .extension()
        .is_some_and(|extension| extension == "toml")
}

/// An empty folder for the files that the examples of a test name. Tests run at the same time: each has its own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("examples-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn help(arguments: &[&str]) -> String {
    let output = program::run(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one run over every page of the help")]
fn the_help_names_every_subcommand_and_option_and_its_examples_run() {
    let folder = folder("help");
    let all = help(&["--help"]);
    for word in [
        "list",
        "check",
        "frame",
        "export",
        "--theme",
        "--version",
        "Exit status: 0",
        "FILE",
    ] {
        assert!(
            all.contains(word),
            "`dateline --help` says nothing of {word}"
        );
    }
    let known = [
        ("list", &["FILE"][..]),
        ("check", &["FILE", "--explain"]),
        ("config", &["--path", "--config", "--no-config", "--theme"]),
        ("completions", &["bash", "zsh", "fish"]),
        ("man", &["--dir"]),
        (
            "frame",
            &[
                "FILE", "--size", "--keys", "--theme", "--format", "roles", "svg", "mono",
            ],
        ),
    ];
    let names: Vec<&str> = (WRITERS.iter().map(|writer| writer.name)).collect();
    let options = ["FILE", "--filter", "--audience", "--notes", "--output"];
    let of_export = [&options[..], &names].concat();
    let of_import = ["FILE", "--filter", "--precision", "--output"];
    let known = known
        .into_iter()
        .chain([("export", &of_export[..]), ("import", &of_import[..])]);
    let timeline = program::read("tests/frames/timelines/three-lines.toml");
    for (command, expected) in known {
        let text = help(&[command, "--help"]);
        for word in expected {
            assert!(
                text.contains(word),
                "`dateline {command} --help` says nothing of {word}"
            );
        }
        let examples: Vec<&str> = text
            .lines()
            .map(|line| line.trim_start_matches("Example:").trim())
            .filter(|line| line.starts_with("dateline "))
            .collect();
        assert!(
            !examples.is_empty(),
            "`dateline {command} --help` has no example"
        );
        for example in examples {
            runs(example, &timeline, &folder);
        }
    }
}

#[test]
fn every_key_that_the_help_names_is_a_key() {
    let text = help(&["frame", "--help"]);
    let (_, told) = text.split_once("by name:").expect("the help lists keys");
    let mut count = 0;
    for word in told.split_whitespace() {
        key::parse(word).unwrap_or_else(|error| panic!("the help of frame: {error}"));
        count += 1;
    }
    assert!(count > 10, "{told}");
    // And every key of the command table has a name that the help tells.
    for key in COMMANDS.iter().flat_map(|command| command.keys) {
        let is_named = key.starts_with('<') && !key.starts_with("<ctrl-");
        assert!(
            !is_named || told.contains(key),
            "the help of frame does not name {key}"
        );
    }
}

#[test]
fn the_shipped_timelines_have_no_errors_and_no_warnings() {
    for path in program::files("timelines", ".toml") {
        let opened = program::opened(&path, &program::read(&path));
        let found: Vec<String> = opened
            .findings
            .iter()
            .filter(|finding| finding.severity() < Severity::Note)
            .map(|finding| {
                let place = finding.place.start();
                let position = opened.texts.first().map(|text| text.position(place).line);
                let line = position.unwrap_or_default();
                format!("{path}:{line}: {}: {}", finding.kind.name, finding.message)
            })
            .collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }
}

/// A line that is only mentioned, or whose failure is ignored, checks nothing.
#[test]
fn the_script_of_checks_runs_each_check_and_ends_with_the_first_that_fails() {
    let script = program::read(".ci/run");
    let lines: Vec<&str> = script.lines().map(str::trim).collect();
    let is_strict = lines.iter().position(|line| *line == "set -euo pipefail");
    let is_strict = is_strict.expect(".ci/run ends with the first failure");
    for check in [
        "cargo fmt --check",
        "cargo clippy --locked --all-targets -- -D warnings",
        "cargo doc --locked --no-deps --quiet",
        "cargo test --locked -- --include-ignored",
        "cargo deny --offline --locked check bans licenses sources",
    ] {
        let at = lines.iter().position(|line| *line == check);
        assert!(
            at.is_some_and(|at| at > is_strict),
            ".ci/run does not run `{check}`"
        );
    }
    assert!(!script.contains("||"), ".ci/run ignores a failure");
}
