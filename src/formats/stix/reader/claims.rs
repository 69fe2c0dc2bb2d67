//! Claims and questions: the notes and opinions about events, and about who their parties were.

use std::collections::BTreeMap;

use super::case::{BundleCase, confidence};
use super::index::BundleObject;
use super::parties::at;
use super::prose::{labelled, prose, value};
use super::relations::PartyRelation;
use crate::date::EventDate;
use crate::timeline::draft::{DraftClaim, DraftQuestion, Located, LocatedText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, QuestionStatus, Stance};

/// The labels of what a note by dateline says.
const LABELS: [&str; 10] = [
    "Speaker",
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
            let noted_claim = add(case, row, claim, &subject, &noted);
            noted.insert(
                note.id.to_string(),
                NotedClaim {
                    content,
                    ..noted_claim
                },
            );
            case.index.used(&note.id);
            false
        });
        if open.is_empty() || open.len() == before {
            break;
        }
    }
    for opinion in case.index.of(&["opinion"]) {
        add_opinion(case, &opinion, &relations, &noted);
    }
    questions
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
        } else if let Some(other) = noted.get(id) {
            subject.row = subject.row.or(Some(other.row));
            subject.answered.push(id.to_owned());
        }
    }
    subject
}

/// Adds a claim, and gives ids to those that it answers.
fn add(
    case: &mut BundleCase<'_>,
    row: usize,
    mut claim: DraftClaim,
    subject: &NoteSubject,
    noted: &BTreeMap<String, NotedClaim>,
) -> NotedClaim {
    for answered in subject.answered.iter().filter_map(|id| noted.get(id)) {
        let other = &mut case.events[answered.row];
        let event = other.id.as_ref().map_or("", |id| id.value.as_str());
        let id = format!("{event}-{}", answered.claim + 1);
        let other = &mut other.claims[answered.claim];
        let id = other.id.get_or_insert_with(|| at(&id, other.place)).clone();
        claim.answers.push(Located::new(id.value, claim.place));
    }
    let claims = &mut case.events[row].claims;
    claims.push(claim);
    NotedClaim {
        row,
        claim: claims.len() - 1,
        content: String::new(),
    }
}

fn claim_of_note(
    case: &mut BundleCase<'_>,
    note: &BundleObject<'_>,
    subject: &NoteSubject,
) -> DraftClaim {
    let base = case.claim(note);
    let content = note.json.located("content").map(prose);
    let level = confidence(note);
    let party = subject.party.as_ref();
    let mut claim = DraftClaim {
        about: party.map(|party| Located::new(party.aspect, note.place)),
        value: party.map(|party| Located::new(party.entity.value.clone(), note.place)),
        confidence: level.as_ref().map(|(level, _)| level.clone()),
        ..base
    };
    let Some(content) = content else {
        return claim;
    };
    let (labels, rest) = labelled(&content.value, &LABELS);
    let number = level.map(|(_, number)| format!(" ({number})"));
    let words = format!("{rest}{}", number.unwrap_or_default());
    claim.text = Some(at(words.trim(), content.place)).filter(|it| !it.value.is_empty());
    if value(&labels, "Speaker").is_some() {
        with_labels(case, &mut claim, &labels, &content);
    }
    claim
}

/// What a note by dateline says in its lines.
fn with_labels(
    case: &mut BundleCase<'_>,
    claim: &mut DraftClaim,
    labels: &[(&str, &str)],
    content: &LocatedText,
) {
    let place = content.place;
    let text = |label: &str| value(labels, label).map(|it| at(it, place));
    if value(labels, "Speaker") == Some("not named") {
        claim.by = None;
    }
    let about = value(labels, "About").and_then(Aspect::parse);
    if let Some(about) = about {
        claim.about = Some(Located::new(about, place));
    }
    let stance = value(labels, "Stance").and_then(Stance::parse);
    claim.stance = stance.map(|stance| Located::new(stance, place));
    let level = value(labels, "Confidence").and_then(Confidence::parse);
    if let Some(level) = level {
        claim.confidence = Some(Located::new(level, place));
    }
    claim.words = text("Words");
    claim.said = value(labels, "Said")
        .and_then(|said| EventDate::parse(said).ok())
        .map(|said| Located::new(said, place));
    if let Some(likelihood) = value(labels, "Likelihood") {
        let (term, range) = likelihood.split_once(" (").unwrap_or((likelihood, ""));
        claim.likelihood = Some(at(term, place));
        let mut yardsticks = Yardstick::ALL.iter();
        let named = yardsticks.find(|it| range.contains(&format!(" yardstick {})", it.as_str())));
        claim.yardstick = named.map(|named| Located::new(*named, place));
    }
    let Some(stated) = text("Value").filter(|_| claim.value.is_none()) else {
        return;
    };
    match about {
        Some(about) if about.is_party() => claim.value = Some(case.called(&stated)),
        // A date in words that cannot be read is kept in words.
        Some(Aspect::Date) if EventDate::parse(&stated.value).is_err() => {
            let words = claim
                .text
                .take()
                .map_or_else(String::new, |it| it.value.into());
            claim.text = Some(at(format!("{}\n{words}", stated.value).trim(), place));
        }
        _ => claim.value = Some(stated),
    }
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
    // dateline writes a denial as a note and as an opinion with the same words.
    let is_noted = words.as_ref().is_some_and(|words| {
        noted
            .values()
            .any(|note| note.row == row && note.content.trim() == words.value.trim())
    });
    if is_noted {
        return;
    }
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
    add(case, row, claim, &subject, noted);
}
