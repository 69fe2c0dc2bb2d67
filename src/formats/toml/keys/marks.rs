//! The keys of a marks file, which is a file of its own next to a timeline.

use super::file_key::ValueShape;
use super::given::GivenTable;
use super::row::{KeyRow, TableRows};
use crate::diagnostic::{Diagnostic, MISSING_KEY, TextPlace, UNKNOWN_KEY, WRONG_TYPE};
use crate::formats::toml::reader::TomlReader;
use crate::timeline::RowPrint;
use crate::timeline::draft::{Located, LocatedText};
use crate::timeline::term::Tlp;

/// What was read of a marks file.
#[derive(Debug, Default)]
pub(in crate::formats::toml) struct DraftMarks {
    pub by: Option<LocatedText>,
    pub tlp: Option<Located<Tlp>>,
    pub marks: Vec<DraftMark>,
}

#[derive(Debug, Default)]
pub(in crate::formats::toml) struct DraftMark {
    pub of: Option<LocatedText>,
    pub line: Option<Located<u32>>,
    pub print: Option<RowPrint>,
    pub event: Option<LocatedText>,
    pub is_starred: bool,
    pub tags: Vec<LocatedText>,
    pub note: Option<LocatedText>,
    pub tlp: Option<Located<Tlp>>,
    pub place: TextPlace,
}

type RootKey = KeyRow<DraftMarks>;
type MarkKey = KeyRow<DraftMark>;

static ROOT: TableRows<DraftMarks> = TableRows {
    heading: "",
    name: "a marks file",
    head: None,
    rows: &[
        RootKey::custom("format", ValueShape::Format, |reader, _, given, _| {
            reader.format(given);
        })
        .summary("the version of the format")
        .example("1"),
        RootKey::text("by", |marks| &mut marks.by)
            .summary("who made the marks; without it, the name of the file")
            .example("\"Ana\""),
        RootKey::marking(|marks| &mut marks.tlp)
            .summary("how far marks without a marking of their own may be passed on")
            .example("\"AMBER\""),
        RootKey::custom(
            "marks",
            ValueShape::TableList(&MARK),
            |reader, marks, given, unread| {
                for table in reader.tables(given, unread) {
                    let mark = reader.mark(table);
                    marks.marks.push(mark);
                }
            },
        )
        .summary("the marks"),
    ],
};

static MARK: TableRows<DraftMark> = TableRows {
    heading: "[[marks]]",
    name: "a mark",
    head: None,
    rows: &[
        MarkKey::text("of", |mark| &mut mark.of)
            .required(
                &MISSING_KEY,
                "write the name of the file that the mark is about, without folders",
            )
            .summary("the file with the event, without folders")
            .example("\"hayabusa.csv\""),
        MarkKey::custom("line", ValueShape::Line, |reader, mark, given, _| {
            mark.line = reader.decode::<u32>(given).filter(|line| line.value > 0);
        })
        .summary("the line of a row of a log")
        .example("18233"),
        MarkKey::custom("print", ValueShape::Text, |reader, mark, given, _| {
            let Some(text) = reader.text(given.value, "print") else {
                return;
            };
            mark.print = RowPrint::parse(&text.value);
            if mark.print.is_none() {
                let finding = Diagnostic::new(&WRONG_TYPE, text.place, "this is not a print")
                    .label("expected eight hexadecimal digits")
                    .help("delete the key: dateline writes it when it saves the marks");
                reader.report(finding);
            }
        })
        .summary("the check of the row's bytes by which it is found if lines moved")
        .example("\"c3f0a1d2\""),
        MarkKey::text("event", |mark| &mut mark.event)
            .summary("the id of an event, instead of a line")
            .example("\"commission-compromise\""),
        MarkKey::custom("star", ValueShape::YesNo, |reader, mark, given, _| {
            let star = reader.decode::<bool>(given);
            mark.is_starred = star.is_some_and(|star| star.value);
        })
        .summary("whether it has a star")
        .example("true"),
        MarkKey::text_list("tags", |mark| &mut mark.tags)
            .summary("tags of your own")
            .example("[\"ioc\"]"),
        MarkKey::text("note", |mark| &mut mark.note)
            .summary("a note")
            .example("\"First use of the stolen token.\""),
        MarkKey::marking(|mark| &mut mark.tlp)
            .summary("how far the mark may be passed on")
            .example("\"AMBER\""),
    ],
};

impl TomlReader<'_> {
    /// Reads the whole of a marks file.
    pub(in crate::formats::toml) fn marks(&mut self, tree: ::toml::de::DeTable<'_>) -> DraftMarks {
        let mut marks = DraftMarks::default();
        let table = GivenTable {
            place: self.place(0..0),
            entries: tree,
        };
        let unread = self.read_table(&ROOT, table, &mut marks);
        unread.mark(&mut marks.tlp);
        marks
    }

    fn mark(&mut self, table: GivenTable<'_>) -> DraftMark {
        let place = table.place;
        let mut mark = DraftMark {
            place,
            ..DraftMark::default()
        };
        let names = |name: &str| table.entries.contains_key(name);
        let (has_line, has_event) = (names("line"), names("event"));
        let unread = self.read_table(&MARK, table, &mut mark);
        unread.mark(&mut mark.tlp);
        match (has_line, has_event) {
            (false, false) => {
                let message = "a mark lacks `line` or `event`";
                let finding = Diagnostic::new(&MISSING_KEY, place, message)
                    .label("expected one of them")
                    .help("write the line of a row as `line = 18233`, or the id of an event as `event = \"id\"`");
                self.report(finding);
            }
            (true, true) => {
                let line = mark.line.as_ref().map_or(place, |line| line.place);
                let message = "a mark with `event` has no `line`";
                let finding = Diagnostic::new(&UNKNOWN_KEY, line, message)
                    .label("not read")
                    .help("delete one of the two");
                self.report(finding);
            }
            _ => {}
        }
        mark
    }
}
