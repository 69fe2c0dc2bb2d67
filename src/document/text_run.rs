//! Runs of text, each with its meaning and its link.

use std::borrow::Cow;

use super::address::is_web_address;
use super::role::{PhaseFamily, Role};
use super::subject::PageSubject;
use crate::date::{EventDate, Precision};
use crate::text::{is_single_spaced, visible};
use crate::timeline::Event;

/// Words with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// The words, without control characters.
    pub text: String,
    /// The meaning.
    pub role: Role,
    /// The target of the link.
    pub link: Option<PageSubject>,
}

/// A run from a text.
pub(crate) fn run(role: Role, text: &str) -> TextRun {
    let text = if is_single_spaced(text) {
        text.to_owned()
    } else {
        tidied(text)
    };
    TextRun {
        text,
        role,
        link: None,
    }
}

/// A text that fits on one line: no line breaks, no tabs, no control characters.
fn tidied(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut tidy = String::with_capacity(text.len());
    if text.starts_with(char::is_whitespace) {
        tidy.push(' ');
    }
    tidy.extend(words.next());
    for word in words {
        tidy.push(' ');
        tidy.push_str(word);
    }
    if text.ends_with(char::is_whitespace) && !tidy.trim().is_empty() {
        tidy.push(' ');
    }
    let shown = match visible(&tidy) {
        Cow::Borrowed(_) => None,
        Cow::Owned(shown) => Some(shown),
    };
    shown.unwrap_or(tidy)
}

pub(crate) fn plain(text: &str) -> TextRun {
    run(Role::Text, text)
}

/// Less important text.
pub(crate) fn quiet(text: &str) -> TextRun {
    run(Role::Quiet, text)
}

/// A speaker's exact words.
pub(crate) fn quote(words: &str) -> TextRun {
    run(Role::Quote, &format!("“{}”", words.trim()))
}

/// A web address; anything else in its place is plain text.
pub(crate) fn address(url: &str) -> TextRun {
    if is_web_address(url) {
        run(Role::Address, url)
    } else {
        plain(url)
    }
}

/// A date in short words.
pub(crate) fn date(when: &EventDate) -> TextRun {
    run(date_role(when), &when.to_string())
}

/// The role of a date: imprecise if it leaves more than a day open.
pub fn date_role(when: &EventDate) -> Role {
    let qualifier = when.qualifier();
    let doubtful = when.is_vague() || qualifier.approximate || qualifier.uncertain;
    if doubtful || when.precision() < Precision::Day {
        Role::Imprecise
    } else {
        Role::Date
    }
}

/// A link with its own words.
pub(crate) fn link(to: PageSubject, words: &str) -> TextRun {
    TextRun {
        link: Some(to),
        ..run(Role::Event, words)
    }
}

/// Joins runs with a separator.
pub(crate) fn join(items: Vec<Vec<TextRun>>, separator: &str) -> Vec<TextRun> {
    let mut joined = Vec::new();
    for item in items {
        if !joined.is_empty() {
            joined.push(quiet(separator));
        }
        joined.extend(item);
    }
    joined
}

/// The date of an event, or `undated`.
pub(crate) fn when(event: Event<'_>) -> TextRun {
    event
        .when()
        .map_or_else(|| run(Role::Imprecise, "undated"), |when| date(&when))
}

/// A phase in the role of its family.
pub(crate) fn phase(phase: &str) -> TextRun {
    run(PhaseFamily::of(phase).into(), phase)
}
