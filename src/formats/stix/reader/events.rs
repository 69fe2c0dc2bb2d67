//! Events: campaigns, incidents, events of incidents, sightings, observed data and the actions of a flow.

use super::case::{BundleCase, add_once, confidence};
use super::dates;
use super::index::BundleObject;
use super::own;
use super::prose::{at, cited, prose, with_lines};
use super::sources::CitedSource;
use crate::formats::json_object::{JsonObject, JsonValue};
use crate::formats::log::title_of;
use crate::formats::stix::extensions;
use crate::timeline::draft::{DraftClaim, DraftEvent, Located, LocatedText};
use crate::timeline::term::{Aspect, is_technique};

/// Makes events of all objects that are one.
pub(super) fn add_events(case: &mut BundleCase<'_>) {
    add_incidents(case);
    for object in case.index.of(&["event"]) {
        if !case.rows.contains_key(object.id.as_ref()) {
            let when = dates::of_event(&mut case.notices, &object.json);
            let event = DraftEvent {
                when,
                ..described(case, &object)
            };
            let event = with_status(event, &object);
            let row = case.add_event(event, &[&object.id], "event");
            case.own
                .extend(own::when(&object.json).map(|when| (row, when)));
        }
    }
    for object in case.index.of(&["campaign"]) {
        add_campaign(case, &object);
    }
    for object in case.index.of(&["sighting"]) {
        add_sighting(case, &object);
    }
    for object in case.index.of(&["observed-data"]) {
        add_observed_data(case, &object);
    }
    for object in case.index.of(&["attack-action"]) {
        add_action(case, &object);
    }
}

/// An incident with one event is that event: it has the name and the parties, the other has the time.
fn add_incidents(case: &mut BundleCase<'_>) {
    for object in case.index.of(&["incident"]) {
        let events = event_refs(&object);
        let only = match &events[..] {
            [only] if !case.rows.contains_key(only.value.as_str()) => case.object(only),
            _ => None,
        };
        let mut event = described(case, &object);
        // The platforms that date an incident itself do so with these names.
        event.when = dates::interval(&mut case.notices, &object.json, ["first_seen", "last_seen"]);
        let mut ids = vec![object.id.as_ref()];
        if let Some(only) = &only {
            let when = dates::of_event(&mut case.notices, &only.json);
            event.when = when.or(event.when);
            event = with_status(event, only);
            let tlp = case.marking(only);
            event.tlp = event.tlp.into_iter().chain(tlp).max_by_key(|it| it.value);
            ids.push(&only.id);
        }
        for kind in incident_types(&object) {
            add_once(&mut event.tags, kind);
        }
        let row = case.add_event(event, &ids, "incident");
        case.own
            .extend(own::when(&object.json).map(|when| (row, when)));
    }
}

/// The events of an incident, in its core in STIX 2.2, and in its extension in 2.1.
pub(super) fn event_refs(incident: &BundleObject<'_>) -> Vec<LocatedText> {
    let mut refs = incident.json.texts("event_refs");
    let extension = incident.json.object("extensions");
    if let Some(extension) = extension.and_then(|it| it.object(extensions::INCIDENT)) {
        refs.extend(extension.texts("event_refs"));
        let steps = extension.items("events").into_iter();
        refs.extend(steps.filter_map(|step| step.object()?.located("event_ref")));
    }
    refs
}

fn incident_types(incident: &BundleObject<'_>) -> Vec<LocatedText> {
    let mut types = incident.json.texts("incident_types");
    let extension = incident.json.object("extensions");
    if let Some(extension) = extension.and_then(|it| it.object(extensions::INCIDENT)) {
        types.extend(extension.texts("incident_types"));
    }
    types
}

/// What every object says of itself.
fn described(case: &mut BundleCase<'_>, object: &BundleObject<'_>) -> DraftEvent {
    let json = &object.json;
    let tlp = case.marking(object);
    let sources = case.cited(object, tlp.as_ref());
    let name = json.located("name");
    let is_own = own::is_event(json);
    let short = name.as_ref().filter(|_| !is_own);
    let short = short.and_then(|name| title_of(&name.value));
    let title = match (&name, &short) {
        (Some(name), Some(short)) => Some(at(short, name.place)),
        _ => name.clone(),
    };
    let long = name
        .filter(|_| short.is_some())
        .map(|name| name.value.into());
    let mut event = DraftEvent {
        place: object.place,
        title,
        tags: tags(object),
        tlp,
        ..DraftEvent::default()
    };
    for source in &sources {
        add_once(&mut event.sources, source.id.clone());
    }
    let words = json.located("description");
    let words = if is_own {
        words.and_then(|words| own::read_event(&mut event, &words))
    } else {
        words.map(prose)
    };
    event.summary = with_lines(words, long, object.place);
    if let Some((level, number)) = confidence(object) {
        let claim = case.claim(object);
        event.claims.push(DraftClaim {
            about: Some(Located::new(Aspect::Event, level.place)),
            text: Some(at(&number, level.place)),
            confidence: Some(level),
            ..claim
        });
    }
    event
}

