//! One value of a TOML tree: decoded, with its place, or a finding that names the expected type.

use std::collections::HashMap;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeValue};
use compact_str::CompactString;
use memchr::memchr;

use super::closed_words::{self, ClosedWord, listed, meant};
use super::date_errors;
use super::key_names::REQUIRED;
use super::marking::{COUNTS_AS_RED, expected_marking, read_marking};
use super::reader::TomlReader;
use crate::date::EventDate;
use crate::diagnostic::{
    CONFIDENCE_IS_LIKELIHOOD, DUPLICATE_ITEM, Diagnostic, EMPTY_VALUE, Fix, FixChange, NEWER_TOML,
    TextEdit, TextPlace, UNKNOWN_MARKING, UNKNOWN_WORD, WRONG_TYPE,
};
use crate::timeline::draft::{Located, LocatedText};
use crate::timeline::likelihood::is_likelihood_term;
use crate::timeline::term::{Confidence, Tlp};

/// Below this number of items, comparing every pair is faster than a map.
const FEW: usize = 16;

// What a finding expects in place of a value of another type.
pub(super) const TEXT: &str = "text";
pub(super) const TEXT_LIST: &str = "a list of texts";
pub(super) const DATE: &str = "a date in quotation marks";
pub(super) const TABLE: &str = "a table";

/// A value with its place in the piece.
pub(super) type TomlValue<'i> = Spanned<DeValue<'i>>;

/// The occurrences of an item in a list.
struct ItemOccurrences {
    first: TextPlace,
    second: Option<TextPlace>,
    count: usize,
}

