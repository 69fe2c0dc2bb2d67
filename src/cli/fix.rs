//! `dateline check --fix`: shows each fix, asks, applies it, and checks again until nothing is left to fix.

use std::collections::HashSet;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Result;

use super::check::print_findings;
use super::fix_diff::diff;
use super::fixed_file::FixedFile;
use super::progress;
use super::report::{clean, renderer, report};
use super::status::{CommandError, ExitStatus};
use crate::diagnostic::{Diagnostic, Fix, SourceText};
use crate::formats::{self, OpenedTimeline, TableOptions};

/// How often the files are checked again without a question. Each round applies what the round before made possible.
const MOST_ROUNDS: usize = 100;

/// Answers for the author.
pub enum FixAuthor {
    /// `--yes`: takes every sure fix.
    Yes,
    /// Asks on a terminal.
    Asked(Box<dyn BufRead>),
}

/// Where diffs, questions and reports go.
pub struct FixOutput<'o> {
    pub out: &'o mut dyn Write,
    pub colour: bool,
}

/// The author of this run.
///
/// # Errors
/// There is no terminal on which to ask, and `--yes` is not given.
pub(super) fn author(is_yes: bool) -> Result<FixAuthor> {
    if is_yes {
        return Ok(FixAuthor::Yes);
    }
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(FixAuthor::Asked(Box::new(io::stdin().lock())));
    }
    let error = CommandError::usage("there is no terminal to ask about each fix");
    Err(error.hint("add `--yes` to apply every sure fix").into())
}

/// The answer to a fix.
enum FixAnswer {
    /// The number of the fix to apply.
    Apply(usize),
    /// Apply this one, and every other that is sure.
    All(usize),
    Skip,
    Quit,
}

/// What a session has done so far.
struct FixSession {
    files: Vec<FixedFile>,
    author: FixAuthor,
    takes_all: bool,
    /// How many rounds may go without a question.
    rounds_left: usize,
    /// The findings that the author left as they are.
    skipped: HashSet<String>,
}

/// Fixes the files of one timeline, and reports what is left.
///
/// # Errors
/// A file cannot be read or written.
pub fn run(
    paths: &[PathBuf],
    options: &TableOptions,
    author: FixAuthor,
    output: &mut FixOutput<'_>,
) -> Result<ExitStatus> {
    let files: Result<Vec<_>> = paths.iter().map(|path| FixedFile::new(path)).collect();
    let mut session = FixSession {
        files: files?,
        takes_all: matches!(author, FixAuthor::Yes),
        rounds_left: MOST_ROUNDS,
        author,
        skipped: HashSet::new(),
    };
    let mut opened = session.check(options)?;
    while session.round(&opened, output)? {
        opened = session.check(options)?;
    }
    for file in &session.files {
        file.write()?;
    }
    session.report(&opened, output)
}

impl FixSession {
    fn check(&self, options: &TableOptions) -> Result<OpenedTimeline> {
        let files = self.files.iter().map(|file| {
            let file = file.input()?;
            Ok(file.with_options(options.clone()))
        });
        let files: Result<Vec<_>> = files.collect();
        Ok(formats::open_with_fixes(files?, &progress::reading())?)
    }

    /// Applies a fix, or several that do not touch each other. Returns whether there is more to do.
    fn round(&mut self, opened: &OpenedTimeline, output: &mut FixOutput<'_>) -> Result<bool> {
        if self.takes_all && self.rounds_left > 0 && self.apply_sure(opened, output)? {
            self.rounds_left -= 1;
            return Ok(true);
        }
        if matches!(self.author, FixAuthor::Yes) {
            return Ok(false);
        }
        for finding in opened.findings.iter().filter(|it| !it.fixes.is_empty()) {
            if self.skipped.contains(&identity(finding, &opened.texts)) {
                continue;
            }
            show(finding, &opened.texts, output)?;
            match self.ask(finding, output)? {
                FixAnswer::Skip => {
                    self.skipped.insert(identity(finding, &opened.texts));
                }
                FixAnswer::Quit => return Ok(false),
                FixAnswer::All(number) => {
                    self.takes_all = true;
                    return self.apply(finding, number, opened);
                }
                FixAnswer::Apply(number) => return self.apply(finding, number, opened),
            }
        }
        Ok(false)
    }