/// The labels of an object, its types, and the ids of weaknesses.
fn tags(object: &BundleObject<'_>) -> Vec<LocatedText> {
    let mut tags = Vec::new();
    let lists = ["labels", "event_types"].map(|list| object.json.texts(list));
    lists
        .into_iter()
        .flatten()
        .for_each(|tag| add_once(&mut tags, tag));
    for reference in object.json.items("external_references") {
        let reference = reference.object();
        let id = reference.and_then(|it| {
            let is_cve = it.text("source_name")?.eq_ignore_ascii_case("cve");
            it.located("external_id").filter(|_| is_cve)
        });
        if let Some(id) = id {
            add_once(&mut tags, id);
        }
    }
    tags
}

/// An event that may not have happened says so.
fn with_status(mut event: DraftEvent, object: &BundleObject<'_>) -> DraftEvent {
    let status = object.json.located("status");
    let is_own = own::is_event(&object.json);
    let is_usual =
        |status: &str| matches!(status, "occurred" | "ongoing") || is_own && status == UNDETERMINED;
    if let Some(status) = status.filter(|it| !is_usual(&it.value)) {
        add_once(&mut event.tags, status);
    }
    let goal = object.json.text("goal").map(|goal| format!("Goal: {goal}"));
    event.summary = with_lines(event.summary, goal, object.place);
    event
}

/// The status of an event if claims differ whether it happened.
const UNDETERMINED: &str = "undetermined";

/// An event that dateline wrote is undetermined because a claim objects. If none does, its status is a tag.
pub(super) fn add_doubts(case: &mut BundleCase<'_>) {
    for object in case.index.of(&["event"]) {
        let status = object.json.located("status");
        let status = status.filter(|it| it.value == UNDETERMINED && own::is_event(&object.json));
        let row = case.rows.get(object.id.as_ref()).copied();
        let (Some(status), Some(row)) = (status, row) else {
            continue;
        };
        let event = &mut case.events[row];
        let objects = event.claims.iter().any(|claim| {
            let is_of_event = claim
                .about
                .as_ref()
                .is_none_or(|it| it.value == Aspect::Event);
            is_of_event && claim.stance.as_ref().is_some_and(|it| it.value.objects())
        });
        if !objects {
            add_once(&mut event.tags, status);
        }
    }
}

fn add_campaign(case: &mut BundleCase<'_>, object: &BundleObject<'_>) {
    let json = &object.json;
    let mut event = described(case, object);
    event.when = dates::interval(&mut case.notices, json, ["first_seen", "last_seen"]);
    let own = event.title.as_ref().map(|title| title.value.clone());
    let mut aliases = json.texts("aliases");
    aliases.retain(|alias| Some(&alias.value) != own.as_ref());
    let aliases: Vec<_> = aliases.iter().map(|alias| alias.value.as_str()).collect();
    let aliases = (!aliases.is_empty()).then(|| format!("Also called {}", aliases.join(", ")));
    let objective = json
        .text("objective")
        .map(|words| format!("Objective: {words}"));
    let lines = aliases.into_iter().chain(objective);
    event.summary = with_lines(event.summary, lines, object.place);
    let cited = case.cited(object, event.tlp.as_ref());
    add_date_claims(case, &mut event, object, &cited);
    case.add_event(event, &[&object.id], "campaign");
}

