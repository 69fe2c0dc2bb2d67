//! The values that a key may have at the caret.

use std::ops::Range;

use super::candidate::{Candidate, REFERENCE, WORD};
use super::{filter_values, known_values};
use crate::formats::toml::keys::{FileKey, IdSpace, KeyContent, ValueShape};
use crate::formats::toml::outline::{OutlineKey, OutlineText};
use crate::lsp::caret::Caret;
use crate::lsp::hover::yardstick;
use crate::lsp::mentions::is_about_party;
use crate::lsp::text_document::TextDocument;
use crate::timeline::slug;
use crate::timeline::term::Aspect;

/// Dates in each form, with what they say.
const DATES: &[(&str, &str)] = &[
    ("2021-08-14", "a day"),
    ("2021-08", "a month"),
    ("2021", "a year"),
    ("late 2021", "the second half of a year, as the source says"),
    ("about 2021-08", "an estimate of the source"),
    ("2021-08/2022-10", "from one to the other"),
    ("2021-08/..", "from then on, and still going on"),
    ("by 2021-08", "at some time, no later"),
    ("[2021-08-14, 2021-08-21]", "one of these days"),
    ("2021-08-14T10:22Z", "a minute, in UTC"),
    ("2021-08?", "the source is not sure"),
];

/// Where a candidate goes: the bytes that it replaces, and what is written around it.
struct ValueSlot {
    range: Range<usize>,
    before: &'static str,
    after: &'static str,
}

pub(super) fn candidates(
    document: &TextDocument,
    caret: &Caret<'_>,
    key: &OutlineKey,
    text: Option<&OutlineText>,
) -> Vec<Candidate> {
    let Some(known) = key.key else {
        return Vec::new();
    };
    if let (KeyContent::Filter, Some(text)) = (known.content, text.filter(|it| it.is_quoted())) {
        return filter_values::candidates(document, caret.byte, text);
    }
    let Some(slot) = ValueSlot::at(document, caret.byte, key, text) else {
        return Vec::new();
    };
    let mut all = fitting(document, caret, known, key);
    let is_given = |candidate: &Candidate| {
        let others = key.texts.iter().filter(|other| text != Some(*other));
        key.is_list
            && others
                .into_iter()
                .any(|other| other.value == candidate.text)
    };
    all.retain(|candidate| !is_given(candidate));
    for candidate in &mut all {
        candidate.text = format!("{}{}{}", slot.before, candidate.text, slot.after);
        candidate.range = slot.range.clone();
    }
    all
}

impl ValueSlot {
    /// `None` behind a value that is complete, and in a text of several lines.
    fn at(
        document: &TextDocument,
        byte: usize,
        key: &OutlineKey,
        text: Option<&OutlineText>,
    ) -> Option<Self> {
        if let Some(text) = text.filter(|text| text.is_quoted()) {
            let inside = document.slice(text.inside.clone());
            let is_closed = text.place.end > text.inside.end;
            let is_one_line = !inside.contains('\n');
            return is_one_line.then_some(Self {
                range: text.inside.start..if is_closed { text.inside.end } else { byte },
                before: "",
                after: if is_closed { "" } else { "\"" },
            });
        }
        let range = text.map_or(byte..byte, |word| word.place.clone());
        let shape = key.key?.shape;
        if matches!(shape, ValueShape::Format) {
            return Some(Self {
                range,
                before: "",
                after: "",
            });
        }
        if key.is_list {
            let before = document.slice(key.value.start..range.start).trim_end();
            let after = document.slice(range.end..key.value.end).trim_start();
            let is_inside =
                byte > key.value.start && (byte < key.value.end || !before.ends_with(']'));
            return is_inside.then_some(Self {
                range,
                before: if before.ends_with(['[', ',']) {
                    "\""
                } else {
                    ", \""
                },
                after: if after.starts_with('"') { "\", " } else { "\"" },
            });
        }
        let is_empty = key.texts.is_empty() || text.is_some();
        let is_list = matches!(shape, ValueShape::TextList);
        is_empty.then_some(Self {
            range,
            before: if is_list { "[\"" } else { "\"" },
            after: if is_list { "\"]" } else { "\"" },
        })
    }
}

/// The values of a key without quotation marks.
fn fitting(
    document: &TextDocument,
    caret: &Caret<'_>,
    known: &'static FileKey,
    key: &OutlineKey,
) -> Vec<Candidate> {
    match (known.shape, known.content) {
        (ValueShape::Format, _) => vec![word(known.example, "")],
        (ValueShape::Date, _) => dates(),
        (_, KeyContent::ByAspect) => {
            let about = caret
                .sibling("about")
                .and_then(|it| Aspect::parse(&it.value));
            match about {
                Some(Aspect::Date) => dates(),
                _ if is_about_party(caret.table) => ids(document, IdSpace::Entity, key),
                _ => Vec::new(),
            }
        }
        (_, KeyContent::Reference(space)) => ids(document, space, key),
        (_, KeyContent::OwnId(_)) => {
            let title = caret.sibling("title").map(|title| slug(&title.value, ""));
            let title = title.filter(|title| !title.is_empty());
            title
                .iter()
                .map(|title| word(title, "from the title"))
                .collect()
        }
        (_, KeyContent::Closed(words)) => words
            .words()
            .into_iter()
            .map(|it| word(it, words.name))
            .collect(),
        (_, KeyContent::Usual(words)) => {
            let usual = words.words();
            let mut all: Vec<Candidate> = usual.iter().map(|it| word(it, words.name)).collect();
            let used = known_values::in_use(document, known, key).into_iter();
            all.extend(used.filter(|it| !usual.contains(&it.text.as_str())));
            all
        }
        (_, KeyContent::YardstickTerm) => {
            let yardstick = yardstick(document, caret);
            let terms = yardstick.terms().iter().flat_map(|term| {
                let range = format!("{} to {} % ({})", term.from, term.to, yardstick.as_str());
                term.words.iter().map(move |it| word(it, &range))
            });
            terms.collect()
        }
        (ValueShape::TextList | ValueShape::TextOrList, _) => {
            known_values::in_use(document, known, key)
        }
        (_, KeyContent::Free) if known.name == "publisher" => {
            known_values::in_use(document, known, key)
        }
        _ => Vec::new(),
    }
}

fn word(text: &str, detail: &str) -> Candidate {
    Candidate {
        label: text.to_owned(),
        detail: detail.to_owned(),
        text: text.to_owned(),
        kind: WORD,
        ..Candidate::default()
    }
}

fn dates() -> Vec<Candidate> {
    DATES.iter().map(|(date, what)| word(date, what)).collect()
}

/// The declared ids, with the names of what they declare. The table of the key does not name itself.
fn ids(document: &TextDocument, space: IdSpace, key: &OutlineKey) -> Vec<Candidate> {
    let named = known_values::declared(document, space, key.range.start);
    let candidates = named.into_iter().map(|item| Candidate {
        names: Some(format!("{} {}", item.id, item.name)),
        label: item.id.clone(),
        detail: item.name,
        text: item.id,
        kind: REFERENCE,
        ..Candidate::default()
    });
    candidates.collect()
}

#[cfg(test)]
mod tests {
    use super::DATES;
    use crate::date::EventDate;

    #[test]
    fn every_date_that_is_offered_is_a_date() {
        for (date, _) in DATES {
            assert!(EventDate::parse(date).is_ok(), "{date}");
        }
    }
}
