//! Runs of text, each with its meaning and its link.

use std::borrow::Cow;

use super::address::is_web_address;
use super::role::{Family, Role};
use super::subject::Subject;
use crate::date::{EventDate, Precision};
use crate::text::visible;
use crate::timeline::Event;

/// Some words that mean one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words, free of control characters.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// Where they lead.
    pub link: Option<Subject>,
}

/// Text of one meaning.
pub(crate) fn run(role: Role, text: &str) -> Run {
    // What is on one line of the screen has no line breaks and no tabs.
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
    Run {
        text: shown.unwrap_or(tidy),
        role,
        link: None,
    }
}

/// Plain text.
pub(crate) fn plain(text: &str) -> Run {
    run(Role::Text, text)
}

/// Text that matters less.
pub(crate) fn quiet(text: &str) -> Run {
    run(Role::Quiet, text)
}

/// Somebody's exact words.
pub(crate) fn quote(words: &str) -> Run {
    run(Role::Quote, &format!("“{}”", words.trim()))
}

/// Where something can be read on the web; anything else that the file has in its place is plain text.
pub(crate) fn address(url: &str) -> Run {
    if is_web_address(url) {
        run(Role::Address, url)
    } else {
        plain(url)
    }
}

/// A date in short words.
pub(crate) fn date(when: &EventDate) -> Run {
    run(date_role(when), &when.to_string())
}

/// Whether a date leaves more than a day open is part of its meaning.
pub fn date_role(when: &EventDate) -> Role {
    let qualifier = when.qualifier();
    let doubtful = when.is_vague() || qualifier.approximate || qualifier.uncertain;
    if doubtful || when.precision() < Precision::Day {
        Role::Imprecise
    } else {
        Role::Date
    }
}

/// A link in words of its own.
pub(crate) fn link(to: Subject, words: &str) -> Run {
    Run {
        link: Some(to),
        ..run(Role::Event, words)
    }
}

/// Runs with a separator between each two.
pub(crate) fn join(items: Vec<Vec<Run>>, separator: &str) -> Vec<Run> {
    let mut joined = Vec::new();
    for item in items {
        if !joined.is_empty() {
            joined.push(quiet(separator));
        }
        joined.extend(item);
    }
    joined
}

/// An event's date, or the word that says that it has none.
pub(crate) fn when(event: Event<'_>) -> Run {
    event
        .when()
        .map_or_else(|| run(Role::Imprecise, "undated"), |when| date(&when))
}

/// A phase in the colour of its family.
pub(crate) fn phase(phase: &str) -> Run {
    run(Family::of(phase).into(), phase)
}
