//! Relationships: who did what to whom with which technique, and what connects events.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::case::{BundleCase, add_once, confidence};
use super::dates;
use super::events::event_refs;
use super::index::BundleObject;
use super::notices::BundleNotices;
use super::own::UNDATED;
use super::parties::attack_id;
use super::prose::{at, cited, with_lines};
use crate::date::EventDate;
use crate::formats::flow_order::predecessors;
use crate::formats::json_object::JsonObject;
use crate::formats::stix::date_words::read_date_words;
use crate::formats::stix::stamps::OuterBounds;
use crate::timeline::draft::{DraftClaim, DraftEvent, DraftLink, Located, LocatedText};
use crate::timeline::term::{Aspect, LinkKind, is_technique};

/// Relationships between parties that happen at a time.
const DEEDS: [&str; 3] = ["targets", "compromises", "impersonates"];

/// A relationship, with its two ends.
struct Relation<'o, 't> {
    object: &'o BundleObject<'t>,
    kind: String,
    from: LocatedText,
    to: LocatedText,
}

/// What a relationship says of an event: the entities of an aspect.
#[derive(Clone, Debug)]
pub(super) struct PartyRelation {
    pub row: usize,
    pub aspect: Aspect,
    pub entity: LocatedText,
    /// The claims that the relationship itself made.
    claims: Range<usize>,
    author: String,
}

/// Adds everything that relationships say. Returns what each of them says of the party of an event.
pub(super) fn add_relations(case: &mut BundleCase<'_>) -> Vec<(String, PartyRelation)> {
    let mut of_parties = Vec::new();
    let mut times = vec![StatedTimes::default(); case.events.len()];
    for object in case.index.of(&["relationship"]) {
        let json = &object.json;
        let kind = json
            .text("relationship_type")
            .unwrap_or_default()
            .into_owned();
        let ends = (json.located("source_ref"), json.located("target_ref"));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        let relation = Relation {
            object: &object,
            kind,
            from,
            to,
        };
        if !case.rows.contains_key(relation.from.value.as_str())
            && !case.rows.contains_key(relation.to.value.as_str())
        {
            add_deed(case, &relation);
            continue;
        }
        let Some(row) = relation.add(case, &mut of_parties) else {
            continue;
        };
        case.index.used(&object.id);
        if let Some(times) = times.get_mut(row) {
            times.add(&mut case.notices, json);
        }
    }
    for (row, times) in times.into_iter().enumerate() {
        times.settle(case, row);
    }
    join(case, &of_parties);
    add_parts(case);
    add_order(case);
    of_parties
}

/// An author who names several parties does not contradict itself: its claims name them in words, since two values of one
/// aspect are rivals.
fn join(case: &mut BundleCase<'_>, of_parties: &[(String, PartyRelation)]) {
    let key = |said: &PartyRelation| (said.row, said.aspect, said.author.clone());
    let mut named: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (_, said) in of_parties {
        named
            .entry(key(said))
            .or_default()
            .insert(&said.entity.value);
    }
    for (_, said) in of_parties {
        if named[&key(said)].len() < 2 {
            continue;
        }
        let name = case.parties.name(&said.entity.value).unwrap_or_default();
        for claim in &mut case.events[said.row].claims[said.claims.clone()] {
            let number = claim.text.take().map(|text| text.value.to_string());
            let words: Vec<String> = [name.clone()].into_iter().chain(number).collect();
            claim.text = Some(at(&words.join(", "), claim.place));
            claim.value = None;
        }
    }
}

/// The times of the relationships of an event.
#[derive(Clone, Default)]
struct StatedTimes {
    bounds: Vec<OuterBounds>,
    dates: Vec<Located<EventDate>>,
}

impl StatedTimes {
    fn add(&mut self, notices: &mut BundleNotices, json: &JsonObject<'_>) {
        let ends = ["start_time", "stop_time"];
        let [start, stop] = ends.map(|end| json.text(end).map(Cow::into_owned));
        if let Some(date) = dates::interval(notices, json, ends) {
            self.bounds.push(OuterBounds { start, stop });
            self.dates.push(date);
        }
    }

