//! The claims about one event in two timelines: which is which, and how they differ.

use super::counterparts::Counterparts;
use super::difference::DifferenceList;
use super::item::ClaimComparison;
use super::kind::ChangeKind;
use super::names::{ComparedNames, SharedId, Side};
use crate::date::EventDate;
use crate::text::canonical;
use crate::timeline::term::{Confidence, Stance, Tlp};
use crate::timeline::{Claim, ClaimId, ClaimValue, Event, ItemPresence, Timeline};

/// The claims that are not the same on both sides.
pub(super) fn compare(
    names: &ComparedNames<'_>,
    old: Event<'_>,
    new: Event<'_>,
    markings: [Option<Tlp>; 2],
) -> Vec<ClaimComparison> {
    let (before, after): (Vec<_>, Vec<_>) = (old.claims().collect(), new.claims().collect());
    let found = counterparts(names, old, new);
    let mut pairs = found.pairs;
    pairs.sort_by_key(|pair| pair.1);
    let mut all = Vec::new();
    for (from, to) in pairs {
        let ((old_id, one), (new_id, other)) = (before[from], after[to]);
        let mut list = DifferenceList::default();
        claim(names, one, other, markings, &mut list);
        if !list.0.is_empty() {
            all.push(ClaimComparison {
                presence: ItemPresence::Kept,
                old: Some(old_id),
                new: Some(new_id),
                differences: list.0,
            });
        }
    }
    let alone = |presence, old, new| ClaimComparison {
        presence,
        old,
        new,
        differences: Vec::new(),
    };
    let new = found.new.iter().map(|&at| after[at].0);
    all.extend(new.map(|id| alone(ItemPresence::New, None, Some(id))));
    let withdrawn = found.withdrawn.iter().map(|&at| before[at].0);
    all.extend(withdrawn.map(|id| alone(ItemPresence::Withdrawn, Some(id), None)));
    all
}

/// By id; then by aspect and what is the same most probably: all but the value, the text in the author's words, the
/// speaker and the source, the speaker and the value, the source and the place in it. What is left is paired if it is
/// the only claim of its speaker, source and place about anything.
pub(super) fn counterparts(
    names: &ComparedNames<'_>,
    old: Event<'_>,
    new: Event<'_>,
) -> Counterparts {
    let (before, after): (Vec<_>, Vec<_>) = (old.claims().collect(), new.claims().collect());
    let identities = |side, claims: &[(ClaimId, &Claim)]| -> Vec<ClaimIdentity> {
        let claims = claims.iter();
        claims
            .map(|(_, claim)| ClaimIdentity::of(names, side, claim))
            .collect()
    };
    let (old, new) = (
        identities(Side::Old, &before),
        identities(Side::New, &after),
    );
    let mut found = Counterparts::none(old.len(), new.len()).by(
        |at| before[at].1.key.as_deref(),
        |at| after[at].1.key.as_deref(),
    );
    let steps: [fn(&ClaimIdentity) -> ClaimIdentity; 6] = [
        |it| it.clone().without_value().without_text(),
        |it| ClaimIdentity {
            source: None,
            at: None,
            ..it.clone().without_value()
        },
        |it| ClaimIdentity {
            at: None,
            ..it.clone().without_value().without_text()
        },
        |it| ClaimIdentity {
            source: None,
            at: None,
            ..it.clone().without_text()
        },
        |it| ClaimIdentity {
            by: None,
            ..it.clone().without_value().without_text()
        },
        |it| ClaimIdentity {
            about: "",
            ..it.clone().without_value().without_text()
        },
    ];
    for step in steps {
        found = found.by(|at| Some(step(&old[at])), |at| Some(step(&new[at])));
    }
    found.in_order(|at| &old[at], |at| &new[at])
}

/// What identifies a claim of an event.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ClaimIdentity {
    by: Option<SharedId>,
    source: Option<SharedId>,
    at: Option<String>,
    about: &'static str,
    value: String,
    text: Option<String>,
}

