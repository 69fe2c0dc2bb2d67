//! Reads the dates of a row.

use std::ops::Range;

use super::chunk_text::short;
use super::mapping::StampPrecision;
use super::plaso_precision::PlasoClock;
use super::row_builder::RowBuilder;
use super::row_fields::{FieldValue, RowFields, text_of};
use super::timestamp::{self, LogTimestamp};
use crate::date::foreign::{self, OrderEvidence};
use crate::date::{DateError, DateErrorKind, EventDate};
use crate::diagnostic::{DATE_NOT_EDTF, Diagnostic, FindingKind, NO_SUCH_DATE};
use crate::formats::toml::date_errors;
use crate::text::trimmed;
use crate::timeline::facts::{FactColumn, FactId, SINGLE_FACTS};
use crate::timeline::log::SingleColumn;

impl RowBuilder<'_> {
    /// Reads the other dates of a row. A date that cannot be read is kept as it is. If it is the day of disclosure, the
    /// row counts as not yet public.
    pub(super) fn dates(&mut self, row: &Range<usize>, fields: &RowFields<'_>) {
        for (slot, fact) in SINGLE_FACTS.iter().enumerate() {
            let Some(value) = fields.facts[slot] else {
                continue;
            };
            let text = trimmed(value.text);
            if matches!(text, "" | "-") || !matches!(fact.row().column, FactColumn::Date(..)) {
                continue;
            }
            let date = self.read(row, value, EventDate::parse(text));
            let zone = self.zone().cloned();
            let number = short(self.rows.when.len());
            if let (Some(date), SingleColumn::Dates(dates)) = (date, &mut self.rows.singles.0[slot])
            {
                let zone = zone.filter(|_| date.lacks_zone());
                let in_zone = zone.map(|zone| date.in_zone(&zone, ""));
                dates.push(number, in_zone.unwrap_or(date));
                continue;
            }
            self.keep(value);
            if *fact == FactId::DISCLOSED {
                self.rows.day_unread.push(number);
            }
        }
    }

    /// The date of a row. Stamps that could not be read are kept.
    pub(super) fn when(&mut self, row: &Range<usize>, fields: &RowFields<'_>) -> Option<EventDate> {
        let date = self.date(row, fields);
        let date = date.map(|date| self.zoned(row, fields, date));
        let date = match self.mapping.precision {
            Some(finest) => date.map(|date| no_finer(date, finest)),
            None => date,
        };
        let date = date.map(|date| self.until(row, fields, date));
        if date.is_none() {
            let stamps = fields.stamps().into_iter().flatten();
            stamps.for_each(|value| self.keep(value));
        }
        date
    }

    fn date(&mut self, row: &Range<usize>, fields: &RowFields<'_>) -> Option<EventDate> {
        if !text_of(fields.imprecise).is_empty() {
            return self.imprecise(row, fields);
        }
        if let Some(when) = fields.when {
            return self.stamped(row, when, fields);
        }
        if !text_of(fields.day).is_empty() {
            return self.date_of_parts(row, fields);
        }
        let epoch = fields.epoch?;
        match self.count(epoch.text.trim(), fields.clock) {
            LogTimestamp::At(date) => Some(date),
            LogTimestamp::Unset => None,
            LogTimestamp::NotATime => {
                self.report_no_time(row, epoch);
                None
            }
            LogTimestamp::Wrong(error) => {
                let finding = self.finding(row, epoch, error);
                self.findings.add(finding);
                None
            }
        }
    }

    /// Reads a number since 1970, at the precision of its clock.
    pub(super) fn count(&self, epoch: &str, clock: Option<FieldValue<'_>>) -> LogTimestamp {
        let unit = self.mapping.unit;
        match clock.and_then(|clock| PlasoClock::of(clock.text)) {
            Some(clock) => clock.stamp(epoch, unit),
            None => timestamp::of_count(epoch, unit),
        }
    }

    /// The imprecise date of a row. Stamps next to it follow from it if they agree.
    fn imprecise(&mut self, row: &Range<usize>, fields: &RowFields<'_>) -> Option<EventDate> {
        let imprecise = fields.imprecise?;
        let read = EventDate::parse(imprecise.text.trim());
        let date = self.read(row, imprecise, read)?;
        if let Some(epoch) = fields.epoch.or(fields.when) {
            self.compare_within(row, (imprecise, &date), epoch);
        }
        Some(date)
    }

    /// The date of a stamp, or of the number next to it if the stamp cannot be read.
    fn stamped(
        &mut self,
        row: &Range<usize>,
        when: FieldValue<'_>,
        fields: &RowFields<'_>,
    ) -> Option<EventDate> {
        let written = trimmed(when.text);
        let error = match timestamp::of_stamp(written, self.mapping.order, self.mapping.unit) {
            LogTimestamp::At(date) => {
                self.compare_order(row, when);
                if let Some(epoch) = fields.epoch {
                    self.compare_stamp(row, (when, &date), epoch);
                }
                return Some(date);
            }
            LogTimestamp::Unset | LogTimestamp::NotATime => None,
            LogTimestamp::Wrong(error) => Some(error),
        };
        let beside =
            fields
                .epoch
                .and_then(|epoch| match self.count(epoch.text.trim(), fields.clock) {
                    LogTimestamp::At(date) => Some((epoch.column, date)),
                    _ => None,
                });
        let finding = error.map(|error| self.finding(row, when, error));
        match (finding, &beside) {
            (Some(finding), Some((column, _))) => {
                let name = self.rows.words.word(column.name);
                let help =
                    format!("fix it, or leave it: `{name}` next to it is taken for the date");
                self.findings.add(finding.help(help));
            }
            (Some(finding), None) => self.findings.add(finding),
            (None, _) => self.report_no_time(row, when),
        }
        let (_, date) = beside?;
        self.keep(when);
        Some(date)
    }

    /// The interval from a date to the end in a column of its own. An end that cannot be read is kept.
    fn until(&mut self, row: &Range<usize>, fields: &RowFields<'_>, date: EventDate) -> EventDate {
        let Some(until) = fields.until.filter(|it| !timestamp::is_unset(it.text)) else {
            return date;
        };
        let error = match timestamp::of_stamp(until.text, self.mapping.order, self.mapping.unit) {
            LogTimestamp::At(end) => {
                let end = match self.zone().filter(|_| end.lacks_zone()) {
                    Some(zone) => end.in_zone(zone, ""),
                    None => end,
                };
                if end.written() == date.written() {
                    return date;
                }
                match EventDate::parse(&format!("{}/{}", date.written(), end.written())) {
                    Ok(interval) => return interval,
                    Err(error) => Some(error),
                }
            }
            LogTimestamp::Unset | LogTimestamp::NotATime => None,
            LogTimestamp::Wrong(error) => Some(error),
        };
        self.keep(until);
        if let Some(error) = error.filter(|_| !self.is_further_event) {
            let error = timestamp::of_written(error, until.text.trim());
            let finding = self.finding(row, until, error);
            self.findings.add(finding);
        }
        date
    }

    /// The date from a day, a time and a zone in columns of their own.
    fn date_of_parts(&mut self, row: &Range<usize>, fields: &RowFields<'_>) -> Option<EventDate> {
        let [day, time, zone] = [fields.day, fields.time, fields.zone].map(text_of);
        if timestamp::is_unset(day) || timestamp::is_unset(time) {
            return None;
        }
        let Some(text) = timestamp::joined(day, time, zone) else {
            let message = format!("`{day}` is not a month, day and year");
            self.report_day(row, fields.day?, &DATE_NOT_EDTF, message);
            return None;
        };
        match EventDate::parse(&text) {
            Ok(date) if timestamp::is_edge_of_a_clock(&date) => {
                self.report_no_time(row, fields.day?);
                None
            }
            Ok(date) => Some(date),
            Err(error) if error.message.contains(time) => {
                let error = timestamp::of_written(error, &format!("{day} {time}"));
                let mut finding = self.finding(row, fields.time?, error);
                finding.help.clear();
                let finding = finding.label("expected a time such as `10:22:33`");
                self.findings.add(finding);
                None
            }
            Err(_) => {
                let message = format!("there is no day `{day}`");
                self.report_day(row, fields.day?, &NO_SUCH_DATE, message);
                None
            }
        }
    }

    /// Reports a day in a log whose days are not in the order of timelines.
    fn report_day(
        &mut self,
        row: &Range<usize>,
        day: FieldValue<'_>,
        kind: &'static FindingKind,
        message: String,
    ) {
        let finding = Diagnostic::new(kind, self.part(row, day), message);
        let finding = finding.label("expected a day such as `08/14/2021`");
        self.findings.add(finding);
    }

    fn read(
        &mut self,
        row: &Range<usize>,
        written: FieldValue<'_>,
        read: Result<EventDate, DateError>,
    ) -> Option<EventDate> {
        read.map_err(|error| {
            let finding = self.finding(row, written, error);
            self.findings.add(finding);
        })
        .ok()
    }

    /// The finding about a date in a row.
    fn finding(
        &mut self,
        row: &Range<usize>,
        written: FieldValue<'_>,
        error: DateError,
    ) -> Diagnostic {
        if error.kind == DateErrorKind::Ambiguous
            && foreign::order_evidence(written.text) == Some(OrderEvidence::Open)
        {
            return self.order_unknown(row, written);
        }
        let place = self.part(row, written);
        let raw = self.part.text.get(place.range()).unwrap_or_default();
        date_errors::finding(error, written.text.trim(), raw, place)
    }
}

