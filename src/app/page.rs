//! A document set in lines of a given width: what a screen scrolls through and links move in.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::{Word, break_words, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::document::{Block, Document, Role, Run, Subject};

/// Longer lines tire the eye: text is never set wider than this, in cells.
pub const MEASURE: u16 = 96;

/// The widest column of labels or marks, in cells.
const WIDEST_MARK: usize = 26;

/// Words of one meaning on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// Which link of the page they belong to.
    pub link: Option<usize>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right, without gaps.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// The characters of the line.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

/// A link and the lines on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub to: Subject,
    /// The first and the last line, the last included.
    pub lines: (usize, usize),
}

/// A document set in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// In reading order.
    pub links: Vec<Link>,
}

impl Page {
    /// Sets a document `width` cells wide.
    pub fn set(document: &Document, width: u16) -> Self {
        let width = usize::from(width.min(MEASURE)).max(1);
        let mut setter = Setter {
            page: Self::default(),
            width,
        };
        let blocks = &document.blocks;
        for (index, block) in blocks.iter().enumerate() {
            setter.block(block, mark_width(blocks, index, width));
        }
        setter.page
    }
}

/// Neighbouring facts share one column of labels, neighbouring items one column of marks.
fn mark_width(blocks: &[Block], index: usize, width: usize) -> usize {
    let group = neighbours(blocks, index);
    let widths = blocks
        .get(group)
        .unwrap_or_default()
        .iter()
        .map(|block| match block {
            Block::Fact { label, .. } => display_width(label),
            Block::Item { mark, .. } if is_date(mark) => width_of(mark).max(DAY),
            Block::Item { mark, .. } => width_of(mark),
            _ => 0,
        });
    widths.max().unwrap_or(0).min(WIDEST_MARK).min(width / 2)
}

/// The blocks around one that are of its sort.
fn neighbours(blocks: &[Block], index: usize) -> Range<usize> {
    let Some(block) = blocks.get(index) else {
        return 0..0;
    };
    let same = |other: &Block| std::mem::discriminant(other) == std::mem::discriminant(block);
    let (before, after) = blocks.split_at(index);
    let start = index - before.iter().rev().take_while(|other| same(other)).count();
    let end = index + after.iter().take_while(|other| same(other)).count();
    start..end
}

struct Setter {
    page: Page,
    width: usize,
}

impl Setter {
    fn block(&mut self, block: &Block, mark_width: usize) {
        match block {
            Block::Gap => self.page.lines.push(Line::default()),
            Block::Title(runs) | Block::Paragraph(runs) => self.runs(runs, 0),
            Block::Heading(runs) => self.heading(runs),
            Block::Fact { label, value } => {
                let label = Run {
                    text: (*label).to_owned(),
                    role: Role::Label,
                    link: None,
                };
                self.beside(&[label], mark_width, |setter, indent| {
                    setter.runs(value, indent);
                });
            }
            Block::Item { mark, body, notes } => self.beside(mark, mark_width, |setter, indent| {
                setter.runs(body, indent);
                for note in notes {
                    setter.runs(note, indent);
                }
            }),
        }
    }

    /// The head of a section runs out into a rule.
    fn heading(&mut self, runs: &[Run]) {
        self.runs(runs, 0);
        let Some(line) = self.page.lines.last_mut() else {
            return;
        };
        let used = display_width(&line.text());
        if let Some(left) = self.width.checked_sub(used + 1).filter(|&left| left > 1) {
            let rule = format!(" {}", "─".repeat(left));
            line.pieces.push(Piece {
                text: rule,
                role: Role::Faint,
                link: None,
            });
        }
    }

    /// Sets `mark` in a column of its own and the rest to the right of it; where the column would
    /// leave too little room, the mark stands on a line of its own.
    fn beside(&mut self, mark: &[Run], mark_width: usize, rest: impl FnOnce(&mut Self, usize)) {
        let long = width_of(mark);
        if self.width < 2 * mark_width || long > mark_width {
            self.runs(mark, 0);
            rest(self, 2.min(self.width / 4));
            return;
        }
        let first = self.page.lines.len();
        let indent = mark_width + 2;
        rest(self, indent);
        if self.page.lines.len() == first {
            self.page.lines.push(Line::default());
        }
        let before = if is_date(mark) {
            mark_width.min(DAY).saturating_sub(long)
        } else {
            0
        };
        let mut pieces = vec![space(before)];
        pieces.extend(mark.iter().map(unlinked));
        pieces.push(space(indent - long - before));
        pieces.retain(|piece| !piece.text.is_empty());
        let line = &mut self.page.lines[first];
        if line
            .pieces
            .first()
            .is_some_and(|piece| piece.text.trim().is_empty())
        {
            line.pieces.remove(0);
        }
        line.pieces.splice(0..0, pieces);
    }

    /// Sets runs from `indent` to the right edge, in as many lines as they need.
    fn runs(&mut self, runs: &[Run], indent: usize) {
        let links = self.number_links(runs);
        let all: String = runs.iter().map(|run| run.text.as_str()).collect();
        for range in wrap(&all, self.width.saturating_sub(indent).max(1)) {
            let mut line = Line::default();
            if indent > 0 {
                line.pieces.push(space(indent));
            }
            let number = self.page.lines.len();
            for (piece, link) in cut(runs, &links, range) {
                if let Some(link) = link {
                    self.page.links[link].lines.1 = number;
                }
                line.pieces.push(piece);
            }
            self.page.lines.push(line);
        }
    }

