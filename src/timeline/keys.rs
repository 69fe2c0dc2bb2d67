//! Keys: the unique name of each event.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::mem;
use std::ops::Range;

use super::column::{LineColumn, TextColumn, TextRows, ValueColumn};
use super::link::EventId;
use crate::text::canonical;

/// The key of each event.
///
/// Events of a log are named by the log and their line. These keys are made on demand, not stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyColumn {
    /// The key of each row; empty if it is made on demand.
    written: TextColumn,
    /// The line of each row in its log; 0 if the key is stored.
    lines: LineColumn,
    /// The number of the log of each row.
    logs: ValueColumn<u16>,
    /// The names of the logs.
    names: Vec<Box<str>>,
}

impl KeyColumn {
    /// Adds a row with a stored key.
    pub fn push(&mut self, key: &str) {
        self.written.push(key);
        self.lines.push(0);
        self.logs.push(0);
    }

    /// The number of a log, whose rows are named by it and their lines.
    pub fn log(&mut self, name: &str) -> u16 {
        let known = self.names.iter().position(|known| **known == *name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        });
        u16::try_from(at).expect("there are not more logs than files")
    }

    /// The key of a line of a log.
    pub fn called(&self, log: u16, line: u32) -> String {
        let mut key = String::new();
        write_line(&self.names[usize::from(log)], line, &mut key);
        key
    }

    /// Adds rows of a log by their lines, counted from 1.
    pub fn extend_lines(&mut self, log: u16, lines: &LineColumn, rows: Range<usize>) {
        self.written.push_blank(rows.len());
        self.logs.push_alike(log, rows.len());
        self.lines.extend(lines, rows, 0);
    }

    fn push_line(&mut self, log: u16, line: u32) {
        self.written.push_blank(1);
        self.logs.push(log);
        self.lines.push(line);
    }

    /// Adds a row of another column.
    pub fn push_from(&mut self, other: &Self, row: usize) {
        match other.line(row) {
            None => self.push(other.written.get(row)),
            Some((name, line)) => {
                let log = self.log(name);
                self.push_line(log, line);
            }
        }
    }

    /// Gives back what was reserved and not used.
    pub fn shrink(&mut self) {
        self.written.shrink();
        self.lines.shrink();
        self.logs.shrink();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.written.len()
    }

    /// The key of a row; empty if the row does not exist.
    pub fn get(&self, row: usize) -> Cow<'_, str> {
        match self.line(row) {
            Some((log, line)) => Cow::Owned(format!("{log}-{line}")),
            None => Cow::Borrowed(self.written.get(row)),
        }
    }

    /// The key of a row, written into a reused buffer: for loops over all rows.
    pub fn read<'k>(&'k self, row: usize, made: &'k mut String) -> &'k str {
        let Some((log, line)) = self.line(row) else {
            return self.written.get(row);
        };
        write_line(log, line, made);
        made
    }

    /// The row with a key.
    pub fn find(&self, key: &str) -> Option<usize> {
        // For logs, only numbers are compared: no key is made for rows with other names.
        let lines: Vec<Option<u32>> = self.names.iter().map(|log| line_in(log, key)).collect();
        let mut rows = self.lines.iter(0..self.len()).enumerate();
        let found = rows.find(|&(row, line)| match line {
            0 => self.written.get(row) == key,
            line => {
                let log = self.logs.get(row).map(usize::from);
                log.and_then(|log| *lines.get(log)?) == Some(line)
            }
        });
        found.map(|(row, _)| row)
    }

    /// Whether a row is named by its log and line: its key changes if a line is added above it.
    pub fn is_of_line(&self, row: usize) -> bool {
        self.line(row).is_some()
    }

    /// The line of a row in its log; `None` if the row has a stored key.
    pub fn line_of(&self, row: usize) -> Option<u32> {
        self.lines.get(row).filter(|&line| line > 0)
    }

    fn line(&self, row: usize) -> Option<(&str, u32)> {
        let line = self.line_of(row)?;
        let log = self.logs.get(row)?;
        Some((self.names.get(usize::from(log))?, line))
    }
}

