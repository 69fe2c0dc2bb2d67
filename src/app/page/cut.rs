//! Which piece of which run stands on a line.

use std::borrow::Cow;
use std::ops::Range;

use super::Piece;
use crate::document::Run;

/// The pieces of `runs` that stand in a byte range of what is shown of all of them together.
pub(super) fn cut(
    runs: &[Run],
    shown: &[Cow<'_, str>],
    links: &[Option<usize>],
    range: Range<usize>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut offset = 0;
    for ((run, shown), &link) in runs.iter().zip(shown).zip(links) {
        let here = offset..offset + shown.len();
        offset = here.end;
        let from = range.start.max(here.start);
        let to = range.end.min(here.end);
        let text = shown.get(from.saturating_sub(here.start)..to.saturating_sub(here.start));
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
