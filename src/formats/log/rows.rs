//! From the values of a row to an event: which is the title, which the date, and what is kept as it is.

use super::dialect::{Dialect, Role, Unit};
use super::stamp;
use super::told::Told;
use crate::date::EventDate;
use crate::diagnostic::{
    DATE_NOT_EDTF, Diagnostic, FileId, MISSING_TITLE, Place, SourceText, TIME_ZONE_UNKNOWN,
};
use crate::formats::toml::date;
use crate::timeline::TermId;
use crate::timeline::log::LogRows;

/// The longest title, in characters: beyond, a message is a title that breaks off and the whole of it below.
const TITLE: usize = 240;

/// What stands between several values of one column in the logs of Hayabusa.
const BROKEN_BAR: char = '¦';

/// A column: what it means, and the number of its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub role: Role,
    pub name: TermId,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub start: usize,
    pub end: usize,
    pub line: usize,
}

/// Rows that are being read, and what is wrong with them.
pub(super) struct Filler<'s> {
    source: &'s SourceText,
    file: FileId,
    dialect: &'static Dialect,
    pub rows: LogRows,
    pub told: Told,
}

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
    tags: Vec<TermId>,
    techniques: Vec<TermId>,
}

impl<'s> Filler<'s> {
    pub fn new(source: &'s SourceText, file: FileId, dialect: &'static Dialect) -> Self {
        Self {
            source,
            file,
            dialect,
            rows: LogRows::default(),
            told: Told::default(),
        }
    }

    /// The column of a name.
    pub fn column(&mut self, name: &str) -> Column {
        Column {
            role: self.dialect.role(name),
            name: self.rows.words.intern(name.trim()),
        }
    }

    /// Adds a row.
    pub fn add<'v>(&mut self, spot: Spot, values: impl Iterator<Item = (Column, &'v str)>) {
        let mut said = Said::default();
        for (column, value) in values {
            self.take(column, value, &mut said);
        }
        let when = self.when(spot, &said);
        if said.title.trim().is_empty() {
            self.tell_of_title(spot);
        }
        let summary = self.title(said.title, said.summary);
        let rows = &mut self.rows;
        rows.summaries.push(summary.trim());
        rows.when.push(when.as_ref());
        let phase = Some(said.phase.trim()).filter(|phase| !phase.is_empty());
        let phase = phase.map(|phase| rows.words.intern(phase));
        rows.phases.push(phase);
        rows.tags.push(said.tags);
        rows.techniques.push(said.techniques);
        rows.attributes.end_row();
        rows.bytes.push((short(spot.start), short(spot.end)));
        rows.lines.push(short(spot.line));
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
            Role::Tags => return self.list(value, &mut said.tags),
            Role::Tag => return self.word(value, &mut said.tags),
            Role::Techniques => return self.list(value, &mut said.techniques),
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

    fn word(&mut self, word: &str, words: &mut Vec<TermId>) {
        let word = word.trim();
        if matches!(word, "" | "-") {
            return;
        }
        let word = self.rows.words.intern(word);
        if !words.contains(&word) {
            words.push(word);
        }
    }

    /// A list is one of JSON, or has commas or broken bars between its words, or else spaces.
    fn list(&mut self, value: &str, words: &mut Vec<TermId>) {
        let value = value.trim();
        if value.starts_with('[')
            && let Ok(list) = serde_json::from_str::<Vec<String>>(value)
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

    /// Adds the title of a row, and returns what is its summary then.
    fn title<'v>(&mut self, message: &'v str, summary: &'v str) -> &'v str {
        let message = message.trim();
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

    fn when(&mut self, spot: Spot, said: &Said<'_>) -> Option<EventDate> {
        let imprecise = said.imprecise.trim();
        if !imprecise.is_empty() {
            return self.read(spot, imprecise, EventDate::parse(imprecise));
        }
        if !said.when.is_empty() {
            return self.read(spot, said.when, stamp::read(said.when));
        }
        if !said.day.is_empty() {
            return self.joined(spot, said);
        }
        let epoch = said.epoch.trim();
        let is_zero = epoch == "0" && self.dialect.unit == Unit::Micros;
        if is_zero || stamp::is_unset(epoch) {
            return None;
        }
        match stamp::since_1970(epoch, self.dialect.unit) {
            Some(date) => Some(date),
            None => self.read(spot, epoch, stamp::read(epoch)),
        }
    }

    fn joined(&mut self, spot: Spot, said: &Said<'_>) -> Option<EventDate> {
        if stamp::is_unset(said.day) || stamp::is_unset(said.time) {
            return None;
        }
        if !stamp::is_utc(said.zone) && !said.zone.trim().is_empty() {
            self.tell_of_zone(spot, said.zone.trim());
        }
        if let Some(text) = stamp::joined(said.day, said.time, said.zone) {
            return self.read(spot, said.time, EventDate::parse(&text));
        }
        let message = format!("`{}` is no month, day and year", said.day);
        let finding = Diagnostic::new(&DATE_NOT_EDTF, self.part(spot, said.day), message);
        let finding = finding.label("expected a day such as `08/14/2021`");
        self.told.tell(finding);
        None
    }

    fn read(
        &mut self,
        spot: Spot,
        written: &str,
        read: Result<EventDate, crate::date::DateError>,
    ) -> Option<EventDate> {
        match read {
            Ok(date) => Some(date),
            Err(error) => {
                let place = self.part(spot, written.trim());
                let raw = self.source.slice(place.range());
                self.told.tell(date::finding(error, written, raw, place));
                None
            }
        }
    }

    /// Where a value stands in its row; the row itself if it is written in another way there.
    fn part(&self, spot: Spot, value: &str) -> Place {
        let row = self.place(spot);
        let raw = self.source.slice(row.range());
        match raw.find(value) {
            Some(at) => row.part(at..at + value.len()),
            None => row,
        }
    }

    /// The place of a row.
    pub fn place(&self, spot: Spot) -> Place {
        Place::new(self.file, spot.start..spot.end)
    }

    fn tell_of_title(&mut self, spot: Spot) {
        let wanted = self.dialect.title();
        let finding = Diagnostic::new(
            &MISSING_TITLE,
            self.place(spot),
            format!("a row has no `{wanted}`"),
        );
        let finding = finding.label(format!("expected `{wanted}`; shown as `(untitled)`"));
        self.told.tell(finding);
    }

    fn tell_of_zone(&mut self, spot: Spot, zone: &str) {
        let message = format!("the time zone `{zone}` is not read");
        let finding = Diagnostic::new(&TIME_ZONE_UNKNOWN, self.part(spot, zone), message)
            .label("the time stands as it is written, in no zone")
            .help("write the log in UTC: `--timezone UTC` of plaso's psort does it");
        self.told.tell(finding);
    }
}

/// A place in a file: none is read that has more bytes than this can number.
fn short(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