    /// Dates an event that has no time of its own: by the words of dateline, if every relationship has the first and the last
    /// instant that they allow. So words never say more than the times do. Words that do not count stay in the summary.
    fn settle(&self, case: &mut BundleCase<'_>, row: usize) {
        let words = case.own.get(&row).cloned();
        let stated = words.as_ref().and_then(|it| read_date_words(&it.value));
        if case.events[row].when.is_none() {
            let bounds = stated.as_ref().map(OuterBounds::of);
            let is_within = bounds.is_some_and(|own| self.bounds.iter().all(|it| it.is_same(&own)));
            case.events[row].when = match (&words, &stated) {
                (Some(words), Some(stated)) if is_within => {
                    Some(Located::new(stated.clone(), words.place))
                }
                _ => around(&self.dates),
            };
            if let (Some(words), Some(stated), false) = (&words, &stated, is_within) {
                let finding = dates::outside_stamps(stated, words.place);
                case.notices.findings.push(finding);
            }
        }
        let event = &mut case.events[row];
        let when = event.when.as_ref().map(|when| when.value.written());
        let Some(words) = words.filter(|words| words.value != UNDATED) else {
            return;
        };
        if stated.is_none() || stated.as_ref().map(EventDate::written) != when {
            let line = format!("When: {}", words.value);
            event.summary = with_lines(event.summary.take(), [line], words.place);
        }
    }
}

/// Once, within some times: no relationship says that an event lasted as long as itself.
fn around(times: &[Located<EventDate>]) -> Option<Located<EventDate>> {
    let first = times
        .iter()
        .min_by_key(|time| time.value.start().earliest)?;
    let last = times.iter().max_by_key(|time| time.value.end().latest)?;
    let start = first
        .value
        .written()
        .split('/')
        .next()
        .filter(|it| *it != "..");
    let end = last.value.written().rsplit('/').next();
    let written = match (start.unwrap_or_default(), end.unwrap_or_default()) {
        (start, end) if start == end => start.to_owned(),
        (start, end) => format!("[{start}..{end}]"),
    };
    let when = EventDate::parse(&written).ok()?;
    Some(Located::new(when, first.place))
}

impl Relation<'_, '_> {
    /// Adds what the relationship says of an event. Returns the event, or nothing if a timeline has no place for it.
    fn add(
        &self,
        case: &mut BundleCase<'_>,
        of_parties: &mut Vec<(String, PartyRelation)>,
    ) -> Option<usize> {
        let (from, to) = (row(case, &self.from), row(case, &self.to));
        if let (Some(from), Some(to)) = (from, to) {
            return self.link(case, from, to);
        }
        let row = from.or(to)?;
        let other = if from.is_some() { &self.to } else { &self.from };
        let Some(object) = case.object(other) else {
            if case.is_missing(other) {
                case.index.used(&self.object.id);
            }
            return None;
        };
        if object.kind == "attack-pattern" {
            return (self.kind == "uses").then(|| {
                add_technique(case, row, &object, other);
                row
            });
        }
        let aspect = self.aspect(from.is_some())?;
        let entity = case.party(other)?;
        let event = &mut case.events[row];
        let list = match aspect {
            Aspect::Target => &mut event.targets,
            Aspect::Accused => &mut event.accused,
            Aspect::Addressee => &mut event.addressees,
            _ => &mut event.actors,
        };
        add_once(list, entity.clone());
        let claims = case.events[row].claims.len();
        let author = self.object.json.text("created_by_ref");
        let mut said = PartyRelation {
            row,
            aspect,
            entity,
            claims: claims..claims,
            author: author.unwrap_or_default().into_owned(),
        };
        self.claims(case, &said);
        said.claims.end = case.events[row].claims.len();
        of_parties.push((self.object.id.to_string(), said));
        Some(row)
    }