/// Who says when a campaign of ATT&CK was first and last seen. Each source states an end of the date, so none states it as a
/// whole: such a claim has words, and no value that could contradict another.
fn add_date_claims(
    case: &mut BundleCase<'_>,
    event: &mut DraftEvent,
    object: &BundleObject<'_>,
    sources: &[CitedSource],
) {
    let citations = ["x_mitre_first_seen_citation", "x_mitre_last_seen_citation"]
        .map(|name| object.json.located(name));
    for source in sources {
        let cites = |citation: &Option<LocatedText>| {
            let citation = citation.as_ref()?;
            let is_cited = cited(&citation.value).contains(&source.name.as_str());
            is_cited.then_some(citation.place)
        };
        let (place, words) = match citations.each_ref().map(cites) {
            [Some(place), Some(_)] => (place, "First and last seen"),
            [Some(place), None] => (place, "First seen"),
            [None, Some(place)] => (place, "Last seen"),
            [None, None] => continue,
        };
        let publisher = case.sources.publisher(&source.id.value).cloned();
        let by = publisher.map(|publisher| case.called(&publisher));
        event.claims.push(DraftClaim {
            place,
            by,
            source: Some(at(&source.id.value, place)),
            about: Some(Located::new(Aspect::Date, place)),
            text: Some(at(words, place)),
            tlp: event.tlp.clone(),
            ..DraftClaim::default()
        });
    }
}

fn add_sighting(case: &mut BundleCase<'_>, object: &BundleObject<'_>) {
    let json = &object.json;
    let mut event = described(case, object);
    event.when = dates::interval(&mut case.notices, json, ["first_seen", "last_seen"]);
    let seen = json.located("sighting_of_ref");
    let found = seen.as_ref().and_then(|seen| case.object(seen));
    let name = found.as_ref().and_then(|it| it.json.text("name"));
    let name = name.or_else(|| seen.as_ref().map(|it| it.value.as_str().to_owned().into()));
    if let Some(actor) = seen.as_ref().and_then(|seen| case.party(seen)) {
        add_once(&mut event.actors, actor);
    }
    for place in json.texts("where_sighted_refs") {
        case.object(&place);
        if let Some(target) = case.party(&place) {
            add_once(&mut event.targets, target);
        }
    }
    let title = format!("Sighting of {}", name.as_deref().unwrap_or("an object"));
    event.title = Some(at(&title, object.place));
    let count = json.get("count").and_then(JsonValue::number);
    let count = count.map(|count| format!("Seen {}", times(count)));
    event.summary = with_lines(event.summary, count, object.place);
    add_once(&mut event.tags, at("sighting", object.place));
    case.add_event(event, &[&object.id], "sighting");
}

fn times(count: i64) -> String {
    if count == 1 {
        "once".to_owned()
    } else {
        format!("{count} times")
    }
}

fn add_observed_data(case: &mut BundleCase<'_>, object: &BundleObject<'_>) {
    let json = &object.json;
    let mut event = described(case, object);
    event.when = dates::interval(&mut case.notices, json, ["first_observed", "last_observed"]);
    let mut names = Vec::new();
    for reference in json.texts("object_refs") {
        if let Some(found) = case.object(&reference) {
            case.index.used(&reference.value);
            names.extend(observable(&found.json));
        }
    }
    // STIX 2.0 has the objects inside.
    for (_, inside) in json.object("objects").iter().flat_map(JsonObject::entries) {
        names.extend(inside.object().and_then(|it| observable(&it)));
    }
    let names = names.join(", ");
    let title = if names.is_empty() {
        "Observed data".to_owned()
    } else {
        format!("Observed {names}")
    };
    let short = title_of(&title);
    event.title = Some(at(short.as_deref().unwrap_or(&title), object.place));
    let count = json.get("number_observed").and_then(JsonValue::number);
    let count = count.map(|count| format!("Observed {}", times(count)));
    let lines = short.map(|_| title).into_iter().chain(count);
    event.summary = with_lines(event.summary, lines, object.place);
    add_once(&mut event.tags, at("observed-data", object.place));
    case.add_event(event, &[&object.id], "observed-data");
}

/// What an observable is called.
fn observable(json: &JsonObject<'_>) -> Option<String> {
    let names = [
        "value",
        "name",
        "path",
        "key",
        "subject",
        "user_id",
        "account_login",
        "command_line",
    ];
    let name = names.iter().find_map(|name| json.text(name));
    name.or_else(|| json.text("type"))
        .map(std::borrow::Cow::into_owned)
}

fn add_action(case: &mut BundleCase<'_>, object: &BundleObject<'_>) {
    let mut event = described(case, object);
    let ends = ["execution_start", "execution_end"];
    event.when = dates::interval(&mut case.notices, &object.json, ends);
    let technique = object.json.located("technique_id");
    event
        .techniques
        .extend(technique.filter(|it| is_technique(&it.value)));
    case.add_event(event, &[&object.id], "action");
}
