//! Finds the files whose stamps are at midnight because only a day, a month or a year was known.

use std::collections::BTreeMap;

use super::MidnightPrecision;
use super::stamp::{self, MidnightStamp};
use crate::date::{DateShape, EventDate};
use crate::text::visible;
use crate::timeline::{Event, EventId, SourceId, Timeline};

/// From this many stamps at midnight on, chance does not explain them: one second in 86 400 is midnight.
const FEWEST_AT_MIDNIGHT: usize = 3;

/// Among this many stamps, at least one must be at a midnight elsewhere. A program that runs every hour writes such
/// stamps by chance: at most one of 60.
const MOST_FOR_ONE_ELSEWHERE: usize = 10;

/// The offsets of places with and without summer time, in hours. Stamps of one author agree on such a pair.
const OFFSET_FAMILIES: [(i8, i8); 8] = [
    (-8, -7),
    (-7, -6),
    (-6, -5),
    (-5, -4),
    (-4, -3),
    (0, 1),
    (1, 2),
    (2, 3),
];

/// The stamps at midnight of some events, file by file.
#[derive(Clone, Debug)]
pub struct PrecisionDetective {
    proposals: Vec<PrecisionProposal>,
    /// The files whose stamps agree on a midnight elsewhere.
    elsewhere: Vec<Option<SourceId>>,
}

/// The proposal to write the stamps of a file less precisely, since many of them are at midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrecisionProposal {
    /// The log; `None` for the events of a timeline.
    pub source: Option<SourceId>,
    pub precision: MidnightPrecision,
    /// How many stamps are at such a midnight.
    pub count: usize,
    /// How many stamps the file has.
    pub of: usize,
    /// Whether the midnights are those of other zones than the one in which the stamps are written.
    pub is_elsewhere: bool,
    /// A date as written, and as it would be written.
    pub example: (String, String),
}

impl PrecisionProposal {
    pub fn message(&self, timeline: &Timeline) -> String {
        let title = self.source.map(|source| &timeline.source(source).title);
        let title = title.map_or_else(String::new, |title| format!(" of `{}`", visible(title)));
        let (count, of) = (self.count, self.of);
        let (at, unit) = (self.precision.moment(), self.precision.unit());
        let zone = if self.is_elsewhere {
            ", in the zone of their author"
        } else {
            ""
        };
        let (before, after) = &self.example;
        let (before, after) = (visible(before).replacen('/', " … ", 1), visible(after));
        format!(
            "{count} of {of} stamps{title} are {at}{zone}: perhaps only the {unit} is known ({before} → {after})"
        )
    }

    pub fn hint(&self) -> String {
        let (unit, option) = (self.precision.unit(), self.precision.as_str());
        format!("`--precision {option}` writes only the {unit}")
    }
}

/// The stamps of one file.
#[derive(Default)]
struct FileStamps<'t> {
    /// Every stamp at midnight, and the date that it is an end of.
    at_midnight: Vec<(MidnightStamp, EventDate, Event<'t>)>,
    of: usize,
}

impl PrecisionDetective {
    pub fn new(timeline: &Timeline, events: &[EventId]) -> Self {
        let mut files: BTreeMap<Option<SourceId>, FileStamps<'_>> = BTreeMap::new();
        for event in events.iter().map(|&id| timeline.event(id)) {
            let Some(when) = event.when() else {
                continue;
            };
            let stamps = files.entry(file_of(event)).or_default();
            for end in stamp::ends(&when) {
                stamps.of += 1;
                if let Some(stamp) = MidnightStamp::of(&end) {
                    stamps.at_midnight.push((stamp, end, event));
                }
            }
        }
        let elsewhere = files.iter().filter(|(_, stamps)| stamps.agree_elsewhere());
        let mut detective = Self {
            proposals: Vec::new(),
            elsewhere: elsewhere.map(|(file, _)| *file).collect(),
        };
        for (file, stamps) in files {
            detective
                .proposals
                .extend(stamps.proposal(file, &detective));
        }
        detective
    }

    /// At most one for each file.
    pub fn proposals(&self) -> &[PrecisionProposal] {
        &self.proposals
    }

    /// A date of an event at a precision; `None` if that would lose more than zeros.
    pub fn shortened(
        &self,
        event: Event<'_>,
        when: &EventDate,
        precision: MidnightPrecision,
    ) -> Option<String> {
        let is_elsewhere = self.elsewhere.contains(&file_of(event));
        stamp::shortened(when, |end| {
            let stamp = MidnightStamp::of(end)?;
            let is_meant = stamp.offset.is_none() || is_elsewhere;
            is_meant.then(|| stamp.shortened(end, precision))?
        })
    }

    /// A date of an event at the precision that is proposed for its file.
    pub fn proposed(&self, event: Event<'_>, when: &EventDate) -> Option<String> {
        let file = file_of(event);
        let proposal = self.proposals.iter().find(|it| it.source == file)?;
        self.shortened(event, when, proposal.precision)
    }
}

/// The log of an event; `None` for an event of a timeline.
fn file_of(event: Event<'_>) -> Option<SourceId> {
    let first = event.sources().first().copied();
    first.filter(|_| event.is_named_by_line())
}

impl FileStamps<'_> {
    /// Whether enough stamps are at a midnight of one place, with or without its summer time, that is not the midnight as
    /// written.
    fn agree_elsewhere(&self) -> bool {
        let stamps = self.at_midnight.iter().map(|(stamp, ..)| stamp);
        let elsewhere = stamps.clone().filter(|it| it.offset.is_some()).count();
        let of_months = stamps.filter(|it| it.coarsest >= MidnightPrecision::Months);
        let agree = |(winter, summer): &(i8, i8)| {
            // The clocks of London show UTC in winter.
            let of_family = of_months.clone().filter(|it| {
                let offset = it.offset.unwrap_or(0);
                offset == *winter || offset == *summer
            });
            of_family.count() >= FEWEST_AT_MIDNIGHT
        };
        elsewhere * MOST_FOR_ONE_ELSEWHERE >= self.of.max(1) && OFFSET_FAMILIES.iter().any(agree)
    }

    /// The finest precision among the stamps at midnight.
    fn proposal(
        &self,
        source: Option<SourceId>,
        detective: &PrecisionDetective,
    ) -> Option<PrecisionProposal> {
        let is_elsewhere = detective.elsewhere.contains(&source);
        let meant = self.at_midnight.iter().filter(|(stamp, end, _)| {
            let can_be_shortened = stamp.shortened(end, stamp.coarsest).is_some();
            can_be_shortened && (stamp.offset.is_none() || is_elsewhere)
        });
        let precision = meant.clone().map(|(stamp, ..)| stamp.coarsest).min()?;
        let count = meant.clone().count();
        let dates = meant.filter_map(|(_, _, event)| {
            let when = event.when()?;
            let known = detective.shortened(*event, &when, precision)?;
            Some((when, known))
        });
        // A date with two ends shows both.
        let (when, known) = dates.min_by_key(|(when, _)| when.shape() != DateShape::Extent)?;
        (count >= FEWEST_AT_MIDNIGHT).then(|| PrecisionProposal {
            source,
            precision,
            count,
            of: self.of,
            is_elsewhere,
            example: (when.written().to_owned(), known),
        })
    }
}
