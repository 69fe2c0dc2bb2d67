//! The layout of a scene, for a projector: with margins, and with large letters if the terminal has room for them. A
//! pure function of the size and of the content of the scene.

use ratatui::layout::Rect;

use crate::app::screen::layout::{take_bottom, take_top};
use crate::text::{self, visible};

/// The width and height of a large letter, in cells.
pub const LETTER: u16 = 4;
/// The rows of the body that large letters need, and that they need with layers below.
const ROOM_FOR_LETTERS: u16 = 26;
const ROOM_FOR_LETTERS_AND_LAYERS: u16 = 42;
/// The longest lines of what the room hears, in cells: on a projector, lines have to be short.
const MEASURE: u16 = 76;
/// The fewest rows for the view or the layers of a scene.
const LEAST_SHOWN: u16 = 3;
/// From this height on, empty lines separate the parts.
const AIRY: u16 = 16;

/// The content of a scene.
#[derive(Clone, Copy, Debug)]
pub struct SceneContent<'s> {
    pub title: &'s str,
    /// What the scene says to the room.
    pub say: &'s str,
    /// The number of lanes of its view; 0 if no event is dated.
    pub lanes: usize,
    /// Whether layers of the event replace the view.
    pub is_revealed: bool,
}

/// The layout of a scene. A part without room has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SceneLayout {
    pub title: Rect,
    /// Whether the title has large letters.
    pub is_large: bool,
    /// What the scene says to the room, in lines.
    pub say: Vec<String>,
    /// The area of `say`.
    pub words: Rect,
    pub overview: Rect,
    /// The column headings of the list.
    pub head: Rect,
    /// The events of the view, or the event whose layers are shown.
    pub list: Rect,
    pub layers: Rect,
    /// The line with the progress of the briefing.
    pub progress: Rect,
    /// Whether the title and all of `say` have room.
    pub fits: bool,
}

pub fn lay_out(body: Rect, content: SceneContent<'_>) -> SceneLayout {
    let mut rest = with_margins(body);
    let mut layout = SceneLayout::default();
    let air = u16::from(body.height >= AIRY);
    layout.progress = take_bottom(&mut rest, 1);
    take_bottom(&mut rest, air);
    layout.is_large = is_large(rest, body.height, content);
    let title = if layout.is_large { LETTER } else { 1 };
    layout.title = take_top(&mut rest, title);
    take_top(&mut rest, air);
    let measure = usize::from(rest.width.min(MEASURE)).max(1);
    layout.say = text::wrap(content.say, measure);
    let said = u16::try_from(layout.say.len()).unwrap_or(u16::MAX);
    let is_titled =
        layout.is_large || text::width(&visible(content.title)) <= usize::from(rest.width);
    layout.fits = is_titled && said.saturating_add(LEAST_SHOWN) <= rest.height;
    let room = rest.height.saturating_sub(LEAST_SHOWN);
    layout.words = take_top(&mut rest, said.min(room));
    take_top(&mut rest, air.min(said));
    if content.is_revealed {
        layout.list = take_top(&mut rest, 1);
        take_top(&mut rest, air);
        layout.layers = rest;
    } else {
        let lanes = overview_height(rest.height, content.lanes);
        layout.overview = take_top(&mut rest, lanes);
        let head = u16::from(rest.height >= 8);
        layout.head = take_top(&mut rest, head);
        layout.list = rest;
    }
    layout
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

/// Large letters need room, and a title on one line of characters that the font has.
fn is_large(rest: Rect, height: u16, content: SceneContent<'_>) -> bool {
    let needed = if content.is_revealed {
        ROOM_FOR_LETTERS_AND_LAYERS
    } else {
        ROOM_FOR_LETTERS
    };
    let title = content.title;
    let is_drawable =
        !title.is_empty() && title.chars().all(|it| it.is_ascii_graphic() || it == ' ');
    let fits = title.len() * usize::from(LETTER) <= usize::from(rest.width);
    height >= needed && is_drawable && fits
}

/// The axis, the lanes and an empty line take at most two fifths of the room.
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

    fn layout(width: u16, height: u16, is_revealed: bool) -> SceneLayout {
        let content = SceneContent {
            title: "Two campaigns, not one",
            say: "Members were scouted; the Commission was entered. The UK keeps the two apart.",
            lanes: 4,
            is_revealed,
        };
        lay_out(Rect::new(0, 1, width, height), content)
    }

    #[test]
    fn letters_are_large_if_they_and_the_rest_have_room() {
        assert!(layout(120, 34, false).is_large);
        assert!(!layout(120, 34, true).is_large, "layers come first");
        assert!(!layout(80, 34, false).is_large, "too narrow for the title");
        assert!(!layout(120, 22, false).is_large, "too low");
    }

    #[test]
    fn a_small_screen_shows_every_word() {
        for (width, height) in [(40, 10), (80, 22), (120, 34), (200, 48)] {
            for is_revealed in [false, true] {
                let layout = layout(width, height, is_revealed);
                assert!(layout.fits, "{width}x{height}");
                assert_eq!(usize::from(layout.words.height), layout.say.len());
            }
        }
        assert!(!layout(40, 5, false).fits);
    }

    #[test]
    fn parts_never_leave_the_body_or_overlap() {
        for width in (0..220).step_by(3) {
            for height in 0..60 {
                for is_revealed in [false, true] {
                    let body = Rect::new(0, 1, width, height);
                    let it = layout(width, height, is_revealed);
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