impl ClaimIdentity {
    fn of(names: &ComparedNames<'_>, side: Side, claim: &Claim) -> Self {
        let value = value(names.timeline(side), claim.value.as_ref());
        Self {
            by: claim.by.map(|id| names.entity(side, id)),
            source: claim.source.map(|id| names.source(side, id)),
            at: claim.at.clone(),
            about: claim.about.as_str(),
            value: canonical(&value).to_lowercase(),
            text: claim.text.clone(),
        }
    }

    fn without_value(self) -> Self {
        Self {
            value: String::new(),
            ..self
        }
    }

    fn without_text(self) -> Self {
        Self { text: None, ..self }
    }
}

/// A value in words.
fn value(timeline: &Timeline, value: Option<&ClaimValue>) -> String {
    match value {
        None => String::new(),
        Some(ClaimValue::Entity(id)) => timeline.entity(*id).name.clone(),
        Some(ClaimValue::Date(date)) => date.to_string(),
        Some(ClaimValue::Text(text)) => text.clone(),
    }
}

/// Compares a pair of claims, key by key. The claims are destructured, so that a new field cannot be forgotten.
fn claim(
    names: &ComparedNames<'_>,
    old: &Claim,
    new: &Claim,
    markings: [Option<Tlp>; 2],
    list: &mut DifferenceList,
) {
    let Claim {
        key,
        event: _,
        by,
        source,
        at,
        said,
        is_dated_by_source,
        day_unread: _,
        about,
        value: _,
        stance,
        text,
        words: _,
        likelihood: _,
        yardstick: _,
        confidence: _,
        answers,
        answered_by: _,
        tlp,
        place: _,
    } = old;
    list.marking([*tlp, new.tlp], markings);
    let ids = [key, &new.key].map(|key| key.as_deref().unwrap_or_default());
    list.value_as("id", ids[0], ids[1], ChangeKind::Renamed);
    let entity = |side, id: &Option<_>| names.entities(side, id.as_slice());
    list.single("by", &entity(Side::Old, by), &entity(Side::New, &new.by));
    let document = |side, id: &Option<_>| names.sources(side, id.as_slice());
    list.single(
        "source",
        &document(Side::Old, source),
        &document(Side::New, &new.source),
    );
    list.optional("at", at.as_deref(), new.at.as_deref());
    said_of((said, *is_dated_by_source), new, list);
    list.value("about", about.as_str(), new.about.as_str());
    value_of(names, old, new, list);
    stance_of(*stance, new.stance, list);
    list.optional_prose("text", text.as_deref(), new.text.as_deref());
    estimates_of(old, new, list);
    let answered = |side, ids: &[ClaimId]| {
        let timeline = names.timeline(side);
        let each = |&id: &ClaimId| {
            let claim = timeline.claim(id);
            (names.claim(side, id), label(timeline, claim))
        };
        ids.iter().map(each).collect::<Vec<_>>()
    };
    list.list(
        "answers",
        &answered(Side::Old, answers),
        &answered(Side::New, &new.answers),
    );
}

/// The estimative words of the speaker, on the speaker's yardstick, and the confidence.
fn estimates_of(old: &Claim, new: &Claim, list: &mut DifferenceList) {
    if old.yardstick != new.yardstick {
        list.value("yardstick", old.yardstick.as_str(), new.yardstick.as_str());
    }
    let terms = [&old.likelihood, &new.likelihood];
    term_of(old, new, terms, "likelihood", list);
    term_of(old, new, [&old.words, &new.words], "words", list);
    confidence_of(old.confidence, new.confidence, list);
}

/// When it was said. A day that both have from their source differs there.
fn said_of(
    (said, is_of_source): (&Option<EventDate>, bool),
    new: &Claim,
    list: &mut DifferenceList,
) {
    match (is_of_source, new.is_dated_by_source) {
        (true, true) => {}
        (false, true) if *said == new.said => {
            let said = said.as_ref().map_or("", EventDate::written);
            list.optional("said", Some(said), None);
        }
        (true, false) if *said == new.said => {
            let said = said.as_ref().map_or("", EventDate::written);
            list.optional("said", None, Some(said));
        }
        _ => list.date("said", said.as_ref(), new.said.as_ref()),
    }
}

