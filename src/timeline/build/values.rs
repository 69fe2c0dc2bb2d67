//! Values of a draft without their places.

use super::super::draft::{Located, LocatedText};

pub(super) fn value<T: Clone>(at: Option<&Located<T>>) -> Option<T> {
    at.map(|at| at.value.clone())
}

pub(super) fn text(words: Option<&LocatedText>) -> Option<String> {
    words
        .map(|words| words.value.trim().to_owned())
        .filter(|words| !words.is_empty())
}

pub(super) fn texts(words: &[LocatedText]) -> Vec<String> {
    words.iter().map(|words| words.value.to_string()).collect()
}
