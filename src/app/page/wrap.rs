//! Breaking runs of text into lines: where the breaks fall, and which piece of which run stands where.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::{Word, break_words};
use textwrap::wrap_algorithms::wrap_first_fit;

use super::Piece;
use crate::document::Run;

/// The byte ranges of `text` that make lines of at most `width` cells, without the spaces between.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
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
pub(super) fn cut(runs: &[Run], links: &[Option<usize>], range: Range<usize>) -> Vec<Piece> {
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
            pieces.push(Piece {
                text: text.to_owned(),
                role: run.role,
                link,
            });
        }
    }
    pieces
}
