//! Claims that cannot be traced, weighed or compared.

use super::super::draft::{DraftClaim, DraftTimeline};
use super::super::likelihood::Yardstick;
use super::super::term::{Aspect, Confidence};
use crate::date::EventDate;
use crate::diagnostic::{
    CLAIM_WITHOUT_SOURCE, CLAIM_WITHOUT_SPEAKER, Diagnostic, Fix, FixChange,
    LIKELIHOOD_IS_CONFIDENCE, MISSING_KEY, NOT_ON_YARDSTICK, SILENT_CLAIM_SAYS_SOMETHING,
    VALUE_NOT_A_DATE, WORDS_NOT_ON_YARDSTICK, nearest,
};

/// Checks every claim.
pub(super) fn check(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let file = draft.head.yardstick.as_ref().map(|it| it.value);
    for claim in draft.events.iter().flat_map(|event| &event.claims) {
        origin(claim, findings);
        if claim.is_silent() {
            silent(claim, findings);
            continue;
        }
        let yardstick = claim.yardstick.as_ref().map(|it| it.value);
        let yardstick = yardstick.or(file).unwrap_or_default();
        findings.extend(confidence(claim).or_else(|| likelihood(claim, yardstick)));
        findings.extend(words(claim, yardstick));
        findings.extend(date(claim));
    }
}

/// Reports a missing speaker or source.
fn origin(claim: &DraftClaim, findings: &mut Vec<Diagnostic>) {
    let place = claim.place;
    if claim.by.is_none() {
        let finding = Diagnostic::new(&CLAIM_WITHOUT_SPEAKER, place, "this claim has no speaker")
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

/// A silent claim names its point and nothing else.
fn silent(claim: &DraftClaim, findings: &mut Vec<Diagnostic>) {
    if claim.about.is_none() {
        let message = "a silent claim lacks `about`";
        let finding = Diagnostic::new(&MISSING_KEY, claim.place, message)
            .label("expected `about`")
            .help("say on which point the source says nothing, such as `about = \"actor\"`");
        findings.push(finding);
    }
    let texts = [
        ("value", &claim.value),
        ("words", &claim.words),
        ("likelihood", &claim.likelihood),
    ];
    let texts = texts.map(|(key, given)| (key, given.as_ref().map(|it| it.place)));
    let confidence = claim.confidence.as_ref().map(|it| it.place);
    for (key, place) in texts.into_iter().chain([("confidence", confidence)]) {
        let Some(place) = place else { continue };
        let message = format!("this claim is silent, and has `{key}`");
        let finding = Diagnostic::new(&SILENT_CLAIM_SAYS_SOMETHING, place, message)
            .label("not shown")
            .help(format!(
                "delete `{key}`, or the stance if the source does say so; what was looked for goes into `text`"
            ))
            .fix(Fix::new(
                format!("delete `{key}`"),
                FixChange::Without(place),
            ));
        findings.push(finding);
    }
}

/// Reports a level of confidence in place of a likelihood. The reader reports the opposite mistake.
fn confidence(claim: &DraftClaim) -> Option<Diagnostic> {
    let likelihood = claim.likelihood.as_ref()?;
    let word = likelihood.value.trim().to_lowercase();
    let level = word.strip_suffix("confidence").unwrap_or(&word).trim();
    let level = if level == "medium" { "moderate" } else { level };
    let level = Confidence::parse(level)?;
    let message = format!("`{}` is a level of confidence", likelihood.value);
    let label = format!("write `confidence = \"{level}\"`");
    let change = FixChange::Key(likelihood.place, "confidence", level.to_string());
    Some(
        Diagnostic::new(&LIKELIHOOD_IS_CONFIDENCE, likelihood.place, message)
            .label("expected a term of likelihood, such as `likely`")
            .help(format!(
                "{label} instead, and the speaker's own words in `words`"
            ))
            .fix(Fix::new(label, change)),
    )
}

/// Reports words that are not on the speaker's yardstick. Words about confidence need not be.
fn words(claim: &DraftClaim, yardstick: Yardstick) -> Option<Diagnostic> {
    let words = claim.words.as_ref()?;
    let is_placed = claim.likelihood.is_some() || yardstick.find(&words.value).is_some();
    if yardstick == Yardstick::None || is_placed || claim.confidence.is_some() {
        return None;
    }
    let name = yardstick.as_str();
    let message = format!("`{}` is not a term of the yardstick `{name}`", words.value);
    let finding = Diagnostic::new(&WORDS_NOT_ON_YARDSTICK, words.place, message)
        .label("shown, but on no place of the scale");
    let finding = match term_in(&words.value, yardstick) {
        Some(term) => {
            let label = format!("add `likelihood = \"{term}\"`");
            let change = FixChange::FurtherKey(words.place, "likelihood", term.to_owned());
            finding
                .help(format!("if that is what was meant, {label}"))
                .fix(Fix::new(label, change))
        }
        None => finding.help(format!("the terms of `{name}` are {}", listed(yardstick))),
    };
    Some(with_yardstick(
        finding,
        claim,
        Yardstick::None,
        "if the speaker follows none",
    ))
}

/// The longest term that occurs in some words.
fn term_in(words: &str, yardstick: Yardstick) -> Option<&'static str> {
    let words = format!(" {} ", words.to_lowercase());
    let terms = yardstick.terms().iter().flat_map(|term| term.words);
    let found = terms.filter(|term| words.contains(&format!(" {term} ")));
    found.copied().max_by_key(|term| term.len())
}

fn likelihood(claim: &DraftClaim, yardstick: Yardstick) -> Option<Diagnostic> {
    let likelihood = claim.likelihood.as_ref()?;
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
        "`{}` is not a term of the yardstick `{name}`",
        likelihood.value
    );
    let finding = Diagnostic::new(&NOT_ON_YARDSTICK, likelihood.place, message)
        .label(format!("expected a term of `{name}`"))
        .did_you_mean_value(nearest(&likelihood.value, terms()));
    Some(match other {
        Some(other) => with_yardstick(finding, claim, *other, "if the speaker uses that one"),
        None => {
            finding.help("write the speaker's own words in `words`, with `yardstick = \"none\"`")
        }
    })
    .map(|finding| finding.help(format!("the terms of `{name}` are {}", listed(yardstick))))
}

/// Adds the advice to state a yardstick, and the fix if the claim states none.
fn with_yardstick(
    finding: Diagnostic,
    claim: &DraftClaim,
    yardstick: Yardstick,
    condition: &str,
) -> Diagnostic {
    let name = yardstick.as_str();
    let label = format!("add `yardstick = \"{name}\"`");
    let change = FixChange::FurtherKey(finding.place, "yardstick", name.to_owned());
    let finding = finding.help(format!("{label} {condition}"));
    match claim.yardstick {
        None => finding.fix(Fix::new(label, change)),
        Some(_) => finding,
    }
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
    let finding = Diagnostic::new(
        &VALUE_NOT_A_DATE,
        value.part(error.range.clone()),
        format!("`{}` is not a date", value.value),
    )
    .label(format!("expected {}", error.expected))
    .help("explain in `text` what cannot be written as a date");
    let readings = error
        .readings
        .iter()
        .filter(|it| EventDate::is_date_with(&value.value, it));
    let fixes = readings.map(|it| {
        let change = FixChange::value(value.part(it.range.clone()), it.text.clone());
        Fix::new(it.instruction(), change)
    });
    let is_exact = value.place.range().len() == value.value.len();
    let finding = fixes.filter(|_| is_exact).fold(finding, Diagnostic::fix);
    Some(match error.help {
        Some(help) => finding.help(help),
        None => finding,
    })
}
