//! Suppresses cascading findings: an error that only follows from unreadable text is not reported, so that one mistake is
//! one finding.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, NO_EVENTS, SourceText, TextPlace};

/// The places and words that could not be read.
pub(super) struct CascadeSuppressor<'t> {
    texts: &'t [SourceText],
    /// In order, without overlaps.
    places: Vec<TextPlace>,
    /// The lines with an error, and the statements that were left out.
    lines: Vec<TextPlace>,
    /// The words in `lines`, in lower case, each with its first two places. Most files have no finding that needs them.
    words: OnceCell<HashMap<String, Vec<TextPlace>>>,
}

impl<'t> CascadeSuppressor<'t> {
    /// `unread` are the statements that were left out.
    pub(super) fn new(
        texts: &'t [SourceText],
        findings: &[Diagnostic],
        unread: &[TextPlace],
    ) -> Self {
        let errors = || {
            findings
                .iter()
                .filter(|it| it.is_error())
                .map(|it| it.place)
        };
        let lines = errors().map(|place| whole_lines(texts, place));
        let lines = joined(lines.chain(unread.iter().copied()).collect());
        let places = joined(errors().chain(unread.iter().copied()).collect());
        Self {
            texts,
            places,
            lines,
            words: OnceCell::new(),
        }
    }

    /// Whether a finding only follows from unreadable text.
    pub(super) fn explains(&self, finding: &Diagnostic) -> bool {
        let nothing_else = finding.kind == &NO_EVENTS && !self.places.is_empty();
        let place = if finding.kind.is_about_a_lack() {
            self.table(finding.place)
        } else {
            finding.place
        };
        nothing_else || self.overlaps(place) || self.names(finding)
    }

    /// The whole of a table, from its heading to the next.
    fn table(&self, heading: TextPlace) -> TextPlace {
        let Some(text) = self.texts.get(usize::from(heading.file.0)) else {
            return heading;
        };
        let next = (text.line_of(heading.end()) + 1..=text.line_count())
            .find(|&line| text.line(line).trim_start().starts_with('['));
        let end = next.map_or(text.text().len(), |line| text.line_range(line).start);
        TextPlace::new(heading.file, heading.start()..end)
    }

    fn overlaps(&self, place: TextPlace) -> bool {
        let next = self
            .places
            .partition_point(|lost| (lost.file, lost.end()) <= (place.file, place.start()));
        let lost = self.places.get(next);
        lost.is_some_and(|lost| lost.file == place.file && lost.start() < place.end())
    }

    fn words(&self) -> &HashMap<String, Vec<TextPlace>> {
        self.words.get_or_init(|| {
            let mut words: HashMap<_, Vec<TextPlace>> = HashMap::new();
            for &place in &self.lines {
                for (at, word) in words_of(text_at(self.texts, place)) {
                    let places = words.entry(word.to_lowercase()).or_default();
                    if places.len() < 2 {
                        places.push(place.part(at..at + word.len()));
                    }
                }
            }
            words
        })
    }

    /// Whether unreadable text may declare the name that the finding misses.
    fn names(&self, finding: &Diagnostic) -> bool {
        let name = text_at(self.texts, finding.place);
        let elsewhere = |word: &str| {
            let places = self.words().get(&word.to_lowercase());
            let places = places.into_iter().flatten();
            places.copied().any(|it| !contains(finding.place, it))
        };
        let mut words = words_of(name).map(|(_, word)| word).peekable();
        finding.kind.is_about_a_name() && words.peek().is_some() && words.all(elsewhere)
    }
}

fn text_at(texts: &[SourceText], place: TextPlace) -> &str {
    let text = texts.get(usize::from(place.file.0));
    text.map_or("", |text| text.slice(place.range()))
}

fn whole_lines(texts: &[SourceText], place: TextPlace) -> TextPlace {
    let Some(text) = texts.get(usize::from(place.file.0)) else {
        return place;
    };
    let line = |byte| text.line_range(text.line_of(byte));
    TextPlace::new(place.file, line(place.start()).start..line(place.end()).end)
}

/// The words of a text, each with its first byte. An id has words too, often those of a title.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |it: char| !it.is_alphanumeric();
    let mut rest = 0;
    text.split_inclusive(is_between)
        .map(move |part| {
            let at = rest;
            rest += part.len();
            (at, part.strip_suffix(is_between).unwrap_or(part))
        })
        .filter(|(_, word)| !word.is_empty())
}

/// Places in order. Overlapping places are joined.
fn joined(mut places: Vec<TextPlace>) -> Vec<TextPlace> {
    places.sort_unstable();
    let mut joined: Vec<TextPlace> = Vec::with_capacity(places.len());
    for place in places {
        match joined.last_mut() {
            Some(last) if last.file == place.file && place.start() < last.end() => {
                let end = last.end().max(place.end());
                *last = TextPlace::new(last.file, last.start()..end);
            }
            _ => joined.push(place),
        }
    }
    joined
}

fn contains(outer: TextPlace, inner: TextPlace) -> bool {
    outer.file == inner.file && outer.start() <= inner.start() && inner.end() <= outer.end()
}
