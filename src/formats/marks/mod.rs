//! Marks files: stars, tags and notes of people, next to the evidence. A marks file is read and written here; the evidence is
//! never written to.

mod blocks;
mod edit;
mod imported;
mod quoted;
mod row_prints;
mod taken;
#[cfg(test)]
mod tests;

pub use edit::{UnwritableMarks, edited};
pub(super) use imported::{marking, marking_of_all, notes};
pub use row_prints::{WantedPrints, row_print};
pub use taken::taken_marks;

use memchr::memmem;

use crate::diagnostic::{
    Diagnostic, FileId, MARK_WITHOUT_ROW, MARKS_OF_OTHER_FILES, SourceText, TextPlace,
};
use crate::formats::toml;
use crate::timeline::{LostMark, MarkedItem, MarksFile};

/// The ending of the marks file of a file.
pub const ENDING: &str = ".marks.toml";

/// The marks in a text, as far as they can be read, and the findings. `file` is the number of the text among the texts to
/// which findings point.
pub fn read(source: &SourceText, file: FileId) -> (MarksFile, Vec<Diagnostic>) {
    toml::read_marks(source, file)
}

/// Whether a text may be a marks file. One without marks has nothing but keys at its top.
pub fn is_marks_file(text: &str) -> bool {
    let is_of_timeline = toml::has_heading(text);
    has_heading(text) || (!is_of_timeline && text.lines().all(is_plain_line))
}

fn is_plain_line(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line.contains('=')
}

/// The name of the table that only a marks file has.
const MARKS: &str = "marks";

/// Whether a text is a marks file.
pub(super) fn has_heading(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memmem::find(rest.as_bytes(), MARKS.as_bytes()) {
        let before = rest.get(..at).unwrap_or_default().rfind('\n');
        let from_line = rest.get(before.map_or(0, |end| end + 1)..);
        let from_line = from_line.unwrap_or_default();
        let (line, below) = from_line.split_once('\n').unwrap_or((from_line, ""));
        if is_marks_heading(line) {
            return true;
        }
        rest = below;
    }
    false
}

fn is_marks_heading(line: &str) -> bool {
    let heading = line.split('#').next().unwrap_or_default().trim();
    let name = (heading.strip_prefix("[[")).and_then(|it| it.strip_suffix("]]"));
    name.is_some_and(|name| name.trim() == MARKS)
}

/// The findings about marks whose row or event is not there, and about a marks file none of whose files is open.
pub fn findings_of_lost(
    files: &[MarksFile],
    lost: &[LostMark],
    open: &[&str],
    file: impl Fn(usize) -> FileId,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for it in lost {
        let mark = &files[it.file].marks[it.mark];
        let message = match &mark.item {
            MarkedItem::Row { line, print } => {
                let print =
                    print.map_or(String::new(), |print| format!(" with the print `{print}`"));
                format!("`{}` has no row in line {line}{print}", mark.of)
            }
            MarkedItem::Event(id) => format!("`{}` has no event `{id}`", mark.of),
        };
        let help = match mark.item {
            MarkedItem::Row { .. } => {
                "the row was changed or removed: delete the mark, or write the line where it is now without `print`"
            }
            MarkedItem::Event(_) => "write the id that the event has now, or delete the mark",
        };
        let finding = Diagnostic::new(&MARK_WITHOUT_ROW, mark.place, message)
            .label("shown nowhere")
            .help(help);
        findings.push(finding);
    }
    for (number, marks) in files.iter().enumerate() {
        let is_open = |of: &str| open.contains(&of);
        if let Some(first) = marks.marks.first()
            && !marks.marks.iter().any(|mark| is_open(&mark.of))
        {
            let message = format!(
                "no mark is about a file that is open; the first is about `{}`",
                first.of
            );
            let place = TextPlace::new(file(number), first.place.range());
            let finding = Diagnostic::new(&MARKS_OF_OTHER_FILES, place, message)
                .label("shown nowhere")
                .help("if the file was renamed, write its new name after `of =`");
            findings.push(finding);
        }
    }
    findings
}
