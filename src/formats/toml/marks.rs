//! Reads a marks file. A mistake costs no more than its own mark.

use ::toml::de::DeTable;

use super::characters::without_controls;
use super::keys::marks::{DraftMark, DraftMarks};
use super::reader::{TomlReader, TomlReading};
use super::syntax_errors::as_parser_says;
use crate::diagnostic::{Diagnostic, FileId, SourceText};
use crate::formats::progress::Progress;
use crate::timeline::draft::LocatedText;
use crate::timeline::term::Tlp;
use crate::timeline::{EventMark, FileMark, MarkedItem, MarksFile};

/// The marks in a text, as far as they can be read, and the findings. If the text is not TOML, all marks count as `RED`: a
/// marking may be in the part that cannot be read.
pub(in crate::formats) fn read(source: &SourceText, file: FileId) -> (MarksFile, Vec<Diagnostic>) {
    let (progress, mut reading) = (Progress::default(), TomlReading::default());
    let mut reader = TomlReader::new(source, file, &progress, &mut reading);
    reader.report_encoding();
    reader.report_characters();
    let text = without_controls(source.text());
    let (tree, errors) = DeTable::parse_recoverable(&text);
    let is_broken = !errors.is_empty();
    // Only the first error of the syntax is certain.
    if let Some(error) = errors.first() {
        let place = reader.place(error.span().unwrap_or_default());
        reader.report(as_parser_says(error, place));
    }
    let draft = reader.marks(tree.into_inner());
    if is_broken {
        // What follows from the error would only confuse.
        let first = reading.findings.iter().position(|it| it.place.file == file);
        reading
            .findings
            .truncate(first.map_or(0, |first| first + 1));
    }
    reading.findings.sort_by_key(|it| it.place);
    let marks = marks_file(source, draft, is_broken);
    (marks, reading.findings)
}

fn marks_file(source: &SourceText, draft: DraftMarks, is_broken: bool) -> MarksFile {
    let DraftMarks { by, tlp, marks } = draft;
    let by = by.map(|by| by.value.to_string());
    MarksFile {
        by: by.unwrap_or_else(|| author(source.name()).to_owned()),
        tlp: tlp.map(|tlp| tlp.value).max(is_broken.then_some(Tlp::Red)),
        marks: marks.into_iter().filter_map(mark).collect(),
    }
}

/// The name of a marks file without folders and endings, for the author of its marks.
fn author(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = name.strip_suffix(".toml").unwrap_or(name);
    name.strip_suffix(".marks").unwrap_or(name)
}

/// A mark; `None` if it does not say what it is on.
fn mark(draft: DraftMark) -> Option<FileMark> {
    let text = |text: LocatedText| text.value.to_string();
    let item = match (draft.event, draft.line) {
        (Some(event), _) => MarkedItem::Event(text(event)),
        (None, Some(line)) => MarkedItem::Row {
            line: line.value,
            print: draft.print,
        },
        (None, None) => return None,
    };
    Some(FileMark {
        of: text(draft.of?),
        item,
        mark: EventMark {
            is_starred: draft.is_starred,
            tags: draft.tags.into_iter().map(text).collect(),
            note: draft.note.map(text).unwrap_or_default(),
            tlp: draft.tlp.map(|tlp| tlp.value),
        },
        place: draft.place,
    })
}
