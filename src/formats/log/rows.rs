//! From the values of a row to an event: which is the title, which the date, and what is kept as it is.

use std::ops::Range;

use super::clock::Clock;
use super::dialect::{Dialect, Role};
use super::joined::{Part, short};
use super::lists::{Lists, Taken};
use super::places::{Entries, Notation};
use super::said::{self, Column, Said, Value, text_of};
use super::stamp::{self, Stamp};
use super::title::title_of;
use super::told::Told;
use super::unseen::may_hide;
use crate::date::{DateError, EventDate};
use crate::diagnostic::{DATE_NOT_EDTF, Diagnostic, Kind, NO_SUCH_DATE, Place};
use crate::formats::toml::date_errors;
use crate::formats::toml::marking::read_marking;
use crate::text::trimmed;
use crate::timeline::facts::{FactColumn, FactId, SINGLE_FACTS};
use crate::timeline::log::{LogRows, SingleColumn};
use crate::timeline::term::Tlp;

/// The summary among `SINGLE_FACTS`.
const SUMMARY: usize = FactId::SUMMARY.slot();

/// What reading a part of a text gave, with places and lines counted from where the part begins.
pub(super) struct Stretch {
    pub rows: LogRows,
    pub told: Told,
    /// Where a last row begins that goes on behind the part.
    pub open: Option<usize>,
}

/// Rows that are being read, and what is wrong with them.
pub(super) struct Filler<'t> {
    pub part: &'t Part<'t>,
    pub dialect: &'static Dialect,
    /// How the values of the next row are written.
    pub notation: Notation,
    /// Where its values are, for findings.
    pub entries: Entries,
    pub rows: LogRows,
    pub told: Told,
    lists: Lists,
    /// The strictest marking of the row that is being read.
    tlp: Option<Tlp>,
    /// Whether the columns stand in a header, and what is wrong with them is told there.
    pub has_header: bool,
    /// Columns of rows of which it is told by now that they say the same.
    twice: Vec<(Column, Column)>,
    /// How many lines begin at the row that was last looked at, or before it.
    lines: usize,
}

impl<'t> Filler<'t> {
    pub fn new(part: &'t Part<'t>, dialect: &'static Dialect, notation: Notation) -> Self {
        Self {
            part,
            dialect,
            notation,
            entries: Entries::default(),
            rows: LogRows::default(),
            told: Told::default(),
            lists: Lists::default(),
            tlp: None,
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

    /// Reports something in a row.
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
        self.lists.clear();
        self.tlp = None;
        let mut may_hide = may_hide(self.written(&row).0);
        for (number, (column, text)) in values.enumerate() {
            let value = Value {
                column,
                text,
                number,
            };
            may_hide = may_hide && !self.tell_of_hidden(&row, value);
            self.take(&row, value, &mut said);
        }
        if text_of(said.title).is_empty() {
            said.title = said.short.take();
        }
        if let Some(short) = said.short {
            self.keep(short);
        }
        let when = self.when(&row, &said);
        if text_of(said.title).is_empty() {
            self.tell_of_title(&row);
        }
        self.dates(&row, &said);
        let summary = self.title(text_of(said.title), text_of(said.facts[SUMMARY]));
        let line = self.line(row.start);
        let rows = &mut self.rows;
        let row_number = rows.when.len();
        rows.when.push_of_log(when.as_ref());
        for (slot, column) in rows.singles.0.iter_mut().enumerate() {
            let text = if slot == SUMMARY {
                trimmed(summary)
            } else {
                text_of(said.facts[slot])
            };
            match column {
                SingleColumn::Texts(texts) => texts.push(text),
                SingleColumn::Words(terms) => {
                    terms.push((!text.is_empty()).then(|| rows.words.intern(text)));
                }
                SingleColumn::Dates(_) => {}
            }
        }
        let id = text_of(said.id);
        if !id.is_empty() {
            rows.keys.push((short(row_number), id.into()));
        }
        if self.tlp.is_some() || !rows.tlp.is_empty() {
            rows.tlp.push_alike(None, row_number - rows.tlp.len());
            rows.tlp.push(self.tlp);
        }
        self.lists.end_row(rows);
        rows.attributes.end_row();
        rows.bytes.push((short(row.start), short(row.end)));
        rows.lines.push(line);
    }

    fn take<'v>(&mut self, row: &Range<usize>, new: Value<'v>, said: &mut Said<'v>) {
        let Value { column, text, .. } = new;
        let known = match column.role {
            Role::Title => &mut said.title,
            Role::Short => &mut said.short,
            Role::When if stamp::is_unset(text) => return self.keep(new),
            Role::When => &mut said.when,
            Role::Epoch => &mut said.epoch,
            Role::Imprecise => &mut said.imprecise,
            Role::Day => &mut said.day,
            Role::Time => &mut said.time,
            Role::Zone => &mut said.zone,
            Role::Fact(slot) => &mut said.facts[slot],
            Role::Id => &mut said.id,
            Role::Marking => return self.mark(row, new),
            Role::Clock => {
                said.clock = Some(new);
                return self.keep(new);
            }
            Role::Tags
            | Role::Labels
            | Role::Tag
            | Role::Techniques
            | Role::Attack
            | Role::Names(_) => return self.list(row, new),
            Role::Attribute | Role::Described => return self.keep(new),
            Role::Nothing => return,
        };
        if let Some((taken, other)) = said::put(known, new) {
            self.keep(other);
            self.tell_of_two(row, taken, other);
        }
    }

