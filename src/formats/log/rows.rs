//! From the values of a row to an event: which is the title, which the date, and what is kept as it is.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::dialect::{Dialect, Role, Unit};
use super::joined::{Part, short};
use super::said::{self, Column, Said, Value, text_of};
use super::stamp;
use super::told::Told;
use super::unseen::may_hide;
use crate::date::{DateError, EventDate};
use crate::diagnostic::{DATE_NOT_EDTF, Diagnostic, MISSING_TITLE, Place, TIME_ZONE_UNKNOWN};
use crate::formats::toml::date;
use crate::formats::unseen::is_plain;
use crate::timeline::log::LogRows;
use crate::timeline::{TermId, Vocabulary};

/// The longest title, in characters: beyond, a message is a title that breaks off and the whole of it below.
const TITLE: usize = 240;

/// What stands between several values of one column in the logs of Hayabusa.
pub(super) const BROKEN_BAR: char = '¦';

/// What reading a part of a text gave, with places and lines counted from where the part begins.
pub(super) struct Stretch {
    pub rows: LogRows,
    pub told: Told,
    /// Where a last row begins that goes on behind the part.
    pub open: Option<usize>,
}

/// Rows that are being read, and what is wrong with them.
pub(super) struct Filler<'t> {
    part: &'t Part<'t>,
    dialect: &'static Dialect,
    rows: LogRows,
    told: Told,
    tags: List,
    techniques: List,
    /// Whether the columns stand in a header, and what is wrong with them is told there.
    has_header: bool,
    /// Columns of rows of which it is told by now that they say the same.
    twice: Vec<(Column, Column)>,
    /// How many lines begin at the row that was last looked at, or before it.
    lines: usize,
}

/// A list of words of the row that is being read, each once.
#[derive(Default)]
struct List(Vec<TermId>);

impl<'t> Filler<'t> {
    pub fn new(part: &'t Part<'t>, dialect: &'static Dialect) -> Self {
        Self {
            part,
            dialect,
            rows: LogRows::default(),
            told: Told::default(),
            tags: List::default(),
            techniques: List::default(),
            has_header: false,
            twice: Vec::new(),
            lines: 0,
        }
    }

    /// All that was read of the part, but for a row that begins there and goes on behind it.
    pub fn end(self, open: Option<usize>) -> Stretch {
        Stretch {
            rows: self.rows,
            told: self.told,
            open,
        }
    }

    /// Tells of something in a row.
    pub fn tell(&mut self, finding: Diagnostic) {
        self.told.tell(finding);
    }

    /// The columns of a header.
    pub fn columns(&mut self, names: &[String]) -> Vec<Column> {
        self.has_header = true;
        names.iter().map(|name| self.column(name)).collect()
    }

    /// Tells of columns of a header that say the same as others of it, each at its place.
    pub fn tell_of_doubles(&mut self, columns: &[Column], place: impl Fn(usize) -> Range<usize>) {
        for (taken, other) in said::doubles(columns) {
            let place = self.place(place(other));
            let finding = said::of_two(place, taken, columns[other], &self.rows.words);
            self.told.tell(finding);
        }
    }

    /// The column of a name.
    pub fn column(&mut self, name: &str) -> Column {
        let (role, is_exact) = self.dialect.known(name);
        Column {
            role,
            is_exact,
            name: self.rows.words.intern(name.trim()),
        }
    }

