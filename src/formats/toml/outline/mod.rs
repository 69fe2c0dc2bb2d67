//! The outline of a timeline in TOML: its tables, keys and texts, and where they are, however broken the text is.
//!
//! A reader needs whole values; an editor needs the place of the caret while they are written.

mod text_value;
mod value_scan;

use std::ops::Range;

pub use self::text_value::OutlineText;
use self::value_scan::{ScannedPair, ScannedValue, ValueScan};
use super::keys::{FILE_TABLES, FileKey, FileTable, IdSpace, ValueShape};
use super::statements::{TextStatements, TextTrust};

/// The outline of a text.
#[derive(Debug)]
pub struct TimelineOutline {
    /// The top of the file, then each table with a heading.
    pub tables: Vec<OutlineTable>,
}

/// A table with a heading, or the top of the file.
#[derive(Debug)]
pub struct OutlineTable {
    /// `None` for a table that a timeline does not have.
    pub kind: Option<&'static dyn FileTable>,
    /// The heading from its first bracket to its last; empty at the top of the file.
    pub heading: Range<usize>,
    /// The author's id in the heading.
    pub id: Option<OutlineText>,
    /// From the heading to the end of the last key.
    pub range: Range<usize>,
    pub keys: Vec<OutlineKey>,
}

/// A key with its value.
#[derive(Debug)]
pub struct OutlineKey {
    /// `None` for a key that its table does not have.
    pub key: Option<&'static FileKey>,
    pub name: OutlineText,
    /// The byte after the `=`, if there is one.
    pub equals: Option<usize>,
    /// From the name to the end of the value.
    pub range: Range<usize>,
    pub value: Range<usize>,
    /// Whether the value is in square brackets.
    pub is_list: bool,
    /// The texts, dates, numbers and other words in the value, without those in inline tables.
    pub texts: Vec<OutlineText>,
    /// The inline tables in the value.
    pub tables: Vec<InlineTable>,
}

/// A table in braces.
#[derive(Debug)]
pub struct InlineTable {
    pub kind: Option<&'static dyn FileTable>,
    /// Between its braces.
    pub inside: Range<usize>,
    pub keys: Vec<OutlineKey>,
}

impl TimelineOutline {
    pub fn of(text: &str) -> Self {
        let mut tables = vec![OutlineTable::top()];
        for range in TextStatements::new(text, TextTrust::Careful) {
            let statement = text.get(range.clone()).unwrap_or_default();
            let indent = statement.len() - statement.trim_start_matches([' ', '\t']).len();
            if statement.trim_start().starts_with('[') {
                tables.push(OutlineTable::headed(text, range.start + indent));
                continue;
            }
            let Some(table) = tables.last_mut() else {
                continue;
            };
            if let Some(pair) = ValueScan::statement(text, range) {
                let key = OutlineKey::new(pair, table.kind);
                table.range.end = table.range.end.max(key.range.end);
                table.keys.push(key);
            }
        }
        Self { tables }
    }

    /// The number of the table in which a byte is: the last that begins before it.
    pub fn table_at(&self, byte: usize) -> usize {
        let next = self
            .tables
            .partition_point(|table| table.heading.start <= byte);
        // The heading of the top is empty and at the first byte, where another may begin.
        next.saturating_sub(1)
    }
}

impl OutlineTable {
    fn top() -> Self {
        Self {
            kind: Some(FILE_TABLES[0]),
            heading: 0..0,
            id: None,
            range: 0..0,
            keys: Vec::new(),
        }
    }