    /// Which party of the event the other end is.
    fn aspect(&self, is_from_event: bool) -> Option<Aspect> {
        match (self.kind.as_str(), is_from_event) {
            ("attributed-to", true) | ("performed", false) => Some(Aspect::Actor),
            ("targets" | "affects" | "impacts" | "compromises", true) => Some(Aspect::Target),
            ("related-to", true) => {
                let words = self.object.json.text("description")?;
                Aspect::parse(&words).filter(|aspect| aspect.is_party())
            }
            _ => None,
        }
    }

    /// A link between two events, at the event that carries it.
    fn link(&self, case: &mut BundleCase<'_>, from: usize, to: usize) -> Option<usize> {
        let words = self.object.json.text("description").unwrap_or_default();
        let place = self.object.place;
        if self.kind == "related-to" && words == "after" && from != to {
            let earlier = case.event_id(to, self.to.place);
            add_once(&mut case.events[from].after, earlier);
            return Some(from);
        }
        let (row, other, kind) = match self.kind.as_str() {
            "led-to" | "causes" => (to, from, LinkKind::CausedBy),
            "duplicate-of" => (from, to, LinkKind::SameAs),
            "attributed-to" => (from, to, LinkKind::PartOf),
            "related-to" => (from, to, LinkKind::parse(&words)?),
            kind => (from, to, LinkKind::parse(kind)?),
        };
        let to = case.event_id(other, place);
        add_link(case, row, to, kind);
        Some(row)
    }

    /// Who says so, if the relationship cites a source or has a confidence.
    fn claims(&self, case: &mut BundleCase<'_>, said: &PartyRelation) {
        let is_noted = case.noted.contains(self.object.id.as_ref());
        let level = confidence(self.object).filter(|_| !is_noted);
        let base = DraftClaim {
            place: self.object.place,
            about: Some(Located::new(said.aspect, self.object.place)),
            value: Some(said.entity.clone()),
            text: level
                .as_ref()
                .map(|(level, number)| at(number, level.place)),
            confidence: level.map(|(level, _)| level),
            tlp: case.marking(self.object),
            ..DraftClaim::default()
        };
        let mut claims = Vec::new();
        for source in self.cited(case) {
            let publisher = case.sources.publisher(&source.value).cloned();
            claims.push(DraftClaim {
                by: match publisher {
                    Some(publisher) => Some(case.called(&publisher)),
                    None => case.speaker(self.object),
                },
                source: Some(source),
                ..base.clone()
            });
        }
        if claims.is_empty() && base.confidence.is_some() {
            claims.push(DraftClaim {
                by: case.speaker(self.object),
                source: Some(case.bundle_source(self.object.place)),
                ..base
            });
        }
        case.events[said.row].claims.extend(claims);
    }

    /// The sources that the relationship cites in its words.
    fn cited(&self, case: &mut BundleCase<'_>) -> Vec<LocatedText> {
        let words = self.object.json.text("description").unwrap_or_default();
        let names = cited(&words);
        let tlp = case.marking(self.object);
        let sources = case.cited(self.object, tlp.as_ref()).into_iter();
        let meant =
            sources.filter(|source| names.is_empty() || names.contains(&source.name.as_str()));
        meant.map(|source| source.id).collect()
    }
}

fn row(case: &BundleCase<'_>, end: &LocatedText) -> Option<usize> {
    case.rows.get(end.value.as_str()).copied()
}

/// The technique of an attack pattern: its id of ATT&CK, or else its name as a tag.
pub(super) fn add_technique(
    case: &mut BundleCase<'_>,
    row: usize,
    pattern: &BundleObject<'_>,
    reference: &LocatedText,
) {
    let is_own = case.own.contains_key(&row) && pattern.json.get("external_references").is_none();
    let event = &mut case.events[row];
    let id = attack_id(&pattern.json, is_technique);
    // dateline writes a technique without an id of ATT&CK by its name.
    let own = pattern.json.located("name").filter(|_| is_own);
    let id = id.or_else(|| own.map(|name| at(&name.value, reference.place)));
    if let Some(id) = id.map(|id| Located::new(id.value, reference.place)) {
        add_once(&mut event.techniques, id);
    } else if let Some(name) = pattern.json.located("name") {
        add_once(&mut event.tags, name);
    }
    case.index.used(&pattern.id);
}

