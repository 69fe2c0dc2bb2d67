//! Members of JSON whose value has another type than their format has there, such as a text for a list. What such a member
//! says is not read, so each kind is reported once, at its first place.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, TextPlace, WRONG_TYPE};

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JsonType {
    Text,
    Number,
    Truth,
    List,
    Object,
}

impl JsonType {
    const fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }

    /// The type of a value as it is written; `None` for `null`, which is as good as absent.
    pub fn of(raw: &str) -> Option<Self> {
        match raw.bytes().next()? {
            b'"' => Some(Self::Text),
            b'[' => Some(Self::List),
            b'{' => Some(Self::Object),
            b't' | b'f' => Some(Self::Truth),
            b'n' => None,
            _ => Some(Self::Number),
        }
    }
}

/// The members that were found, each with its first place and how often.
#[derive(Debug, Default)]
pub(super) struct WrongTypes(BTreeMap<(String, JsonType, JsonType), (TextPlace, usize)>);

impl WrongTypes {
    /// Adds a member, unless its value has the type that is expected.
    pub fn check(
        &mut self,
        name: &str,
        found: Option<JsonType>,
        expected: JsonType,
        place: TextPlace,
    ) {
        let Some(found) = found.filter(|found| *found != expected) else {
            return;
        };
        let key = (name.to_owned(), found, expected);
        let (first, count) = self.0.entry(key).or_insert((place, 0));
        *first = place.min(*first);
        *count += 1;
    }

    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        let all = self.0.iter();
        all.map(|((name, found, expected), (place, count))| {
            let others = match count {
                1 => String::new(),
                count => format!("; {count} times in the file"),
            };
            let message = format!("`{name}` is {}{others}", found.words());
            Diagnostic::new(&WRONG_TYPE, *place, message)
                .label(format!("not read: expected {}", expected.words()))
                .help("export the file again, or fix this place")
        })
    }
}