    /// The table whose heading begins at a byte.
    fn headed(text: &str, start: usize) -> Self {
        let line = text.get(start..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let parts = heading_parts(line, start);
        let end = parts.end;
        let mut names = parts.names.into_iter();
        let (first, second) = (names.next(), names.next());
        let name = |part: &Option<OutlineText>| {
            part.as_ref().map_or("", |it| it.value.as_str()).to_owned()
        };
        let (first, id) = (name(&first), second);
        let path = name(&id);
        let [_, headed @ ..] = FILE_TABLES;
        let kind = headed.into_iter().find(|table| {
            let known = table.heading().trim_matches(['[', ']']);
            match known.strip_suffix(".ID") {
                Some(kind) => kind == first && id.is_some(),
                None => known == dotted(&first, &path),
            }
        });
        let is_named = kind.is_some_and(|table| table.heading().ends_with(".ID]"));
        Self {
            kind,
            heading: start..end,
            id: id.filter(|_| is_named),
            range: start..end,
            keys: Vec::new(),
        }
    }

    /// The kind of the ids that this table declares: an id in its heading, or its key `id`.
    pub fn id_space(&self) -> Option<IdSpace> {
        id_space(self.kind?)
    }

    /// The key of a name, if the table has it.
    pub fn key(&self, name: &str) -> Option<&OutlineKey> {
        self.keys.iter().find(|key| key.name.value == name)
    }

    /// The text of a key, if the table has it.
    pub fn text(&self, name: &str) -> Option<&OutlineText> {
        self.key(name)?.texts.first()
    }

    /// The id that the table declares, as it is written.
    pub fn own_id(&self) -> Option<&OutlineText> {
        self.id.as_ref().or_else(|| {
            self.id_space()?;
            self.text("id")
        })
    }

    /// Whether this is a table of a heading such as `[[events]]`.
    pub fn is(&self, heading: &str) -> bool {
        self.kind.is_some_and(|kind| kind.heading() == heading)
    }
}

impl OutlineKey {
    fn new(pair: ScannedPair, table: Option<&'static dyn FileTable>) -> Self {
        let ScannedPair {
            name,
            equals,
            value,
        } = pair;
        let key = table.and_then(|table| table.keys().find(|key| key.name == name.value));
        let inner = key.and_then(|key| match key.shape {
            ValueShape::Table(table) | ValueShape::TableList(table) => Some(table),
            _ => None,
        });
        let ScannedValue {
            range,
            is_list,
            texts,
            tables,
        } = value;
        let tables = tables.into_iter().map(|table| InlineTable {
            kind: inner,
            inside: table.inside,
            keys: (table.pairs.into_iter())
                .map(|pair| Self::new(pair, inner))
                .collect(),
        });
        Self {
            key,
            range: name.place.start..range.end.max(name.place.end),
            name,
            equals,
            value: range,
            is_list,
            texts,
            tables: tables.collect(),
        }
    }
}

/// The kind of the ids that a table declares.
fn id_space(table: &dyn FileTable) -> Option<IdSpace> {
    match table.heading() {
        "[[events]]" => Some(IdSpace::Event),
        "[[events.claims]]" => Some(IdSpace::Claim),
        "[sources.ID]" => Some(IdSpace::Source),
        "[entities.ID]" => Some(IdSpace::Entity),
        "[views.ID]" => Some(IdSpace::View),
        _ => None,
    }
}

fn dotted(first: &str, second: &str) -> String {
    if second.is_empty() {
        first.to_owned()
    } else {
        format!("{first}.{second}")
    }
}

/// The keys of a heading, and the byte after its last bracket.
struct HeadingParts {
    names: Vec<OutlineText>,
    end: usize,
}

/// The keys of the heading that a line is, which begins at a byte of the text.
fn heading_parts(line: &str, start: usize) -> HeadingParts {
    let brackets = line.len() - line.trim_start_matches('[').len();
    let body = line.get(brackets..).unwrap_or_default();
    let mut names = Vec::new();
    let mut at = brackets;
    let mut rest = body;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '.']);
        at += rest.len() - trimmed.len();
        rest = trimmed;
        let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''));
        let length = match quote {
            Some(quote) => rest
                .get(1..)
                .and_then(|inner| inner.find(quote))
                .map_or(rest.len(), |end| end + 2),
            None => rest.find(['.', ']', '#', ' ', '\t']).unwrap_or(rest.len()),
        };
        if length == 0 {
            break;
        }
        let written = rest.get(..length).unwrap_or_default();
        let place = start + at..start + at + length;
        names.push(match quote {
            Some(quote) => {
                let marks = usize::from(length > 1 && written.ends_with(quote));
                let inside = place.start + 1..(place.end - marks).max(place.start + 1);
                OutlineText::in_line(line, start, place, inside)
            }
            None => OutlineText::bare(written, place.start),
        });
        at += length;
        rest = rest.get(length..).unwrap_or_default();
    }
    let closing = rest.len() - rest.trim_start_matches(']').len();
    HeadingParts {
        names,
        end: start + at + closing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: &str) -> Vec<String> {
        let outline = TimelineOutline::of(text);
        let tables = outline.tables.iter().map(|table| {
            let heading = table.kind.map_or("?", |kind| kind.heading());
            let id = table.own_id().map_or("", |id| id.value.as_str());
            let keys = table.keys.iter().map(|key| {
                let texts: Vec<&str> = key.texts.iter().map(|it| it.value.as_str()).collect();
                format!("{}={}", key.name.value, texts.join("+"))
            });
            let keys: Vec<String> = keys.collect();
            let words = [heading, id]
                .into_iter()
                .chain(keys.iter().map(String::as_str));
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            words.join(" ")
        });
        tables.filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn tables_and_keys_are_found_in_a_text_without_mistakes() {
        let text = "format = 1\n[sources.\"a.b\"] # c\ntitle = 'x' # y\n  [[ events . claims ]]\nid = \"c\"\n\
                    answers = [\"a\", # one\n  'b']\n[tool.x]\na = 1\n";
        let expected = [
            "format=1",
            "[sources.ID] a.b title=x",
            "[[events.claims]] c id=c answers=a+b",
            "? a=1",
        ];
        assert_eq!(described(text), expected);
    }

    #[test]
    fn what_is_broken_is_taken_as_far_as_it_goes() {
        let text =
            "[[events]\ntitle = \"x\nactors = [\"a\",\nwhen\n[entities.b\nname = \n[[]]\n=\n";
        let expected = [
            // A list that is not closed goes on to the next key that has a value.
            "[[events]] title=x actors=a+when",
            "[entities.ID] b name=",
            "? =",
        ];
        assert_eq!(described(text), expected);
    }

    #[test]
    fn the_keys_of_an_inline_table_have_places() {
        let text = "[[events]]\nlinks = [{ to = \"a\", as = \"caused-by\" }, { to = \"b\" ]\n";
        let outline = TimelineOutline::of(text);
        let tables = &outline.tables[1].keys[0].tables;
        let to = &tables[1].keys[0];
        assert_eq!(tables.len(), 2);
        assert!(to.key.is_some_and(FileKey::is_required));
        assert_eq!(text.get(to.texts[0].place.clone()), Some("\"b\""));
    }

    #[test]
    fn a_byte_is_in_the_table_whose_heading_is_above_it() {
        let text = "[[events]]\n\n[timeline]\n";
        let outline = TimelineOutline::of(text);
        let tables = [0, 11, 12, text.len()].map(|byte| outline.table_at(byte));
        assert_eq!(tables, [1, 1, 2, 2]);
        assert_eq!(TimelineOutline::of("\n[timeline]").table_at(0), 0);
    }
}
