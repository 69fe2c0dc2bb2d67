//! Finds the time zone of a time in a log: stated by its row, by the user, or not known.

use std::ops::Range;

use super::epoch_number;
use super::row_builder::RowBuilder;
use super::row_fields::{RowFields, text_of};
use crate::date::{EventDate, Zone};
use crate::diagnostic::{Diagnostic, TIME_ZONE_UNKNOWN};

const STATE_ZONE: &str = "state the zone of the log: `--zone +01:00`, or `--zone Europe/London`";

impl RowBuilder<'_> {
    /// A date in the zone of the number next to the stamp, which counts in UTC, of the column that names a zone, or of
    /// the whole log.
    pub(super) fn zoned(
        &mut self,
        row: &Range<usize>,
        fields: &RowFields<'_>,
        date: EventDate,
    ) -> EventDate {
        if !date.lacks_zone() {
            return date;
        }
        // A number next to `when_edtf` was made from it as if its clock showed UTC.
        let beside = fields
            .epoch
            .filter(|_| text_of(fields.imprecise).is_empty());
        let beside = beside.and_then(|epoch| {
            let number = epoch_number::number(epoch.text.trim())?;
            date.zone_at(epoch_number::span(number, self.mapping.unit)?)
        });
        let named = text_of(fields.zone).trim();
        let of_row: Option<Zone> = (!named.is_empty()).then(|| named.parse().ok()).flatten();
        // An offset is part of the date then. The name of a place says more.
        if let Some(name) = fields
            .zone
            .filter(|_| !matches!(of_row, Some(Zone::Offset(_))))
        {
            self.keep(name);
        }
        let zone = beside.or(of_row);
        let zone = zone.as_ref().or(self.zone());
        let date = match zone {
            Some(zone) => date.in_zone(zone, named),
            None => date,
        };
        if date.lacks_zone() {
            self.report_zone(row, fields);
        }
        date
    }

    /// The zone of times that name none: the table's own, or else what the user states.
    pub(super) fn zone(&self) -> Option<&'_ Zone> {
        self.mapping.zone.as_ref().or(self.part.zone)
    }

    /// Reports that the zone of a time is not known, or counts it if that is reported already.
    fn report_zone(&mut self, row: &Range<usize>, fields: &RowFields<'_>) {
        if self.findings.count_again(&TIME_ZONE_UNKNOWN) {
            return;
        }
        let stamp = [fields.imprecise, fields.when, fields.time, fields.epoch];
        let Some(stamp) = stamp.into_iter().flatten().next() else {
            return;
        };
        let named = fields.zone.filter(|zone| !zone.text.trim().is_empty());
        let (value, message, help) = match (self.zone(), named) {
            (Some(zone), _) => (
                stamp,
                format!("clocks of `{zone}` never showed this time, or showed it twice"),
                "state the offset of the log, such as `--zone +01:00`",
            ),
            (None, None) => (stamp, "a time names no time zone".to_owned(), STATE_ZONE),
            (None, Some(named)) => {
                let name = named.text.trim();
                let message = format!("`{name}` may be several offsets from UTC");
                (named, message, STATE_ZONE)
            }
        };
        let finding = Diagnostic::new(&TIME_ZONE_UNKNOWN, self.part(row, value), message)
            .label("may be any instant of 26 hours")
            .help(help);
        self.findings.add(finding);
    }
}
