//! Values that are fixed words or numbers, and what they ask.

use super::bind::{any, nothing};
use super::field::{Field, FieldId};
use super::has::Has;
use super::predicate::{
    ClaimTest, Contest, CountOf, Feature, Leaf, ListOf, Predicate, Selection, compares,
};
use super::syntax::{Form, Operator, QueryError, Value};
use crate::diagnostic::nearest;
use crate::timeline::term::{Aspect, Confidence, Stance, Standing, Tlp};
use crate::timeline::{AspectSet, Assessments, Clock, Level, Source, Timeline};

/// Binds a value of a field whose values are fixed words. One of an order stands for all that compare with it so.
pub(super) fn bind(
    timeline: &Timeline,
    field: &Field,
    operator: Operator,
    value: &Value,
) -> Result<Predicate, QueryError> {
    let words = field.choices();
    if value.form == Form::Any {
        return Ok(asked(timeline, field.id, words));
    }
    let place = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case(&value.text));
    let Some(place) = place else {
        let message = format!("`{}` is not a value of `{}`", value.text, field.name);
        let error = QueryError::new(value.range.clone(), message).expected(field.wants());
        return Err(error.did_you_mean(nearest(&value.text, words.iter().copied())));
    };
    let chosen = (0..)
        .zip(words)
        .filter(|(at, _)| compares(at, operator, &place));
    let chosen: Vec<&str> = chosen.map(|(_, word)| *word).collect();
    Ok(asked(timeline, field.id, &chosen))
}

/// The fields whose values are fixed words.
#[derive(Clone, Copy)]
enum Fixed {
    Dated,
    About,
    Stance,
    Confidence,
    Tlp,
    Standing,
    Contested,
    Assessed,
    Has,
}

impl Fixed {
    const fn of(field: FieldId) -> Option<Self> {
        Some(match field {
            FieldId::Dated => Self::Dated,
            FieldId::About => Self::About,
            FieldId::Stance => Self::Stance,
            FieldId::Confidence => Self::Confidence,
            FieldId::Tlp => Self::Tlp,
            FieldId::Standing => Self::Standing,
            FieldId::Contested => Self::Contested,
            FieldId::Assessed => Self::Assessed,
            FieldId::Has => Self::Has,
            FieldId::Text
            | FieldId::Title
            | FieldId::Summary
            | FieldId::Id
            | FieldId::When
            | FieldId::Within
            | FieldId::Before
            | FieldId::After
            | FieldId::Phase
            | FieldId::Lane
            | FieldId::Actor
            | FieldId::Target
            | FieldId::Accused
            | FieldId::Addressee
            | FieldId::Entity
            | FieldId::Technique
            | FieldId::Tag
            | FieldId::Attribute
            | FieldId::Discovered
            | FieldId::Disclosed
            | FieldId::Attributed
            | FieldId::By
            | FieldId::Source
            | FieldId::Publisher
            | FieldId::Published
            | FieldId::Said
            | FieldId::Likelihood
            | FieldId::Words
            | FieldId::Claims
            | FieldId::Sources
            | FieldId::Link => return None,
        })
    }
}

/// The question that fixed words stand for.
fn asked(timeline: &Timeline, field: FieldId, chosen: &[&str]) -> Predicate {
    let Some(fixed) = Fixed::of(field) else {
        return nothing();
    };
    let leaf = match fixed {
        Fixed::Dated => {
            let dated = Predicate::Ask(Leaf::Has(Feature::Date(Clock::Happened)));
            return if chosen == ["no"] {
                Predicate::Not(Box::new(dated))
            } else {
                dated
            };
        }
        Fixed::About => Leaf::Claim(ClaimTest::About(parsed(chosen, Aspect::parse))),
        Fixed::Stance => Leaf::Claim(ClaimTest::Stance(parsed(chosen, Stance::parse))),
        Fixed::Confidence => Leaf::Claim(ClaimTest::Confidence(parsed(chosen, Confidence::parse))),
        Fixed::Tlp => Leaf::Marked(parsed(chosen, Tlp::parse)),
        Fixed::Standing => {
            let standings: Vec<Standing> = parsed(chosen, Standing::parse);
            let stands = |source: &Source| {
                source
                    .standing
                    .is_some_and(|standing| standings.contains(&standing))
            };
            Leaf::Lists(
                ListOf::Sources,
                Selection::of(timeline.sources(), |(_, source)| stands(source)),
            )
        }
        Fixed::Contested => Leaf::Contested(contest(chosen)),
        Fixed::Assessed => {
            Leaf::Assessed(chosen.iter().fold(Assessments::default(), |all, word| {
                assessment(word).map_or(all, |(aspect, level)| all.with(aspect, level))
            }))
        }
        Fixed::Has => {
            let asked: Vec<Has> = parsed(chosen, Has::of);
            return any(asked.iter().map(|has| Predicate::Ask(has.leaf())).collect());
        }
    };
    Predicate::Ask(leaf)
}

/// The values of words; those that have none are left out.
fn parsed<T, C: FromIterator<T>>(words: &[&str], parse: impl Fn(&str) -> Option<T>) -> C {
    words.iter().filter_map(|word| parse(word)).collect()
}

/// `yes` and `no` stand for themselves; any value at all is `yes`.
fn contest(chosen: &[&str]) -> Contest {
    match chosen {
        ["no"] => Contest::Nowhere,
        ["yes", ..] => Contest::On(Aspect::ALL.iter().copied().collect()),
        words => {
            let aspects = words.iter().filter_map(|word| Aspect::parse(word));
            Contest::On(aspects.collect::<AspectSet>())
        }
    }
}

/// An aspect and a level, such as `actor-contested`.
fn assessment(word: &str) -> Option<(Aspect, Level)> {
    let (aspect, level) = word.split_once('-')?;
    Aspect::parse(aspect).zip(Level::parse(level))
}

/// A number, or a range of numbers.
pub(super) fn count(
    of: CountOf,
    field: &Field,
    operator: Operator,
    value: &Value,
) -> Result<Leaf, QueryError> {
    let wrong = || {
        QueryError::new(
            value.range.clone(),
            format!("`{}` is not a number", value.text),
        )
        .expected(field.wants())
    };
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
    if value.form == Form::Any {
        return Ok(Leaf::Count(of, 1, u64::MAX));
    }
    if let Some((from, to)) = value
        .text
        .split_once("..")
        .filter(|_| operator == Operator::Is)
    {
        let from = if from.is_empty() { 0 } else { number(from)? };
        let to = if to.is_empty() { u64::MAX } else { number(to)? };
        if to < from {
            let error = QueryError::new(value.range.clone(), "this range ends before it starts");
            return Err(error.help(format!("write `{to}..{from}`")));
        }
        return Ok(Leaf::Count(of, from, to));
    }
    let number = number(&value.text)?;
    let nothing = Ok(Leaf::Count(of, 1, 0));
    Ok(match operator {
        Operator::Is => Leaf::Count(of, number, number),
        Operator::AtMost => Leaf::Count(of, 0, number),
        Operator::AtLeast => Leaf::Count(of, number, u64::MAX),
        Operator::Less => match number.checked_sub(1) {
            Some(most) => Leaf::Count(of, 0, most),
            None => return nothing,
        },
        Operator::More => match number.checked_add(1) {
            Some(least) => Leaf::Count(of, least, u64::MAX),
            None => return nothing,
        },
    })
}