/// A date that is not finer than a precision.
fn no_finer(date: EventDate, finest: StampPrecision) -> EventDate {
    let written = date.written();
    let Some((day, time)) = written.split_once('T').filter(|_| !written.contains('/')) else {
        let is_plain = written.bytes().all(|it| it.is_ascii_digit() || it == b'-');
        let short = written.get(..finest.length()).filter(|_| is_plain);
        return short
            .and_then(|it| EventDate::parse(it).ok())
            .unwrap_or(date);
    };
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let short = match finest.length().checked_sub("2021-08-14T".len()) {
        Some(length) => format!("{day}T{}{zone}", clock.get(..length).unwrap_or(clock)),
        None => day.get(..finest.length()).unwrap_or(day).to_owned(),
    };
    EventDate::parse(&short).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_cut_to_the_finest_precision_of_its_table() {
        let cut = |text: &str, finest| {
            let date = EventDate::parse(text).expect(text);
            no_finer(date, finest).written().to_owned()
        };
        let stamp = "2021-08-14T10:22:33.5+02:00";
        assert_eq!(
            cut(stamp, StampPrecision::Seconds),
            "2021-08-14T10:22:33+02:00"
        );
        assert_eq!(
            cut(stamp, StampPrecision::Minutes),
            "2021-08-14T10:22+02:00"
        );
        assert_eq!(cut(stamp, StampPrecision::Days), "2021-08-14");
        assert_eq!(cut("2021-08-01", StampPrecision::Months), "2021-08");
        assert_eq!(cut("2021", StampPrecision::Months), "2021");
    }
}
