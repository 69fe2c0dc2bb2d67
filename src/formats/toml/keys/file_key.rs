//! A key of the timeline file, described for people and for the programs that help them to write it.

use crate::diagnostic::FindingKind;
use crate::formats::toml::closed_words::{WordList, listed};
use crate::formats::toml::value::{DATE, TABLE, TEXT, TEXT_LIST};

/// A key of a table of the timeline file.
#[derive(Debug)]
pub struct FileKey {
    /// The key as it is written.
    pub name: &'static str,
    /// The type of its value.
    pub shape: ValueShape,
    /// The meaning of the texts in its value.
    pub content: KeyContent,
    /// One line for people.
    pub summary: &'static str,
    /// A value as it is written in a file. Empty for a key whose values are tables with headings.
    pub example: &'static str,
    /// The finding where the key is missing, if its table cannot do without it.
    pub(in crate::formats::toml) missing: Option<MissingKey>,
}

impl FileKey {
    /// The type of its value and the meaning of its texts, for people, such as "ids of entities".
    pub fn expected(&self) -> String {
        match self.shape {
            ValueShape::Date => "a date".to_owned(),
            ValueShape::TextOrDate => "a text, or a date".to_owned(),
            ValueShape::Format => format!("`{}`", self.example),
            ValueShape::Minutes | ValueShape::Line => "a number".to_owned(),
            ValueShape::YesNo => "`true` or `false`".to_owned(),
            ValueShape::Table(table) => format!("the table `{}`", table.heading()),
            ValueShape::NamedTables(table) => format!("tables `{}`", table.heading()),
            ValueShape::TableList(table) if self.example.is_empty() => {
                format!("tables `{}`", table.heading())
            }
            ValueShape::TableList(table) => format!("a list: `{}`", table.heading()),
            ValueShape::Text => self.content.of_text(),
            ValueShape::TextList => self.content.of_list(),
            ValueShape::TextOrList => match self.content {
                KeyContent::Closed(words) => {
                    format!("one or several of {}", listed(&words.words()))
                }
                content => format!("{}, or {}", content.of_text(), content.of_list()),
            },
        }
    }

    /// Whether its table cannot do without it.
    pub const fn is_required(&self) -> bool {
        self.missing.is_some()
    }
}

/// The finding about a table that lacks a key.
#[derive(Debug)]
pub(in crate::formats::toml) struct MissingKey {
    pub(in crate::formats::toml) kind: &'static FindingKind,
    /// What is shown in its place, if anything is.
    pub(in crate::formats::toml) substitute: Option<&'static str>,
    pub(in crate::formats::toml) help: &'static str,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum ValueShape {
    /// A text.
    Text,
    /// A list of texts.
    TextList,
    /// A text, or a list of texts.
    TextOrList,
    /// A date in quotation marks, a date as TOML writes it, or a year.
    Date,
    /// A text, or a date as TOML writes it, or a year.
    TextOrDate,
    /// The number of the format.
    Format,
    /// A number of minutes, whole or not.
    Minutes,
    /// The number of a line.
    Line,
    /// `true` or `false`.
    YesNo,
    /// A table with a heading of its own.
    Table(&'static dyn FileTable),
    /// Tables of one heading, or a list of inline tables.
    TableList(&'static dyn FileTable),
    /// Tables with the author's ids in their headings.
    NamedTables(&'static dyn FileTable),
}

/// The meaning of the texts in a value.
#[derive(Clone, Copy, Debug)]
pub enum KeyContent {
    /// Words of the author's own.
    Free,
    /// An id that others may name.
    OwnId(IdSpace),
    /// An id that is declared elsewhere in the file.
    Reference(IdSpace),
    Closed(WordList),
    /// A word of a list, or another word.
    Usual(WordList),
    /// The id of an ATT&CK technique.
    Technique,
    /// The id of an ATT&CK group.
    AttackGroup,
    /// A term of the claim's yardstick.
    YardstickTerm,
    /// A filter, as it is typed on the screen.
    Filter,
    /// An offset from UTC, or a place of the time zone database.
    TimeZone,
    /// An address on the web.
    Url,
    /// What the key `about` of the same claim says: the id of an entity, a date, or words.
    ByAspect,
}

impl KeyContent {
    /// One text, for people.
    fn of_text(self) -> String {
        match self {
            Self::Free | Self::ByAspect => "a text".to_owned(),
            Self::OwnId(_) => "an id".to_owned(),
            Self::Reference(ids) => format!("the id of {}", ids.nouns()[0]),
            Self::Closed(words) => listed(&words.words()),
            Self::Usual(words) => format!("{}, or another word", listed(&words.words())),
            Self::Technique => "the id of an ATT&CK technique".to_owned(),
            Self::AttackGroup => "the id of an ATT&CK group".to_owned(),
            Self::YardstickTerm => "a term of the yardstick".to_owned(),
            Self::Filter => "a filter".to_owned(),
            Self::TimeZone => "an offset from UTC, or a place such as `Europe/London`".to_owned(),
            Self::Url => "an address".to_owned(),
        }
    }

    /// A list of texts, for people.
    fn of_list(self) -> String {
        match self {
            Self::Reference(ids) => format!("a list of ids of {}", ids.nouns()[1]),
            Self::Technique => "a list of ids of ATT&CK techniques".to_owned(),
            Self::Closed(words) => format!("a list of {}", listed(&words.words())),
            Self::Free
            | Self::ByAspect
            | Self::OwnId(_)
            | Self::Usual(_)
            | Self::AttackGroup
            | Self::YardstickTerm
            | Self::Filter
            | Self::TimeZone
            | Self::Url => TEXT_LIST.to_owned(),
        }
    }
}

/// What an id is the id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdSpace {
    /// `[[events]]`
    Event,
    /// `[[events.claims]]`
    Claim,
    /// `[sources.ID]`
    Source,
    /// `[entities.ID]`
    Entity,
    /// `[views.ID]`
    View,
}

impl IdSpace {
    /// The word for one, with its article, and for several.
    const fn nouns(self) -> [&'static str; 2] {
        match self {
            Self::Event => ["an event", "events"],
            Self::Claim => ["a claim", "claims"],
            Self::Source => ["a source", "sources"],
            Self::Entity => ["an entity", "entities"],
            Self::View => ["a view", "views"],
        }
    }
}

/// A table of the timeline file.
pub trait FileTable: std::fmt::Debug + Sync {
    /// The heading above it, with `ID` for an id of the author's own. Empty for the top of the file.
    fn heading(&self) -> &'static str;

    /// What the table describes, with its article.
    fn name(&self) -> &'static str;

    /// Its keys, in the order in which they are explained.
    fn keys(&self) -> Box<dyn Iterator<Item = &'static FileKey> + '_>;
}

impl ValueShape {
    /// The value that was expected where another one is written.
    pub(in crate::formats::toml) fn wanted(&self, example: &str) -> String {
        match self {
            Self::Text | Self::TextOrDate => TEXT.to_owned(),
            Self::TextList | Self::TextOrList => TEXT_LIST.to_owned(),
            Self::Date => DATE.to_owned(),
            Self::Format => "the number 1".to_owned(),
            Self::Minutes => "a number of minutes".to_owned(),
            Self::Line => "the number of a line".to_owned(),
            Self::YesNo => "`true` or `false`".to_owned(),
            Self::Table(_) => TABLE.to_owned(),
            Self::TableList(_) if !example.is_empty() => format!("a list such as `{example}`"),
            Self::TableList(table) | Self::NamedTables(table) => {
                format!("tables headed `{}`", table.heading())
            }
        }
    }
}
