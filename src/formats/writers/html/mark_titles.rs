//! Titles of events next to their marks, where there is room: paper has no tooltips.

use super::escape::escaped;
use super::picture_scale::{CELL, LEFT, extent};
use crate::chart::{EventMark, MOST_ROWS, MarkPlace, StackedMark, stack, stack_with_titles};

/// How wide a character of a title is at most.
const LETTER: usize = 9;
/// The most marks of a picture that all have titles.
const FEW: usize = 16;
/// If all marks have titles, these may take so many more rows of a lane than the marks alone.
const MORE_ROWS: usize = 2;
/// A title that is cut has at least so many characters.
const LEAST: usize = 12;

/// Which marks of a picture have titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkTitles {
    None,
    /// Only that of the selected event.
    Selected,
    All,
}

impl MarkTitles {
    /// The titles of a scene with so many marks.
    pub const fn of_scene(marks: usize) -> Self {
        if marks > FEW {
            Self::Selected
        } else {
            Self::All
        }
    }

    /// The place of each mark of a lane in a picture so wide, and the number of rows.
    pub fn places(self, marks: &[EventMark], width: usize) -> (Vec<MarkPlace>, usize) {
        let (rows, used) = stack(marks.iter().map(extent), MOST_ROWS);
        if self == Self::None {
            let places = rows.into_iter().map(|row| MarkPlace { row, title: None });
            return (places.collect(), used);
        }
        let column = |x: usize| columns(x.saturating_sub(LEFT));
        let stacked = marks.iter().map(|mark| {
            let (from, to) = extent(mark);
            StackedMark {
                first: column(from),
                last: column(to),
                title: match self {
                    Self::Selected if !mark.is_selected => 0,
                    _ => columns(mark.title.chars().count() * LETTER),
                },
            }
        });
        let stacked: Vec<StackedMark> = stacked.collect();
        let most = match self {
            Self::All => (used + MORE_ROWS).min(MOST_ROWS),
            Self::None | Self::Selected => used,
        };
        stack_with_titles(&stacked, column(width), most)
    }
}

/// A length in columns.
fn columns(length: usize) -> u16 {
    u16::try_from(length / CELL).unwrap_or(u16::MAX)
}

/// The title of a mark whose line of writing is at `y`; empty without room.
pub(super) fn title(mark: &EventMark, place: MarkPlace, y: usize) -> String {
    let Some(room) = place.title else {
        return String::new();
    };
    let most = (usize::from(room.columns) * CELL).div_ceil(LETTER);
    let shown = match mark.title.chars().count() {
        length if length <= most => mark.title.clone(),
        _ if most < LEAST => return String::new(),
        _ => {
            let kept: String = mark.title.chars().take(most - 1).collect();
            format!("{}…", kept.trim_end())
        }
    };
    let x = LEFT + usize::from(room.first) * CELL;
    let shown = escaped(&shown);
    format!("<text class=\"event\" x=\"{x}\" y=\"{y}\">{shown}</text>")
}
