//! From logs to a timeline: writes some of their events as TOML to edit further.
//!
//! A log has a stamp where an author may know only the month. Stamps at midnight are pointed out, and made coarser
//! only where that is asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

use crate::date::{EventDate, Precision};
use crate::text::{visible, visible_with_tabs};
use crate::timeline::facts::{FactGroup, FactId, FactValue};
use crate::timeline::term::{PHASES, Tlp, is_technique};
use crate::timeline::{EntityId, Event, EventId, SourceId, Timeline};

/// From this many stamps at midnight on, chance does not explain them: one second in 86 400 is midnight.
const FEWEST_AT_MIDNIGHT: usize = 3;

/// How little of a stamp may be known, where it is at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MidnightPrecision {
    /// The day: it is midnight.
    Days,
    /// The month: it is midnight on the first of a month.
    Months,
    /// The year: it is midnight on the first of January.
    Years,
}

impl MidnightPrecision {
    /// Every one, from the finest.
    pub const ALL: [Self; 3] = [Self::Days, Self::Months, Self::Years];

    /// The word for it on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// What a stamp is if no more of it is known; none if the stamp says more.
    fn of(self, when: &EventDate) -> Option<&str> {
        let most = most(when)?;
        let length = match self {
            Self::Days => 10,
            Self::Months => 7,
            Self::Years => 4,
        };
        let is_coarser = self > Self::Days || when.precision() > Precision::Day;
        when.written()
            .get(..length)
            .filter(|_| self <= most && is_coarser)
    }

    /// Where in time such stamps are.
    const fn at(self) -> &'static str {
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

/// The most that a stamp may leave open: none if it is not at midnight.
fn most(when: &EventDate) -> Option<MidnightPrecision> {
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

/// Whether a time and its zone are nothing but zeros, as written: in the zone of its author.
fn is_midnight(time: &str) -> bool {
    let Some(clock) = time.strip_prefix(['T', ' ']) else {
        return time.is_empty();
    };
    let end = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let clock = clock.get(..end).unwrap_or(clock);
    clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// That many stamps of a log are at midnight, and so may be less precise than they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrecisionProposal {
    /// The log.
    pub source: SourceId,
    /// How little may be known.
    pub coarse: MidnightPrecision,
    /// How many stamps.
    pub count: usize,
    /// Of how many in the log.
    pub of: usize,
}

impl PrecisionProposal {
    /// Which stamps may be less precise than they are written, for people.
    pub fn message(&self, timeline: &Timeline) -> String {
        let title = visible(&timeline.source(self.source).title).into_owned();
        let (count, of) = (self.count, self.of);
        let (at, unit) = (self.coarse.at(), self.coarse.unit());
        format!("{count} of {of} stamps of `{title}` are {at}: perhaps only the {unit} is known")
    }

    /// How to write them less precisely.
    pub fn hint(&self) -> String {
        let (unit, option) = (self.coarse.unit(), self.coarse.as_str());
        format!("`--precision {option}` writes only the {unit}")
    }
}

/// What is to be written.
#[derive(Clone, Debug)]
pub struct TimelineImport<'t> {
    timeline: &'t Timeline,
    events: &'t [EventId],
    proposals: Vec<PrecisionProposal>,
}

impl<'t> TimelineImport<'t> {
    /// Some events of a timeline that are rows of logs.
    pub fn new(timeline: &'t Timeline, events: &'t [EventId]) -> Self {
        Self {
            timeline,
            events,
            proposals: proposals(timeline, events),
        }
    }

    /// What may be less precise than it is written, one a log at the most.
    pub fn proposals(&self) -> &[PrecisionProposal] {
        &self.proposals
    }

