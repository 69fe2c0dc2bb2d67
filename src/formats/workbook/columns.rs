//! The sheets of a workbook that dateline writes and reads back, next to those of its events: their columns, and the keys of
//! a timeline that these are.

/// A sheet with what a timeline declares.
#[derive(Debug)]
pub(in crate::formats) struct DeclaredSheet {
    pub name: &'static str,
    /// The table of a timeline that its rows are: the key at its top, or the key of an event.
    pub table: &'static str,
    /// The columns by which it is known.
    pub signs: &'static [&'static str],
    pub columns: &'static [SheetColumn],
}

/// A column of such a sheet.
#[derive(Debug)]
pub(in crate::formats) struct SheetColumn {
    pub name: &'static str,
    /// The key of the table; empty for what only helps people to read the row.
    pub key: &'static str,
    pub form: CellForm,
    /// Whether the column is left out where no row has a value in it.
    pub is_rare: bool,
}

/// How a cell states a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum CellForm {
    Text,
    /// Items with commas between them, or a list of JSON.
    List,
    /// The name of an entity.
    Entity,
    /// Names of entities.
    Entities,
    /// The title of a source.
    Source,
    /// Titles of sources.
    Sources,
    /// The value of a claim: of a party, the name of an entity.
    Value,
    /// The strictest marking of what the row names.
    Marking,
    /// The marking of the item itself, where that is not the strictest; [`UNMARKED`] if it has none.
    OwnMarking,
}

/// The word for an item without a marking of its own.
pub(in crate::formats) const UNMARKED: &str = "none";

/// The columns of a sheet of events that are not those of its records.
pub(in crate::formats) const OWN_MARKING: &str = "own_tlp";
pub(in crate::formats) const LISTED_SOURCES: &str = "listed_sources";

const fn column(name: &'static str, key: &'static str, form: CellForm) -> SheetColumn {
    SheetColumn {
        name,
        key,
        form,
        is_rare: false,
    }
}

const fn rare(name: &'static str, key: &'static str, form: CellForm) -> SheetColumn {
    SheetColumn {
        is_rare: true,
        ..column(name, key, form)
    }
}

const fn text(name: &'static str) -> SheetColumn {
    column(name, name, CellForm::Text)
}

const MARKING: SheetColumn = column("tlp", "", CellForm::Marking);
const RARE_MARKING: SheetColumn = rare(OWN_MARKING, "", CellForm::OwnMarking);

/// The columns by which a sheet of events is known.
pub(in crate::formats) const EVENT_SIGNS: [&str; 3] = ["message", "when_edtf", "event_id"];

/// The column of a claim that states its day although that is the day of its source, which it would have anyway.
pub(in crate::formats) const STATED: &str = "said_is_stated";

/// The column that says to which event a row belongs.
pub(in crate::formats) const EVENT_ID: &str = "event_id";

pub(in crate::formats) static CLAIMS: DeclaredSheet = DeclaredSheet {
    name: "Claims",
    table: "claims",
    signs: &[EVENT_ID, "stance"],
    columns: &[
        column(EVENT_ID, "", CellForm::Text),
        column("event", "", CellForm::Text),
        column("by", "by", CellForm::Entity),
        column("source", "source", CellForm::Source),
        text("at"),
        text("said"),
        rare(STATED, "", CellForm::Text),
        text("about"),
        column("value", "value", CellForm::Value),
        text("stance"),
        column("claim", "text", CellForm::Text),
        text("words"),
        text("likelihood"),
        rare("yardstick", "yardstick", CellForm::Text),
        text("confidence"),
        rare("id", "id", CellForm::Text),
        rare("answers", "answers", CellForm::List),
        MARKING,
        RARE_MARKING,
    ],
};

pub(in crate::formats) static LINKS: DeclaredSheet = DeclaredSheet {
    name: "Links",
    table: "links",
    signs: &[EVENT_ID, "to_event_id"],
    columns: &[
        column(EVENT_ID, "", CellForm::Text),
        column("event", "", CellForm::Text),
        text("as"),
        column("to_event_id", "to", CellForm::Text),
        column("to_event", "", CellForm::Text),
    ],
};

pub(in crate::formats) static ENTITIES: DeclaredSheet = DeclaredSheet {
    name: "Entities",
    table: "entities",
    signs: &["id", "name", "kind"],
    columns: &[
        column("id", "", CellForm::Text),
        text("name"),
        text("kind"),
        column("aliases", "aliases", CellForm::List),
        text("attack"),
        text("note"),
        MARKING,
    ],
};

pub(in crate::formats) static SOURCES: DeclaredSheet = DeclaredSheet {
    name: "Sources",
    table: "sources",
    signs: &["id", "title", "publisher"],
    columns: &[
        column("id", "", CellForm::Text),
        text("title"),
        text("publisher"),
        text("published"),
        text("url"),
        text("retrieved"),
        column("derives_from", "derives-from", CellForm::Sources),
        text("reliability"),
        text("standing"),
        text("note"),
        MARKING,
        RARE_MARKING,
    ],
};

pub(in crate::formats) static QUESTIONS: DeclaredSheet = DeclaredSheet {
    name: "Questions",
    table: "questions",
    signs: &["question", "status"],
    columns: &[
        column("question", "text", CellForm::Text),
        text("status"),
        column("event_ids", "events", CellForm::List),
        text("settles"),
        MARKING,
    ],
};

/// The sheet about the file. Its rows are keys and values; others than the columns are for people only.
pub(in crate::formats) static ABOUT: DeclaredSheet = DeclaredSheet {
    name: "About",
    table: "timeline",
    signs: &["about", "value"],
    columns: &[
        column("about", "", CellForm::Text),
        column("value", "", CellForm::Text),
    ],
};

/// The rows of [`ABOUT`] that are keys of the timeline.
pub(in crate::formats) const ABOUT_KEYS: [&str; 7] = [
    "title",
    "summary",
    "tlp",
    "banner",
    "yardstick",
    "zone",
    "start",
];

pub(in crate::formats) static DECLARED: [&DeclaredSheet; 6] =
    [&CLAIMS, &LINKS, &ENTITIES, &SOURCES, &QUESTIONS, &ABOUT];