impl TomlReader<'_> {
    /// Reports a value of the wrong type.
    pub(super) fn report_type(&mut self, place: TextPlace, key: &str, found: &str, wanted: &str) {
        let raw = self.raw(place);
        let found = if raw == "null" { raw } else { found };
        let finding = Diagnostic::new(&WRONG_TYPE, place, format!("{} is {found}", named(key)))
            .label(format!("expected {wanted}"));
        let short = !raw.contains('\n') && raw.len() < 60;
        let finding = match (found, wanted) {
            ("text", TEXT_LIST) if short => {
                finding.help_and_fix(Fix::written(place, format!("[{raw}]")).sure())
            }
            ("a number" | "true or false" | "a date", TEXT) if short => {
                finding.help_and_fix(Fix::written(place, format!("\"{raw}\"")).sure())
            }
            _ => match other_heading(raw, wanted) {
                Some(heading) => finding.fix(Fix::written(place, heading).sure()),
                None => finding,
            },
        };
        self.report(finding);
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, value: TomlValue<'_>, key: &str) -> Option<LocatedText> {
        self.text_called(value, || key.to_owned())
    }

    /// The same. The name is made only for a finding.
    fn text_called(
        &mut self,
        value: TomlValue<'_>,
        name: impl Fn() -> String,
    ) -> Option<LocatedText> {
        let whole = self.place(value.span());
        let text: CompactString = match value.into_inner() {
            DeValue::String(text) => text.into(),
            other => {
                self.report_type(whole, &name(), type_name(&other), TEXT);
                return None;
            }
        };
        let words = Located::new(text, self.inside(whole));
        let begins_plainly = words
            .value
            .as_bytes()
            .first()
            .is_some_and(u8::is_ascii_graphic);
        if !begins_plainly && words.value.trim().is_empty() {
            let message = format!("{} is empty", named(&name()));
            let finding = Diagnostic::new(&EMPTY_VALUE, whole, message)
                .label("expected something between the quotation marks")
                .help("write something, or leave it out");
            self.report(if REQUIRED.contains(&name().as_str()) {
                finding
            } else {
                finding.fix(Fix::new("leave it out", FixChange::Without(whole)).sure())
            });
            return None;
        }
        // Nearly every text is as it is written: nothing is escaped in it, and only a mark at its beginning is reported.
        if !begins_plainly || self.raw(words.place) != words.value {
            self.report_newer_escapes(&words);
            self.report_escapes(&words);
        }
        Some(words)
    }

    /// A list of texts without repeats. Items that are not texts are left out.
    pub(super) fn texts(&mut self, value: TomlValue<'_>, key: &str) -> Vec<LocatedText> {
        let place = self.place(value.span());
        match value.into_inner() {
            DeValue::Array(items) => self.items(items, key),
            other => {
                self.report_type(place, key, type_name(&other), TEXT_LIST);
                Vec::new()
            }
        }
    }

    fn items(&mut self, items: DeArray<'_>, key: &str) -> Vec<LocatedText> {
        let mut texts: Vec<LocatedText> = Vec::with_capacity(items.len());
        for item in items {
            texts.extend(self.text_called(item, || format!("an item of {key}")));
        }
        self.without_repeats(texts, key)
    }

    fn without_repeats(&mut self, texts: Vec<LocatedText>, key: &str) -> Vec<LocatedText> {
        // Most lists are short.
        let differ = |at: usize| texts[..at].iter().all(|it| it.value != texts[at].value);
        if texts.len() < FEW && (1..texts.len()).all(differ) {
            return texts;
        }
        let mut known: HashMap<CompactString, ItemOccurrences> = HashMap::new();
        let mut kept = Vec::with_capacity(texts.len());
        for text in texts {
            if let Some(known) = known.get_mut(&text.value) {
                known.second.get_or_insert(text.place);
                known.count += 1;
                continue;
            }
            let first = ItemOccurrences {
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
                self.report_repeats(&text.value, key, known, second);
            }
        }
        kept
    }

    /// Makes one finding of all repeats of an item.
    fn report_repeats(
        &mut self,
        value: &str,
        key: &str,
        known: &ItemOccurrences,
        second: TextPlace,
    ) {
        let times = match known.count {
            2 => "twice".to_owned(),
            count => format!("{count} times"),
        };
        let message = format!("`{value}` is {times} in `{key}`");
        let mut finding = Diagnostic::new(&DUPLICATE_ITEM, second, message)
            .label("changes nothing")
            .help("delete it, or write what was meant instead")
            .fix(Fix::new("delete it", FixChange::Without(second)).sure())
            .related(known.first, "first here");
        finding.more = known.count - 2;
        self.report(finding);
    }

    /// A date: in quotation marks, as TOML's own date, or as a bare year.
    pub(super) fn date(&mut self, value: TomlValue<'_>, key: &str) -> Option<Located<EventDate>> {
        let span = value.span();
        let whole = self.place(span);
        let (text, place) = match value.get_ref() {
            DeValue::String(_) => {
                let words = self.text(value, key)?;
                (words.value, words.place)
            }
            DeValue::Datetime(moment) => {
                if moment.time.is_some_and(|time| time.second.is_none()) {
                    let quoted = TextEdit::new(whole, format!("\"{}\"", self.raw(whole)));
                    let help = "put the date in quotation marks";
                    self.report_newer(whole, "a time without seconds", help, Some(quoted));
                }
                (self.raw(whole).into(), whole)
            }
            DeValue::Integer(_) => (self.raw(whole).into(), whole),
            other => {
                let found = type_name(other);
                self.report_type(whole, key, found, DATE);
                return None;
            }
        };
        match EventDate::parse(&text) {
            Ok(date) => Some(Located::new(date, place)),
            Err(error) => {
                let finding = date_errors::finding(error, &text, self.raw(place), place);
                self.report(finding);
                None
            }
        }
    }

    /// One text, which is read as a list of one, or a list of texts.
    pub(super) fn text_or_texts(&mut self, value: TomlValue<'_>, key: &str) -> Vec<LocatedText> {
        if value.get_ref().is_str() {
            self.text(value, key).into_iter().collect()
        } else {
            self.texts(value, key)
        }
    }

    /// A word of a closed list.
    pub(super) fn word<T: ClosedWord>(
        &mut self,
        value: TomlValue<'_>,
        key: &str,
    ) -> Option<Located<T>> {
        let words = self.text(value, key)?;
        self.closed_word(&words)
    }

    fn closed_word<T: ClosedWord>(&mut self, words: &LocatedText) -> Option<Located<T>> {
        let written = words.value.trim();
        if let Some(word) = closed_words::find(written) {
            return Some(Located::new(word, words.place));
        }
        let message = format!("`{written}` is not {}", T::LIST.name);
        self.report_unknown_word(words, message, &T::LIST.words());
        None
    }

    /// Reports a word that is not in a list.
    pub(super) fn report_unknown_word(
        &mut self,
        words: &LocatedText,
        message: String,
        known: &[&str],
    ) {
        let finding = Diagnostic::new(&UNKNOWN_WORD, words.place, message)
            .label(format!("expected {}", listed(known)))
            .did_you_mean_value(meant(words.value.trim(), known));
        self.report(finding);
    }

    /// A level of confidence. Authors often write a likelihood in its place.
    pub(super) fn confidence(
        &mut self,
        value: TomlValue<'_>,
        key: &str,
    ) -> Option<Located<Confidence>> {
        let words = self.text(value, key)?;
        let written = words.value.trim();
        if !is_likelihood_term(written) {
            return self.closed_word(&words);
        }
        let message = format!("`{written}` is a likelihood, not a confidence");
        let finding = Diagnostic::new(&CONFIDENCE_IS_LIKELIHOOD, words.place, message)
            .label(format!("expected {}", listed(&Confidence::LIST.words())))
            .help(format!(
                "write `likelihood = \"{written}\"`; `confidence` says how sound its grounds are"
            ))
            .fix(Fix::new(
                format!("write `likelihood = \"{written}\"`"),
                FixChange::Key(words.place, "likelihood", written.to_owned()),
            ));
        self.report(finding);
        None
    }

    /// A marking: with or without `TLP:` before it, by its present name or its old one.
    pub(super) fn marking(&mut self, value: TomlValue<'_>, key: &str) -> Option<Located<Tlp>> {
        let whole = self.place(value.span());
        let Some(text) = value.get_ref().as_str() else {
            let wanted = format!("a marking such as `\"AMBER\"`; {COUNTS_AS_RED}");
            self.report_type(whole, key, type_name(value.get_ref()), &wanted);
            return None;
        };
        if text.trim().is_empty() {
            let finding = Diagnostic::new(&UNKNOWN_MARKING, whole, format!("`{key}` is empty"))
                .label(expected_marking())
                .help("write how far it may be passed on, or leave it out");
            self.report(finding);
            return None;
        }
        let words = self.text(value, key)?;
        let (tlp, finding) = read_marking(words.value.trim(), words.place);
        if let Some(finding) = finding {
            self.report(match tlp {
                Some(_) => finding,
                None => {
                    finding.help("put a marking of another scheme into `banner` below `[timeline]`")
                }
            });
        }
        tlp.map(|tlp| Located::new(tlp, words.place))
    }

    /// Reports `\e` and `\xHH`, which TOML 1.0 does not know.
    fn report_newer_escapes(&mut self, words: &LocatedText) {
        let raw = self.raw(words.place);
        if raw == words.value {
            return;
        }
        let (bytes, mut from) = (raw.as_bytes(), 0);
        while let Some(next) = memchr(b'\\', bytes.get(from..).unwrap_or_default()) {
            let at = from + next;
            from = at + 2;
            let written = match bytes.get(at + 1) {
                Some(b'e') => "\\u001b",
                Some(b'x') => "\\u00",
                _ => continue,
            };
            let place = words.place.part(at..at + 2);
            let help = "write `\\u` and four digits";
            let longer = TextEdit::new(place, written);
            return self.report_newer(place, "this escape sequence", help, Some(longer));
        }
    }

    /// Reports a notation that only TOML 1.1 allows. `older` says the same in that of TOML 1.0.
    pub(super) fn report_newer(
        &mut self,
        place: TextPlace,
        what: &str,
        help: &str,
        older: Option<TextEdit>,
    ) {
        let finding = Diagnostic::new(&NEWER_TOML, place, format!("only TOML 1.1 knows {what}"))
            .label("many programs cannot read this")
            .help(help);
        let fix = older.map(|edit| Fix::new(help, FixChange::Edits(vec![edit])).sure());
        self.report(fix.into_iter().fold(finding, Diagnostic::fix));
    }
}

