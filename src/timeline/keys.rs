//! Keys: what events are called, each by one name of its own.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::mem;

use super::column::{Numbers, TextColumn, ValueColumn};
use super::link::EventId;
use crate::text::canonical;

/// What each event is called.
///
/// The event of a log is called by the log and the line of its row, which is made when it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyColumn {
    /// The key of each row; empty where it is made.
    written: TextColumn,
    /// The line of each row in its log; none where the key is written.
    lines: ValueColumn<u32>,
    /// The log of each row, by number.
    logs: ValueColumn<u16>,
    /// What the logs are called.
    names: Vec<Box<str>>,
}

impl KeyColumn {
    /// Adds a row that is called so.
    pub fn push(&mut self, key: &str) {
        self.written.push(key);
        self.lines.push(0);
        self.logs.push(0);
    }

    /// The number of a log, whose rows are called by it and their lines.
    pub fn log(&mut self, name: &str) -> u16 {
        let known = self.names.iter().position(|known| **known == *name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        });
        u16::try_from(at).expect("there are not more logs than files")
    }

    /// What the row on a line of a log is called.
    pub fn called(&self, log: u16, line: u32) -> String {
        let mut key = String::new();
        write_line(&self.names[usize::from(log)], line, &mut key);
        key
    }

    /// Adds a row for each of some lines of a log, counted from 1.
    pub fn extend_lines(&mut self, log: u16, lines: &[u32]) {
        self.written.push_blank(lines.len());
        for &line in lines {
            self.lines.push(line);
        }
        self.logs.push_alike(log, lines.len());
    }

    /// Adds a row of another column.
    pub fn push_from(&mut self, other: &Self, row: usize) {
        match other.line(row) {
            None => self.push(other.written.get(row)),
            Some((name, line)) => {
                let log = self.log(name);
                self.extend_lines(log, &[line]);
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

    /// The key of a row; empty for a row that does not exist.
    pub fn get(&self, row: usize) -> Cow<'_, str> {
        match self.line(row) {
            Some((log, line)) => Cow::Owned(format!("{log}-{line}")),
            None => Cow::Borrowed(self.written.get(row)),
        }
    }

    /// The key of a row, made in a text that is used again: for whoever asks every row.
    pub fn read<'k>(&'k self, row: usize, made: &'k mut String) -> &'k str {
        let Some((log, line)) = self.line(row) else {
            return self.written.get(row);
        };
        write_line(log, line, made);
        made
    }

    /// The row that is called so.
    pub fn find(&self, key: &str) -> Option<usize> {
        // Of a log only numbers are compared: no key is made of a row that is called otherwise.
        let lines: Vec<Option<u32>> = self.names.iter().map(|log| line_in(log, key)).collect();
        (0..self.len()).find(|&row| match self.lines.get(row).filter(|&line| line > 0) {
            None => self.written.get(row) == key,
            line => {
                let log = self.logs.get(row).map(usize::from);
                log.and_then(|log| *lines.get(log)?) == line
            }
        })
    }

    fn line(&self, row: usize) -> Option<(&str, u32)> {
        let line = self.lines.get(row).filter(|&line| line > 0)?;
        let log = self.logs.get(row)?;
        Some((self.names.get(usize::from(log))?, line))
    }
}

/// The line of a log of which the row is called so; none if no row of it could be.
fn line_in(log: &str, key: &str) -> Option<u32> {
    let line = key.strip_prefix(log)?.strip_prefix('-')?.parse().ok()?;
    let mut made = String::new();
    write_line(log, line, &mut made);
    (made == key).then_some(line)
}

/// What the row of a log is called.
fn write_line(log: &str, line: u32, key: &mut String) {
    key.clear();
    write!(key, "{log}-{line}").expect("a string takes all that is written");
}

/// What an event would be called, if no other were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub key: String,
    /// Whether its author calls it so; else the key is made.
    pub is_own: bool,
}

impl Wish {
    /// An id that an author gave.
    pub fn own(key: String) -> Self {
        Self { key, is_own: true }
    }

    /// A key that was made.
    pub fn made(key: String) -> Self {
        Self { key, is_own: false }
    }
}

