//! The keys at the top of a timeline file.

use ::toml::de::DeTable;

use super::briefing::{QUESTION, SCENE};
use super::declarations::{ENTITY, HEAD, SOURCE, VIEW};
use super::events::EVENT;
use super::file_key::ValueShape;
use super::given::{GivenKey, GivenTable};
use super::row::{KeyRow, SortedKeys, TableRows};
use crate::diagnostic::{Diagnostic, UNKNOWN_FORMAT};
use crate::formats::toml::reader::TomlReader;

/// The draft of the whole is that of the reader: a long text has many roots, one a piece.
type RootKey = KeyRow<()>;

pub(super) static ROOT: TableRows<()> = TableRows {
    heading: "",
    name: "a timeline",
    head: Some(&HEAD),
    rows: &[
        RootKey::custom("format", ValueShape::Format, |reader, (), given, _| {
            reader.format(given);
        })
        .summary("the version of the format")
        .example("1"),
        RootKey::custom(
            "timeline",
            ValueShape::Table(&HEAD),
            |reader, (), given, _| {
                if let Some(table) = reader.table(given.value, given.key.name) {
                    let head = reader.head(table);
                    reader.reading.draft.head.append(head);
                }
            },
        )
        .summary("what the whole is about"),
        RootKey::custom(
            "sources",
            ValueShape::NamedTables(&SOURCE),
            |reader, (), given, _| {
                for (id, table) in reader.named_tables(given) {
                    let source = reader.declared_source(id, table);
                    reader.reading.draft.sources.push(source);
                }
            },
        )
        .summary("the documents"),
        RootKey::custom(
            "entities",
            ValueShape::NamedTables(&ENTITY),
            |reader, (), given, _| {
                for (id, table) in reader.named_tables(given) {
                    let entity = reader.declared_entity(id, table);
                    reader.reading.draft.entities.push(entity);
                }
            },
        )
        .summary("the people, groups, bodies and systems"),
        RootKey::custom(
            "events",
            ValueShape::TableList(&EVENT),
            |reader, (), given, unread| {
                for table in reader.tables(given, unread) {
                    let event = reader.event(table);
                    reader.reading.draft.events.push(event);
                }
            },
        )
        .summary("the events"),
        RootKey::custom(
            "views",
            ValueShape::NamedTables(&VIEW),
            |reader, (), given, _| {
                for (id, table) in reader.named_tables(given) {
                    let view = reader.declared_view(id, table);
                    reader.reading.draft.views.push(view);
                }
            },
        )
        .summary("filters with a name"),
        RootKey::custom(
            "scenes",
            ValueShape::TableList(&SCENE),
            |reader, (), given, unread| {
                for table in reader.tables(given, unread) {
                    let scene = reader.scene(table);
                    reader.reading.draft.scenes.push(scene);
                }
            },
        )
        .summary("the scenes of a briefing"),
        RootKey::custom(
            "questions",
            ValueShape::TableList(&QUESTION),
            |reader, (), given, unread| {
                for table in reader.tables(given, unread) {
                    let question = reader.question(table);
                    reader.reading.draft.questions.push(question);
                }
            },
        )
        .summary("open questions"),
    ],
};

impl TomlReader<'_> {
    /// Adds a tree to the draft.
    pub(in crate::formats::toml) fn read_root(&mut self, tree: DeTable<'_>) {
        let table = GivenTable {
            place: self.place(0..0),
            entries: tree,
        };
        let mut keys = SortedKeys::new(&ROOT, table);
        let mut unread = self.read_known(&mut keys, &mut ());
        for (key, value) in &keys.unknown {
            self.lose_claims(key.get_ref(), value.get_ref());
        }
        self.report_unknown(&keys, &mut unread);
        // A marking outside of `[timeline]` marks the file.
        unread.mark_file(&mut self.reading.draft.head);
    }

    pub(super) fn format(&mut self, given: GivenKey<'_>) {
        let Some(format) = self.decode::<i64>(given) else {
            return;
        };
        if format.value != 1 {
            let message = format!("this is format {}", format.value);
            let finding = Diagnostic::new(&UNKNOWN_FORMAT, format.place, message)
                .label("expected 1")
                .help("write `format = 1`, or open the file with the dateline it was written for");
            self.report(finding);
        }
    }
}
