//! Fields of claims: they match an event if they match one of its claims.

use super::super::assessed_counts::levels;
use super::super::columns::{claimed, having_value, lists};
use super::super::error::QueryError;
use super::super::field::{FilterField, TermBinder};
use super::super::matches::Matches;
use super::super::predicate::Predicate;
use super::super::shared_questions::any_claim;
use super::super::value::{ComparisonOperator, FilterValue, ValueForm};
use super::super::value_counts::{ValueCounter, ValueTally};
use super::{dates, fixed, words};
use crate::date::Truth;
use crate::diagnostic::nearest;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, Stance};
use crate::timeline::{AspectSet, Assessments, Level, Timeline};

pub(super) fn about(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let aspects: Vec<Aspect> = fixed::parsed(chosen, Aspect::parse);
        any_claim(move |claim| aspects.contains(&claim.about))
    })
}

pub(super) fn stance(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let stances: Vec<Stance> = fixed::parsed(chosen, Stance::parse);
        any_claim(move |claim| stances.contains(&claim.stance))
    })
}

pub(super) fn confidence(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let levels: Vec<Confidence> = fixed::parsed(chosen, Confidence::parse);
        any_claim(move |claim| claim.confidence.is_some_and(|it| levels.contains(&it)))
    })
}

/// When a claim was made. Silent claims do not count.
pub(super) fn said(term: &mut TermBinder<'_>) -> Predicate {
    dates::compared(term, |timeline, question| {
        claimed(timeline, |_, claim| {
            if claim.is_silent() {
                Truth::No
            } else {
                question.ask(claim.said.as_ref(), claim.event)
            }
        })
    })
}

/// The number of claims. Silent claims do not count.
pub(super) fn number(term: &mut TermBinder<'_>) -> Predicate {
    fixed::number(term, |timeline, wanted| {
        let columns = timeline.columns();
        let mut found = lists(&columns.claims, |ids| wanted.contains(&ids.len()));
        for (row, &silent) in columns.silent_claims.iter() {
            let row = row as usize;
            let made = columns.claims.get(row).len() - silent as usize;
            found.set(row, wanted.contains(&made));
        }
        found
    })
}

/// The number of named speakers. Silent claims do not count, and neither do claims that name no speaker.
pub(super) fn speakers(term: &mut TermBinder<'_>) -> Predicate {
    fixed::number(term, |timeline, wanted| {
        let mut speakers = Vec::new();
        lists(&timeline.columns().claims, |ids| {
            let claims = ids.iter().map(|&id| timeline.claim(id));
            speakers.clear();
            speakers.extend(claims.filter(|it| !it.is_silent()).filter_map(|it| it.by));
            speakers.sort_unstable();
            speakers.dedup();
            wanted.contains(&speakers.len())
        })
    })
}

/// `yes` and `no`, or aspects; `*` is `yes`.
pub(super) fn contested(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let aspects: AspectSet = match chosen {
            ["no"] => {
                return Predicate::known(|timeline| {
                    let contested = &timeline.columns().contested;
                    let contested = having_value(timeline.len(), contested, |_| true);
                    contested.complement()
                });
            }
            ["yes", ..] => Aspect::ALL.iter().copied().collect(),
            words => fixed::parsed(words, Aspect::parse),
        };
        Predicate::known(move |timeline| {
            let contested = &timeline.columns().contested;
            having_value(timeline.len(), contested, |own| own.meets(aspects))
        })
    })
}

/// An aspect and a level, such as `actor-contested`.
pub(super) fn assessed(term: &mut TermBinder<'_>) -> Predicate {
    let pair = |word: &str| {
        let (aspect, level) = word.split_once('-')?;
        Aspect::parse(aspect).zip(Level::parse(level))
    };
    fixed::choice(term, |chosen| {
        let pairs = chosen.iter().filter_map(|word| pair(word));
        let wanted = pairs.fold(Assessments::default(), |all, (aspect, level)| {
            all.with(aspect, level)
        });
        Predicate::known(move |timeline| {
            let assessed = &timeline.columns().assessed;
            having_value(timeline.len(), assessed, |own| own.meets(wanted))
        })
    })
}

pub(super) fn likelihood(term: &mut TermBinder<'_>) -> Predicate {
    let (timeline, field, operator) = (term.timeline, term.field, term.operator);
    term.each(|value| {
        if value.form == ValueForm::Any {
            return Ok(any_claim(|claim| claim.likelihood.is_some()));
        }
        let word = likelihood_term(timeline, field, operator, value)?;
        Ok(Predicate::ask(move |timeline| {
            likely(timeline, operator, &word)
        }))
    })
}