    /// Adds what a column says to a list of the row. What its items do not say is kept too.
    fn list(&mut self, row: &Range<usize>, value: Value<'_>) {
        let taken = self.lists.take(value, &mut self.rows.words);
        if taken != Taken::Whole {
            self.keep(value);
        }
        if taken == Taken::Unreadable {
            self.tell_of_list(row, value);
        }
    }

    /// Marks the row, if a column says how. Of two markings the stricter counts, and one that cannot be read as the
    /// strictest: what stands there is kept too.
    fn mark(&mut self, row: &Range<usize>, value: Value<'_>) {
        let written = value.text.trim();
        if matches!(written, "" | "-") {
            return;
        }
        let (tlp, finding) = read_marking(written, self.place(row.clone()));
        self.tlp = self.tlp.max(Some(tlp.unwrap_or(Tlp::Red)));
        if tlp.is_none() {
            self.keep(value);
        }
        if let Some(mut finding) = finding {
            finding.place = self.part(row, value);
            let help = "give the column another name if it says something else";
            let is_read = tlp.is_some();
            self.told
                .tell(if is_read { finding } else { finding.help(help) });
        }
    }

    /// Keeps a value under the name of its column.
    pub(super) fn keep(&mut self, value: Value<'_>) {
        let text = trimmed(value.text);
        if !matches!(text, "" | "-") {
            self.rows.attributes.add(value.column.name, text);
        }
    }

    /// Reads the other dates of a row. One that cannot be read is kept as it is; if it says when the public was told,
    /// no one can show that it was.
    fn dates(&mut self, row: &Range<usize>, said: &Said<'_>) {
        for (slot, fact) in SINGLE_FACTS.iter().enumerate() {
            let Some(value) = said.facts[slot] else {
                continue;
            };
            let text = trimmed(value.text);
            if matches!(text, "" | "-") || !matches!(fact.row().column, FactColumn::Date(..)) {
                continue;
            }
            let date = self.read(row, value, EventDate::parse(text));
            let zone = self.part.zone;
            let number = short(self.rows.when.len());
            if let (Some(date), SingleColumn::Dates(dates)) = (date, &mut self.rows.singles.0[slot])
            {
                let zone = zone.filter(|_| date.lacks_zone());
                let in_zone = zone.map(|zone| date.in_zone(zone, ""));
                dates.push(number, in_zone.unwrap_or(date));
                continue;
            }
            self.keep(value);
            if *fact == FactId::DISCLOSED {
                self.rows.day_unread.push(number);
            }
        }
    }

    /// Adds the title of a row, and returns what is its summary then.
    fn title<'v>(&mut self, message: &'v str, summary: &'v str) -> &'v str {
        let message = trimmed(message);
        let Some(title) = title_of(message) else {
            self.rows.add_title(message);
            return summary;
        };
        self.rows.add_title(&title);
        if trimmed(summary).is_empty() {
            return message;
        }
        let name = self.rows.words.intern("message");
        self.rows.attributes.add(name, message);
        summary
    }

    /// The date of a row. What could not be made one is kept as it stands there.
    fn when(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let date = self.date(row, said);
        let date = date.map(|date| self.zoned(row, said, date));
        if date.is_none() {
            let stamps = said.stamps().into_iter().flatten();
            stamps.for_each(|value| self.keep(value));
        }
        date
    }

    fn date(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        if !text_of(said.imprecise).is_empty() {
            return self.imprecise(row, said);
        }
        if let Some(when) = said.when {
            return self.stamped(row, when, said);
        }
        if !text_of(said.day).is_empty() {
            return self.joined(row, said);
        }
        let epoch = said.epoch?;
        match self.count(epoch.text.trim(), said.clock) {
            Stamp::At(date) => Some(date),
            Stamp::Unset => None,
            Stamp::NotATime => {
                self.tell_of_no_time(row, epoch);
                None
            }
            Stamp::Wrong(error) => {
                let finding = self.finding(row, epoch, error);
                self.told.tell(finding);
                None
            }
        }
    }

