//! Writes events of logs, and timelines of other formats, as a timeline in TOML.
//!
//! A log has a full stamp even if only the month is known. So stamps at midnight are reported, and are written less
//! precisely only on request.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::toml::key_names::{MARKING, TITLE, WHEN};
use super::writers::items::{self, FileItems};
use super::writers::json_text::OrderedObject;
use super::writers::toml_tables::{TomlTables, UnseenCharacters};
use super::writers::toml_timeline;
use crate::date::{EventDate, Precision};
use crate::text::visible;
use crate::timeline::facts::FactId;
use crate::timeline::term::{PHASES, Tlp, is_technique};
use crate::timeline::{ClaimValue, EntityId, Event, EventId, SourceId, Timeline};

/// From this many stamps at midnight on, chance does not explain them: one second in 86 400 is midnight.
const FEWEST_AT_MIDNIGHT: usize = 3;

/// The precision to write instead of a stamp at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MidnightPrecision {
    /// For any stamp at midnight.
    Days,
    /// For stamps at midnight on the first of a month.
    Months,
    /// For stamps at midnight on 1 January.
    Years,
}

impl MidnightPrecision {
    /// From the finest to the coarsest.
    pub const ALL: [Self; 3] = [Self::Days, Self::Months, Self::Years];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The stamp shortened to this precision; `None` if that would lose more than zeros.
    fn shortened(self, when: &EventDate) -> Option<&str> {
        let coarsest = coarsest(when)?;
        let length = match self {
            Self::Days => 10,
            Self::Months => 7,
            Self::Years => 4,
        };
        let is_coarser = self > Self::Days || when.precision() > Precision::Day;
        when.written()
            .get(..length)
            .filter(|_| self <= coarsest && is_coarser)
    }

    const fn moment(self) -> &'static str {
        match self {
            Self::Days => "at midnight",
            Self::Months => "at midnight on the first of a month",
            Self::Years => "at midnight on the first of January",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Months => "month",
            Self::Years => "year",
        }
    }
}

/// The coarsest precision that a stamp may have; `None` if it is not at midnight.
fn coarsest(when: &EventDate) -> Option<MidnightPrecision> {
    let (day, time) = when.written().split_at_checked(10)?;
    if when.precision() < Precision::Day || !is_midnight(time) {
        return None;
    }
    Some(match day.get(4..) {
        Some("-01-01") => MidnightPrecision::Years,
        Some(rest) if rest.ends_with("-01") => MidnightPrecision::Months,
        _ => MidnightPrecision::Days,
    })
}

/// Whether a time is all zeros as written, that is, in the zone of its author.
fn is_midnight(time: &str) -> bool {
    let Some(clock) = time.strip_prefix(['T', ' ']) else {
        return time.is_empty();
    };
    let end = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let clock = clock.get(..end).unwrap_or(clock);
    clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// The proposal to write the stamps of a log less precisely, since many of them are at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrecisionProposal {
    pub source: SourceId,
    pub precision: MidnightPrecision,
    /// How many stamps are at such a midnight.
    pub count: usize,
    /// How many stamps the log has.
    pub of: usize,
}

impl PrecisionProposal {
    pub fn message(&self, timeline: &Timeline) -> String {
        let title = visible(&timeline.source(self.source).title).into_owned();
        let (count, of) = (self.count, self.of);
        let (at, unit) = (self.precision.moment(), self.precision.unit());
        format!("{count} of {of} stamps of `{title}` are {at}: perhaps only the {unit} is known")
    }

    pub fn hint(&self) -> String {
        let (unit, option) = (self.precision.unit(), self.precision.as_str());
        format!("`--precision {option}` writes only the {unit}")
    }
}

/// Events of logs, to be written as a timeline.
#[derive(Clone, Debug)]
pub struct TimelineImport<'t> {
    timeline: &'t Timeline,
    events: &'t [EventId],
    proposals: Vec<PrecisionProposal>,
}

impl<'t> TimelineImport<'t> {
    /// `events` are rows of logs.
    pub fn new(timeline: &'t Timeline, events: &'t [EventId]) -> Self {
        Self {
            timeline,
            events,
            proposals: proposals(timeline, events),
        }
    }

    /// At most one for each log.
    pub fn proposals(&self) -> &[PrecisionProposal] {
        &self.proposals
    }

    /// The timeline as TOML. With a precision, stamps at midnight are shortened to it.
    pub fn write(&self, precision: Option<MidnightPrecision>) -> String {
        let items = FileItems::new(self.timeline, self.events);
        let mut out = TomlTables::new(UnseenCharacters::Pictured);
        self.head(&mut out, &items);
        self.write_entities(&mut out);
        self.write_sources(&mut out, &items);
        for &id in self.events {
            self.event(&mut out, &items, id, precision);
        }
        toml_timeline::write_rest(&mut out, &items);
        out.end()
    }