    /// Adds a row.
    pub fn add<'v>(&mut self, row: Range<usize>, values: impl Iterator<Item = (Column, &'v str)>) {
        let mut said = Said::default();
        self.tags.0.clear();
        self.techniques.0.clear();
        let mut may_hide = may_hide(self.written(&row).0);
        for (column, text) in values {
            may_hide = may_hide && !self.tell_of_hidden(&row, column, text);
            self.take(&row, Value { column, text }, &mut said);
        }
        let when = self.when(&row, &said);
        if text_of(said.title).is_empty() {
            self.tell_of_title(&row);
        }
        let summary = self.title(text_of(said.title), text_of(said.summary));
        let line = self.line(row.start);
        let rows = &mut self.rows;
        rows.summaries.push(summary.trim());
        rows.when.push(when.as_ref());
        let phase = Some(text_of(said.phase)).filter(|phase| !phase.is_empty());
        let phase = phase.map(|phase| rows.words.intern(phase));
        rows.phases.push(phase);
        rows.tags.push(self.tags.0.iter().copied());
        rows.techniques.push(self.techniques.0.iter().copied());
        rows.attributes.end_row();
        rows.bytes.push((short(row.start), short(row.end)));
        rows.lines.push(line);
    }

    /// Tells of what nobody can see in a value, or in the name of a column that stands in the row.
    fn tell_of_hidden(&mut self, row: &Range<usize>, column: Column, text: &str) -> bool {
        if self.tell_of_unseen(row, text) {
            return true;
        }
        let name = self.rows.words.word(column.name);
        if self.has_header || is_plain(name) {
            return false;
        }
        let name = name.to_owned();
        self.tell_of_unseen(row, &name)
    }

    fn take<'v>(&mut self, row: &Range<usize>, new: Value<'v>, said: &mut Said<'v>) {
        let Value { column, text } = new;
        let known = match column.role {
            Role::Title => &mut said.title,
            Role::Summary => &mut said.summary,
            Role::When if stamp::is_unset(text) => return self.keep(new),
            Role::When => &mut said.when,
            Role::Epoch => &mut said.epoch,
            Role::Imprecise => &mut said.imprecise,
            Role::Day => &mut said.day,
            Role::Time => &mut said.time,
            Role::Zone => &mut said.zone,
            Role::Phase => &mut said.phase,
            Role::Tags => return self.tags.list(text, &mut self.rows.words),
            Role::Tag => return self.tags.word(text, &mut self.rows.words),
            Role::Techniques => return self.techniques.list(text, &mut self.rows.words),
            Role::Attribute => return self.keep(new),
            Role::Nothing => return,
        };
        if let Some((taken, other)) = said::put(known, new) {
            self.keep(other);
            self.tell_of_two(row, taken.column, other.column);
        }
    }

    /// Keeps a value under the name of its column.
    fn keep(&mut self, value: Value<'_>) {
        let text = value.text.trim();
        if !matches!(text, "" | "-") {
            self.rows.attributes.add(value.column.name, text);
        }
    }

    /// Adds the title of a row, and returns what is its summary then.
    fn title<'v>(&mut self, message: &'v str, summary: &'v str) -> &'v str {
        let message = message.trim();
        if message.len() <= TITLE && memchr2(b'\n', b'\r', message.as_bytes()).is_none() {
            self.rows.add_title(message);
            return summary;
        }
        let first = message.lines().next().unwrap_or_default().trim_end();
        let cut = first.char_indices().nth(TITLE).map(|(at, _)| at);
        if cut.is_none() && first.len() == message.len() {
            self.rows.add_title(message);
            return summary;
        }
        let start = first.get(..cut.unwrap_or(first.len())).unwrap_or(first);
        self.rows.add_title(&format!("{} …", start.trim_end()));
        if summary.trim().is_empty() {
            return message;
        }
        let name = self.rows.words.intern("message");
        self.rows.attributes.add(name, message);
        summary
    }

    /// The date of a row. What could not be made one is kept as it stands there.
    fn when(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let date = self.date(row, said);
        if date.is_none() {
            let stamps = said.stamps().into_iter().flatten();
            stamps.for_each(|value| self.keep(value));
        }
        date
    }

    fn date(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let imprecise = text_of(said.imprecise);
        if !imprecise.is_empty() {
            return self.read(row, imprecise, EventDate::parse(imprecise));
        }
        if let Some(when) = said.when {
            return self.stamped(row, when, said.epoch);
        }
        if !text_of(said.day).is_empty() {
            return self.joined(row, said);
        }
        let epoch = text_of(said.epoch);
        let is_zero = epoch == "0" && self.dialect.unit == Unit::Micros;
        if is_zero || stamp::is_unset(epoch) {
            return None;
        }
        match stamp::since_1970(epoch, self.dialect.unit) {
            Some(date) => Some(date),
            None => self.read(row, epoch, stamp::read(epoch)),
        }
    }

    /// The date that a stamp is, or else the number beside it, which says the same.
    fn stamped(
        &mut self,
        row: &Range<usize>,
        when: Value<'_>,
        epoch: Option<Value<'_>>,
    ) -> Option<EventDate> {
        let error = match stamp::read(when.text) {
            Ok(date) => {
                let is_number = |epoch: &Value<'_>| epoch.text.trim().parse::<i64>().is_ok();
                if let Some(epoch) = epoch.filter(|epoch| !is_number(epoch)) {
                    self.keep(epoch);
                }
                return Some(date);
            }
            Err(error) => error,
        };
        let finding = self.finding(row, when.text, error);
        // Nothing happened in the first second of 1970: a zero says that nobody knows.
        let epoch = epoch.filter(|epoch| epoch.text.trim() != "0");
        let beside = epoch.and_then(|epoch| {
            let date = stamp::since_1970(epoch.text, self.dialect.unit)?;
            Some((epoch.column, date))
        });
        let Some((column, date)) = beside else {
            self.told.tell(finding);
            return None;
        };
        self.keep(when);
        let name = self.rows.words.word(column.name);
        let help = format!("mend it, or leave it: `{name}` beside it is taken for the date");
        self.told.tell(finding.help(help));
        Some(date)
    }

    /// The date that a day, a time and a zone are.
    fn joined(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let [day, time, zone] = [said.day, said.time, said.zone].map(text_of);
        if stamp::is_unset(day) || stamp::is_unset(time) {
            return None;
        }
        let is_known = stamp::is_utc(zone) || zone.is_empty();
        if !is_known {
            self.tell_of_zone(row, zone);
        }
        let Some(text) = stamp::joined(day, time, zone) else {
            let message = format!("`{day}` is no month, day and year");
            let finding = Diagnostic::new(&DATE_NOT_EDTF, self.part(row, day), message);
            let finding = finding.label("expected a day such as `08/14/2021`");
            self.told.tell(finding);
            return None;
        };
        match EventDate::parse(&text) {
            Ok(date) => {
                if let Some(zone) = said.zone.filter(|_| !is_known) {
                    self.keep(zone);
                }
                Some(date)
            }
            Err(error) => {
                let is_of_time = error.message.contains(time);
                let error = stamp::of_written(error, &format!("{day} {time}"));
                let finding = self.finding(row, if is_of_time { time } else { day }, error);
                self.told.tell(finding);
                None
            }
        }
    }

    fn read(
        &mut self,
        row: &Range<usize>,
        written: &str,
        read: Result<EventDate, DateError>,
    ) -> Option<EventDate> {
        read.map_err(|error| {
            let finding = self.finding(row, written, error);
            self.told.tell(finding);
        })
        .ok()
    }

    /// What is wrong with a date in a row.
    fn finding(&self, row: &Range<usize>, written: &str, error: DateError) -> Diagnostic {
        let place = self.part(row, written.trim());
        let raw = self.part.text.get(place.range()).unwrap_or_default();
        date::finding(error, written, raw, place)
    }

    /// Where a value stands in its row; the row itself if it is written in another way there.
    fn part(&self, row: &Range<usize>, value: &str) -> Place {
        let (raw, place) = self.written(row);
        match raw.find(value) {
            Some(at) => place.part(at..at + value.len()),
            None => place,
        }
    }

    /// How many lines begin behind the beginning of the part and no later than a byte of this row.
    fn line(&mut self, byte: usize) -> u32 {
        let later = self.part.breaks.get(self.lines..).unwrap_or_default();
        let begins_before = |start: &&u32| **start as usize <= byte;
        self.lines += later.iter().take_while(begins_before).count();
        short(self.lines)
    }

    /// What is written in a part of the text, and its place.
    pub fn written(&self, range: &Range<usize>) -> (&'t str, Place) {
        let written = self.part.text.get(range.clone()).unwrap_or_default();
        (written, self.place(range.clone()))
    }

    /// The place of a row.
    pub fn place(&self, row: Range<usize>) -> Place {
        Place::new(self.part.file, row)
    }

    /// Tells of two columns that say the same, if it is not told by now.
    fn tell_of_two(&mut self, row: &Range<usize>, taken: Column, other: Column) {
        if self.has_header || self.twice.contains(&(taken, other)) {
            return;
        }
        self.twice.push((taken, other));
        let (raw, place) = self.written(row);
        let place = match said::last_key(raw, self.rows.words.word(other.name)) {
            Some(key) => place.part(key),
            None => place,
        };
        self.told
            .tell(said::of_two(place, taken, other, &self.rows.words));
    }

    fn tell_of_title(&mut self, row: &Range<usize>) {
        let wanted = self.dialect.title();
        let finding = Diagnostic::new(
            &MISSING_TITLE,
            self.place(row.clone()),
            format!("a row has no `{wanted}`"),
        );
        let finding = finding.label(format!("expected `{wanted}`; shown as `(untitled)`"));
        self.told.tell(finding);
    }

    fn tell_of_zone(&mut self, row: &Range<usize>, zone: &str) {
        let message = format!("the time zone `{zone}` is not read");
        let finding = Diagnostic::new(&TIME_ZONE_UNKNOWN, self.part(row, zone), message)
            .label("the time stands as it is written, in no zone")
            .help("write the log in UTC: `--timezone UTC` of plaso's psort does it");
        self.told.tell(finding);
    }
}

impl List {
    fn word(&mut self, word: &str, words: &mut Vocabulary) {
        let word = word.trim();
        if matches!(word, "" | "-") {
            return;
        }
        let word = words.intern(word);
        if !self.0.contains(&word) {
            self.0.push(word);
        }
    }

    /// A list is one of JSON, or has commas or broken bars between its words, or else spaces.
    fn list(&mut self, value: &str, words: &mut Vocabulary) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if value.starts_with('[')
            && let Ok(list) = serde_json::from_str::<Vec<Cow<'_, str>>>(value)
        {
            for word in &list {
                self.word(word, words);
            }
            return;
        }
        let between: fn(char) -> bool = if value.contains([',', BROKEN_BAR]) {
            |it| matches!(it, ',' | BROKEN_BAR)
        } else {
            char::is_whitespace
        };
        for word in value.split(between) {
            self.word(word, words);
        }
    }
}
