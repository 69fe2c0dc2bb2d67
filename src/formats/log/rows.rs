//! From the values of a row to an event: which is the title, which the date, and what is kept as it is.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::dialect::{Dialect, Role, Unit};
use super::joined::{Part, short};
use super::stamp;
use super::told::Told;
use crate::date::EventDate;
use crate::diagnostic::{DATE_NOT_EDTF, Diagnostic, MISSING_TITLE, Place, TIME_ZONE_UNKNOWN};
use crate::formats::toml::date;
use crate::timeline::log::LogRows;
use crate::timeline::{TermId, Vocabulary};

/// The longest title, in characters: beyond, a message is a title that breaks off and the whole of it below.
const TITLE: usize = 240;

/// What stands between several values of one column in the logs of Hayabusa.
pub(super) const BROKEN_BAR: char = '¦';

/// A column: what it means, and the number of its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub role: Role,
    pub name: TermId,
}

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
    /// How many lines begin at the row that was last looked at, or before it.
    lines: usize,
}

/// A list of words of the row that is being read, each once.
#[derive(Default)]
struct List(Vec<TermId>);

/// What a row says of the event itself.
#[derive(Default)]
struct Said<'v> {
    title: &'v str,
    summary: &'v str,
    when: &'v str,
    epoch: &'v str,
    imprecise: &'v str,
    day: &'v str,
    time: &'v str,
    zone: &'v str,
    phase: &'v str,
}

impl<'t> Filler<'t> {
    pub fn new(part: &'t Part<'t>, dialect: &'static Dialect) -> Self {
        Self {
            part,
            dialect,
            rows: LogRows::default(),
            told: Told::default(),
            tags: List::default(),
            techniques: List::default(),
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

    /// The column of a name.
    pub fn column(&mut self, name: &str) -> Column {
        Column {
            role: self.dialect.role(name),
            name: self.rows.words.intern(name.trim()),
        }
    }

    /// Adds a row.
    pub fn add<'v>(&mut self, row: Range<usize>, values: impl Iterator<Item = (Column, &'v str)>) {
        let mut said = Said::default();
        self.tags.0.clear();
        self.techniques.0.clear();
        for (column, value) in values {
            self.take(column, value, &mut said);
        }
        let when = self.when(&row, &said);
        if said.title.trim().is_empty() {
            self.tell_of_title(&row);
        }
        let summary = self.title(said.title, said.summary);
        let line = self.line(row.start);
        let rows = &mut self.rows;
        rows.summaries.push(summary.trim());
        rows.when.push(when.as_ref());
        let phase = Some(said.phase.trim()).filter(|phase| !phase.is_empty());
        let phase = phase.map(|phase| rows.words.intern(phase));
        rows.phases.push(phase);
        rows.tags.push(self.tags.0.iter().copied());
        rows.techniques.push(self.techniques.0.iter().copied());
        rows.attributes.end_row();
        rows.bytes.push((short(row.start), short(row.end)));
        rows.lines.push(line);
    }

    fn take<'v>(&mut self, column: Column, value: &'v str, said: &mut Said<'v>) {
        let place = match column.role {
            Role::Title => &mut said.title,
            Role::Summary => &mut said.summary,
            Role::When if stamp::is_unset(value) => return self.keep(column, value),
            Role::When => &mut said.when,
            Role::Epoch => &mut said.epoch,
            Role::Imprecise => &mut said.imprecise,
            Role::Day => &mut said.day,
            Role::Time => &mut said.time,
            Role::Zone => &mut said.zone,
            Role::Phase => &mut said.phase,
            Role::Tags => return self.tags.list(value, &mut self.rows.words),
            Role::Tag => return self.tags.word(value, &mut self.rows.words),
            Role::Techniques => return self.techniques.list(value, &mut self.rows.words),
            Role::Attribute => return self.keep(column, value),
            Role::Nothing => return,
        };
        *place = value;
    }

    fn keep(&mut self, column: Column, value: &str) {
        let value = value.trim();
        if !matches!(value, "" | "-") {
            self.rows.attributes.add(column.name, value);
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

    fn when(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let imprecise = said.imprecise.trim();
        if !imprecise.is_empty() {
            return self.read(row, imprecise, EventDate::parse(imprecise));
        }
        if !said.when.is_empty() {
            return self.read(row, said.when, stamp::read(said.when));
        }
        if !said.day.is_empty() {
            return self.joined(row, said);
        }
        let epoch = said.epoch.trim();
        let is_zero = epoch == "0" && self.dialect.unit == Unit::Micros;
        if is_zero || stamp::is_unset(epoch) {
            return None;
        }
        match stamp::since_1970(epoch, self.dialect.unit) {
            Some(date) => Some(date),
            None => self.read(row, epoch, stamp::read(epoch)),
        }
    }

    fn joined(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        if stamp::is_unset(said.day) || stamp::is_unset(said.time) {
            return None;
        }
        if !stamp::is_utc(said.zone) && !said.zone.trim().is_empty() {
            self.tell_of_zone(row, said.zone.trim());
        }
        if let Some(text) = stamp::joined(said.day, said.time, said.zone) {
            let date = EventDate::parse(&text).map_err(stamp::placeless);
            return self.read(row, said.time, date);
        }
        let message = format!("`{}` is no month, day and year", said.day);
        let finding = Diagnostic::new(&DATE_NOT_EDTF, self.part(row, said.day), message);
        let finding = finding.label("expected a day such as `08/14/2021`");
        self.told.tell(finding);
        None
    }

    fn read(
        &mut self,
        row: &Range<usize>,
        written: &str,
        read: Result<EventDate, crate::date::DateError>,
    ) -> Option<EventDate> {
        match read {
            Ok(date) => Some(date),
            Err(error) => {
                let place = self.part(row, written.trim());
                let raw = self.part.text.get(place.range()).unwrap_or_default();
                self.told.tell(date::finding(error, written, raw, place));
                None
            }
        }
    }

    /// Where a value stands in its row; the row itself if it is written in another way there.
    fn part(&self, row: &Range<usize>, value: &str) -> Place {
        let raw = self.part.text.get(row.clone()).unwrap_or_default();
        let place = self.place(row.clone());
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

    /// The place of a row.
    pub fn place(&self, row: Range<usize>) -> Place {
        Place::new(self.part.file, row)
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
