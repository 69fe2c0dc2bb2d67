//! The layout of a scene, for a projector: with margins, and with large letters if the terminal has room for them. A
//! pure function of the size and of the content of the scene.

use ratatui::layout::Rect;

use crate::app::screen::layout::{take_bottom, take_top};
use crate::text::{self, visible};

/// The width and height of a large letter, in cells.
pub const LETTER: u16 = 4;
/// The most lines of a title.
const TITLE_LINES: usize = 2;
/// The rows of the body that large letters need, for titles on one line and on two.
const ROOM_FOR_LETTERS: [u16; TITLE_LINES] = [26, 30];
/// Below this height a title has one line.
const ROOM_FOR_TITLE_LINES: u16 = 8;
/// The longest lines of what the room hears, in cells: on a projector, lines have to be short.
const MEASURE: u16 = 76;
/// The fewest rows for the view or the layers of a scene.
const LEAST_SHOWN: u16 = 3;
/// The fewest rows below the words for a remark on the event.
const ROOM_FOR_REMARK: u16 = 12;
/// From this height on, empty lines separate the parts.
const AIRY: u16 = 16;

/// The size of the titles of a briefing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TitleSize {
    #[default]
    Plain,
    /// In letters of [`LETTER`] cells.
    Large,
}

impl TitleSize {
    /// The largest size in which each title of a briefing has room. All scenes and layers share it: a title that
    /// changes its size looks broken on a wall.
    pub fn for_all<'t>(titles: impl IntoIterator<Item = &'t str>, body: Rect) -> Self {
        let room = usize::from(with_margins(body).width / LETTER);
        let mut longest = 0;
        for title in titles {
            // The font has no other letters.
            let is_drawable = title.chars().all(|it| it.is_ascii_graphic() || it == ' ');
            let Some(lines) = title_lines(title, room).filter(|_| is_drawable) else {
                return Self::Plain;
            };
            longest = longest.max(lines.len());
        }
        let needed = ROOM_FOR_LETTERS.get(longest.saturating_sub(1));
        match needed {
            Some(needed) if body.height >= *needed => Self::Large,
            _ => Self::Plain,
        }
    }
}

/// The content of a scene.
#[derive(Clone, Copy, Debug)]
pub struct SceneContent<'s> {
    pub title: &'s str,
    /// The size of all titles of the briefing.
    pub title_size: TitleSize,
    /// What the scene says to the room.
    pub say: &'s str,
    /// The number of rows that the lanes of its view want; 0 if no event is dated.
    pub rows: usize,
    /// Whether lanes may have several rows.
    pub is_stacked: bool,
    /// How the event of the scene differs from an earlier version; may be empty.
    pub remark: &'s str,
    /// What replaces the view.
    pub revealed: Revealed,
}

/// What a scene shows in place of its view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revealed {
    #[default]
    Nothing,
    /// Layers of its event, below a line with the event.
    Layers,
    /// What changed, in sentences.
    Account,
}

/// The layout of a scene. A part without room has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SceneLayout {
    pub title: Rect,
    pub title_size: TitleSize,
    /// The title, in lines.
    pub title_lines: Vec<String>,
    /// What the scene says to the room, in lines.
    pub say: Vec<String>,
    /// The area of `say`.
    pub words: Rect,
    /// The line that says how the event differs from an earlier version.
    pub remark: Rect,
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
    layout.title_size = content.title_size;
    let (letter_width, letter_height) = match content.title_size {
        TitleSize::Plain => (1, 1),
        TitleSize::Large => (LETTER, LETTER),
    };
    let room = usize::from((rest.width / letter_width).max(1));
    layout.title_lines = text::wrap(content.title, room);
    let most = if body.height < ROOM_FOR_TITLE_LINES {
        1
    } else {
        TITLE_LINES
    };
    let is_titled = layout.title_lines.len() <= most;
    if !is_titled {
        layout.title_lines.truncate(most);
        if let Some(last) = layout.title_lines.last_mut() {
            last.push_str(" …");
        }
    }
    let title_height = u16::try_from(layout.title_lines.len()).unwrap_or(u16::MAX);
    layout.title = take_top(&mut rest, letter_height * title_height);
    take_top(&mut rest, air);
    let measure = usize::from(rest.width.min(MEASURE)).max(1);
    layout.say = text::wrap(content.say, measure);
    let said = u16::try_from(layout.say.len()).unwrap_or(u16::MAX);
    layout.fits = is_titled && said.saturating_add(LEAST_SHOWN) <= rest.height;
    let room = rest.height.saturating_sub(LEAST_SHOWN);
    layout.words = take_top(&mut rest, said.min(room));
    if !content.remark.is_empty() && rest.height >= ROOM_FOR_REMARK {
        layout.remark = take_top(&mut rest, 1);
    }
    take_top(&mut rest, air.min(said));
    match content.revealed {
        Revealed::Layers => {
            layout.list = take_top(&mut rest, 1);
            take_top(&mut rest, air);
            layout.layers = rest;
        }
        Revealed::Account => layout.layers = rest,
        Revealed::Nothing => {
            let overview = overview_height(rest.height, content);
            layout.overview = take_top(&mut rest, overview);
            let head = u16::from(rest.height >= 8);
            layout.head = take_top(&mut rest, head);
            layout.list = rest;
        }
    }
    layout
}

