//! Lays out a strip: a line of marks, and the years under it.

use super::page_parts::{PageLine, PagePiece};
use super::typesetter::PageTypesetter;
use crate::chart::{Axis, ChartColumns, ColumnFill, TickLabels, fills_of_bounds};
use crate::document::{Role, StripBand, TimeStrip, count_sign};

/// A column of a strip. A later variant replaces an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum StripMark {
    #[default]
    Empty,
    Possible,
    /// The number of events that are shorter than a column.
    Short(u8),
    Certain,
}

impl StripMark {
    /// `left`: the symbol in the column before.
    fn symbol(self, left: char) -> char {
        match self {
            Self::Empty => ' ',
            Self::Possible => '░',
            Self::Short(count) => count_sign(count.into(), left),
            Self::Certain => '█',
        }
    }
}

impl PageTypesetter {
    pub(super) fn strip(&mut self, strip: &TimeStrip) {
        let axis = Axis::new(strip.whole, u16::try_from(self.width).unwrap_or(u16::MAX));
        let columns = marks(strip, &axis);
        let mut left = ' ';
        let symbols = columns.iter().map(|&(mark, role)| {
            left = mark.symbol(left);
            (left, role)
        });
        self.page.lines.push(line(symbols));
        let mut labels: Vec<char> = vec![' '; columns.len()];
        for tick in axis.ticks(TickLabels::Short) {
            for (cell, letter) in labels
                .iter_mut()
                .skip(usize::from(tick.column))
                .zip(tick.label.chars())
            {
                *cell = letter;
            }
        }
        self.page
            .lines
            .push(line(labels.into_iter().map(|letter| (letter, Role::Label))));
    }
}

fn marks(strip: &TimeStrip, axis: &Axis) -> Vec<(StripMark, Role)> {
    let mut columns = vec![(StripMark::Empty, Role::Faint); usize::from(axis.width)];
    for band in &strip.bands {
        let taken = ChartColumns::of(band.bounds.whole(), axis, || band.is_exact);
        if taken.is_point {
            let mark = match columns[usize::from(taken.first)].0 {
                StripMark::Short(count) => StripMark::Short(count.saturating_add(1)),
                _ => StripMark::Short(1),
            };
            put(&mut columns, taken.first, mark, band);
            continue;
        }
        for (column, fill) in fills_of_bounds(band.bounds, taken, axis) {
            let mark = match fill {
                ColumnFill::Certain => StripMark::Certain,
                ColumnFill::Open | ColumnFill::Possible | ColumnFill::Core => StripMark::Possible,
            };
            put(&mut columns, column, mark, band);
        }
    }
    columns
}

/// Sets a mark, unless the column has a higher one.
fn put(columns: &mut [(StripMark, Role)], column: u16, mark: StripMark, band: &StripBand) {
    let (known, role) = &mut columns[usize::from(column)];
    if mark >= *known {
        (*known, *role) = (mark, band.role);
    }
}

/// Characters as pieces of one role each, without spaces at the end.
fn line(characters: impl Iterator<Item = (char, Role)>) -> PageLine {
    let mut line = PageLine::default();
    for (character, role) in characters {
        match line.pieces.last_mut() {
            Some(last) if last.role == role => last.text.push(character),
            _ => line.pieces.push(PagePiece {
                text: character.to_string(),
                role,
                link: None,
            }),
        }
    }
    if let Some(last) = line.pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    line.pieces.retain(|piece| !piece.text.is_empty());
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::page::Page;
    use crate::diagnostic::SourceText;
    use crate::document::DocumentBlock;
    use crate::timeline::{Event, EventId};

    fn strip(dates: &[&str], width: u16) -> Vec<String> {
        let mut text = String::new();
        for when in dates {
            text.push_str("[[events]]\ntitle = \"x\"\nwhen = \"");
            text.push_str(when);
            text.push_str("\"\n");
        }
        let timeline = crate::formats::open(&[SourceText::new("strip.toml", &text)]).0;
        let events: Vec<EventId> = timeline.events().map(Event::id).collect();
        let strip = TimeStrip::of(&timeline, &events).expect("they are dated");
        let page = Page::set(&vec![DocumentBlock::Strip(strip)].into(), width);
        page.lines.iter().map(PageLine::text).collect()
    }

    #[test]
    fn certain_times_are_solid_and_possible_ones_shaded() {
        // 24 columns are two years: 30.4 days each, so that the first of April falls in the third.
        let lines = strip(&["2021-04/2021-09", "2022", "2021-01-01"], 24);
        assert_eq!(lines[0], "◆ ░█████░   ░░░░░░░░░░░░");
        assert!(
            lines[1].starts_with("2021") && lines[1].contains("2022"),
            "{lines:?}"
        );
    }

    #[test]
    fn short_events_of_one_column_are_counted() {
        let lines = strip(
            &["2021-01-05", "2021-01-06", "2022-12-31", "since 2022-11"],
            24,
        );
        assert!(
            lines[0].starts_with("2   ") && lines[0].ends_with('█'),
            "{lines:?}"
        );
    }

    #[test]
    fn an_uncertain_date_is_not_solid() {
        let lines = strip(&["2021-01/2021-09?", "2022"], 24);
        assert_eq!(lines[0], "░░░░░░░░░   ░░░░░░░░░░░░");
    }

    #[test]
    fn a_day_is_one_mark_though_two_columns_share_it() {
        // A column has 14.6 days: the tenth begins in the middle of 12 May.
        let lines = strip(&["2021", "2021-05-12"], 25);
        assert_eq!(lines[0].chars().filter(|it| *it == '◆').count(), 1);
    }

    #[test]
    fn any_width_holds_a_strip() {
        for width in 1..130 {
            for line in strip(&["2021-04/2021-09", "2022-05-01", "../2020"], width) {
                assert!(
                    line.chars().count() <= usize::from(width),
                    "{width}: {line}"
                );
            }
        }
    }
}
