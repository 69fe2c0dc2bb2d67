//! One value of the tree: decoded, with its place, or a finding that says what was wanted instead.

use std::collections::HashMap;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeValue, ValueDeserializer};
use compact_str::CompactString;
use serde::de::DeserializeOwned;

use super::unread::COUNTS_AS_RED;
use super::vocabulary::{self, Word, listed, meant};
use super::{Reader, date, type_name};
use crate::date::EventDate;
use crate::diagnostic::{
    CONFIDENCE_IS_LIKELIHOOD, DUPLICATE_ITEM, Diagnostic, EMPTY_VALUE, MARKING_RENAMED, NEWER_TOML,
    Place, UNKNOWN_MARKING, UNKNOWN_WORD, WRONG_TYPE,
};
use crate::formats::unseen::is_plain;
use crate::timeline::draft::{At, Words};
use crate::timeline::likelihood::is_likelihood_term;
use crate::timeline::term::Tlp;

/// So few items are compared each with each.
const FEW: usize = 16;

/// A value with its place in the piece.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// Where an item is in a list, and how often.
struct Occurrences {
    first: Place,
    second: Option<Place>,
    count: usize,
}

impl Reader<'_> {
    /// Decodes a value, or says what was wanted.
    pub(super) fn decode<T: DeserializeOwned>(
        &mut self,
        value: Value<'_>,
        key: &str,
        wanted: &str,
    ) -> Option<At<T>> {
        let place = self.place(value.span());
        let found = type_name(value.get_ref());
        let Ok(decoded) = T::deserialize(ValueDeserializer::from(value)) else {
            self.tell_of_type(place, key, found, wanted);
            return None;
        };
        Some(At::new(decoded, place))
    }

    /// Tells that a value is of the wrong type.
    pub(super) fn tell_of_type(&mut self, place: Place, key: &str, found: &str, wanted: &str) {
        let raw = self.raw(place);
        let finding = Diagnostic::new(&WRONG_TYPE, place, format!("{} is {found}", named(key)))
            .label(format!("expected {wanted}"));
        let short = !raw.contains('\n') && raw.len() < 60;
        let finding = match (found, wanted) {
            ("text", "a list of texts") if short => finding.help(format!("write `[{raw}]`")),
            ("a number" | "true or false" | "a date", "text") if short => {
                finding.help(format!("write `\"{raw}\"`"))
            }
            _ => finding,
        };
        self.tell(finding);
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, value: Value<'_>, key: &str) -> Option<Words> {
        self.text_called(value, || key.to_owned())
    }

    /// The same, with what it is called if there is something to say about it.
    fn text_called(&mut self, value: Value<'_>, name: impl Fn() -> String) -> Option<Words> {
        let whole = self.place(value.span());
        let text: CompactString = match value.into_inner() {
            DeValue::String(text) => text.into(),
            other => {
                self.tell_of_type(whole, &name(), type_name(&other), "text");
                return None;
            }
        };
        let words = At::new(text, self.inside(whole));
        if words.value.trim().is_empty() {
            let message = format!("{} is empty", named(&name()));
            let finding = Diagnostic::new(&EMPTY_VALUE, whole, message)
                .label("expected something between the quotation marks")
                .help("write something, or leave it out");
            self.tell(finding);
            return None;
        }
        // Nearly every text is as it is written, and plain.
        if self.raw(words.place) != words.value || !is_plain(&words.value) {
            self.tell_of_newer_escapes(&words);
            self.tell_of_escapes(&words);
        }
        Some(words)
    }

    /// A list of texts, none of them twice. What is no text in it is left out.
    pub(super) fn texts(&mut self, value: Value<'_>, key: &str) -> Vec<Words> {
        let place = self.place(value.span());
        match value.into_inner() {
            DeValue::Array(items) => self.items(items, key),
            other => {
                self.tell_of_type(place, key, type_name(&other), "a list of texts");
                Vec::new()
            }
        }
    }

    fn items(&mut self, items: DeArray<'_>, key: &str) -> Vec<Words> {
        let mut texts: Vec<Words> = Vec::with_capacity(items.len());
        for item in items {
            texts.extend(self.text_called(item, || format!("an item of {key}")));
        }
        self.without_repeats(texts, key)
    }

    fn without_repeats(&mut self, texts: Vec<Words>, key: &str) -> Vec<Words> {
        // A list is short as a rule: then looking at each pair is quicker than a table of them.
        let differ = |at: usize| texts[..at].iter().all(|it| it.value != texts[at].value);
        if texts.len() < FEW && (1..texts.len()).all(differ) {
            return texts;
        }
        let mut known: HashMap<CompactString, Occurrences> = HashMap::new();
        let mut kept = Vec::with_capacity(texts.len());
        for text in texts {
            if let Some(known) = known.get_mut(&text.value) {
                known.second.get_or_insert(text.place);
                known.count += 1;
                continue;
            }
            let first = Occurrences {
                first: text.place,
                second: None,
                count: 1,
            };
            known.insert(text.value.clone(), first);
            kept.push(text);
        }
        for text in &kept {
            let known = known.get(&text.value);
            if let Some((known, second)) = known.and_then(|it| Some((it, it.second?))) {
                self.tell_of_repeats(&text.value, key, known, second);
            }
        }
        kept
    }

    /// However often an item is repeated, it is one finding.
    fn tell_of_repeats(&mut self, value: &str, key: &str, known: &Occurrences, second: Place) {
        let times = match known.count {
            2 => "twice".to_owned(),
            count => format!("{count} times"),
        };
        let message = format!("`{value}` is {times} in `{key}`");
        let mut finding = Diagnostic::new(&DUPLICATE_ITEM, second, message)
            .label("changes nothing")
            .help("delete it, or write what was meant instead")
            .related(known.first, "first here");
        finding.more = known.count - 2;
        self.tell(finding);
    }

    /// A date: in quotation marks, as TOML's own date, or as a bare year.
    pub(super) fn date(&mut self, value: Value<'_>, key: &str) -> Option<At<EventDate>> {
        let span = value.span();
        let whole = self.place(span);
        let (text, place) = match value.get_ref() {
            DeValue::String(_) => {
                let words = self.text(value, key)?;
                (words.value, words.place)
            }
            DeValue::Datetime(moment) => {
                if moment.time.is_some_and(|time| time.second.is_none()) {
                    self.tell_of_newer(
                        whole,
                        "a time without seconds",
                        "put the date in quotation marks",
                    );
                }
                (self.raw(whole).into(), whole)
            }
            DeValue::Integer(_) => (self.raw(whole).into(), whole),
            other => {
                let found = type_name(other);
                self.tell_of_type(whole, key, found, "a date in quotation marks");
                return None;
            }
        };
        match EventDate::parse(&text) {
            Ok(date) => Some(At::new(date, place)),
            Err(error) => {
                let finding = date::finding(error, &text, self.raw(place), place);
                self.tell(finding);
                None
            }
        }
    }

    /// A word of a closed list.
    pub(super) fn word<T: Word>(&mut self, value: Value<'_>, key: &str) -> Option<At<T>> {
        let words = self.text(value, key)?;
        let written = words.value.trim();
        if let Some(word) = vocabulary::find(written) {
            return Some(At::new(word, words.place));
        }
        let known: Vec<_> = T::ALL.iter().map(|word| word.spelling()).collect();
        let finding = if key == "confidence" && is_likelihood_term(written) {
            Diagnostic::new(&CONFIDENCE_IS_LIKELIHOOD, words.place, format!("`{written}` is a likelihood, no confidence"))
                .label(format!("expected {}", listed(&known)))
                .help(format!("write `likelihood = \"{written}\"`, and leave `confidence` to what the speaker says of it"))
        } else {
            Diagnostic::new(
                &UNKNOWN_WORD,
                words.place,
                format!("`{written}` is not {}", T::WHAT),
            )
            .label(format!("expected {}", listed(&known)))
            .did_you_mean(meant(written, &known))
        };
        self.tell(finding);
        None
    }

    /// A marking: with or without `TLP:` before it, by its present name or its old one.
    pub(super) fn marking(&mut self, value: Value<'_>, key: &str) -> Option<At<Tlp>> {
        let whole = self.place(value.span());
        let Some(text) = value.get_ref().as_str() else {
            let wanted = format!("a marking such as `\"AMBER\"`; {COUNTS_AS_RED}");
            self.tell_of_type(whole, key, type_name(value.get_ref()), &wanted);
            return None;
        };
        if text.trim().is_empty() {
            let finding = Diagnostic::new(&UNKNOWN_MARKING, whole, format!("`{key}` is empty"))
                .label(expected_marking())
                .help("write how far it may be passed on, or leave it out");
            self.tell(finding);
            return None;
        }
        let words = self.text(value, key)?;
        let (tlp, finding) = marking(words.value.trim(), words.place);
        if let Some(finding) = finding {
            self.tell(match tlp {
                Some(_) => finding,
                None => {
                    finding.help("put a marking of another scheme into `banner` below `[timeline]`")
                }
            });
        }
        tlp.map(|tlp| At::new(tlp, words.place))
    }

    /// The place of a string without its quotation marks.
    pub(super) fn inside(&self, place: Place) -> Place {
        let raw = self.raw(place);
        let Some(quote) = raw.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
            return place;
        };
        let is_triple = raw.chars().take(3).eq([quote; 3]);
        let marks = if raw.len() >= 6 && is_triple { 3 } else { 1 };
        let first_break = raw.get(marks..).map_or(0, |inner| match inner.as_bytes() {
            [b'\n', ..] if marks == 3 => 1,
            [b'\r', b'\n', ..] if marks == 3 => 2,
            _ => 0,
        });
        let closed = raw.len() > marks && raw.ends_with(quote);
        let end = if closed { raw.len() - marks } else { raw.len() };
        place.part((marks + first_break).min(end)..end)
    }

    /// Tells of `\e` and `\xHH`, which TOML 1.0 does not know.
    fn tell_of_newer_escapes(&mut self, words: &Words) {
        let raw = self.raw(words.place);
        if raw == words.value {
            return;
        }
        let mut bytes = raw.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            if byte == b'\\' && matches!(bytes.next(), Some((_, b'e' | b'x'))) {
                let place = words.place.part(at..at + 2);
                return self.tell_of_newer(
                    place,
                    "this escape sequence",
                    "write `\\u` and four digits",
                );
            }
        }
    }

    /// Tells of something that only TOML 1.1 knows.
    pub(super) fn tell_of_newer(&mut self, place: Place, what: &str, help: &str) {
        let finding = Diagnostic::new(&NEWER_TOML, place, format!("only TOML 1.1 knows {what}"))
            .label("many programs cannot read this")
            .help(help);
        self.tell(finding);
    }
}

