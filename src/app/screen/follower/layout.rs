//! The layout of the follower's screen, in which the notes matter most. A pure function of the size and of the texts.

use ratatui::layout::{Margin, Rect};

use crate::app::screen::layout::{take_bottom, take_top};
use crate::text::{self, visible};

/// From this width on, the notes and the rest are side by side.
const WIDE: u16 = 100;
/// From this height on, each part has a heading, and empty lines separate them.
const TALL: u16 = 18;
/// The fewest rows for notes, except that `next` always gets a row.
const LEAST_NOTES: u16 = 3;
/// The rows of three headings and two gaps, and one row for what the room hears.
const LEAST_HEADS: u16 = 6;
/// The least width and height of the picture of the room, with its frame.
const LEAST_ROOM: (u16, u16) = (40, 10);
/// The most rows of the picture below notes.
const MOST_ROOM: u16 = 20;
/// The longest lines of notes, in cells.
const MEASURE: u16 = 72;
/// The number of lines that are shown of the next scene's notes.
const FIRST_LINES: usize = 2;

#[derive(Clone, Copy, Debug, Default)]
pub struct FollowerTexts<'s> {
    pub notes: &'s str,
    pub say: &'s str,
    /// The next layer and the next scene, one per line.
    pub next: &'s [String],
    pub next_notes: &'s str,
}

/// A part with its heading above it. Without room it has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowerPart {
    pub head: Rect,
    /// The lines below the heading.
    pub area: Rect,
    /// All lines, even those without room.
    pub lines: Vec<String>,
    /// The beginning of the first line, instead of a heading.
    pub lead: &'static str,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowerLayout {
    pub bar: Rect,
    pub title: Rect,
    pub clock: Rect,
    pub scene_clock: Rect,
    pub state: Rect,
    pub notes: FollowerPart,
    pub say: FollowerPart,
    pub next: FollowerPart,
    /// The picture of the room, with its frame; no area without room for it.
    pub room: Rect,
    /// The number of lines of `next` before the notes of the next scene.
    pub next_things: usize,
    pub foot: Rect,
}

impl FollowerLayout {
    /// The picture of the room without its frame.
    pub fn room_inside(&self) -> Rect {
        self.room.inner(Margin::new(1, 1))
    }
}

pub fn lay_out(area: Rect, texts: FollowerTexts<'_>) -> FollowerLayout {
    let mut layout = FollowerLayout::default();
    let mut rest = area;
    let is_tall = area.height >= TALL;
    let air = u16::from(is_tall);
    layout.bar = take_top(&mut rest, 1);
    layout.foot = take_bottom(&mut rest, 1);
    let mut rest = with_margins(rest);
    take_top(&mut rest, air);
    layout.title = take_top(&mut rest, 1);
    layout.state = if is_tall {
        take_top(&mut rest, 1)
    } else {
        layout.foot
    };
    take_top(&mut rest, air);
    layout.clock = take_top(&mut rest, 1);
    layout.scene_clock = take_top(&mut rest, 1);
    take_top(&mut rest, air);
    if area.width >= WIDE {
        side_by_side(&mut layout, rest, texts);
    } else {
        stacked(&mut layout, rest, texts, is_tall);
    }
    layout
}

/// The notes to the left, the rest to the right.
fn side_by_side(layout: &mut FollowerLayout, rest: Rect, texts: FollowerTexts<'_>) {
    let gap = 4;
    let left = Rect {
        // On a wide terminal the picture gets what the notes do not use.
        width: ((rest.width - gap) * 11 / 20).min(MEASURE + gap),
        ..rest
    };
    let mut right = Rect {
        x: left.right() + gap,
        width: rest.width - gap - left.width,
        ..rest
    };
    let mut left = left;
    layout.notes.lines = wrapped(texts.notes, left.width);
    layout.notes.head = take_top(&mut left, 1);
    layout.notes.area = left;
    layout.say.lines = wrapped(texts.say, right.width);
    layout.say.head = take_top(&mut right, 1);
    let said = count(&layout.say.lines);
    layout.say.area = take_top(&mut right, said.min(rest.height / 2));
    take_top(&mut right, 1);
    fill_next(layout, texts, right.width);
    let coming = count(&layout.next.lines);
    let (width, height) = LEAST_ROOM;
    if right.width >= width && right.height >= coming + height + 2 {
        layout.next.area = take_bottom(&mut right, coming);
        layout.next.head = take_bottom(&mut right, 1);
        take_bottom(&mut right, 1);
        layout.room = right;
    } else {
        layout.next.head = take_top(&mut right, 1);
        layout.next.area = take_top(&mut right, coming);
    }
}