    /// Whether the files are a case with declarations of its own, and not only logs.
    fn is_case(&self) -> bool {
        let mut entities = self.timeline.entities();
        entities.any(|(_, entity)| entity.declared) || !self.timeline.questions().is_empty()
    }

    fn head(&self, out: &mut TomlTables, items: &FileItems<'_>) {
        let head = items.head();
        out.heading("[timeline]");
        if self.timeline.head().title.is_empty() {
            let titles: Vec<&str> = self.logs().map(|(_, title)| title).collect();
            out.text(TITLE, &format!("Imported from {}", titles.join(", ")));
        }
        out.values(&head);
        let marking = self.effective_marking();
        if let Some(tlp) = marking.filter(|_| self.timeline.head().tlp.is_none()) {
            out.text(MARKING, tlp.as_str());
        }
    }

    fn write_entities(&self, out: &mut TomlTables) {
        let used = self.entities();
        let all = self.timeline.entities();
        let unused = all.filter(|(id, entity)| entity.declared && !used.contains(id));
        let unused = unused.map(|(id, _)| (id, false));
        for (id, is_used) in used.iter().map(|&id| (id, true)).chain(unused) {
            let entity = self.timeline.entity(id);
            let heading = format!("[entities.{}]", out.key(&entity.key));
            let item = items::entity(entity);
            declare(out, &heading, &item, is_used);
        }
    }

    fn write_sources(&self, out: &mut TomlTables, items: &FileItems<'_>) {
        let used = self.sources();
        let all = self.timeline.sources();
        let unused = all.filter(|(id, _)| self.is_case() && !used.contains(id));
        let unused = unused.map(|(id, _)| (id, false));
        for (id, is_used) in used.iter().map(|&id| (id, true)).chain(unused) {
            let source = self.timeline.source(id);
            let heading = format!("[sources.{}]", out.key(&source.key));
            let item = items.source(source);
            declare(out, &heading, &item, is_used);
        }
    }

    /// The logs of the events, in the order of opening. The first source of an event is its log.
    fn logs(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let logs: BTreeSet<SourceId> = events
            .filter_map(|it| it.sources().first().copied())
            .collect();
        let title = |id: SourceId| self.timeline.source(id).title.as_str();
        logs.into_iter().map(move |id| (id, title(id)))
    }

    /// The documents that the events cite, and those that they repeat.
    fn sources(&self) -> BTreeSet<SourceId> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let mut used: BTreeSet<SourceId> = events.flat_map(Event::sources).copied().collect();
        let mut open: Vec<SourceId> = used.iter().copied().collect();
        while let Some(id) = open.pop() {
            let repeated = self.timeline.source(id).derives_from.iter();
            open.extend(repeated.filter(|&&it| used.insert(it)));
        }
        used
    }

    /// The parties of the events, and those that their claims name.
    fn entities(&self) -> BTreeSet<EntityId> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let claims = events.clone().flat_map(Event::claims);
        let named = claims.flat_map(|(_, claim)| {
            let value = match &claim.value {
                Some(ClaimValue::Entity(id)) => Some(*id),
                Some(ClaimValue::Date(_) | ClaimValue::Text(_)) | None => None,
            };
            claim.by.into_iter().chain(value)
        });
        let parties = events.flat_map(Event::all_parties).map(|(_, id)| id);
        parties.chain(named).collect()
    }

    /// The strictest marking of the events. `None` if one has no marking: then the marking of the whole is unknown.
    fn effective_marking(&self) -> Option<Tlp> {
        let mut tlp = self.events.iter().map(|&id| self.timeline.event(id).tlp());
        let first = tlp.next()?;
        tlp.try_fold(first?, |strictest, tlp| Some(strictest.max(tlp?)))
    }

    fn event(
        &self,
        out: &mut TomlTables,
        items: &FileItems<'_>,
        id: EventId,
        precision: Option<MidnightPrecision>,
    ) {
        let event = self.timeline.event(id);
        let item = items.event_with(id, checked);
        out.heading("[[events]]");
        for (key, value) in item.entries().filter(|(_, value)| !value.is_table()) {
            match event.when().filter(|_| key == WHEN) {
                Some(when) => self.when(out, event, &when, precision),
                None => out.value(key, value),
            }
        }
        for (name, value) in event.attributes() {
            out.comment(&format!("{name}: {value}"));
        }
        out.lists("events", &item);
    }

    fn when(
        &self,
        out: &mut TomlTables,
        event: Event<'_>,
        when: &EventDate,
        precision: Option<MidnightPrecision>,
    ) {
        if let Some(known) = precision.and_then(|it| it.shortened(when)) {
            out.text(WHEN, known);
            out.comment(&format!("precision: the log has {}", when.written()));
            return;
        }
        out.text(WHEN, when.written());
        let proposal = self
            .proposals
            .iter()
            .find(|it| event.sources().contains(&it.source));
        if let Some(known) = proposal.and_then(|proposal| proposal.precision.shortened(when)) {
            out.comment(&format!("precision: perhaps only {known}"));
        }
    }
}