fn value_of(names: &ComparedNames<'_>, old: &Claim, new: &Claim, list: &mut DifferenceList) {
    let is_same = match (&old.value, &new.value) {
        (Some(ClaimValue::Entity(one)), Some(ClaimValue::Entity(other))) => {
            names.entity(Side::Old, *one) == names.entity(Side::New, *other)
        }
        (Some(ClaimValue::Date(one)), Some(ClaimValue::Date(other))) => {
            one.written() == other.written()
        }
        (one, other) => one == other,
    };
    if !is_same {
        let (old, new) = (
            value(names.old, old.value.as_ref()),
            value(names.new, new.value.as_ref()),
        );
        list.value_as("value", &old, &new, ChangeKind::ValueChanged);
    }
}

fn stance_of(old: Stance, new: Stance, list: &mut DifferenceList) {
    let kind = match (old, new) {
        (Stance::Asserts, Stance::Denies) | (Stance::Denies, Stance::Asserts) => {
            ChangeKind::Reversed
        }
        (old, new) if old == new => return,
        _ => ChangeKind::Replaced,
    };
    list.add("stance", kind, old.as_str(), new.as_str());
}

/// A term of likelihood, or the exact words: compared on a yardstick that both speakers use, and on no other.
fn term_of(
    old: &Claim,
    new: &Claim,
    [before, after]: [&Option<String>; 2],
    key: &'static str,
    list: &mut DifferenceList,
) {
    let place = |claim: &Claim, word: &Option<String>| {
        let term = claim.yardstick.find(word.as_deref()?)?;
        Some(term.from)
    };
    let kind = match (place(old, before), place(new, after)) {
        (Some(before), Some(after)) if old.yardstick == new.yardstick => match after.cmp(&before) {
            std::cmp::Ordering::Greater => ChangeKind::Strengthened,
            std::cmp::Ordering::Less => ChangeKind::Weakened,
            std::cmp::Ordering::Equal => ChangeKind::WordingChanged,
        },
        _ => ChangeKind::WordingChanged,
    };
    let quoted = |word: &Option<String>| {
        let word = word.as_deref().unwrap_or_default();
        if word.is_empty() {
            String::new()
        } else {
            format!("“{word}”")
        }
    };
    list.value_as(key, &quoted(before), &quoted(after), kind);
}

fn confidence_of(old: Option<Confidence>, new: Option<Confidence>, list: &mut DifferenceList) {
    let kind = if new > old {
        ChangeKind::Raised
    } else {
        ChangeKind::Lowered
    };
    let shown = |level: Option<Confidence>| level.map_or("", |it| it.as_str());
    list.value_as("confidence", shown(old), shown(new), kind);
}

/// The speaker and the aspect of a claim, and when it was said.
pub(super) fn label(timeline: &Timeline, claim: &Claim) -> String {
    let speaker = claim.by.map(|id| &*timeline.entity(id).name);
    let source = claim.source.map(|id| &*timeline.source(id).title);
    let who = speaker.or(source).unwrap_or("a speaker who is not named");
    let said = claim.said.as_ref();
    let said = said.map_or_else(String::new, |said| format!(", {said}"));
    format!("{who} on the {}{said}", claim.about.as_str())
}

/// The label of a claim, and what it says in short.
pub(super) fn sentence(timeline: &Timeline, claim: &Claim) -> String {
    let value = value(timeline, claim.value.as_ref());
    let words = claim.words.as_ref().map(|words| format!("“{words}”"));
    let stance = Some(claim.stance.as_str().to_owned()).filter(|_| claim.stance != Stance::Asserts);
    let parts = [stance, words, Some(value).filter(|it| !it.is_empty())];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        parts.extend(claim.text.clone());
    }
    let label = label(timeline, claim);
    if parts.is_empty() {
        return label;
    }
    format!("{label}: {}", parts.join(", "))
}
