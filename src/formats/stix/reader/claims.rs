//! Claims and questions: the notes and opinions about events, and about who their parties were.

use std::collections::{BTreeMap, HashSet};

use super::case::{BundleCase, add_once, confidence};
use super::index::{BundleIndex, BundleObject, PARTIES, is_of};
use super::prose::{at, labelled, prose, value, with_lines};
use super::relations::PartyRelation;
use crate::date::EventDate;
use crate::diagnostic::TextPlace;
use crate::formats::stix::date_words::read_date_words;
use crate::timeline::draft::{DraftClaim, DraftEvent, DraftQuestion, Located, LocatedText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, QuestionStatus, Stance};

/// The labels of what a note by dateline says.
const LABELS: [&str; 11] = [
    "Speaker",
    "Event",
    "About",
    "Value",
    "Stance",
    "Words",
    "Likelihood",
    "Confidence",
    "Said",
    "Question",
    "Settled by",
];

/// Where the claim of a note is, and its words.
struct NotedClaim {
    row: usize,
    claim: usize,
    content: String,
}

/// What a note or an opinion is about.
#[derive(Default)]
struct NoteSubject {
    row: Option<usize>,
    /// The party of the event.
    party: Option<PartyRelation>,
    /// The id of an entity.
    entity: Option<LocatedText>,
    /// The notes that it answers.
    answered: Vec<String>,
}

/// Adds the notes and opinions. `relations` are the relationships that name a party of an event.
pub(super) fn add_claims(
    case: &mut BundleCase<'_>,
    relations: Vec<(String, PartyRelation)>,
) -> Vec<DraftQuestion> {
    let relations: BTreeMap<String, PartyRelation> = relations.into_iter().collect();
    let mut questions = Vec::new();
    let mut noted: BTreeMap<String, NotedClaim> = BTreeMap::new();
    let mut open = case.index.of(&["note"]);
    let mut answering = Vec::new();
    // A note may be about a note that is about an event.
    loop {
        let before = open.len();
        open.retain(|note| {
            let subject = subject(case, note, &relations, &noted);
            if let Some(question) = question(case, note) {
                questions.push(question);
                return false;
            }
            let Some(row) = subject.row else {
                return true;
            };
            let claim = claim_of_note(case, note, &subject);
            let content = note.json.text("content").unwrap_or_default().into_owned();
            let (row, claim) = add(case, row, claim);
            let claim = NotedClaim {
                row,
                claim,
                content,
            };
            noted.insert(note.id.to_string(), claim);
            answering.push(note.clone());
            case.index.used(&note.id);
            false
        });
        if open.is_empty() || open.len() == before {
            break;
        }
    }
    for note in answering {
        let answered = subject(case, &note, &relations, &noted).answered;
        let own = &noted[note.id.as_ref()];
        answer(case, (own.row, own.claim), &answered, &noted);
    }
    let known: HashSet<&str> = noted.values().map(|note| note.content.trim()).collect();
    for opinion in case.index.of(&["opinion"]) {
        // dateline writes a denial as a note and as an opinion with the same words.
        let words = opinion.json.text("explanation").unwrap_or_default();
        let is_noted = !words.trim().is_empty() && known.contains(words.trim());
        if is_noted {
            case.index.used(&opinion.id);
        } else {
            add_opinion(case, &opinion, &relations, &noted);
        }
    }
    for (row, _) in case.own.clone() {
        keep_listed_sources(&mut case.events[row]);
    }
    questions
}

/// The relationships that notes by dateline are about and whose confidence they state.
pub(super) fn noted_relations(index: &BundleIndex<'_>) -> HashSet<String> {
    let notes = index.of(&["note"]).into_iter();
    let own = notes.filter(|note| {
        let content = note.json.text("content").unwrap_or_default();
        let (labels, _) = labelled(&content, &LABELS);
        value(&labels, "Speaker").is_some() && value(&labels, "Confidence").is_some()
    });
    let refs = own.flat_map(|note| note.json.texts("object_refs"));
    let relations = refs.filter(|id| is_of(&id.value, &["relationship"]));
    relations.map(|id| id.value.into()).collect()
}