/// Writes a declaration: as a comment if nothing refers to it, since `check` would ask for a use of it.
fn declare(out: &mut TomlTables, heading: &str, item: &OrderedObject, is_used: bool) {
    if is_used {
        out.item(heading, item);
    } else {
        out.commented(heading, item);
    }
}

/// The value of a fact that `check` would report as it is: an unusual phase, and techniques without an id of ATT&CK,
/// become tags.
fn checked(event: Event<'_>, fact: FactId) -> Option<Value> {
    match fact {
        FactId::PHASE => is_unusual(event.phase()).then_some(Value::Null),
        FactId::TECHNIQUES => {
            let known: Vec<&str> = event.techniques().filter(|it| is_technique(it)).collect();
            Some(known.into())
        }
        FactId::TAGS => Some(tags(event).into()),
        _ => None,
    }
}

fn is_unusual(phase: &str) -> bool {
    !phase.is_empty() && !PHASES.contains(&phase)
}

/// The tags of an event. Techniques without an id of ATT&CK and an unusual phase become tags too.
fn tags(event: Event<'_>) -> Vec<&str> {
    let techniques = event.techniques().filter(|it| !is_technique(it));
    let phase = Some(event.phase()).filter(|phase| is_unusual(phase));
    let mut known = HashSet::new();
    let all = event.tags().chain(techniques).chain(phase);
    all.filter(|tag| known.insert(*tag)).collect()
}

/// A proposal for each log with many stamps at midnight: the finest precision among them.
fn proposals(timeline: &Timeline, events: &[EventId]) -> Vec<PrecisionProposal> {
    let mut found: BTreeMap<SourceId, (usize, Vec<MidnightPrecision>)> = BTreeMap::new();
    for event in events.iter().map(|&id| timeline.event(id)) {
        let (Some(when), Some(&source)) = (event.when(), event.sources().first()) else {
            continue;
        };
        let (of, at_midnight) = found.entry(source).or_default();
        *of += 1;
        // A day without a time is at midnight too. Only months and years can be proposed for it.
        at_midnight.extend(coarsest(&when).filter(|it| it.shortened(&when).is_some()));
    }
    let proposals = found.into_iter().filter_map(|(source, (of, at_midnight))| {
        let precision = at_midnight.iter().min().copied()?;
        let count = at_midnight.len();
        (count >= FEWEST_AT_MIDNIGHT).then_some(PrecisionProposal {
            source,
            precision,
            count,
            of,
        })
    });
    proposals.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coarsest_of(written: &str) -> Option<MidnightPrecision> {
        coarsest(&EventDate::parse(written).expect(written))
    }

    #[test]
    fn a_stamp_is_at_midnight_if_its_time_is_zero() {
        assert_eq!(
            coarsest_of("2015-12-01T00:00:00.000000+00:00"),
            Some(MidnightPrecision::Months)
        );
        assert_eq!(
            coarsest_of("2015-01-01T00:00:00+01:00"),
            Some(MidnightPrecision::Years)
        );
        assert_eq!(
            coarsest_of("2015-12-24 00:00"),
            Some(MidnightPrecision::Days)
        );
        assert_eq!(coarsest_of("2015-12-01"), Some(MidnightPrecision::Months));
        assert_eq!(coarsest_of("2015-12-01T00:00:00.000001Z"), None);
        assert_eq!(coarsest_of("2015-12-01T05:00:00Z"), None);
        assert_eq!(coarsest_of("2015-12"), None);
    }

    #[test]
    fn a_stamp_is_shortened_only_by_zeros() {
        let known = |precision: MidnightPrecision, written: &str| {
            let date = EventDate::parse(written).expect(written);
            precision.shortened(&date).map(str::to_owned)
        };
        let midnight = "2015-12-01T00:00:00Z";
        assert_eq!(
            known(MidnightPrecision::Months, midnight).as_deref(),
            Some("2015-12")
        );
        assert_eq!(
            known(MidnightPrecision::Days, midnight).as_deref(),
            Some("2015-12-01")
        );
        assert_eq!(known(MidnightPrecision::Years, midnight), None);
        assert_eq!(
            known(MidnightPrecision::Months, "2015-12-02T00:00:00Z"),
            None
        );
        assert_eq!(known(MidnightPrecision::Days, "2015-12-02"), None);
    }
}
