//! Keys: what events are called, each by one name of its own.

use std::collections::HashMap;

use super::event::EventId;

/// The keys that are given to events, one after the other.
#[derive(Default)]
pub(super) struct Keys {
    events: HashMap<String, EventId>,
    /// The last number given to a key that is wanted more than once.
    repeats: HashMap<String, u32>,
}

impl Keys {
    /// Gives an event the key that it wants; a number is added where another event has it.
    pub fn give(&mut self, wanted: &str, event: EventId) -> String {
        let mut key = wanted.to_owned();
        while self.events.contains_key(&key) {
            let number = self.repeats.entry(wanted.to_owned()).or_insert(1);
            *number += 1;
            key = format!("{wanted}-{number}");
        }
        self.events.insert(key.clone(), event);
        key
    }

    /// The event that has a key.
    pub fn find(&self, key: &str) -> Option<EventId> {
        self.events.get(key).copied()
    }
}

/// A key made of a title: lower case, with one hyphen for whatever is no letter or digit.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    let words = title.split(|character: char| !character.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() {
            slug.push('-');
        }
        if word.is_ascii() {
            slug.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        } else {
            slug.push_str(&word.to_lowercase());
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_words_of_the_title() {
        assert_eq!(
            slug("UK: two people, one company!"),
            "uk-two-people-one-company"
        );
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn a_key_that_is_taken_gets_a_number() {
        let mut keys = Keys::default();
        let given = ["entry", "entry-2", "entry"].map(|it| keys.give(it, EventId(0)));
        assert_eq!(given, ["entry", "entry-2", "entry-3"]);
    }
}