    /// The events as a timeline in TOML. Only where a precision is asked for, stamps at midnight become coarser.
    pub fn write(&self, coarse: Option<MidnightPrecision>) -> String {
        let mut out = String::from("format = 1\n\n[timeline]\n");
        let titles: Vec<&str> = self.logs().map(|(_, title)| title).collect();
        put(
            &mut out,
            "title",
            &format!("Imported from {}", titles.join(", ")),
        );
        if let Some(tlp) = self.effective_marking() {
            put(&mut out, "tlp", tlp.as_str());
        }
        for id in self.entities() {
            let entity = self.timeline.entity(id);
            let head = format!("\n[entities.{}]\n", key(&entity.key));
            out.push_str(&head);
            put(&mut out, "name", &entity.name);
            put_marking(&mut out, entity.tlp);
        }
        for (source, _) in self.sources() {
            let source = self.timeline.source(source);
            let head = format!("\n[sources.{}]\n", key(&source.key));
            out.push_str(&head);
            put(&mut out, "title", &source.title);
            if let Some(note) = &source.note {
                put(&mut out, "note", note);
            }
            put_marking(&mut out, source.tlp);
        }
        for &id in self.events {
            self.event(&mut out, self.timeline.event(id), coarse);
        }
        out
    }

    /// The logs of the events, in the order in which they were opened.
    fn logs(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        self.titled(1)
    }

    /// The same with the documents that their rows name.
    fn sources(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        self.titled(usize::MAX)
    }

    /// The first few sources of each event: the log comes first.
    fn titled(&self, few: usize) -> impl Iterator<Item = (SourceId, &'t str)> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let sources = events.flat_map(|event| event.sources().iter().take(few));
        let sources: BTreeSet<SourceId> = sources.copied().collect();
        let title = |id: SourceId| self.timeline.source(id).title.as_str();
        sources.into_iter().map(move |id| (id, title(id)))
    }

    /// Whom the events name.
    fn entities(&self) -> BTreeSet<EntityId> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let parties = events.flat_map(Event::all_parties);
        parties.map(|(_, id)| id).collect()
    }

    /// The strictest marking, which is that of the whole if nothing is without one: how the rest of it is marked,
    /// is unknown.
    fn effective_marking(&self) -> Option<Tlp> {
        let mut tlp = self.events.iter().map(|&id| self.timeline.event(id).tlp());
        let first = tlp.next()?;
        tlp.try_fold(first?, |strictest, tlp| Some(strictest.max(tlp?)))
    }

    fn event(&self, out: &mut String, event: Event<'_>, coarse: Option<MidnightPrecision>) {
        out.push_str("\n[[events]]\n");
        put(out, "id", &event.key());
        if let Some(when) = event.when() {
            self.when(out, event, &when, coarse);
        }
        put(out, "title", event.title());
        for fact in in_file() {
            self.fact(out, event, fact);
        }
        for (name, value) in event.attributes() {
            comment(out, &format!("{name}: {value}"));
        }
    }

    /// A fact under its key; nothing if it is not stated.
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
            // `check` knows some phases: any other is kept as a tag, which is free.
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
        coarse: Option<MidnightPrecision>,
    ) {
        if let Some(known) = coarse.and_then(|coarse| coarse.of(when)) {
            put(out, "when", known);
            comment(out, &format!("precision: the log has {}", when.written()));
            return;
        }
        put(out, "when", when.written());
        let proposal = self
            .proposals
            .iter()
            .find(|it| event.sources().contains(&it.source));
        if let Some(known) = proposal.and_then(|proposal| proposal.coarse.of(when)) {
            comment(out, &format!("precision: perhaps no more than {known}"));
        }
    }
}

/// The facts in the order in which an event states them, but for when it happened: prose comes late, and who may see
/// it last.
fn in_file() -> impl Iterator<Item = FactId> {
    let rank = |fact: &FactId| match fact.row().group {
        FactGroup::Handling => 2,
        FactGroup::Prose => 1,
        FactGroup::Time | FactGroup::Deed | FactGroup::Filing | FactGroup::Sources => 0,
    };
    let of_rank = move |wanted| FactId::all().filter(move |fact| rank(fact) == wanted);
    (0..=2)
        .flat_map(of_rank)
        .filter(|&fact| fact != FactId::WHEN)
}

fn is_unusual(phase: &str) -> bool {
    !PHASES.contains(&phase)
}

/// The tags of an event, and what only a tag can be: techniques that are not ids of ATT&CK, and a phase of its own.
fn tags(event: Event<'_>) -> Vec<&str> {
    let techniques = event.techniques().filter(|it| !is_technique(it));
    let phase = Some(event.phase()).filter(|phase| !phase.is_empty() && is_unusual(phase));
    let mut known = HashSet::new();
    let all = event.tags().chain(techniques).chain(phase);
    all.filter(|tag| known.insert(*tag)).collect()
}