fn add_link(case: &mut BundleCase<'_>, row: usize, to: LocatedText, kind: LinkKind) {
    let place = to.place;
    let links = &mut case.events[row].links;
    if links
        .iter()
        .all(|link| link.to.value != to.value || link.kind.value != kind)
    {
        links.push(DraftLink {
            to,
            kind: Located::new(kind, place),
        });
    }
}

/// A relationship between two parties that has a time is an event of its own.
fn add_deed(case: &mut BundleCase<'_>, relation: &Relation<'_, '_>) {
    let object = relation.object;
    let ends = ["start_time", "stop_time"];
    let when = dates::interval(&mut case.notices, &object.json, ends);
    if when.is_none() || !DEEDS.contains(&relation.kind.as_str()) {
        return;
    }
    let parties = [&relation.from, &relation.to].map(|end| {
        let name = case.object(end)?.json.text("name")?.into_owned();
        Some((case.party(end)?, name))
    });
    let [Some((actor, who)), Some((target, whom))] = parties else {
        return;
    };
    let tlp = case.marking(object);
    let sources = case.cited(object, tlp.as_ref()).into_iter();
    let title = format!("{who} {} {whom}", relation.kind.replace('-', " "));
    let event = DraftEvent {
        place: object.place,
        when,
        title: Some(at(&title, object.place)),
        actors: vec![actor],
        targets: vec![target],
        summary: object.json.located("description").map(super::prose::prose),
        sources: sources.map(|source| source.id).collect(),
        tlp,
        ..DraftEvent::default()
    };
    case.add_event(event, &[&object.id], "relationship");
}

/// The events of an incident with several are parts of it.
fn add_parts(case: &mut BundleCase<'_>) {
    for incident in case.index.of(&["incident"]) {
        let Some(&whole) = case.rows.get(incident.id.as_ref()) else {
            continue;
        };
        for reference in event_refs(&incident) {
            let Some(&row) = case.rows.get(reference.value.as_str()) else {
                case.object(&reference);
                continue;
            };
            if row == whole {
                continue;
            }
            let to = case.event_id(whole, reference.place);
            add_link(case, row, to, LinkKind::PartOf);
        }
    }
}

/// The stated order of events: what follows an event, and what an action of a flow leads to.
fn add_order(case: &mut BundleCase<'_>) {
    let mut edges: Vec<(String, String)> = Vec::new();
    let kinds = [
        "attack-action",
        "attack-condition",
        "attack-operator",
        "event",
    ];
    for object in case.index.of(&kinds) {
        let lists = [
            "effect_refs",
            "on_true_refs",
            "on_false_refs",
            "next_event_refs",
            // The draft of STIX 2.2 spells it so in its example.
            "next_events_refs",
        ];
        for reference in lists.iter().flat_map(|list| object.json.texts(list)) {
            edges.push((object.id.to_string(), reference.value.into()));
        }
        if object.kind != "event" {
            case.index.used(&object.id);
        }
    }
    let mut events: Vec<_> = case
        .rows
        .iter()
        .map(|(id, row)| (id.clone(), *row))
        .collect();
    events.sort();
    let ids: Vec<&str> = events.iter().map(|(id, _)| id.as_str()).collect();
    for (later, earlier) in predecessors(&ids, &edges) {
        let (later, earlier) = (events[later].1, events[earlier].1);
        if later != earlier {
            let place = case.events[later].place;
            let id = case.event_id(earlier, place);
            add_once(&mut case.events[later].after, id);
        }
    }
}