/// dateline writes the sources of an event and those of its claims as one list.
fn keep_listed_sources(event: &mut DraftEvent) {
    let is_silent = |claim: &&DraftClaim| {
        let stance = claim.stance.as_ref();
        stance.is_some_and(|stance| stance.value == Stance::Silent)
    };
    let claims = event.claims.iter().filter(|claim| !is_silent(claim));
    let of_claims = claims.filter_map(|claim| claim.source.as_ref());
    let of_claims: HashSet<_> = of_claims.map(|source| source.value.clone()).collect();
    event
        .sources
        .retain(|source| !of_claims.contains(&source.value));
}

fn subject(
    case: &mut BundleCase<'_>,
    object: &BundleObject<'_>,
    relations: &BTreeMap<String, PartyRelation>,
    noted: &BTreeMap<String, NotedClaim>,
) -> NoteSubject {
    let mut subject = NoteSubject::default();
    for reference in object.json.texts("object_refs") {
        let id = reference.value.as_str();
        if let Some(party) = relations.get(id) {
            subject.row = Some(party.row);
            subject.party = Some(party.clone());
        } else if let Some(&row) = case.rows.get(id) {
            subject.row = subject.row.or(Some(row));
        } else if is_of(id, &PARTIES) {
            subject.entity.get_or_insert(reference);
        } else if let Some(other) = noted.get(id).filter(|_| id != object.id) {
            subject.row = subject.row.or(Some(other.row));
            subject.answered.push(id.to_owned());
        }
    }
    subject
}

/// Adds a claim. Returns its place: that of its event, and its own in it.
fn add(case: &mut BundleCase<'_>, row: usize, claim: DraftClaim) -> (usize, usize) {
    let claims = &mut case.events[row].claims;
    claims.push(claim);
    (row, claims.len() - 1)
}

/// Makes a claim answer others, which get ids.
fn answer(
    case: &mut BundleCase<'_>,
    (row, claim): (usize, usize),
    answered: &[String],
    noted: &BTreeMap<String, NotedClaim>,
) {
    for answered in answered.iter().filter_map(|id| noted.get(id)) {
        let other = &mut case.events[answered.row];
        let event = other.id.as_ref().map_or("", |id| id.value.as_str());
        let id = format!("{event}-{}", answered.claim + 1);
        let other = &mut other.claims[answered.claim];
        let id = other.id.get_or_insert_with(|| at(&id, other.place)).clone();
        let claim = &mut case.events[row].claims[claim];
        let id = Located::new(id.value, claim.place);
        add_once(&mut claim.answers, id);
    }
}

fn claim_of_note(
    case: &mut BundleCase<'_>,
    note: &BundleObject<'_>,
    subject: &NoteSubject,
) -> DraftClaim {
    let content = note.json.located("content");
    let words = content.as_ref().map_or("", |content| &content.value);
    let (labels, rest) = labelled(words, &LABELS);
    if let (Some(content), Some(_)) = (&content, value(&labels, "Speaker")) {
        let claim = case.sourced_claim(note);
        let claim = DraftClaim {
            text: Some(at(rest, content.place)).filter(|it| !it.value.is_empty()),
            ..claim
        };
        return own_claim(case, claim, subject, &labels, content.place);
    }
    let base = case.claim(note);
    let level = confidence(note);
    let number = level.as_ref().map(|(_, number)| format!(" ({number})"));
    let text = content.map(|content| {
        let words = prose(content);
        at(
            format!("{}{}", words.value, number.unwrap_or_default()).trim(),
            words.place,
        )
    });
    let party = subject.party.as_ref();
    DraftClaim {
        about: party.map(|party| Located::new(party.aspect, note.place)),
        value: party.map(|party| Located::new(party.entity.value.clone(), note.place)),
        confidence: level.map(|(level, _)| level),
        text: text.filter(|it| !it.value.is_empty()),
        ..base
    }
}

