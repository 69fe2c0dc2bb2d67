//! `dateline import --take-marks`: stars, comments and tags of Timesketch become marks, in the marks file of the
//! export.

use std::io::Write;

use anyhow::Result;

use super::import_args::ImportArgs;
use super::marks_store;
use super::narrowed::NarrowedTimeline;
use super::output;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use super::status::{CommandError, ExitStatus, print_note};
use crate::date::Truth;
use crate::document::count;
use crate::formats::marks::taken_marks;
use crate::formats::text;
use crate::timeline::{EventId, EventMark, ItemEdit, MarkEdit, Timeline};

/// Shows the annotated events with their marks, and adds the marks to the marks file.
pub(super) fn run(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let reading = RedactionArgs {
        tables: args.tables.clone(),
        marks: args.marked_args.marks.files(&args.files),
        ..RedactionArgs::default()
    };
    let narrowed = NarrowedTimeline::by_row(&args.files, &args.narrowing, &reading)?;
    let errors = &mut output::errors();
    let Some(filter) = narrowed.filter(errors)? else {
        return Ok(ExitStatus::Usage);
    };
    let opened = narrowed.opened;
    let events = args.narrowing.events(&filter.matches(&opened.timeline));
    let taken = taken_marks(&opened.timeline, &events);
    if taken.is_empty() {
        let error = CommandError::usage("no star, comment or tag of Timesketch to take");
        return Err(error
            .hint("export the events of a sketch with the columns `label`, `comment` and `tag`")
            .into());
    }
    let (timeline, edits) = with_marks(opened.timeline, &taken);
    let shown: Vec<_> = taken.iter().map(|(id, _)| (*id, Truth::Yes)).collect();
    out.write_all(text::list(&timeline, &shown, None).as_bytes())?;
    out.flush()?;
    let events = count(taken.len(), "event");
    if edits.is_empty() {
        print_note(
            errors,
            &format!("the marks of {events} are in the marks file already"),
        )?;
        return Ok(ExitStatus::Fine);
    }
    let path = marks_store::save(&reading.marks, &args.files, &edits)?;
    let name = clean(&path.display().to_string());
    print_note(errors, &format!("wrote the marks of {events} to `{name}`"))?;
    Ok(ExitStatus::Fine)
}

/// The timeline with more marks, and the edits that add them. Marks that the file already has stay, and come first.
fn with_marks(timeline: Timeline, taken: &[(EventId, EventMark)]) -> (Timeline, Vec<ItemEdit>) {
    let mut edits = Vec::new();
    for (event, mark) in taken {
        let own = timeline.event(*event).marks().own();
        let joined = own.joined(mark);
        let mut changes = Vec::new();
        if joined.is_starred != own.is_starred {
            changes.push(MarkEdit::Star(true));
        }
        let new = joined.tags.iter().filter(|tag| !own.tags.contains(tag));
        changes.extend(new.map(|tag| MarkEdit::Tag(tag.clone())));
        // A comment that was taken before is one of the lines of the note.
        let lines = |note: &str| note.lines().map(str::to_owned).collect::<Vec<_>>();
        let known = lines(&own.note);
        if lines(&mark.note).iter().any(|line| !known.contains(line)) {
            changes.push(MarkEdit::Note(joined.note));
        }
        edits.extend(changes.into_iter().map(|change| (*event, change)));
    }
    let (marks, edits) = timeline.with_mark_edits(edits);
    (timeline.with_marks(marks), edits)
}
