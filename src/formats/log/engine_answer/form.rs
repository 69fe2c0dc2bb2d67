//! The forms of answers, as a table: where the rows of each are.

use std::borrow::Cow;

use super::columns;
use super::gaps::{self, AnswerGap, AnswerParts};
use crate::formats::log::json_entries::text_of;
use crate::formats::log::json_path::{first_item, items, value_at};
use crate::formats::log::json_scanner::RawJson;
use crate::formats::log::table_sample::TableSample;

/// The answers of one kind of engine.
pub(super) struct AnswerForm {
    /// The engine, for people.
    pub engine: &'static str,
    find: fn(&str) -> Option<RowsPlace>,
    /// The shortest document up to its rows. What is behind the rows of any such document completes it.
    pub before: &'static str,
    /// What completes a document whose rows are cut off.
    pub behind: &'static str,
    pub gaps: fn(&AnswerParts<'_>) -> Vec<AnswerGap>,
}

/// Where the rows of an answer are.
pub(super) struct RowsPlace {
    /// The first byte of the first row, or of the bracket that closes the list of rows if there are none.
    pub from: usize,
    /// The names of the columns, if rows are lists of values.
    pub names: Option<Vec<String>>,
}

/// Every form. The first that fits is taken.
static FORMS: &[AnswerForm] = &[
    AnswerForm {
        engine: "OpenSearch",
        find: |head| objects_at(head, "hits.hits"),
        before: "{\"hits\":{\"hits\":[",
        behind: "]}}",
        gaps: gaps::of_search,
    },
    AnswerForm {
        engine: "ClickHouse",
        find: |head| {
            let names = columns::named(head, "meta", "name")?;
            let from = first_item(head, "data")?;
            let is_of_lists = head.get(from..)?.starts_with('[');
            let names = is_of_lists.then_some(names);
            Some(RowsPlace { from, names })
        },
        before: "{\"data\":[",
        behind: "]}",
        gaps: gaps::of_clickhouse,
    },
    AnswerForm {
        engine: "Kusto",
        find: |head| in_tables(head, ["Tables", "Columns", "ColumnName", "Rows"]),
        before: "{\"Tables\":[{\"Rows\":[",
        behind: "]}]}",
        gaps: gaps::of_kusto_tables,
    },
    AnswerForm {
        engine: "Azure Monitor",
        find: |head| in_tables(head, ["tables", "columns", "name", "rows"]),
        before: "{\"tables\":[{\"rows\":[",
        behind: "]}]}",
        gaps: gaps::of_azure_monitor,
    },
    AnswerForm {
        engine: "Kusto",
        find: in_frames,
        before: "[{\"Rows\":[",
        behind: "]}]",
        gaps: gaps::of_kusto_frames,
    },
    // `duckdb -json` and others write so that nothing was found.
    AnswerForm {
        engine: "the engine",
        find: |head| {
            let inner = head.trim().strip_prefix('[')?.strip_suffix(']')?;
            let from = head.find(']')?;
            inner
                .trim()
                .is_empty()
                .then_some(RowsPlace { from, names: None })
        },
        before: "[",
        behind: "]",
        gaps: |_| Vec::new(),
    },
];

/// An answer that was recognised by its head.
pub(in crate::formats::log) struct EngineAnswer<'t> {
    pub(super) form: &'static AnswerForm,
    pub(super) rows: RowsPlace,
    head: &'t str,
}

impl<'t> EngineAnswer<'t> {
    /// The answer with this head, which may break off behind its first row.
    pub fn recognise(head: &'t str) -> Option<Self> {
        FORMS.iter().find_map(|form| {
            let rows = (form.find)(head)?;
            Some(Self { form, rows, head })
        })
    }

    /// Whether its first row breaks off.
    pub fn is_open(&self) -> bool {
        let rest = self.head.get(self.rows.from..).unwrap_or_default();
        !rest.starts_with(']') && items(rest, 0).next().is_none()
    }

