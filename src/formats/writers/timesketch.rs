//! Rows to upload to Timesketch: the events that have a stamp, and the tags of people's marks among their tags.

use super::record_stamps::stamp;
use super::records::{ALL, EventRecord, cell, rows};
use crate::timeline::{EventId, Timeline};

/// A row an event, under the names that Timesketch knows.
pub fn timesketch_csv(timeline: &Timeline, events: &[EventId]) -> String {
    let known = events.iter().copied().collect();
    let events = events.iter().map(|&id| timeline.event(id));
    let records = events.filter(|event| event.bounds().and_then(stamp).is_some());
    let records: Vec<EventRecord> = records
        .map(|event| {
            let mut record = EventRecord::of(timeline, event, &known, ALL);
            record.add_to_list("tag", &event.marks().tags());
            record
        })
        .collect();
    rows(&records, ALL, cell)
}