/// A term of a yardstick, or a likelihood that a claim of the timeline uses.
fn likelihood_term(
    timeline: &Timeline,
    field: &FilterField,
    operator: ComparisonOperator,
    value: &FilterValue,
) -> Result<String, QueryError> {
    let terms = || {
        let terms = Yardstick::ALL.iter().flat_map(|it| it.terms());
        terms.flat_map(|term| term.words)
    };
    let word = value.text.trim();
    let is_used = || {
        let words = &timeline.claim_columns().likelihood_words;
        words.find(&word.to_lowercase()).is_some()
    };
    let is_known = terms().any(|term| term.eq_ignore_ascii_case(word));
    if is_known || (operator == ComparisonOperator::Is && is_used()) {
        return Ok(word.to_owned());
    }
    let message = format!("`{word}` is not a term of a yardstick");
    let error = QueryError::new(value.range.clone(), message).expected(field.wants());
    Err(error.did_you_mean(nearest(word, terms().copied())))
}

/// Compares each likelihood in use once on each yardstick, not once for each claim.
fn likely(timeline: &Timeline, operator: ComparisonOperator, word: &str) -> Matches {
    let spoken = timeline.claim_columns();
    let answers = |own| {
        Yardstick::ALL
            .iter()
            .map(move |&yardstick| compare_likelihood(own, yardstick, operator, word))
    };
    let table: Vec<Vec<Truth>> = spoken
        .likelihood_words
        .iter()
        .map(|(_, own)| answers(own).collect())
        .collect();
    claimed(timeline, |at, claim| {
        let own = spoken.likelihoods.get(at).copied().flatten();
        own.map_or(Truth::No, |own| {
            table[own.0 as usize][claim.yardstick as usize]
        })
    })
}

/// Compares two terms by the speaker's yardstick. A speaker without one may have used any or none: then only the same
/// word is sure.
fn compare_likelihood(
    own: &str,
    yardstick: Yardstick,
    operator: ComparisonOperator,
    word: &str,
) -> Truth {
    let includes_itself = matches!(
        operator,
        ComparisonOperator::Is | ComparisonOperator::AtMost | ComparisonOperator::AtLeast
    );
    if includes_itself && own.eq_ignore_ascii_case(word) {
        return Truth::Yes;
    }
    let holds = |yardstick: Yardstick| {
        let (own, wanted) = (yardstick.find(own)?, yardstick.find(word)?);
        Some(operator.compares(&own.from, &wanted.from))
    };
    if yardstick == Yardstick::None {
        let any = Yardstick::ALL
            .iter()
            .any(|&yardstick| holds(yardstick) == Some(true));
        return Truth::from(any).doubted();
    }
    Truth::from(holds(yardstick) == Some(true))
}

pub(super) fn likelihoods<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    words::all(&timeline.claim_columns().likelihood_words)
}

pub(super) fn count_aspects(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count.claims(timeline, |_, claim| Some(claim.about as u32));
}

pub(super) fn count_stances(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count.claims(timeline, |_, claim| Some(claim.stance as u32));
}

pub(super) fn count_confidences(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count.claims(timeline, |_, claim| claim.confidence.map(|it| it as u32));
}

pub(super) fn count_likelihoods(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let likelihoods = &timeline.claim_columns().likelihoods;
    count.claims(timeline, |at, _| likelihoods[at].map(|word| word.0));
}

/// `yes` and `no` come before the aspects: [`super::vocabulary::CONTESTED`].
pub(super) fn count_contested(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    const BEFORE_ASPECTS: usize = 2;
    let among = count.among();
    let (mut shown, mut surely) = (0, 0);
    for (row, aspects) in timeline.columns().contested.iter() {
        let row = row as usize;
        if !among.possibly().contains(row) {
            continue;
        }
        let is_sure = usize::from(among.surely().contains(row));
        shown += 1;
        surely += is_sure;
        for aspect in aspects.iter() {
            count.add(aspect as usize + BEFORE_ASPECTS, 1, is_sure);
        }
    }
    let all = among.counts();
    count.add(0, shown, surely);
    count.add(1, all.surely + all.possibly - shown, all.surely - surely);
}

/// Each aspect has as many levels: [`super::vocabulary::ASSESSED`].
pub(super) fn count_assessed(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let counts = levels(timeline, count.among());
    let shown = counts.shown.iter().flatten();
    let pairs = shown.zip(counts.surely.iter().flatten()).enumerate();
    for (pair, (&shown, &surely)) in pairs {
        count.add(pair, shown, surely);
    }
}
