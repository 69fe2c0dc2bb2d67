//! Writes events of logs as a timeline in TOML.
//!
//! A log has a full stamp even if only the month is known. So stamps at midnight are reported, and are written less
//! precisely only on request.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::declarations;
use super::toml::key_names::{ID, MARKING, TITLE, WHEN};
use super::toml_text::{comment, put, put_list, put_marking};
use crate::date::{EventDate, Precision};
use crate::text::visible;
use crate::timeline::facts::{FactGroup, FactId, FactValue};
use crate::timeline::term::{PHASES, Tlp, is_technique};
use crate::timeline::{EntityId, Event, EventId, SourceId, Timeline};

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
        let mut out = String::from("format = 1\n\n[timeline]\n");
        self.head(&mut out);
        let used = self.entities();
        let declared = self
            .timeline
            .entities()
            .filter(|(_, entity)| entity.declared);
        let declared = declared.map(|(id, _)| id);
        let unused = declared.filter(|id| !used.contains(id));
        let entity = |id| self.timeline.entity(id);
        for &id in &used {
            declarations::entity(&mut out, entity(id));
        }
        for id in unused {
            declarations::unused(&mut out, |out| declarations::entity(out, entity(id)));
        }
        let used: BTreeSet<SourceId> = self.sources().map(|(id, _)| id).collect();
        let all = self.timeline.sources().map(|(id, _)| id);
        let unused = all.filter(|id| self.is_case() && !used.contains(id));
        let source = |id| self.timeline.source(id);
        for &id in &used {
            declarations::source(&mut out, source(id));
        }
        for id in unused {
            declarations::unused(&mut out, |out| declarations::source(out, source(id)));
        }
        for &id in self.events {
            self.event(&mut out, self.timeline.event(id), precision);
        }
        for question in self.timeline.questions() {
            declarations::question(&mut out, question);
        }
        out
    }

    /// Whether the files are a case with declarations of its own, and not only logs.
    fn is_case(&self) -> bool {
        let mut entities = self.timeline.entities();
        entities.any(|(_, entity)| entity.declared) || !self.timeline.questions().is_empty()
    }

    fn head(&self, out: &mut String) {
        let head = self.timeline.head();
        if head.title.is_empty() {
            let titles: Vec<&str> = self.logs().map(|(_, title)| title).collect();
            put(out, TITLE, &format!("Imported from {}", titles.join(", ")));
        } else {
            put(out, TITLE, &head.title);
        }
        if !head.summary.is_empty() {
            put(out, "summary", &head.summary);
        }
        if let Some(tlp) = head.tlp.or_else(|| self.effective_marking()) {
            put(out, MARKING, tlp.as_str());
        }
    }

    /// The logs of the events, in the order of opening.
    fn logs(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        self.titled(1)
    }

    /// The logs, and the documents that their rows name.
    fn sources(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        self.titled(usize::MAX)
    }

    /// The first `most` sources of each event, each once. The first source of an event is its log.
    fn titled(&self, most: usize) -> impl Iterator<Item = (SourceId, &'t str)> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let sources = events.flat_map(|event| event.sources().iter().take(most));
        let sources: BTreeSet<SourceId> = sources.copied().collect();
        let title = |id: SourceId| self.timeline.source(id).title.as_str();
        sources.into_iter().map(move |id| (id, title(id)))
    }

    /// The parties of the events.
    fn entities(&self) -> BTreeSet<EntityId> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let parties = events.flat_map(Event::all_parties);
        parties.map(|(_, id)| id).collect()
    }

    /// The strictest marking of the events. `None` if one has no marking: then the marking of the whole is unknown.
    fn effective_marking(&self) -> Option<Tlp> {
        let mut tlp = self.events.iter().map(|&id| self.timeline.event(id).tlp());
        let first = tlp.next()?;
        tlp.try_fold(first?, |strictest, tlp| Some(strictest.max(tlp?)))
    }

    fn event(&self, out: &mut String, event: Event<'_>, precision: Option<MidnightPrecision>) {
        out.push_str("\n[[events]]\n");
        put(out, ID, &event.key());
        if let Some(when) = event.when() {
            self.when(out, event, &when, precision);
        }
        put(out, TITLE, event.title());
        for fact in in_file() {
            self.fact(out, event, fact);
        }
        for (name, value) in event.attributes() {
            comment(out, &format!("{name}: {value}"));
        }
    }

    /// Writes a fact under its key, if the event has it.
    fn fact(&self, out: &mut String, event: Event<'_>, fact: FactId) {
        let Some(key) = fact.row().key else {
            return;
        };
        match fact.row().value(event) {
            FactValue::Text("") => {}
            FactValue::Text(text) => put(out, key, text),
            FactValue::Date(_, when) => {
                if let Some(when) = when {
                    put(out, key, when.written());
                }
            }
            // `check` would report an unusual phase: it becomes a tag.
            FactValue::Word(Some(phase)) if fact == FactId::PHASE && is_unusual(phase) => {}
            FactValue::Word(word) => {
                if let Some(word) = word {
                    put(out, key, word);
                }
            }
            FactValue::Words(..) if fact == FactId::TECHNIQUES => {
                let known: Vec<&str> = event.techniques().filter(|it| is_technique(it)).collect();
                put_list(out, key, &known);
            }
            FactValue::Words(..) if fact == FactId::TAGS => put_list(out, key, &tags(event)),
            FactValue::Words(words, terms) => {
                let words: Vec<&str> = terms.iter().map(|&term| words.word(term)).collect();
                put_list(out, key, &words);
            }
            FactValue::Parties(_, ids) => {
                let keys = ids.iter().map(|&id| self.timeline.entity(id).key.as_str());
                put_list(out, key, &keys.collect::<Vec<_>>());
            }
            FactValue::Events(ids) => {
                let written = ids.iter().filter(|id| self.events.contains(id));
                let keys: Vec<_> = written.map(|&id| self.timeline.event(id).key()).collect();
                put_list(
                    out,
                    key,
                    &keys.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
                );
            }
            FactValue::Sources(ids) => {
                let keys = ids.iter().map(|&id| self.timeline.source(id).key.as_str());
                put_list(out, key, &keys.collect::<Vec<_>>());
            }
            FactValue::Marking(tlp) => put_marking(out, tlp),
        }
    }

    fn when(
        &self,
        out: &mut String,
        event: Event<'_>,
        when: &EventDate,
        precision: Option<MidnightPrecision>,
    ) {
        if let Some(known) = precision.and_then(|it| it.shortened(when)) {
            put(out, WHEN, known);
            comment(out, &format!("precision: the log has {}", when.written()));
            return;
        }
        put(out, WHEN, when.written());
        let proposal = self
            .proposals
            .iter()
            .find(|it| event.sources().contains(&it.source));
        if let Some(known) = proposal.and_then(|proposal| proposal.precision.shortened(when)) {
            comment(out, &format!("precision: perhaps only {known}"));
        }
    }
}

/// The facts in the order of the file, without the date: prose comes late, and the marking last.
fn in_file() -> impl Iterator<Item = FactId> {
    let rank = |fact: &FactId| match fact.row().group {
        FactGroup::Handling => 2,
        FactGroup::Prose => 1,
        FactGroup::Time | FactGroup::Deed | FactGroup::Filing | FactGroup::Sources => 0,
    };
    let of_rank = move |number| FactId::all().filter(move |fact| rank(fact) == number);
    (0..=2)
        .flat_map(of_rank)
        .filter(|&fact| fact != FactId::WHEN)
}

fn is_unusual(phase: &str) -> bool {
    !PHASES.contains(&phase)
}

/// The tags of an event. Techniques without an id of ATT&CK and an unusual phase become tags too.
fn tags(event: Event<'_>) -> Vec<&str> {
    let techniques = event.techniques().filter(|it| !is_technique(it));
    let phase = Some(event.phase()).filter(|phase| !phase.is_empty() && is_unusual(phase));
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