/// A key in backticks; an item of a list by the key of the list.
fn named(key: &str) -> String {
    match key.strip_prefix("an item of ") {
        Some(list) => format!("an item of `{list}`"),
        None => format!("`{key}`"),
    }
}

/// A heading with two brackets on each side where it has one, or the reverse.
fn other_heading(raw: &str, wanted: &str) -> Option<String> {
    let name = raw.strip_prefix('[')?.strip_suffix(']')?;
    let inner = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let is_name = |name: &str| !name.contains(|it: char| "[]{}\n=,".contains(it));
    match inner {
        None if wanted.starts_with("tables headed `[[") && is_name(name) => {
            Some(format!("[{raw}]"))
        }
        Some(inner) if wanted == TABLE && is_name(inner) => Some(name.to_owned()),
        _ => None,
    }
}

/// The type of a value, as people call it.
pub(super) const fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Whether a value is a list, and each of its items of a sort.
pub(super) fn is_list<'i>(value: &DeValue<'i>, is_item: impl Fn(&DeValue<'i>) -> bool) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| items.iter().all(|item| is_item(item.get_ref())))
}

pub(super) fn is_list_of_texts(value: &DeValue<'_>) -> bool {
    is_list(value, |item| {
        item.as_str().is_some_and(|text| !text.trim().is_empty())
    })
}
