//! The zone of a time in a log: stated by its row, by the reader, or not known.

use std::ops::Range;

use super::epoch;
use super::rows::Filler;
use super::said::{Said, text_of};
use crate::date::{EventDate, Zone};
use crate::diagnostic::{Diagnostic, TIME_ZONE_UNKNOWN};

const STATE_ZONE: &str = "state the zone of the log: `--zone +01:00`, or `--zone Europe/London`";

impl Filler<'_> {
    /// A date with the zone that the row or the reader states: by the number next to the stamp, which counts in UTC, by
    /// the column that names a zone, or by the zone of the whole log.
    pub(super) fn zoned(
        &mut self,
        row: &Range<usize>,
        said: &Said<'_>,
        date: EventDate,
    ) -> EventDate {
        if !date.lacks_zone() {
            return date;
        }
        // A number next to `when_edtf` was made of it, as if its clock showed UTC.
        let beside = said.epoch.filter(|_| text_of(said.imprecise).is_empty());
        let beside = beside.and_then(|epoch| {
            let number = epoch::number(epoch.text.trim())?;
            date.zone_at(epoch::span(number, self.dialect.unit)?)
        });
        let named = text_of(said.zone).trim();
        let of_row: Option<Zone> = (!named.is_empty()).then(|| named.parse().ok()).flatten();
        // An offset is in the date then; the name of a place says more.
        if let Some(name) = said
            .zone
            .filter(|_| !matches!(of_row, Some(Zone::Offset(_))))
        {
            self.keep(name);
        }
        let zone = beside.or(of_row);
        let zone = zone.as_ref().or(self.part.zone);
        let date = match zone {
            Some(zone) => date.in_zone(zone, named),
            None => date,
        };
        if date.lacks_zone() {
            self.tell_of_zone(row, said);
        }
        date
    }

    /// Reports that the zone of a time is not known, or counts it if that is reported already.
    fn tell_of_zone(&mut self, row: &Range<usize>, said: &Said<'_>) {
        if self.told.count_again(&TIME_ZONE_UNKNOWN) {
            return;
        }
        let stamp = [said.imprecise, said.when, said.time, said.epoch];
        let Some(stamp) = stamp.into_iter().flatten().next() else {
            return;
        };
        let named = said.zone.filter(|zone| !zone.text.trim().is_empty());
        let (value, message, help) = match (self.part.zone, named) {
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
        self.told.tell(finding);
    }
}
