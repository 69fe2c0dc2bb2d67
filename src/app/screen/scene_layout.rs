//! Where the parts of a scene stand: composed for a projector, with margins, and large letters where
//! the terminal has room for them. A pure function of the size and of what the scene has to show.

use ratatui::layout::Rect;

use crate::app::screen::layout::{take_bottom, take_top};
use crate::text::{self, visible};

/// A large letter takes so many cells each way.
pub const LETTER: u16 = 4;
/// Large letters need this many rows of the body, and more once layers are revealed.
const ROOM_FOR_LETTERS: u16 = 26;
const ROOM_FOR_LETTERS_AND_LAYERS: u16 = 42;
/// Words for a room are set in short lines.
const MEASURE: u16 = 76;
/// The fewest rows that show what a scene is about.
const LEAST_SHOWN: u16 = 3;
/// From this many rows on there are empty lines between the parts.
const AIRY: u16 = 16;

/// What a scene has to show.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'s> {
    /// Its title.
    pub title: &'s str,
    /// What the room hears.
    pub say: &'s str,
    /// How many lanes its view has; none if nothing in it is dated.
    pub lanes: usize,
    /// Whether layers of the event are shown in place of the view.
    pub is_revealed: bool,
}

/// Where the parts of a scene stand; one that there is no room for has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The title.
    pub title: Rect,
    /// Whether the title is set in large letters.
    pub is_large: bool,
    /// The lines of what the room hears.
    pub say: Vec<String>,
    /// Where they stand.
    pub words: Rect,
    /// The lanes of the view.
    pub overview: Rect,
    /// The names of the columns of the list.
    pub head: Rect,
    /// The events of the view, or the event whose layers are shown.
    pub list: Rect,
    /// The layers.
    pub layers: Rect,
    /// The line that shows how far the briefing is.
    pub progress: Rect,
    /// Whether all words have a place.
    pub fits: bool,
}

/// Sets a scene in the body of the screen.
pub fn set(body: Rect, wishes: Wishes<'_>) -> Setting {
    let mut rest = with_margins(body);
    let mut setting = Setting::default();
    let air = u16::from(body.height >= AIRY);
    setting.progress = take_bottom(&mut rest, 1);
    take_bottom(&mut rest, air);
    setting.is_large = is_large(rest, body.height, wishes);
    let title = if setting.is_large { LETTER } else { 1 };
    setting.title = take_top(&mut rest, title);
    take_top(&mut rest, air);
    let measure = usize::from(rest.width.min(MEASURE)).max(1);
    setting.say = text::wrap(wishes.say, measure);
    let said = u16::try_from(setting.say.len()).unwrap_or(u16::MAX);
    let is_titled =
        setting.is_large || text::width(&visible(wishes.title)) <= usize::from(rest.width);
    setting.fits = is_titled && said.saturating_add(LEAST_SHOWN) <= rest.height;
    let room = rest.height.saturating_sub(LEAST_SHOWN);
    setting.words = take_top(&mut rest, said.min(room));
    take_top(&mut rest, air.min(said));
    if wishes.is_revealed {
        setting.list = take_top(&mut rest, 1);
        take_top(&mut rest, air);
        setting.layers = rest;
    } else {
        let lanes = overview_height(rest.height, wishes.lanes);
        setting.overview = take_top(&mut rest, lanes);
        let head = u16::from(rest.height >= 8);
        setting.head = take_top(&mut rest, head);
        setting.list = rest;
    }
    setting
}

fn with_margins(body: Rect) -> Rect {
    let margin = match body.width {
        0..24 => 0,
        24..60 => 1,
        60..100 => 3,
        wide => wide / 14,
    };
    let top = u16::from(body.height >= 20);
    Rect {
        x: body.x + margin,
        y: body.y + top,
        width: body.width - 2 * margin,
        height: body.height - top,
    }
}

/// Large letters are only drawn for what the font has, and where the title stands on one line.
fn is_large(rest: Rect, height: u16, wishes: Wishes<'_>) -> bool {
    let needed = if wishes.is_revealed {
        ROOM_FOR_LETTERS_AND_LAYERS
    } else {
        ROOM_FOR_LETTERS
    };
    let title = wishes.title;
    let is_drawable =
        !title.is_empty() && title.chars().all(|it| it.is_ascii_graphic() || it == ' ');
    let fits = title.len() * usize::from(LETTER) <= usize::from(rest.width);
    height >= needed && is_drawable && fits
}

/// The axis, the lanes and an empty line take at most two fifths of what is left.
fn overview_height(room: u16, lanes: usize) -> u16 {
    let lanes = u16::try_from(lanes).unwrap_or(u16::MAX);
    let most = (room * 2 / 5).saturating_sub(2);
    if lanes == 0 || room < 10 || most == 0 {
        return 0;
    }
    lanes.min(most) + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(width: u16, height: u16, is_revealed: bool) -> Setting {
        let wishes = Wishes {
            title: "Two campaigns, not one",
            say: "Members were scouted; the Commission was entered. The UK keeps the two apart.",
            lanes: 4,
            is_revealed,
        };
        set(Rect::new(0, 1, width, height), wishes)
    }

    #[test]
    fn letters_are_large_where_there_is_room_for_them_and_for_the_rest() {
        assert!(setting(120, 34, false).is_large);
        assert!(!setting(120, 34, true).is_large, "layers come first");
        assert!(!setting(80, 34, false).is_large, "too narrow for the title");
        assert!(!setting(120, 22, false).is_large, "too low");
    }

    #[test]
    fn the_words_are_whole_on_a_small_screen() {
        for (width, height) in [(40, 10), (80, 22), (120, 34), (200, 48)] {
            for is_revealed in [false, true] {
                let setting = setting(width, height, is_revealed);
                assert!(setting.fits, "{width}x{height}");
                assert_eq!(usize::from(setting.words.height), setting.say.len());
            }
        }
        assert!(!setting(40, 5, false).fits);
    }

    #[test]
    fn parts_never_leave_the_body_or_overlap() {
        for width in (0..220).step_by(3) {
            for height in 0..60 {
                for is_revealed in [false, true] {
                    let body = Rect::new(0, 1, width, height);
                    let it = setting(width, height, is_revealed);
                    let parts = [
                        it.title,
                        it.words,
                        it.overview,
                        it.head,
                        it.list,
                        it.layers,
                        it.progress,
                    ];
                    let full: Vec<Rect> = parts.into_iter().filter(|it| !it.is_empty()).collect();
                    for (index, part) in full.iter().enumerate() {
                        assert_eq!(part.intersection(body), *part, "{width}x{height}");
                        let later = full.iter().skip(index + 1);
                        assert!(
                            later.clone().all(|other| !other.intersects(*part)),
                            "{width}x{height}"
                        );
                    }
                }
            }
        }
    }
}