/// For each log the least precision that all its stamps at midnight have, if there are too many for an accident.
fn proposals(timeline: &Timeline, events: &[EventId]) -> Vec<PrecisionProposal> {
    let mut found: BTreeMap<SourceId, (usize, Vec<MidnightPrecision>)> = BTreeMap::new();
    for event in events.iter().map(|&id| timeline.event(id)) {
        let (Some(when), Some(&source)) = (event.when(), event.sources().first()) else {
            continue;
        };
        let (of, at_midnight) = found.entry(source).or_default();
        *of += 1;
        // A plain day is at midnight too, and says no more than a day: only months and years can be proposed for it.
        at_midnight.extend(most(&when).filter(|it| it.of(&when).is_some()));
    }
    let proposals = found.into_iter().filter_map(|(source, (of, at_midnight))| {
        let coarse = at_midnight.iter().min().copied()?;
        let count = at_midnight.len();
        (count >= FEWEST_AT_MIDNIGHT).then_some(PrecisionProposal {
            source,
            coarse,
            count,
            of,
        })
    });
    proposals.collect()
}

fn put(out: &mut String, key: &str, value: &str) {
    writeln!(out, "{key} = {}", quoted(value)).expect("a string takes all that is written");
}

fn put_list(out: &mut String, key: &str, values: &[&str]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        writeln!(out, "{key} = [{}]", values.join(", "))
            .expect("a string takes all that is written");
    }
}

fn put_marking(out: &mut String, tlp: Option<Tlp>) {
    if let Some(tlp) = tlp {
        put(out, "tlp", tlp.as_str());
    }
}

/// A comment, with an indented line for each further line of its text. It ends with its line, even if the log's text does not.
fn comment(out: &mut String, text: &str) {
    for (number, line) in text.trim().lines().enumerate() {
        let indent = if number > 0 { "    " } else { "" };
        let line = format!("# {indent}{}", visible_with_tabs(line));
        writeln!(out, "{}", line.trim_end()).expect("a string takes all that is written");
    }
}

/// A text as a basic string of TOML. What is not visible is written as its picture: `check` would only find it again.
fn quoted(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(visible_with_tabs).collect();
    let text = lines.join("\n");
    TomlStringBuilder::new(&text).as_basic().to_toml_value()
}

/// An id as a key of TOML, which needs quotation marks around letters that are not English.
fn key(id: &str) -> String {
    let bare = TomlKeyBuilder::new(id).as_unquoted();
    bare.map_or_else(|| quoted(id), |key| key.to_toml_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coarse(written: &str) -> Option<MidnightPrecision> {
        most(&EventDate::parse(written).expect(written))
    }

    #[test]
    fn midnight_is_where_a_stamp_says_nothing_but_a_day() {
        assert_eq!(
            coarse("2015-12-01T00:00:00.000000+00:00"),
            Some(MidnightPrecision::Months)
        );
        assert_eq!(
            coarse("2015-01-01T00:00:00+01:00"),
            Some(MidnightPrecision::Years)
        );
        assert_eq!(coarse("2015-12-24 00:00"), Some(MidnightPrecision::Days));
        assert_eq!(coarse("2015-12-01"), Some(MidnightPrecision::Months));
        assert_eq!(coarse("2015-12-01T00:00:00.000001Z"), None);
        assert_eq!(coarse("2015-12-01T05:00:00Z"), None);
        assert_eq!(coarse("2015-12"), None);
    }

    #[test]
    fn a_stamp_becomes_coarser_only_as_far_as_it_says_nothing() {
        let known = |coarse: MidnightPrecision, written: &str| {
            let date = EventDate::parse(written).expect(written);
            coarse.of(&date).map(str::to_owned)
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

    #[test]
    fn a_text_is_written_so_that_toml_reads_it_back() {
        assert_eq!(quoted("a \"b\"\\c\r\nd\te"), r#""a \"b\"\\c\nd\te""#);
        assert_eq!(quoted("\u{1b}[31m"), "\"␛[31m\"");
        assert_eq!(key("a-csv"), "a-csv");
        assert_eq!(key("späť"), "\"späť\"");
    }
}