/// The keys that are given to events, one after the other.
#[derive(Default)]
pub(super) struct Keys {
    /// The rows whose keys are written.
    rows: Numbers,
    /// The last number given to a key that is wanted more than once.
    repeats: HashMap<String, u32>,
    /// What only an event may be called whose author calls it so.
    reserved: HashSet<String>,
}

impl Keys {
    /// With ids that are given to nobody but those whose authors gave them.
    pub fn reserving(reserved: HashSet<String>) -> Self {
        Self {
            reserved,
            ..Self::default()
        }
    }

    /// Gives the next event the key that it wants; a number is added where another event has it, or is to have it.
    /// Says whether it got what it wants.
    pub fn give(&mut self, wish: &Wish, keys: &mut KeyColumn) -> bool {
        let wanted = wish.key.as_str();
        let is_reserved = !wish.is_own && self.reserved.contains(wanted);
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

    /// Adds rows of a log, called by their lines. Only an event that somebody wrote can have such a name already;
    /// which of the rows had to take another is returned, each with what it wanted.
    pub fn extend_lines(
        &mut self,
        log: u16,
        lines: &[u32],
        keys: &mut KeyColumn,
    ) -> Vec<(EventId, Wish)> {
        if self.rows.is_empty() && self.reserved.is_empty() {
            keys.extend_lines(log, lines);
            return Vec::new();
        }
        let (mut wanted, mut others) = (String::new(), Vec::new());
        for line in lines {
            write_line(&keys.names[usize::from(log)], *line, &mut wanted);
            if self.is_free(&wanted, keys) {
                keys.extend_lines(log, &[*line]);
                continue;
            }
            let row = u32::try_from(keys.len()).expect("a timeline has fewer than 2^32 events");
            let wish = Wish::made(wanted.clone());
            self.give(&wish, keys);
            others.push((EventId(row), wish));
        }
        others
    }

    /// The event that has a key, of those whose keys are written.
    pub fn find(&self, key: &str, keys: &KeyColumn) -> Option<EventId> {
        let row = self
            .rows
            .find((0, key), |row| (0, keys.written.get(row as usize)));
        row.map(EventId)
    }
}

/// A key without the number that tells its event from others that want the same; none if it has no number.
pub(super) fn stem(key: &str) -> Option<&str> {
    let (stem, number) = key.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(stem)
}

/// What an event is called whose title has no letter and no digit.
pub(super) const NAMELESS: &str = "untitled";

/// A key made of a title: lower case, with one hyphen for whatever is no letter or digit; another name for a title that
/// has neither.
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
        let (mut keys, mut column) = (Keys::default(), KeyColumn::default());
        let given = ["entry", "entry-2", "entry"]
            .map(|it| keys.give(&Wish::made(it.to_owned()), &mut column));
        assert_eq!(given, [true, true, false]);
        assert_eq!(all(&column), ["entry", "entry-2", "entry-3"]);
        assert_eq!(keys.find("entry-3", &column), Some(EventId(2)));
    }

    #[test]
    fn what_is_reserved_is_given_to_nobody_but_its_owner() {
        let reserved = ["entry", "entry-2"].map(str::to_owned);
        let mut keys = Keys::reserving(reserved.into());
        let mut column = KeyColumn::default();
        let made = || Wish::made("entry".to_owned());
        let own = |key: &str| Wish::own(key.to_owned());
        let wishes = [made(), own("entry"), own("entry"), own("entry-2")];
        let given = wishes.map(|wish| keys.give(&wish, &mut column));
        assert_eq!(given, [false, true, false, true]);
        assert_eq!(all(&column), ["entry-3", "entry", "entry-4", "entry-2"]);
    }

    #[test]
    fn a_stem_is_what_stands_before_a_number() {
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
        let (mut keys, mut column) = (Keys::default(), KeyColumn::default());
        keys.give(&Wish::own("web-3".to_owned()), &mut column);
        let (web, mail) = (column.log("web"), column.log("mail"));
        let others = keys.extend_lines(web, &[2, 3], &mut column);
        assert_eq!(others, [(EventId(2), Wish::made("web-3".to_owned()))]);
        keys.extend_lines(mail, &[2], &mut column);
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
