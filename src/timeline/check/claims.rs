//! Claims that cannot be followed, weighed or compared.

use super::super::draft::{Draft, DraftClaim};
use super::super::likelihood::Yardstick;
use super::super::term::Aspect;
use crate::date::EventDate;
use crate::diagnostic::{
    CLAIM_WITHOUT_SOURCE, CLAIM_WITHOUT_SPEAKER, Diagnostic, NOT_ON_YARDSTICK, Place,
    VALUE_NOT_A_DATE, nearest,
};

/// Checks every claim.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let file = draft.head.yardstick.as_ref().map(|it| it.value);
    for claim in draft.events.iter().flat_map(|event| &event.claims) {
        origin(claim, findings);
        findings.extend(likelihood(claim, file.unwrap_or_default()));
        findings.extend(date(claim));
    }
}

/// Who says it, and where.
fn origin(claim: &DraftClaim, findings: &mut Vec<Diagnostic>) {
    let place = claim.place;
    if claim.by.is_none() {
        let finding = Diagnostic::new(
            &CLAIM_WITHOUT_SPEAKER,
            place,
            "nobody is said to make this claim",
        )
        .label("expected `by`")
        .help("name the speaker: `by = \"…\"`");
        findings.push(finding);
    }
    if claim.source.is_none() {
        let finding = Diagnostic::new(&CLAIM_WITHOUT_SOURCE, place, "this claim names no source")
            .label("expected `source`")
            .help("name the document in which it is made: `source = \"…\"`");
        findings.push(finding);
    }
}

fn likelihood(claim: &DraftClaim, of_the_file: Yardstick) -> Option<Diagnostic> {
    let likelihood = claim.likelihood.as_ref()?;
    let yardstick = claim.yardstick.as_ref().map_or(of_the_file, |it| it.value);
    if yardstick == Yardstick::None || yardstick.find(&likelihood.value).is_some() {
        return None;
    }
    let terms = || {
        yardstick
            .terms()
            .iter()
            .flat_map(|term| term.words.iter().copied())
    };
    let other = Yardstick::ALL
        .iter()
        .find(|it| it.find(&likelihood.value).is_some());
    let name = yardstick.as_str();
    let message = format!(
        "`{}` is no term of the yardstick `{name}`",
        likelihood.value
    );
    let finding = Diagnostic::new(&NOT_ON_YARDSTICK, likelihood.place, message)
        .label(format!("expected a term of `{name}`"))
        .did_you_mean(nearest(&likelihood.value, terms()));
    Some(match other {
        Some(other) => finding.help(format!(
            "add `yardstick = \"{}\"` if the speaker uses that one",
            other.as_str()
        )),
        None => finding.help("write the speaker's own words in `words` instead"),
    })
    .map(|finding| finding.help(format!("the terms of `{name}` are {}", listed(yardstick))))
}

/// The first word of each term.
fn listed(yardstick: Yardstick) -> String {
    let terms = yardstick
        .terms()
        .iter()
        .filter_map(|term| term.words.first());
    let terms: Vec<_> = terms.map(|word| format!("`{word}`")).collect();
    terms.join(", ")
}

fn date(claim: &DraftClaim) -> Option<Diagnostic> {
    let value = claim.value.as_ref()?;
    if claim.about.as_ref()?.value != Aspect::Date {
        return None;
    }
    let error = EventDate::parse(&value.value).err()?;
    let exact = error.range.end <= value.value.len() && !error.range.is_empty();
    let place: Place = if exact {
        value.place.part(error.range)
    } else {
        value.place
    };
    let finding = Diagnostic::new(
        &VALUE_NOT_A_DATE,
        place,
        format!("`{}` is not a date", value.value),
    )
    .label(format!("expected {}", error.expected))
    .help("explain in `text` what cannot be written as a date");
    Some(match error.help {
        Some(help) => finding.help(help),
        None => finding,
    })
}
