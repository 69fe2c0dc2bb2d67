//! The losses of one export: each row of a writer, with the number of its items and their events.

use super::content::ExportedContent;
use super::{Content, LossOutcome, LossRow};
use crate::timeline::{EventId, Timeline};

/// What a format keeps of some events, row by row.
#[derive(Clone, Debug)]
pub struct LossReport {
    /// The name of the format.
    pub format: &'static str,
    /// Only rows with items, in the order of the writer.
    pub rows: Vec<ReportedLoss>,
}

/// A row with what it is about in one export.
#[derive(Clone, Debug)]
pub struct ReportedLoss {
    pub content: Content,
    pub outcome: LossOutcome,
    pub how: &'static str,
    /// How many items the row is about.
    pub count: usize,
    /// How many items of this content there are.
    pub of: usize,
    /// The events of the items, each once; empty if nothing is lost.
    pub events: Vec<EventId>,
}

impl LossReport {
    pub fn new(
        format: &'static str,
        rows: &[LossRow],
        timeline: &Timeline,
        events: Vec<EventId>,
    ) -> Self {
        let mut exported = ExportedContent::new(timeline, events);
        let mut reported = Vec::new();
        for content in Content::ALL {
            let own: Vec<&LossRow> = rows.iter().filter(|row| row.content == content).collect();
            let row_of = |event: Option<EventId>| {
                let event = event.map(|id| timeline.event(id));
                own.iter().position(|row| {
                    let test = row.only.zip(event);
                    test.is_none_or(|(test, event)| test(timeline, event))
                })
            };
            let (mut all, mut found) = (0, vec![(0, Vec::new()); own.len()]);
            content.each(&exported, &mut |event| {
                all += 1;
                let Some(at) = row_of(event) else {
                    return;
                };
                let (count, events): &mut (usize, Vec<EventId>) = &mut found[at];
                *count += 1;
                if own[at].outcome.is_loss() && events.last().copied() != event {
                    events.extend(event);
                }
            });
            if content == Content::Event {
                // What else is said of an event that is left out needs no mention.
                exported.retain(|id| {
                    row_of(Some(id)).is_none_or(|at| own[at].outcome != LossOutcome::LeftOut)
                });
            }
            let rows = own.iter().zip(found);
            let rows = rows.filter(|(_, (count, _))| *count > 0);
            reported.extend(rows.map(|(row, (count, events))| ReportedLoss {
                content,
                outcome: row.outcome,
                how: row.how,
                count,
                of: all,
                events,
            }));
        }
        Self {
            format,
            rows: reported,
        }
    }

    /// The rows with this outcome.
    pub fn with(&self, outcome: LossOutcome) -> impl Iterator<Item = &ReportedLoss> {
        self.rows.iter().filter(move |row| row.outcome == outcome)
    }

    /// Whether anything is not kept as it is.
    pub fn is_lossy(&self) -> bool {
        self.rows.iter().any(|row| row.outcome.is_loss())
    }
}