/// The line of a log that has a key; `None` if none can have it.
fn line_in(log: &str, key: &str) -> Option<u32> {
    let line = key.strip_prefix(log)?.strip_prefix('-')?.parse().ok()?;
    let mut made = String::new();
    write_line(log, line, &mut made);
    (made == key).then_some(line)
}

fn write_line(log: &str, line: u32, key: &mut String) {
    key.clear();
    write!(key, "{log}-{line}").expect("a string takes all that is written");
}

/// The key that an event asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestedKey {
    pub key: String,
    /// Whether the author gave it; otherwise it is derived.
    pub is_own: bool,
}

impl RequestedKey {
    /// An id from the author.
    pub fn own(key: String) -> Self {
        Self { key, is_own: true }
    }

    /// A derived key.
    pub fn made(key: String) -> Self {
        Self { key, is_own: false }
    }
}

/// Assigns keys to events, one after the other.
#[derive(Default)]
pub(super) struct KeyRegistry {
    /// The rows with stored keys.
    rows: TextRows,
    /// The last number added to a key that several events asked for.
    repeats: HashMap<String, u32>,
    /// Keys that only the author of an event may assign.
    reserved: HashSet<String>,
}

impl KeyRegistry {
    /// Starts with reserved keys, which only authors may assign.
    pub fn reserving(reserved: HashSet<String>) -> Self {
        Self {
            reserved,
            ..Self::default()
        }
    }

    /// Assigns the next event its requested key, with a number if the key is taken or reserved. Returns whether the
    /// event got the key unchanged.
    pub fn give(&mut self, request: &RequestedKey, keys: &mut KeyColumn) -> bool {
        let wanted = request.key.as_str();
        let is_reserved = !request.is_own && self.reserved.contains(wanted);
        if !is_reserved && self.find(wanted, keys).is_none() {
            self.add(wanted, keys);
            return true;
        }
        let key = loop {
            let number = self.repeats.entry(wanted.to_owned()).or_insert(1);
            *number += 1;
            let key = format!("{wanted}-{number}");
            if self.is_free(&key, keys) {
                break key;
            }
        };
        self.add(&key, keys);
        false
    }

    fn is_free(&self, key: &str, keys: &KeyColumn) -> bool {
        !self.reserved.contains(key) && self.find(key, keys).is_none()
    }

    fn add(&mut self, key: &str, keys: &mut KeyColumn) {
        let row = u32::try_from(keys.len()).expect("a timeline has fewer than 2^32 events");
        keys.push(key);
        self.rows
            .insert(row, |row| (0, keys.written.get(row as usize)));
    }

    /// Adds rows of a log, named by their lines. Only written events can have taken such a key; returns the rows that
    /// got another, each with its request.
    pub fn extend_lines(
        &mut self,
        log: u16,
        (lines, rows): (&LineColumn, Range<usize>),
        keys: &mut KeyColumn,
    ) -> Vec<(EventId, RequestedKey)> {
        if self.rows.is_empty() && self.reserved.is_empty() {
            keys.extend_lines(log, lines, rows);
            return Vec::new();
        }
        let (mut wanted, mut others) = (String::new(), Vec::new());
        for line in lines.iter(rows) {
            write_line(&keys.names[usize::from(log)], line, &mut wanted);
            if self.is_free(&wanted, keys) {
                keys.push_line(log, line);
                continue;
            }
            let row = u32::try_from(keys.len()).expect("a timeline has fewer than 2^32 events");
            let request = RequestedKey::made(wanted.clone());
            self.give(&request, keys);
            others.push((EventId(row), request));
        }
        others
    }

    /// The event with a stored key.
    pub fn find(&self, key: &str, keys: &KeyColumn) -> Option<EventId> {
        let row = self
            .rows
            .find((0, key), |row| (0, keys.written.get(row as usize)));
        row.map(EventId)
    }
}

/// A key without the number that distinguishes it from others; `None` if it has no number.
pub(super) fn stem(key: &str) -> Option<&str> {
    let (stem, number) = key.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(stem)
}

/// The key for a title without letters and digits.
pub(super) const NAMELESS: &str = "untitled";