    /// The first rows.
    pub fn sample(&self) -> TableSample {
        let mut sample = TableSample {
            names: self.rows.names.clone().unwrap_or_default(),
            rows: Vec::new(),
        };
        let wrapper = self.wrapper();
        let unwrapped: Vec<String> = wrapper.into_iter().map(str::to_owned).collect();
        for row in items(self.head, self.rows.from) {
            // A row that cannot be read is reported when the rows are.
            let _ = match &self.rows.names {
                Some(names) => sample.add_object(&columns::object(names, row), &unwrapped),
                None => sample.add_object(row, &unwrapped),
            };
        }
        match wrapper {
            Some(FIELDS) => without_lists(sample),
            _ => sample,
        }
    }

    /// The value of each row whose entries are the columns, if the row has other things next to them.
    pub fn wrapper(&self) -> Option<&'static str> {
        let row = items(self.head, self.rows.from).next()?;
        wrapper_of(row)
    }
}

/// The value of a hit of a search engine with the document: the whole of it, or the fields that were asked for.
pub(in crate::formats::log) fn wrapper_of(row: &str) -> Option<&'static str> {
    let object = |name| {
        let at = value_at(row, name)?;
        row.get(at..)?.starts_with('{').then_some(name)
    };
    let has_index = || value_at(row, "_index").is_some();
    object("_source").or_else(|| object(FIELDS).filter(|_| has_index()))
}

/// The value of a hit with the fields that were asked for: lists of values.
pub(in crate::formats::log) const FIELDS: &str = "fields";

/// The only item of a list.
pub(in crate::formats::log) fn only_item(list: &str) -> Option<Cow<'_, str>> {
    let from = list.starts_with('[').then_some(1)?;
    let mut all = items(list, from);
    let first = all.next()?;
    all.next().is_none().then(|| text_of(RawJson::of(first)))
}

/// Takes the only items of lists for values.
pub(in crate::formats::log) fn without_lists(mut sample: TableSample) -> TableSample {
    for cell in sample.rows.iter_mut().flatten() {
        if let Some(item) = only_item(cell).map(Cow::into_owned) {
            *cell = item;
        }
    }
    sample
}

fn objects_at(head: &str, path: &str) -> Option<RowsPlace> {
    let from = first_item(head, path)?;
    let is_of_objects = head.get(from..)?.starts_with(['{', ']']);
    is_of_objects.then_some(RowsPlace { from, names: None })
}

/// The rows of the first of several tables, by the names of the tables, their columns, the name of a column and the rows.
fn in_tables(head: &str, [tables, columns, name, rows]: [&str; 4]) -> Option<RowsPlace> {
    let at = first_item(head, tables)?;
    let table = head.get(at..)?;
    let names = columns::named(table, columns, name)?;
    let from = at + first_item(table, rows)?;
    let names = Some(names);
    Some(RowsPlace { from, names })
}

/// The rows of the first frame that has any, of the frames of Kusto's second version.
fn in_frames(head: &str) -> Option<RowsPlace> {
    let list = head.strip_prefix('[')?;
    let mut names = None;
    for at in starts(list) {
        let frame = list.get(at..)?;
        let value = |name| frame.get(value_at(frame, name)?..);
        value("FrameType")?;
        let kind = value("TableKind");
        if kind.is_some_and(|kind| kind.starts_with("\"PrimaryResult\"")) {
            names = columns::named(frame, "Columns", "ColumnName");
        } else if value("TableFragmentType").is_none() {
            continue;
        }
        if let Some(from) = first_item(frame, "Rows").filter(|_| names.is_some()) {
            let from = head.len() - frame.len() + from;
            return Some(RowsPlace { from, names });
        }
    }
    None
}

/// Where the values of a list begin, even the last if it breaks off.
fn starts(list: &str) -> impl Iterator<Item = usize> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = list.get(start..)?;
        let begin = rest.trim_start_matches(|it: char| it.is_ascii_whitespace() || it == ',');
        let begin = list.len() - begin.len();
        at = items(list, begin).next().map(|item| begin + item.len());
        (begin < list.len()).then_some(begin)
    })
}