/// The notes above, the rest below.
fn stacked(layout: &mut FollowerLayout, mut rest: Rect, texts: FollowerTexts<'_>, is_tall: bool) {
    let head = u16::from(is_tall);
    layout.notes.lines = wrapped(texts.notes, rest.width);
    if !is_tall {
        (layout.say.lead, layout.next.lead) = ("room: ", "next: ");
    }
    let say = format!("{}{}", layout.say.lead, texts.say);
    layout.say.lines = wrapped(&say, rest.width);
    fill_next(layout, texts, rest.width);
    let lines = if is_tall {
        // The notes have priority over what comes next.
        let room = rest.height.saturating_sub(LEAST_NOTES + LEAST_HEADS);
        count(&layout.next.lines).min(room.max(1))
    } else {
        u16::from(rest.height >= 4)
    };
    layout.next.area = take_bottom(&mut rest, lines);
    layout.next.head = take_bottom(&mut rest, head);
    take_bottom(&mut rest, head);
    let most = if is_tall {
        rest.height / 3
    } else {
        rest.height.saturating_sub(2) / 2
    };
    let said = count(&layout.say.lines).min(most);
    layout.say.area = take_bottom(&mut rest, said);
    layout.say.head = take_bottom(&mut rest, head.min(said));
    take_bottom(&mut rest, head.min(said));
    layout.notes.head = take_top(&mut rest, head);
    let spare = rest.height.saturating_sub(count(&layout.notes.lines) + 1);
    let (width, height) = LEAST_ROOM;
    if is_tall && spare >= height && rest.width >= width {
        layout.room = take_bottom(&mut rest, spare.min(MOST_ROOM));
        take_bottom(&mut rest, 1);
    }
    layout.notes.area = rest;
}

fn fill_next(layout: &mut FollowerLayout, texts: FollowerTexts<'_>, width: u16) {
    let things = texts.next.iter().map(|thing| visible(thing).into_owned());
    let things: Vec<String> = things.collect();
    layout.next_things = things.len();
    if !layout.next.lead.is_empty() {
        let all = things.join(", then ");
        layout.next.lines = vec![format!("{}{all}", layout.next.lead)];
        return;
    }
    layout.next.lines = things;
    let first = wrapped(texts.next_notes, width);
    let is_cut = first.len() > FIRST_LINES;
    layout
        .next
        .lines
        .extend(first.into_iter().take(FIRST_LINES));
    if let Some(last) = layout.next.lines.last_mut().filter(|_| is_cut) {
        last.push_str(" …");
    }
}

/// Lines of a text, with an empty line between paragraphs.
fn wrapped(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width.min(MEASURE)).max(1);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split("\n\n") {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text::wrap(&words.join(" "), width));
    }
    lines
}

fn count(lines: &[String]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

fn with_margins(area: Rect) -> Rect {
    let margin = match area.width {
        0..24 => 0,
        24..60 => 1,
        60..WIDE => 2,
        _ => 4,
    };
    Rect {
        x: area.x + margin,
        width: area.width - 2 * margin,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(width: u16, height: u16) -> FollowerLayout {
        let next = ["layer: sources".to_owned(), "scene 2: The next".to_owned()];
        let texts = FollowerTexts {
            notes: "Some words for the briefer only, and more of them.\n\nA second paragraph.",
            say: "What the room hears is one sentence of some length, set in short lines.",
            next: &next,
            next_notes: "Notes of the next scene; only their first lines are shown here, and the rest is cut.",
        };
        lay_out(Rect::new(0, 0, width, height), texts)
    }

    #[test]
    fn notes_have_room_on_a_small_terminal_too() {
        for (width, height, least) in [
            (40, 12, 4),
            (80, 18, 2),
            (80, 20, 3),
            (80, 24, 5),
            (120, 36, 12),
        ] {
            let notes = laid_out(width, height).notes;
            assert!(notes.area.height >= least, "{width}x{height}: {notes:?}");
        }
        assert_eq!(laid_out(80, 24).notes.lines[1], "");
    }

    #[test]
    fn a_large_terminal_has_a_picture_of_the_room_and_a_wide_one_a_large_picture() {
        for (width, height, room) in [
            (80, 24, (0, 0)),
            (90, 30, (0, 0)),
            (100, 30, (40, 11)),
            (80, 50, (76, 20)),
            (120, 36, (49, 17)),
            (200, 50, (112, 32)),
        ] {
            let found = laid_out(width, height).room;
            assert_eq!((found.width, found.height), room, "{width}x{height}");
        }
    }

    #[test]
    fn parts_never_leave_the_terminal_or_overlap() {
        for width in (0..140).step_by(3) {
            for height in 0..50 {
                let area = Rect::new(0, 0, width, height);
                let it = laid_out(width, height);
                let mut parts = vec![it.bar, it.title, it.clock, it.scene_clock, it.foot, it.room];
                for part in [&it.notes, &it.say, &it.next] {
                    parts.extend([part.head, part.area]);
                }
                if it.state != it.foot {
                    parts.push(it.state);
                }
                parts.retain(|part| !part.is_empty());
                for (index, part) in parts.iter().enumerate() {
                    assert_eq!(part.intersection(area), *part, "{width}x{height}");
                    let later = parts.iter().skip(index + 1);
                    let meets = later.filter(|other| other.intersects(*part)).count();
                    assert_eq!(meets, 0, "{width}x{height}: {it:?}");
                }
            }
        }
    }
}