    /// Gives the links of some runs their numbers on the page.
    fn number_links(&mut self, runs: &[Run]) -> Vec<Option<usize>> {
        let first = self.page.lines.len();
        let mut number = |to| {
            self.page.links.push(Link {
                to,
                lines: (first, first),
            });
            self.page.links.len() - 1
        };
        let links: Vec<Option<usize>> = runs.iter().map(|run| run.link.map(&mut number)).collect();
        links
    }
}

/// How wide a day with its month and year is: shorter dates are set right to it, so that years stand
/// under years.
const DAY: usize = "25 Mar 2024".len();

fn width_of(runs: &[Run]) -> usize {
    runs.iter().map(|run| display_width(&run.text)).sum()
}

fn is_date(mark: &[Run]) -> bool {
    mark.iter()
        .all(|run| matches!(run.role, Role::Date | Role::Imprecise))
}

fn unlinked(run: &Run) -> Piece {
    debug_assert!(run.link.is_none(), "marks are dates and labels, not links");
    Piece {
        text: run.text.clone(),
        role: run.role,
        link: None,
    }
}

fn space(width: usize) -> Piece {
    Piece {
        text: " ".repeat(width),
        role: Role::Text,
        link: None,
    }
}

/// The byte ranges of `text` that make lines of at most `width` cells, without the spaces between.
fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let words = WordSeparator::AsciiSpace.find_words(text);
    let words: Vec<Word<'_>> = break_words(words, width);
    #[expect(clippy::cast_precision_loss, reason = "no terminal is 2^52 cells wide")]
    let lines = wrap_first_fit(&words, &[width as f64]);
    let mut start = 0;
    let mut ranges = Vec::with_capacity(lines.len());
    for line in lines {
        let length: usize = line
            .iter()
            .map(|word| word.word.len() + word.whitespace.len())
            .sum();
        let trailing = line.last().map_or(0, |word| word.whitespace.len());
        ranges.push(start..start + length - trailing);
        start += length;
    }
    ranges
}

/// The pieces of `runs` that stand in a byte range of all of them together.
fn cut(runs: &[Run], links: &[Option<usize>], range: Range<usize>) -> Vec<(Piece, Option<usize>)> {
    let mut pieces = Vec::new();
    let mut offset = 0;
    for (run, &link) in runs.iter().zip(links) {
        let here = offset..offset + run.text.len();
        offset = here.end;
        let from = range.start.max(here.start);
        let to = range.end.min(here.end);
        let text = run
            .text
            .get(from.saturating_sub(here.start)..to.saturating_sub(here.start));
        if let Some(text) = text.filter(|text| from < to && !text.is_empty()) {
            pieces.push((
                Piece {
                    text: text.to_owned(),
                    role: run.role,
                    link,
                },
                link,
            ));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::EntityId;

    fn words(text: &str, link: bool) -> Run {
        let link = link.then_some(Subject::Entity(EntityId(0)));
        Run {
            text: text.to_owned(),
            role: Role::Text,
            link,
        }
    }

    fn lines(blocks: Vec<Block>, width: u16) -> Vec<String> {
        Page::set(&Document { blocks }, width)
            .lines
            .iter()
            .map(Line::text)
            .collect()
    }

    #[test]
    fn words_are_kept_whole_across_runs() {
        let runs = vec![
            words("one ", false),
            words("two", true),
            words(", three", false),
        ];
        assert_eq!(
            lines(vec![Block::Paragraph(runs)], 9),
            ["one two,", "three"]
        );
    }

    #[test]
    fn labels_share_a_column_and_values_hang_in_theirs() {
        let fact = |label, value: &str| Block::Fact {
            label,
            value: vec![words(value, false)],
        };
        let blocks = vec![fact("who", "a b c d e f"), fact("where", "g")];
        assert_eq!(
            lines(blocks, 14),
            ["who    a b c d", "       e f", "where  g"]
        );
    }

    #[test]
    fn a_mark_too_long_for_its_column_stands_above() {
        let item = Block::Item {
            mark: vec![words("a rather long remark indeed, is it", false)],
            body: vec![words("body", false)],
            notes: vec![],
        };
        assert_eq!(
            lines(vec![item], 40),
            ["a rather long remark indeed, is it", "  body"]
        );
    }

    #[test]
    fn a_link_knows_every_line_it_stands_on() {
        let page = Page::set(
            &Document {
                blocks: vec![Block::Paragraph(vec![
                    words("see ", false),
                    words("a long name", true),
                ])],
            },
            8,
        );
        assert_eq!(page.links.len(), 1);
        assert_eq!(page.links[0].lines, (0, 2));
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for width in 1..30 {
            let runs = vec![words(
                "事件タイムライン and averyverylongwordthatcannotfit",
                false,
            )];
            for line in lines(vec![Block::Paragraph(runs)], width) {
                let wide = display_width(&line);
                assert!(
                    wide <= usize::from(width).max(2),
                    "{line:?} is {wide} cells in {width}"
                );
            }
        }
    }
}
