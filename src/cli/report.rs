//! Prints findings with the quoted line, carets under the value, and help.
//!
//! A long line is cut around the value, and no character of it can control the terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, FileId, NEAR, Severity, SourceText, TextPlace};
use crate::text::{UnprintableKind, push_picture, shortened, unprintable_in, visible};

/// The longest excerpt of a line, in characters, and how much of it may precede the place.
const WIDEST: usize = 140;
const BEFORE: usize = 50;
/// The longest message, label or name, in characters.
const LONGEST: usize = 300;

pub(super) fn renderer(colour: bool) -> Renderer {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // This module cuts lines around the place. The renderer must not cut them again.
    renderer.term_width(WIDEST * 8)
}

pub(super) fn report(finding: &Diagnostic, texts: &[SourceText], renderer: &Renderer) -> String {
    let excerpts = excerpts(finding, texts);
    let help: Vec<_> = finding.help.iter().map(|help| clean(help)).collect();
    let mut group = level(finding.severity())
        .primary_title(clean(&finding.message))
        .id(finding.kind.name)
        .elements(excerpts.iter().map(Excerpt::snippet));
    for help in help {
        group = group.element(Level::HELP.message(help));
    }
    let text = renderer.render(&[group]);
    excerpts
        .iter()
        .fold(text, |text, excerpt| excerpt.with_true_place(text))
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The first excerpt shows the place of the finding and those near it, the others one place each.
fn excerpts(finding: &Diagnostic, texts: &[SourceText]) -> Vec<Excerpt> {
    let Some(text) = text_of(texts, finding.place.file) else {
        return Vec::new();
    };
    let line = |place: TextPlace| text.line_of(place.start());
    let here = line(finding.place);
    let is_near =
        |place: TextPlace| place.file == finding.place.file && line(place).abs_diff(here) <= NEAR;
    let related = || {
        finding
            .related
            .iter()
            .map(|(place, what)| (*place, what.as_str()))
    };
    let near = related().filter(|&(place, _)| is_near(place));
    let first: Vec<_> = [(finding.place, finding.label.as_str())]
        .into_iter()
        .chain(near)
        .collect();
    let far = related().filter(|&(place, _)| !is_near(place));
    let far = far.filter_map(|(place, what)| {
        let text = text_of(texts, place.file)?;
        Some(Excerpt::new(
            text,
            &[(place, what)],
            AnnotationKind::Context,
        ))
    });
    [Excerpt::new(text, &first, AnnotationKind::Primary)]
        .into_iter()
        .chain(far)
        .collect()
}

fn text_of(texts: &[SourceText], file: FileId) -> Option<&SourceText> {
    texts.get(usize::from(file.0))
}

/// Some lines of a text as the report shows them, and the places in them.
struct Excerpt {
    name: String,
    /// The main place for people.
    place: String,
    /// From 1.
    first_line: usize,
    shown: String,
    marks: Vec<ExcerptMark>,
    /// The line of the main place, and its column in the excerpt.
    line: usize,
    shown_column: usize,
}

/// A place in an excerpt.
struct ExcerptMark {
    range: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

impl Excerpt {
    /// The lines of some places. The main place comes first.
    fn new(text: &SourceText, places: &[(TextPlace, &str)], kind: AnnotationKind) -> Self {
        let start = places.first().map_or(0, |(place, _)| place.start());
        let position = text.position(start);
        let lines = places.iter().map(|(place, _)| text.line_of(place.start()));
        let first_line = lines.clone().min().unwrap_or(1);
        let last_line = lines.max().unwrap_or(1);
        let (name, line) = text.name_and_line(position.line);
        let mut excerpt = Self {
            name: clean(&name),
            place: clean(&text.place_name(start)),
            // In a sheet, the rows above may be on other lines.
            first_line: (line + first_line).saturating_sub(position.line).max(1),
            shown: String::new(),
            marks: Vec::new(),
            line,
            shown_column: 1,
        };
        for line in first_line..=last_line {
            excerpt.push_line(text, line, places, kind);
        }
        excerpt
    }

    fn push_line(
        &mut self,
        text: &SourceText,
        line: usize,
        places: &[(TextPlace, &str)],
        kind: AnnotationKind,
    ) {
        let range = text.line_range(line);
        let here: Vec<_> = (places.iter().enumerate())
            .filter(|(_, (place, _))| text.line_of(place.start()) == line)
            .collect();
        let from = here
            .iter()
            .map(|(_, (place, _))| place.start())
            .min()
            .unwrap_or(range.start);
        let shown = ExcerptLine::new(text, range, from);
        let offset = self.shown.len();
        for (number, (place, label)) in here {
            let start = offset + shown.at(place.start());
            let end = offset + shown.at(place.end()).max(shown.at(place.start()));
            let kind = if number == 0 {
                kind
            } else {
                AnnotationKind::Context
            };
            if number == 0 {
                let before = shown.text.get(..start - offset).unwrap_or_default();
                self.shown_column = before.chars().count() + 1;
            }
            let label = clean(label);
            self.marks.push(ExcerptMark {
                range: start..end,
                label,
                kind,
            });
        }
        self.shown.push_str(&shown.text);
        self.shown.push('\n');
    }

    fn snippet(&self) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotations = self.marks.iter().map(|mark| {
            let label = Some(mark.label.as_str()).filter(|label| !label.is_empty());
            mark.kind.span(mark.range.clone()).label(label)
        });
        Snippet::source(self.shown.as_str())
            .line_start(self.first_line)
            .path(self.name.as_str())
            .annotations(annotations)
    }

    /// Corrects the place: the renderer counts its column in the excerpt, and a cut or made-visible line has other
    /// columns. A place in a workbook is a row of a sheet.
    fn with_true_place(&self, text: String) -> String {
        let Self {
            name,
            place,
            line,
            shown_column,
            ..
        } = self;
        let shown = format!("{name}:{line}:{shown_column}");
        if shown == *place {
            return text;
        }
        text.replacen(&shown, place, 1)
    }
}

/// The shown part of a line.
struct ExcerptLine {
    text: String,
    /// The place of each shown character in the source and in the excerpt.
    bytes: Vec<(usize, usize)>,
}

impl ExcerptLine {
    /// The line at `range`, from a little before the byte `from` on.
    ///
    /// It reads only the shown part: a line may have megabytes, and thousands of findings.
    fn new(source: &SourceText, range: Range<usize>, from: usize) -> Self {
        let whole = source.slice(range.clone());
        let before = source.slice(range.start..from.clamp(range.start, range.end));
        let is_long = whole.chars().nth(WIDEST).is_some();
        let nth_back = before.char_indices().rev().nth(BEFORE - 1);
        let skipped = nth_back.filter(|_| is_long).map_or(0, |(at, _)| at);
        let rest = whole.get(skipped..).unwrap_or_default();
        let cut = rest.char_indices().nth(WIDEST).map(|(at, _)| at);
        let shown = rest.get(..cut.unwrap_or(rest.len())).unwrap_or_default();
        let mut line = Self {
            text: String::new(),
            bytes: Vec::new(),
        };
        if skipped > 0 {
            line.text.push('…');
        }
        let mut hidden = unseen_around(whole, skipped..skipped + shown.len()).peekable();
        for (at, character) in shown.char_indices() {
            while hidden.next_if(|&(before, _)| before < at).is_some() {}
            line.bytes
                .push((range.start + skipped + at, line.text.len()));
            match hidden.peek() {
                _ if character == '\t' => line.text.push(' '),
                Some(&(place, unseen)) if place == at => {
                    push_picture(&mut line.text, character, unseen);
                }
                _ => line.text.push(character),
            }
        }
        let end = line.text.len();
        line.bytes
            .push((cut.map_or(range.end, |_| usize::MAX), end));
        if cut.is_some() {
            line.text.push('…');
        }
        line
    }

    /// The place of a byte of the source in the excerpt; the end of the line for a byte beyond it.
    fn at(&self, byte: usize) -> usize {
        let next = self.bytes.partition_point(|&(source, _)| source < byte);
        let found = self.bytes.get(next).or_else(|| self.bytes.last());
        found.map_or(0, |&(_, shown)| shown)
    }
}

/// The unprintable characters in a part of a line, with their places in the part. Whether a joiner or a mark is
/// printable depends on its neighbours, so some characters around the part are read too.
fn unseen_around(line: &str, part: Range<usize>) -> impl Iterator<Item = (usize, UnprintableKind)> {
    const NEIGHBOURS: usize = 16;
    let before = line.get(..part.start).unwrap_or_default();
    let behind = line.get(part.end..).unwrap_or_default();
    let from = before.char_indices().rev().take(NEIGHBOURS).last();
    let from = from.map_or(part.start, |(at, _)| at);
    let to = behind.char_indices().nth(NEIGHBOURS);
    let to = to.map_or(line.len(), |(at, _)| part.end + at);
    let start = part.start;
    unprintable_in(line.get(from..to).unwrap_or_default())
        .map(move |(at, _, unseen)| (from + at, unseen))
        .filter(move |(at, _)| part.contains(at))
        .map(move |(at, unseen)| (at - start, unseen))
}

/// A message, label or name on one line, visible, and cut at [`LONGEST`].
pub(super) fn clean(words: &str) -> String {
    let one_line = shortened(words, LONGEST).replace(['\n', '\r', '\t'], " ");
    visible(&one_line).into_owned()
}
