//! The parts of pages that the program writes, from its own tables.

use std::fmt::Write as _;

use dateline::app::commands::{COMMANDS, CommandRow, keymap};
use dateline::app::input::command::CommandGroup;
use dateline::app::input::keymap::pretty;
use dateline::app::input::mode::Mode;
use dateline::change::ChangeKind;
use dateline::cli::linear::{ALONE, COMMANDS as COMMANDS_IN_WORDS};
use dateline::cli::settings::{SETTINGS, SettingValues};
use dateline::diagnostic::{KINDS, Severity};
use dateline::document::{VerdictForm, verdict_blocks};
use dateline::formats::toml::keys::FILE_TABLES;
use dateline::formats::writers::loss::{Content, LossOutcome, LossRow};
use dateline::formats::{FormatWriter, READERS, WRITERS, presets};
use dateline::guide::Topic;
use dateline::query::FIELDS;

use super::CODE_WIDTH;
use super::examples::words;
use crate::layers::{LAYERS, OUTSIDE};
use crate::support::program;
use crate::verdicts;

type Part = fn(&str) -> String;

/// The markers, each with the text that the program writes for the words behind its colon.
pub const MARKERS: &[(&str, Part)] = &[
    ("commands", |_| commands()),
    ("keys", |_| keys()),
    ("kinds", |_| kinds()),
    ("changes", |_| changes()),
    ("fields", |_| fields()),
    ("formats", |_| formats()),
    ("losses", |_| losses()),
    ("readers", |_| readers()),
    ("presets", |_| tables()),
    ("settings", |_| settings()),
    ("topics", topics),
    ("views", |_| views()),
    ("scenes", |_| scenes()),
    ("linear", |_| linear()),
    ("layers", |_| layers()),
    ("outside", |_| outside()),
    ("tests", |_| tests()),
    ("verdict", verdict),
    ("frame", frame),
];

/// A page with everything that the program writes in it as it is now.
pub fn refreshed(page: &str, text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        out.push_str(line);
        let Some(marker) = marker(line) else { continue };
        let (name, arguments) = marker.split_once(':').unwrap_or((marker, ""));
        let Some((_, write)) = MARKERS.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let end = lines
            .by_ref()
            .find(|line| self::marker(line) == Some(&format!("/{name}")))
            .unwrap_or_else(|| panic!("{page}: `<!-- {marker} -->` has no `<!-- /{name} -->`"));
        out.push('\n');
        out.push_str(&write(arguments));
        out.push('\n');
        out.push_str(end);
    }
    out
}