    /// What a number since 1970 says, and what the clock that it comes from makes of it.
    pub(super) fn count(&self, epoch: &str, clock: Option<Value<'_>>) -> Stamp {
        let unit = self.dialect.unit;
        match clock.and_then(|clock| Clock::of(clock.text)) {
            Some(clock) => clock.stamp(epoch, unit),
            None => stamp::of_count(epoch, unit),
        }
    }

    /// The date that words of a timeline are. Stamps next to them follow from them, if they agree with them.
    fn imprecise(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let imprecise = said.imprecise?;
        let read = EventDate::parse(imprecise.text.trim());
        let date = self.read(row, imprecise, read)?;
        if let Some(epoch) = said.epoch.or(said.when) {
            self.compare_within(row, (imprecise, &date), epoch);
        }
        Some(date)
    }

    /// The date of a stamp, or else of the number next to it, which says the same.
    fn stamped(
        &mut self,
        row: &Range<usize>,
        when: Value<'_>,
        said: &Said<'_>,
    ) -> Option<EventDate> {
        let written = trimmed(when.text);
        let error = match stamp::of_text(written, self.dialect.order_of(written)) {
            Stamp::At(date) => {
                if let Some(epoch) = said.epoch {
                    self.compare_stamp(row, (when, &date), epoch);
                }
                return Some(date);
            }
            Stamp::Unset | Stamp::NotATime => None,
            Stamp::Wrong(error) => Some(error),
        };
        let beside = said
            .epoch
            .and_then(|epoch| match self.count(epoch.text.trim(), said.clock) {
                Stamp::At(date) => Some((epoch.column, date)),
                _ => None,
            });
        let finding = error.map(|error| self.finding(row, when, error));
        match (finding, &beside) {
            (Some(finding), Some((column, _))) => {
                let name = self.rows.words.word(column.name);
                let help =
                    format!("fix it, or leave it: `{name}` next to it is taken for the date");
                self.told.tell(finding.help(help));
            }
            (Some(finding), None) => self.told.tell(finding),
            (None, _) => self.tell_of_no_time(row, when),
        }
        let (_, date) = beside?;
        self.keep(when);
        Some(date)
    }

    /// The date that a day, a time and a zone are.
    fn joined(&mut self, row: &Range<usize>, said: &Said<'_>) -> Option<EventDate> {
        let [day, time, zone] = [said.day, said.time, said.zone].map(text_of);
        if stamp::is_unset(day) || stamp::is_unset(time) {
            return None;
        }
        let Some(text) = stamp::joined(day, time, zone) else {
            let message = format!("`{day}` is no month, day and year");
            self.tell_of_day(row, said.day?, &DATE_NOT_EDTF, message);
            return None;
        };
        match EventDate::parse(&text) {
            Ok(date) if stamp::is_edge_of_a_clock(&date) => {
                self.tell_of_no_time(row, said.day?);
                None
            }
            Ok(date) => Some(date),
            Err(error) if error.message.contains(time) => {
                let error = stamp::of_written(error, &format!("{day} {time}"));
                let mut finding = self.finding(row, said.time?, error);
                finding.help.clear();
                let finding = finding.label("expected a time such as `10:22:33`");
                self.told.tell(finding);
                None
            }
            Err(_) => {
                let message = format!("there is no day `{day}`");
                self.tell_of_day(row, said.day?, &NO_SUCH_DATE, message);
                None
            }
        }
    }

    /// Tells of a day in a log that writes days in another order than timelines do.
    fn tell_of_day(
        &mut self,
        row: &Range<usize>,
        day: Value<'_>,
        kind: &'static Kind,
        message: String,
    ) {
        let finding = Diagnostic::new(kind, self.part(row, day), message);
        let finding = finding.label("expected a day such as `08/14/2021`");
        self.told.tell(finding);
    }

    fn read(
        &mut self,
        row: &Range<usize>,
        written: Value<'_>,
        read: Result<EventDate, DateError>,
    ) -> Option<EventDate> {
        read.map_err(|error| {
            let finding = self.finding(row, written, error);
            self.told.tell(finding);
        })
        .ok()
    }

    /// What is wrong with a date in a row.
    fn finding(&mut self, row: &Range<usize>, written: Value<'_>, error: DateError) -> Diagnostic {
        let place = self.part(row, written);
        let raw = self.part.text.get(place.range()).unwrap_or_default();
        date_errors::finding(error, written.text.trim(), raw, place)
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
    fn tell_of_two(&mut self, row: &Range<usize>, taken: Value<'_>, other: Value<'_>) {
        let columns = (taken.column, other.column);
        if self.has_header || self.twice.contains(&columns) {
            return;
        }
        self.twice.push(columns);
        let place = self.bytes_of_name(row, other);
        let place = self.place(place);
        let finding = said::of_two(place, columns.0, columns.1, &self.rows.words);
        self.told.tell(finding);
    }
}