/// The area of a scene without its margins.
pub fn with_margins(body: Rect) -> Rect {
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

/// The lines of a title that each fit into `room` cells; `None` if a word does not.
fn title_lines(title: &str, room: usize) -> Option<Vec<String>> {
    let mut words = title.split_whitespace();
    let fits = words.all(|word| text::width(&visible(word)) <= room);
    fits.then(|| text::wrap(title, room))
}

/// The axis, the lanes and an empty line take at most two fifths of the room, or three if lanes have several rows.
fn overview_height(room: u16, content: SceneContent<'_>) -> u16 {
    let rows = u16::try_from(content.rows).unwrap_or(u16::MAX);
    let share = if content.is_stacked { 3 } else { 2 };
    let most = (room * share / 5).saturating_sub(2);
    if rows == 0 || room < 10 || most == 0 {
        return 0;
    }
    rows.min(most) + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Two campaigns, not one";

    fn layout(width: u16, height: u16, is_revealed: bool) -> SceneLayout {
        let body = Rect::new(0, 1, width, height);
        let content = SceneContent {
            title: TITLE,
            title_size: TitleSize::for_all([TITLE], body),
            say: "Members were scouted; the Commission was entered. The UK keeps the two apart.",
            rows: 4,
            is_stacked: false,
            remark: "",
            revealed: if is_revealed {
                Revealed::Layers
            } else {
                Revealed::Nothing
            },
        };
        lay_out(Rect::new(0, 1, width, height), content)
    }

    #[test]
    fn all_titles_are_large_if_each_has_room_on_two_lines() {
        let size = |titles: &[&str], width, height| {
            TitleSize::for_all(titles.iter().copied(), Rect::new(0, 1, width, height))
        };
        let long = "Made public ten months after its discovery";
        for (titles, width, height, expected) in [
            (&[TITLE][..], 120, 26, TitleSize::Large),
            (&[TITLE], 120, 25, TitleSize::Plain),
            (&[TITLE, long], 120, 29, TitleSize::Plain),
            (&[TITLE, long], 120, 30, TitleSize::Large),
            (&[TITLE, long], 80, 30, TitleSize::Plain),
            (&[TITLE, "Überfall"], 120, 30, TitleSize::Plain),
            (&["Counterdisinformation", "A"], 80, 40, TitleSize::Plain),
        ] {
            assert_eq!(
                size(titles, width, height),
                expected,
                "{titles:?} {width}x{height}"
            );
        }
    }

    #[test]
    fn a_long_title_wraps_to_two_lines_and_a_longer_one_is_cut() {
        let lines = |title: &str, width, height| {
            let content = SceneContent {
                title,
                title_size: TitleSize::Plain,
                say: "",
                rows: 0,
                is_stacked: false,
                remark: "",
                revealed: Revealed::Nothing,
            };
            let layout = lay_out(Rect::new(0, 1, width, height), content);
            (layout.title_lines, layout.title.height, layout.fits)
        };
        let owned = |lines: &[&str]| lines.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            lines(TITLE, 18, 20),
            (owned(&["Two campaigns, not", "one"]), 2, true)
        );
        assert_eq!(
            lines(TITLE, 9, 20),
            (owned(&["Two", "campaigns …"]), 2, false)
        );
        assert_eq!(
            lines(TITLE, 18, 7),
            (owned(&["Two campaigns, not …"]), 1, false)
        );
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
