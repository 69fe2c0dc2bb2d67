//! Where the parts of the second terminal stand: notes first, since they are what it is for. A pure
//! function of the size and of what there is to show.

use ratatui::layout::Rect;

use crate::app::screen::layout::{take_bottom, take_top};
use crate::text::{self, visible};

/// From this width on the notes and the rest stand side by side.
const WIDE: u16 = 100;
/// From this height on each part has a head of its own, and there is air.
const TALL: u16 = 18;
/// Notes are set in short lines.
const MEASURE: u16 = 72;
/// How many lines of the next scene's notes are shown.
const FIRST_LINES: usize = 2;

/// What there is to show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'s> {
    /// The notes of this scene.
    pub notes: &'s str,
    /// What the room hears now.
    pub say: &'s str,
    /// What comes next, one thing a line.
    pub next: &'s [String],
    /// The notes of the next scene.
    pub next_notes: &'s str,
}

/// A part with its head above it; one that there is no room for has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its head.
    pub head: Rect,
    /// Its lines.
    pub area: Rect,
    /// What they say: as many as there are, not as many as fit.
    pub lines: Vec<String>,
    /// What the first of them begins with in place of a head.
    pub lead: &'static str,
}

/// Where the parts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The line at the top.
    pub bar: Rect,
    /// The number and the title of the scene.
    pub title: Rect,
    /// The clock of the briefing.
    pub clock: Rect,
    /// The clock of the scene.
    pub scene_clock: Rect,
    /// In which state the presenter is.
    pub state: Rect,
    /// The notes.
    pub notes: Part,
    /// What the room hears.
    pub say: Part,
    /// What comes next.
    pub next: Part,
    /// How many lines of what comes next are not of the next scene's notes.
    pub next_things: usize,
    /// The line at the bottom.
    pub foot: Rect,
}

/// Sets the second terminal.
pub fn set(area: Rect, wishes: Wishes<'_>) -> Setting {
    let mut setting = Setting::default();
    let mut rest = area;
    let is_tall = area.height >= TALL;
    let air = u16::from(is_tall);
    setting.bar = take_top(&mut rest, 1);
    setting.foot = take_bottom(&mut rest, 1);
    let mut rest = with_margins(rest);
    take_top(&mut rest, air);
    setting.title = take_top(&mut rest, 1);
    setting.state = if is_tall {
        take_top(&mut rest, 1)
    } else {
        setting.foot
    };
    take_top(&mut rest, air);
    setting.clock = take_top(&mut rest, 1);
    setting.scene_clock = take_top(&mut rest, 1);
    take_top(&mut rest, air);
    if area.width >= WIDE {
        beside(&mut setting, rest, wishes);
    } else {
        below(&mut setting, rest, wishes, is_tall);
    }
    setting
}

/// The notes to the left, the rest to the right.
fn beside(setting: &mut Setting, rest: Rect, wishes: Wishes<'_>) {
    let gap = 4;
    let left = Rect {
        width: (rest.width - gap) * 11 / 20,
        ..rest
    };
    let mut right = Rect {
        x: left.right() + gap,
        width: rest.width - gap - left.width,
        ..rest
    };
    let mut left = left;
    setting.notes.lines = wrapped(wishes.notes, left.width);
    setting.notes.head = take_top(&mut left, 1);
    setting.notes.area = left;
    setting.say.lines = wrapped(wishes.say, right.width);
    setting.say.head = take_top(&mut right, 1);
    let said = count(&setting.say.lines);
    setting.say.area = take_top(&mut right, said.min(rest.height / 2));
    take_top(&mut right, 1);
    come_next(setting, wishes, right.width);
    setting.next.head = take_top(&mut right, 1);
    let coming = count(&setting.next.lines);
    setting.next.area = take_top(&mut right, coming);
}

/// The notes above, the rest below them.
fn below(setting: &mut Setting, mut rest: Rect, wishes: Wishes<'_>, is_tall: bool) {
    let head = u16::from(is_tall);
    setting.notes.lines = wrapped(wishes.notes, rest.width);
    if !is_tall {
        (setting.say.lead, setting.next.lead) = ("room: ", "next: ");
    }
    let say = format!("{}{}", setting.say.lead, wishes.say);
    setting.say.lines = wrapped(&say, rest.width);
    come_next(setting, wishes, rest.width);
    let lines = if is_tall {
        count(&setting.next.lines)
    } else {
        u16::from(rest.height >= 4)
    };
    setting.next.area = take_bottom(&mut rest, lines);
    setting.next.head = take_bottom(&mut rest, head);
    take_bottom(&mut rest, head);
    let most = if is_tall {
        rest.height / 3
    } else {
        rest.height.saturating_sub(2) / 2
    };
    let said = count(&setting.say.lines).min(most);
    setting.say.area = take_bottom(&mut rest, said);
    setting.say.head = take_bottom(&mut rest, head.min(said));
    take_bottom(&mut rest, head.min(said));
    setting.notes.head = take_top(&mut rest, head);
    setting.notes.area = rest;
}

fn come_next(setting: &mut Setting, wishes: Wishes<'_>, width: u16) {
    let things = wishes.next.iter().map(|thing| visible(thing).into_owned());
    let things: Vec<String> = things.collect();
    setting.next_things = things.len();
    if !setting.next.lead.is_empty() {
        let all = things.join(", then ");
        setting.next.lines = vec![format!("{}{all}", setting.next.lead)];
        return;
    }
    setting.next.lines = things;
    let first = wrapped(wishes.next_notes, width);
    let is_cut = first.len() > FIRST_LINES;
    setting
        .next
        .lines
        .extend(first.into_iter().take(FIRST_LINES));
    if let Some(last) = setting.next.lines.last_mut().filter(|_| is_cut) {
        last.push_str(" …");
    }
}

/// Text in lines; blank lines of the author part paragraphs.
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
        lines.extend(text::set(&words.join(" "), width));
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

    fn setting(width: u16, height: u16) -> Setting {
        let next = ["layer: sources".to_owned(), "scene 2: The next".to_owned()];
        let wishes = Wishes {
            notes: "Some words for the briefer only, and more of them.\n\nA second paragraph.",
            say: "What the room hears is one sentence of some length, set in short lines.",
            next: &next,
            next_notes: "Notes of the next scene, of which only the beginning is shown here.",
        };
        set(Rect::new(0, 0, width, height), wishes)
    }

    #[test]
    fn notes_have_room_on_a_small_terminal_too() {
        for (width, height, least) in [(40, 12, 4), (80, 24, 5), (120, 36, 12)] {
            let notes = setting(width, height).notes;
            assert!(notes.area.height >= least, "{width}x{height}: {notes:?}");
        }
        assert_eq!(setting(80, 24).notes.lines[1], "");
    }

    #[test]
    fn parts_never_leave_the_terminal_or_overlap() {
        for width in (0..140).step_by(3) {
            for height in 0..50 {
                let area = Rect::new(0, 0, width, height);
                let it = setting(width, height);
                let mut parts = vec![it.bar, it.title, it.clock, it.scene_clock, it.foot];
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
