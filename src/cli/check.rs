//! `dateline check`: reports findings in timelines, and how to fix them.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::Renderer;
use anyhow::Result;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::input;
use super::loaded_marks::LoadedMarks;
use super::marks_args::MarksFiles;
use super::progress;
use super::report::{clean, renderer, report};
use super::settings::kinds;
use super::status::{CommandError, ExitStatus};
use crate::diagnostic::{Diagnostic, FindingKind, KINDS, Severity, SourceText, nearest};
use crate::formats::findings::{FindingsFormat, write_findings};
use crate::formats::{self, InputFile, OpenedTimeline, TableOptions};
use crate::text;

/// Prints every finding in the files of one timeline. `options`: what the user states about tables.
///
/// # Errors
/// A file cannot be read.
pub fn run(
    paths: &[PathBuf],
    options: &TableOptions,
    out: &mut dyn Write,
    colour: bool,
) -> Result<ExitStatus> {
    let marks = LoadedMarks::read(&MarksFiles::beside(paths), paths.len())?;
    let files = files(paths, options, &marks)?;
    let reading = formats::open_files(files, &progress::reading())?;
    let reading = with_marks(reading, marks);
    print_findings(&reading.texts, &reading.findings, out, colour)
}

/// Writes every finding in the files of one timeline in a format for programs.
///
/// # Errors
/// A file cannot be read.
pub fn run_for_programs(
    paths: &[PathBuf],
    options: &TableOptions,
    format: FindingsFormat,
    out: &mut dyn Write,
) -> Result<ExitStatus> {
    let marks = LoadedMarks::read(&MarksFiles::beside(paths), paths.len())?;
    let files = files(paths, options, &marks)?;
    let reading = formats::open_with_fixes(files, &progress::reading())?;
    let reading = with_marks(reading, marks);
    let written = write_findings(format, &reading.findings, &reading.texts);
    let printed = out.write_all(written.as_bytes()).and_then(|()| out.flush());
    finished(printed, &reading.findings)
}

fn files(
    paths: &[PathBuf],
    options: &TableOptions,
    marks: &LoadedMarks,
) -> Result<Vec<InputFile<'static>>> {
    let prints = marks.prints();
    let files = input::files(paths)?.into_iter();
    let files = files.map(|file| {
        file.with_options(options.clone())
            .with_prints(prints.clone())
    });
    Ok(files.collect())
}

/// The reading with the findings in the marks files next to it.
fn with_marks(reading: OpenedTimeline, marks: LoadedMarks) -> OpenedTimeline {
    let OpenedTimeline {
        timeline,
        mut findings,
        mut texts,
        files,
    } = reading;
    let (timeline, of_marks) = marks.attach(timeline, &texts, true);
    findings.extend(of_marks);
    texts.extend(marks.texts);
    OpenedTimeline {
        timeline,
        findings,
        texts,
        files,
    }
}

/// Prints every finding in the texts of one timeline, and a summary line.
pub fn check_texts(texts: &[SourceText], out: &mut dyn Write, colour: bool) -> Result<ExitStatus> {
    let (_, findings) = formats::open(texts);
    print_findings(texts, &findings, out, colour)
}

/// Prints findings and a summary line. The texts need only the lines that the findings quote.
pub fn print_findings(
    texts: &[SourceText],
    findings: &[Diagnostic],
    out: &mut dyn Write,
    colour: bool,
) -> Result<ExitStatus> {
    finished(print(texts, findings, out, &renderer(colour)), findings)
}

/// The exit status of findings that were printed.
fn finished(printed: io::Result<()>, findings: &[Diagnostic]) -> Result<ExitStatus> {
    let errors = findings.iter().any(Diagnostic::is_error);
    let status = if errors {
        ExitStatus::Errors
    } else {
        ExitStatus::Fine
    };
    match printed {
        // In a script, `check FILE | head` must not pass a file with errors.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        printed => Ok(printed.map(|()| status)?),
    }
}

fn print(
    texts: &[SourceText],
    findings: &[Diagnostic],
    out: &mut dyn Write,
    renderer: &Renderer,
) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}\n", report(finding, texts, renderer))?;
    }
    writeln!(out, "{}: {}", subject(texts), summary(findings))?;
    out.flush()
}

fn subject(texts: &[SourceText]) -> String {
    match texts {
        [one] => clean(one.name()),
        many => format!("{} files", many.len()),
    }
}

fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity| -> usize {
        let of_severity = findings.iter().filter(|it| it.severity() == severity);
        of_severity.map(Diagnostic::count).sum()
    };
    let counts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.as_str()))
        .filter(|&(count, _)| count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if counts.is_empty() {
        return "no findings".to_owned();
    }
    counts.join(", ")
}

/// Explains one kind of finding.
///
/// # Errors
/// The kind does not exist.
pub fn explain(name: &str, out: &mut dyn Write) -> Result<ExitStatus> {
    let of_settings = || kinds::all().find(|kind| kind.name == name);
    let Some(kind) = FindingKind::find(name).or_else(of_settings) else {
        let names = KINDS.iter().copied().chain(kinds::all());
        let names = names.map(|kind| kind.name);
        let hint = match nearest(name, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`dateline help checks` lists the kinds".to_owned(),
        };
        let message = format!("there is no kind of finding called `{}`", clean(name));
        return Err(CommandError::usage(message).hint(hint).into());
    };
    writeln!(
        out,
        "{} ({}): {}\n",
        kind.name,
        kind.severity.as_str(),
        kind.summary
    )?;
    writeln!(out, "{}\n", text::wrap(kind.explanation, 80).join("\n"))?;
    if kind.wrong.is_empty() {
        return Ok(ExitStatus::Fine);
    }
    writeln!(out, "Instead of\n\n{}", indented(kind.wrong))?;
    writeln!(out, "write\n\n{}", indented(kind.fixed))?;
    Ok(ExitStatus::Fine)
}

/// An example as an indented block.
fn indented(example: &str) -> String {
    let mut block = String::new();
    for line in example.split_inclusive('\n') {
        // An empty line stays empty.
        block.push_str(if line.trim().is_empty() { "" } else { "    " });
        block.push_str(line);
    }
    block
}

/// The names of all kinds, for shells to complete. It accepts any word: [`explain`] suggests the nearest kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct KindNames;

impl TypedValueParser for KindNames {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let kinds = KINDS.iter().copied().chain(kinds::all());
        Some(Box::new(kinds.map(|kind| {
            PossibleValue::new(kind.name).help(kind.summary)
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_is_broken_at_spaces_alone() {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for kind in KINDS {
            let mut out = Vec::new();
            explain(kind.name, &mut out).expect("the kind exists");
            let printed = String::from_utf8(out).expect("it is text");
            assert!(
                words(&printed).contains(&words(kind.explanation)),
                "{printed}"
            );
        }
    }
}
