//! `dateline import`: writes events of logs, and timelines of other formats, as a timeline in TOML.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::filter_args::FilterArgs;
use super::import_args::ImportArgs;
use super::input;
use super::marks_args::MarksFiles;
use super::narrowed::NarrowedTimeline;
use super::output;
use super::output_file;
use super::progress;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use super::status::{CommandError, ExitStatus, print_error, print_hint, print_note};
use super::table_args::TableArgs;
use super::take_marks;
use crate::diagnostic::OBJECTS_NOT_READ;
use crate::formats;
use crate::formats::import::{MidnightPrecision, TimelineImport};

/// What is imported, and how.
pub(super) struct ImportRequest<'a> {
    pub files: &'a [PathBuf],
    pub narrowing: &'a FilterArgs,
    pub tables: &'a TableArgs,
    pub marks: MarksFiles,
    pub precision: Option<MidnightPrecision>,
}

/// Writes a timeline.
pub(super) fn run(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    if args.columns {
        return columns(args, out);
    }
    if args.take_marks {
        return take_marks::run(args, out);
    }
    let request = ImportRequest {
        files: &args.files,
        narrowing: &args.narrowing,
        tables: &args.tables,
        marks: args.marked_args.marks.files(&args.files),
        precision: args.precision,
    };
    import(&request, |import| {
        let text = import.write(args.precision);
        output_file::deliver(args.output.as_deref(), &text, out)
    })
}

/// Reads logs, and writes their events. Errors of the logs, and notes about stamps at midnight, go to standard error.
pub(super) fn import(
    request: &ImportRequest<'_>,
    write: impl FnOnce(&TimelineImport<'_>) -> Result<()>,
) -> Result<ExitStatus> {
    let reading = RedactionArgs {
        tables: request.tables.clone(),
        marks: request.marks.clone(),
        ..RedactionArgs::default()
    };
    let narrowed = NarrowedTimeline::by_row(request.files, request.narrowing, &reading)?;
    let NarrowedTimeline { opened, .. } = &narrowed;
    for (text, file) in opened.texts.iter().zip(&opened.files) {
        if let Some(reader) = file.reader.filter(|reader| !reader.is_importable) {
            let name = clean(text.name());
            let error = CommandError::usage(format!("`{name}` is already a {}", reader.name));
            return Err(error.hint("open it as it is; `dateline export --to toml` writes some of its events as a file of their own").into());
        }
    }
    let errors = &mut output::errors();
    if opened.files.iter().all(|file| file.reader.is_none()) {
        return opened.report_errors(errors);
    }
    let timeline = &opened.timeline;
    let Some(filter) = narrowed.filter(errors)? else {
        return Ok(ExitStatus::Usage);
    };
    let writing = progress::working("writing");
    let matches = filter.matches(timeline);
    let events = request.narrowing.events(&matches);
    let unread = (opened.findings.iter()).filter(|it| *it.kind == OBJECTS_NOT_READ);
    let unread: Vec<String> = unread.map(|it| clean(&it.message)).collect();
    let import = TimelineImport::new(timeline, &events).with_remarks(unread.clone());
    write(&import)?;
    drop(writing);
    let count = crate::document::count(events.len(), "event");
    print_note(
        errors,
        &format!(
            "imported {count} of {}",
            timeline.len() + narrowed.left_out()
        ),
    )?;
    for unread in &unread {
        print_note(errors, unread)?;
    }
    let proposals = import.proposals().iter();
    for proposal in proposals.filter(|it| Some(it.precision) != request.precision) {
        print_note(errors, &proposal.message(timeline))?;
        print_hint(errors, &proposal.hint())?;
    }
    opened.report_errors(errors)
}

/// Prints the mapping of each table, as it is understood.
fn columns(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let options = input::table_options(&args.tables)?;
    let mut status = ExitStatus::Fine;
    for (number, path) in args.files.iter().enumerate() {
        let file = input::incoming(path)?.with_options(options.clone());
        let name = clean(&input::name(path));
        let Some(mapping) = formats::columns_of(file)? else {
            let message = format!("`{name}` has no columns that are known");
            let hint = format!("`dateline check {name}` says what it is");
            print_error(&mut output::errors(), &message, Some(&hint))?;
            status = ExitStatus::Errors;
            continue;
        };
        if args.files.len() > 1 {
            let line = if number == 0 { "" } else { "\n" };
            writeln!(out, "{line}# {name}")?;
        }
        write!(out, "{mapping}")?;
    }
    out.flush()?;
    Ok(status)
}