/// What a marking at a place says; none if it cannot be read. What is wrong with it is to be told.
pub(in crate::formats) fn marking(
    written: &str,
    place: Place,
) -> (Option<Tlp>, Option<Diagnostic>) {
    let name = without_prefix(written);
    if name.eq_ignore_ascii_case("WHITE") {
        let message = "`WHITE` is called `CLEAR` since TLP 2.0";
        let finding = Diagnostic::new(&MARKING_RENAMED, place, message)
            .label("read as `CLEAR`")
            .help("write `CLEAR`");
        return (Some(Tlp::Clear), Some(finding));
    }
    if let Some(tlp) = tlp(written) {
        return (Some(tlp), None);
    }
    let known: Vec<_> = Tlp::ALL.iter().map(|tlp| tlp.as_str()).collect();
    let message = format!("`{written}` is not a TLP marking");
    let finding = Diagnostic::new(&UNKNOWN_MARKING, place, message)
        .label(expected_marking())
        .did_you_mean(meant(name, &known));
    (None, Some(finding))
}

/// What a marking says: with or without `TLP:` before it, by its present name or its old one.
pub(super) fn tlp(written: &str) -> Option<Tlp> {
    match without_prefix(written.trim()) {
        old if old.eq_ignore_ascii_case("WHITE") => Some(Tlp::Clear),
        name => Tlp::parse(name),
    }
}

fn without_prefix(written: &str) -> &str {
    let prefixed = written.split_at_checked(4);
    let prefixed = prefixed.filter(|(prefix, _)| prefix.eq_ignore_ascii_case("TLP:"));
    prefixed.map_or(written, |(_, name)| name.trim())
}

fn expected_marking() -> String {
    let known: Vec<_> = Tlp::ALL.iter().map(|tlp| tlp.as_str()).collect();
    format!("expected {}; {COUNTS_AS_RED}", listed(&known))
}

/// A key in backticks; an item of a list by the key of the list.
fn named(key: &str) -> String {
    match key.strip_prefix("an item of ") {
        Some(list) => format!("an item of `{list}`"),
        None => format!("`{key}`"),
    }
}