/// The lines of a page that people wrote; the others are empty.
pub fn by_hand(text: &str) -> String {
    let mut end = None;
    let lines = text.lines().map(|line| {
        let marker = marker(line).unwrap_or_default();
        let name = marker.split(':').next().unwrap_or_default();
        let begins = end.is_none() && MARKERS.iter().any(|(known, _)| *known == name);
        if begins {
            end = Some(format!("/{name}"));
        } else if end.as_deref() == Some(marker) {
            end = None;
        }
        if end.is_some() { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text of a comment on its own line.
pub fn marker(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    Some(inner.trim())
}

/// A table: its labels, then its rows.
fn table<const N: usize>(labels: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut out = format!("| {} |\n|{}\n", labels.join(" | "), "---|".repeat(N));
    for row in rows {
        let cells = row.map(|cell| cell.replace('|', "\\|"));
        writeln!(out, "| {} |", cells.join(" | ")).expect("a string takes all");
    }
    out
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Tables, each under its heading.
fn sections(sections: impl IntoIterator<Item = (String, String)>) -> String {
    let sections = sections.into_iter();
    let sections: Vec<String> = sections
        .map(|(heading, table)| format!("### {heading}\n\n{table}"))
        .collect();
    sections.join("\n")
}

fn commands() -> String {
    let keymap = keymap();
    sections(CommandGroup::ALL.iter().map(|&group| {
        let commands = COMMANDS.iter().filter(|command| command.group == group);
        let row = |command: &CommandRow| {
            let keys = command.keys.iter().map(|key| code(&pretty(key)));
            let keys: Vec<String> = keys.collect();
            let summary = keymap.says(command.summary).into_owned();
            [keys.join(" "), summary, places(command), code(command.name)]
        };
        let labels = ["keys", "what it does", "where", "name"];
        (group.as_str().to_owned(), table(labels, commands.map(row)))
    }))
}

fn places(command: &CommandRow) -> String {
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

fn keys() -> String {
    sections(FILE_TABLES.iter().map(|file_table| {
        let heading = match file_table.heading() {
            "" => "At the top".to_owned(),
            heading => code(heading),
        };
        let rows = file_table.keys().map(|key| {
            let required = if key.is_required() { " (required)" } else { "" };
            let example = match key.example {
                "" => String::new(),
                example => code(example),
            };
            let name = format!("{}{required}", code(key.name));
            [name, key.summary.to_owned(), key.expected(), example]
        });
        (
            heading,
            table(["key", "what it says", "value", "such as"], rows),
        )
    }))
}

fn kinds() -> String {
    let severities = [
        (Severity::Error, "Errors"),
        (Severity::Warning, "Warnings"),
        (Severity::Note, "Notes"),
    ];
    sections(severities.map(|(severity, heading)| {
        let kinds = KINDS.iter().filter(|kind| kind.severity == severity);
        let rows = kinds.map(|kind| [code(kind.name), kind.summary.to_owned()]);
        (heading.to_owned(), table(["kind", "problem"], rows))
    }))
}

fn changes() -> String {
    let rows = ChangeKind::ALL
        .iter()
        .map(|kind| [kind.name().to_owned(), kind.meaning().to_owned()]);
    table(["word", "what it means"], rows)
}

fn fields() -> String {
    let rows = FIELDS.iter().map(|field| {
        let names = std::iter::once(&field.name).chain(field.aliases);
        let names: Vec<String> = names.map(|name| code(name)).collect();
        [
            names.join(" "),
            field.summary.to_owned(),
            code(field.example),
        ]
    });
    table(["field", "what it asks", "such as"], rows)
}

fn formats() -> String {
    let rows = WRITERS.iter().map(|writer| {
        [
            code(writer.name),
            writer.summary.to_owned(),
            writer.remark.to_owned(),
        ]
    });
    table(["`--to`", "what it is", "what to know"], rows)
}

/// What the formats do not keep. Kinds of content that fare alike are in one row.
fn losses() -> String {
    let mut rows: Vec<[String; 3]> = Vec::new();
    for content in Content::ALL {
        let [_, noun] = content.nouns();
        let of = |outcomes: &[LossOutcome]| {
            let has = |(_, losses): &(String, &[LossRow])| {
                let mut own = losses.iter().filter(|row| row.content == content);
                own.any(|row| outcomes.contains(&row.outcome))
            };
            let forms = WRITERS.iter().flat_map(FormatWriter::forms).filter(has);
            let names = forms.map(|(name, _)| code(&name));
            names.collect::<Vec<_>>().join(" ")
        };
        let [changed, left_out] = [
            of(&[LossOutcome::Widened, LossOutcome::InWords]),
            of(&[LossOutcome::LeftOut]),
        ];
        if changed.is_empty() && left_out.is_empty() {
            continue;
        }
        let mut same = rows.iter_mut();
        match same.find(|row| row[1] == changed && row[2] == left_out) {
            Some(row) => row[0] = format!("{}, {noun}", row[0]),
            None => rows.push([noun.to_owned(), changed, left_out]),
        }
    }
    table(["what", "wider, or only in words", "left out"], rows)
}

fn readers() -> String {
    let rows = READERS.iter().map(|reader| {
        [reader.name, reader.summary, reader.carries, reader.loses].map(str::to_owned)
    });
    table(["file", "what it is", "what is read", "what is not"], rows)
}

fn tables() -> String {
    let rows = presets().map(|preset| [preset.of.to_owned(), preset.columns()]);
    table(["program", "its columns"], rows)
}

fn settings() -> String {
    let standard = SettingValues::default();
    let rows = SETTINGS.iter().map(|setting| {
        let value = code(&(setting.print)(&standard));
        let summary = setting.summary.to_owned();
        [code(setting.name), summary, setting.expected(), value]
    });
    table(["setting", "what it does", "values", "default"], rows)
}

/// The commands of linear mode.
fn linear() -> String {
    let rows = COMMANDS_IN_WORDS.iter().map(|command| {
        let summary = command.summary.to_owned();
        [code(&command.usage()), code(command.short()), summary]
    });
    let table = table(["command", "short", "what it does"], rows);
    format!("{table}\n{ALONE}.\n")
}

/// The topics of the guide; `folder` leads to them from the page.
fn topics(folder: &str) -> String {
    let rows = Topic::ALL.iter().map(|topic| {
        let name = topic.name();
        let link = format!("[{name}]({}{name}.md)", folder.trim());
        [link, topic.summary().to_owned()]
    });
    table(["topic", "about"], rows)
}

/// The views of the shipped case.
fn views() -> String {
    let timeline = &program::ready("shipped").0;
    let rows = (1..)
        .zip(timeline.views())
        .map(|(number, view): (usize, _)| {
            let filter = view.filter.as_deref().map(code).unwrap_or_default();
            [code(&number.to_string()), view.title.clone(), filter]
        });
    table(["key", "view", "filter"], rows)
}

/// The verdict lines on an event of the shipped case.
fn verdict(event: &str) -> String {
    let timeline = &program::ready("shipped").0;
    let event = timeline
        .find_event(event.trim())
        .expect("the shipped case has the event");
    let blocks = verdict_blocks(timeline, event.id(), VerdictForm::Whole);
    let lines = verdicts::lines(&blocks, VerdictForm::Whole, CODE_WIDTH);
    format!("```text\n{lines}```\n")
}

/// The scenes of the shipped case.
fn scenes() -> String {
    let timeline = &program::ready("shipped").0;
    let rows = (1..)
        .zip(timeline.scenes())
        .map(|(number, scene): (usize, _)| {
            let minutes = scene.seconds.map(|it| (f64::from(it) / 60.0).to_string());
            let minutes = minutes.unwrap_or_default();
            let audience = match &scene.audience[..] {
                [] => "everyone".to_owned(),
                audience => audience.join(", "),
            };
            [number.to_string(), scene.title.clone(), minutes, audience]
        });
    table(["", "scene", "minutes", "for"], rows)
}

/// The first sentences of the head of a file of Rust.
fn head(path: &str) -> String {
    let text = program::read(path);
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.map(str::trim).take_while(|line| !line.is_empty());
    let lines: Vec<&str> = lines.collect();
    lines.join(" ")
}

/// The layers, as `tests/layers.rs` holds them.
fn layers() -> String {
    let rows = LAYERS.iter().map(|(name, used)| {
        let path = format!("src/{name}/mod.rs");
        let used = match used {
            [] => "nothing".to_owned(),
            used => used.iter().map(|it| code(it)).collect::<Vec<_>>().join(" "),
        };
        [code(&format!("src/{name}")), head(&path), used]
    });
    table(["module", "what it is for", "what it may use"], rows)
}

/// What only some layers may know, as `tests/layers.rs` holds it.
fn outside() -> String {
    let rows = OUTSIDE.iter().map(|(path, modules, why)| {
        let modules: Vec<String> = modules.iter().map(|it| code(it)).collect();
        let modules = match &modules[..] {
            [] => "none".to_owned(),
            modules => modules.join(" "),
        };
        [code(path), modules, (*why).to_owned()]
    });
    table(["what", "who may know it", "why"], rows)
}

/// The integration tests, each with the head of its file.
fn tests() -> String {
    let files = program::files("tests", ".rs").into_iter();
    let files = files.filter(|path| path.matches('/').count() == 1 && path != "tests/main.rs");
    table(
        ["file", "about"],
        files.map(|path| [code(&path), head(&path)]),
    )
}

fn frame(arguments: &str) -> String {
    let output = program::dateline()
        .arg("frame")
        .args(words(arguments))
        .output()
        .expect("the program can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "frame {arguments}: {errors}");
    let printed = String::from_utf8(output.stdout).expect("a frame is UTF-8");
    format!("```text\n{printed}```\n")
}