/// What a note by dateline says in its lines.
fn own_claim(
    case: &mut BundleCase<'_>,
    claim: DraftClaim,
    subject: &NoteSubject,
    labels: &[(&str, &str)],
    place: TextPlace,
) -> DraftClaim {
    let stated = |label: &str| value(labels, label);
    let text = |label: &str| stated(label).map(|it| at(it, place));
    let about = stated("About").and_then(Aspect::parse);
    let said = stated("Said");
    let day = said.and_then(read_date_words);
    let source = claim.source.as_ref();
    let published = source.and_then(|source| case.sources.published(&source.value));
    let is_day_of_source =
        day.as_ref().map(EventDate::written) == published.map(EventDate::written);
    let likelihood = stated("Likelihood").map(|it| it.split_once(" (").unwrap_or((it, "")));
    let mut claim = DraftClaim {
        by: claim.by.filter(|_| stated("Speaker") != Some("not named")),
        about: about.map(|about| Located::new(about, place)),
        stance: stated("Stance")
            .and_then(Stance::parse)
            .map(|it| Located::new(it, place)),
        confidence: stated("Confidence")
            .and_then(Confidence::parse)
            .map(|it| Located::new(it, place)),
        words: text("Words"),
        day_unread: said.is_some() && day.is_none(),
        said: day
            .filter(|_| !is_day_of_source)
            .map(|day| Located::new(day, place)),
        likelihood: likelihood.map(|(term, _)| at(term, place)),
        yardstick: likelihood
            .and_then(|(_, range)| yardstick(range))
            .map(|it| Located::new(it, place)),
        ..claim
    };
    let Some(words) = text("Value") else {
        return claim;
    };
    let party = subject.party.as_ref().map(|party| party.entity.clone());
    let entity = subject.entity.as_ref();
    claim.value = match about {
        Some(about) if about.is_party() => party
            .or_else(|| case.party(entity?))
            .or_else(|| Some(case.called(&words))),
        Some(Aspect::Date) => {
            let date = read_date_words(&words.value);
            if date.is_none() {
                // A date in words that cannot be read is kept in words.
                let text = claim.text.take().map(|it| it.value.into());
                claim.text = with_lines(Some(words), text, place);
            }
            date.map(|date| at(date.written(), place))
        }
        _ => Some(words),
    };
    claim
}

/// The yardstick that the brackets behind a likelihood name.
fn yardstick(range: &str) -> Option<Yardstick> {
    let mut all = Yardstick::ALL.iter();
    let named = all.find(|it| range.ends_with(&format!(" the yardstick {})", it.as_str())));
    named.copied()
}

/// A question that dateline wrote as a note.
fn question(case: &mut BundleCase<'_>, note: &BundleObject<'_>) -> Option<DraftQuestion> {
    let content = note.json.located("content")?;
    let (labels, rest) = labelled(&content.value, &LABELS);
    let place = content.place;
    let status = value(&labels, "Question").and_then(QuestionStatus::parse)?;
    let mut question = DraftQuestion {
        place: note.place,
        text: Some(at(rest, place)),
        status: Some(Located::new(status, place)),
        settles: value(&labels, "Settled by").map(|it| at(it, place)),
        tlp: case.marking(note),
        ..DraftQuestion::default()
    };
    for reference in note.json.texts("object_refs") {
        if let Some(&row) = case.rows.get(reference.value.as_str()) {
            let id = case.event_id(row, reference.place);
            super::case::add_once(&mut question.events, id);
        }
    }
    case.index.used(&note.id);
    Some(question)
}

fn add_opinion(
    case: &mut BundleCase<'_>,
    opinion: &BundleObject<'_>,
    relations: &BTreeMap<String, PartyRelation>,
    noted: &BTreeMap<String, NotedClaim>,
) {
    let subject = subject(case, opinion, relations, noted);
    let Some(row) = subject.row else {
        return;
    };
    case.index.used(&opinion.id);
    let words = opinion.json.located("explanation").map(prose);
    let stance = opinion.json.get("opinion").and_then(|it| {
        let stance = match it.text()?.as_ref() {
            "strongly-disagree" => Stance::Denies,
            "disagree" => Stance::Doubts,
            "agree" | "strongly-agree" => Stance::Asserts,
            _ => return None,
        };
        Some(Located::new(stance, it.place()))
    });
    let party = subject.party.as_ref();
    let answered = subject.answered.first().and_then(|id| noted.get(id));
    let other = answered.map(|it| case.events[it.row].claims[it.claim].clone());
    let about = party.map(|party| party.aspect);
    let about = about.or_else(|| Some(other.as_ref()?.about.as_ref()?.value));
    let value = party.map(|party| party.entity.clone());
    let value = value.or_else(|| other.and_then(|it| it.value));
    let level = confidence(opinion);
    let number = level.as_ref().map(|(_, number)| at(number, opinion.place));
    let claim = DraftClaim {
        about: Some(Located::new(about.unwrap_or(Aspect::Event), opinion.place)),
        value: value.map(|value| Located::new(value.value, opinion.place)),
        stance,
        text: words.or(number),
        confidence: level.map(|(level, _)| level),
        ..case.claim(opinion)
    };
    let place = add(case, row, claim);
    answer(case, place, &subject.answered, noted);
}