    /// Applies the sure fixes that do not touch each other. The next round finds the others in the changed text.
    fn apply_sure(&mut self, opened: &OpenedTimeline, output: &mut FixOutput<'_>) -> Result<bool> {
        let mut batches: Vec<Vec<&Fix>> = self.files.iter().map(|_| Vec::new()).collect();
        for finding in &opened.findings {
            let Some(fix) = finding.sure_fix() else {
                continue;
            };
            let Some(batch) = file_of(fix).and_then(|file| batches.get_mut(file)) else {
                continue;
            };
            if batch.last().is_none_or(|last| is_behind(fix, last)) {
                show(finding, &opened.texts, output)?;
                batch.push(fix);
            }
        }
        let mut is_changed = false;
        for (number, batch) in batches.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
            let edits: Vec<_> = batch.iter().flat_map(|fix| fix.edits()).cloned().collect();
            let file = &mut self.files[number];
            file.apply(&opened.texts[number], &edits)?;
            file.count += batch.len() - 1;
            is_changed = true;
        }
        Ok(is_changed)
    }

    fn apply(
        &mut self,
        finding: &Diagnostic,
        number: usize,
        opened: &OpenedTimeline,
    ) -> Result<bool> {
        let fix = &finding.fixes[number];
        if let Some(file) = file_of(fix) {
            self.files[file].apply(&opened.texts[file], fix.edits())?;
        }
        Ok(true)
    }

    fn ask(&mut self, finding: &Diagnostic, output: &mut FixOutput<'_>) -> Result<FixAnswer> {
        let FixAuthor::Asked(input) = &mut self.author else {
            return Ok(FixAnswer::Quit);
        };
        let choices = finding.fixes.len();
        let question = if choices == 1 {
            "Apply this fix? (y: yes, n: no, a: this and every sure one, q: quit) ".to_owned()
        } else {
            format!("Apply which fix? (1 to {choices}, n: none, q: quit) ")
        };
        loop {
            write!(output.out, "{question}")?;
            output.out.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                writeln!(output.out)?;
                return Ok(FixAnswer::Quit);
            }
            let answer = line.trim().to_lowercase();
            match (answer.as_str(), answer.parse::<usize>()) {
                ("y" | "yes", _) if choices == 1 => return Ok(FixAnswer::Apply(0)),
                ("a" | "all", _) if choices == 1 => return Ok(FixAnswer::All(0)),
                ("n" | "no", _) => return Ok(FixAnswer::Skip),
                ("q" | "quit", _) => return Ok(FixAnswer::Quit),
                (_, Ok(number)) if (1..=choices).contains(&number) => {
                    return Ok(FixAnswer::Apply(number - 1));
                }
                _ => {}
            }
        }
    }

    /// Reports the files that were written, and the findings that are left.
    fn report(&self, opened: &OpenedTimeline, output: &mut FixOutput<'_>) -> Result<ExitStatus> {
        let FixOutput { out, colour } = output;
        let status = print_findings(&opened.texts, &opened.findings, *out, *colour)?;
        for (file, text) in self.files.iter().zip(&opened.texts) {
            if file.count > 0 {
                let fixes = count_of(file.count);
                writeln!(out, "{}: {fixes} applied", clean(text.name()))?;
            }
        }
        let left = opened.findings.iter().filter(|it| !it.fixes.is_empty());
        let left = left.count();
        if left > 0 {
            let verb = if left == 1 { "is" } else { "are" };
            let fixes = count_of(left);
            writeln!(
                out,
                "{fixes} {verb} left for you to choose: run `dateline check --fix` on a terminal"
            )?;
        }
        out.flush()?;
        Ok(status)
    }
}

fn count_of(fixes: usize) -> String {
    if fixes == 1 {
        return "1 fix".to_owned();
    }
    format!("{fixes} fixes")
}

/// The number of the file that a fix changes: no fix changes two.
fn file_of(fix: &Fix) -> Option<usize> {
    fix.edits()
        .first()
        .map(|edit| usize::from(edit.place.file.0))
}

/// Whether all of a fix is behind another. Two insertions at one place are not, since they may say the same.
fn is_behind(fix: &Fix, earlier: &Fix) -> bool {
    let end = earlier.edits().iter().map(|edit| edit.place.end()).max();
    let start = fix.edits().iter().map(|edit| edit.place.start()).min();
    end.zip(start).is_some_and(|(end, start)| end < start)
}

/// What identifies a finding: its words and its quotation, since its place changes with the fixes before it.
fn identity(finding: &Diagnostic, texts: &[SourceText]) -> String {
    let place = finding.place;
    let text = texts.get(usize::from(place.file.0));
    let line = text.map_or("", |text| text.line(text.line_of(place.start())));
    format!(
        "{} {} {} {line}",
        place.file.0, finding.kind.name, finding.message
    )
}

/// Shows a finding, and the lines that each of its fixes changes.
fn show(finding: &Diagnostic, texts: &[SourceText], output: &mut FixOutput<'_>) -> Result<()> {
    let FixOutput { out, colour } = output;
    writeln!(out, "{}", report(finding, texts, &renderer(*colour)))?;
    let choices = finding.fixes.len();
    for (number, fix) in (1..).zip(&finding.fixes) {
        let label = clean(&fix.label);
        if choices == 1 {
            writeln!(out, "fix: {label}")?;
        } else {
            writeln!(out, "fix {number}: {label}")?;
        }
        let text = file_of(fix).and_then(|file| texts.get(file));
        if let Some(text) = text {
            write!(out, "{}", diff(text, fix.edits()))?;
        }
    }
    writeln!(out)?;
    Ok(())
}