/// A key from a title: lower case, with one hyphen for each run of other characters; `nameless` if the title has no
/// letters and digits.
pub(crate) fn slug(title: &str, nameless: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    if title.is_ascii() {
        let mut is_between = false;
        for byte in title.bytes() {
            if !byte.is_ascii_alphanumeric() {
                is_between = !slug.is_empty();
                continue;
            }
            if mem::take(&mut is_between) {
                slug.push('-');
            }
            slug.push(char::from(byte.to_ascii_lowercase()));
        }
    } else {
        let title = canonical(title);
        let words = title.split(|character: char| !character.is_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word.to_lowercase());
        }
    }
    if slug.is_empty() {
        slug.push_str(nameless);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(keys: &KeyColumn) -> Vec<String> {
        (0..keys.len())
            .map(|row| keys.get(row).into_owned())
            .collect()
    }

    #[test]
    fn a_key_is_made_of_the_words_of_the_title() {
        assert_eq!(
            slug("UK: two people, one company!", NAMELESS),
            "uk-two-people-one-company"
        );
        assert_eq!(slug("Späte.CSV", NAMELESS), "späte-csv");
        assert_eq!(slug("…", NAMELESS), "untitled");
        assert_eq!(slug("Security Log.csv.gz", "log"), "security-log-csv-gz");
        assert_eq!(slug("…", "log"), "log");
    }

    #[test]
    fn a_key_that_is_taken_gets_a_number() {
        let (mut keys, mut column) = (KeyRegistry::default(), KeyColumn::default());
        let given = ["entry", "entry-2", "entry"]
            .map(|it| keys.give(&RequestedKey::made(it.to_owned()), &mut column));
        assert_eq!(given, [true, true, false]);
        assert_eq!(all(&column), ["entry", "entry-2", "entry-3"]);
        assert_eq!(keys.find("entry-3", &column), Some(EventId(2)));
    }

    #[test]
    fn what_is_reserved_is_given_to_its_owner_alone() {
        let reserved = ["entry", "entry-2"].map(str::to_owned);
        let mut keys = KeyRegistry::reserving(reserved.into());
        let mut column = KeyColumn::default();
        let made = || RequestedKey::made("entry".to_owned());
        let own = |key: &str| RequestedKey::own(key.to_owned());
        let requests = [made(), own("entry"), own("entry"), own("entry-2")];
        let given = requests.map(|request| keys.give(&request, &mut column));
        assert_eq!(given, [false, true, false, true]);
        assert_eq!(all(&column), ["entry-3", "entry", "entry-4", "entry-2"]);
    }

    #[test]
    fn a_stem_is_the_text_before_a_number() {
        let cases = [
            ("a-2", Some("a")),
            ("a-b-10", Some("a-b")),
            ("a", None),
            ("a-b", None),
            ("a-", None),
        ];
        for (key, expected) in cases {
            assert_eq!(stem(key), expected, "{key}");
        }
    }

    #[test]
    fn a_row_of_a_log_is_called_by_its_line_unless_that_is_taken() {
        let (mut keys, mut column) = (KeyRegistry::default(), KeyColumn::default());
        keys.give(&RequestedKey::own("web-3".to_owned()), &mut column);
        let (web, mail) = (column.log("web"), column.log("mail"));
        let mut lines = LineColumn::default();
        lines.push(2);
        lines.push(3);
        let others = keys.extend_lines(web, (&lines, 0..2), &mut column);
        assert_eq!(
            others,
            [(EventId(2), RequestedKey::made("web-3".to_owned()))]
        );
        keys.extend_lines(mail, (&lines, 0..1), &mut column);
        assert_eq!(all(&column), ["web-3", "web-2", "web-3-2", "mail-2"]);
        for other in ["web-02", "web-+2", "web-4", "web-", "mail-3", ""] {
            assert_eq!(column.find(other), None, "{other}");
        }
        let mut made = String::new();
        for (row, key) in all(&column).iter().enumerate() {
            assert_eq!(column.read(row, &mut made), key);
            assert_eq!(column.find(key), Some(row));
        }
        assert_eq!(column.find("mail-3"), None);
        let mut copied = KeyColumn::default();
        (0..column.len()).for_each(|row| copied.push_from(&column, row));
        assert_eq!(all(&copied), all(&column));
    }
}
