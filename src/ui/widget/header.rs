//! The line at the top: where the user is, what is shown of the files, and the marking.

use ratatui::layout::Rect;

use crate::app::commands::can_stop_queries;
use crate::app::model::Model;
use crate::app::reload::{self, ShownExtent};
use crate::app::screen::Screen;
use crate::app::state::problem::Problem;
use crate::document::{PageSubject, Role};
use crate::timeline::term::Tlp;
use crate::timeline::{ChangesSince, ItemPresence, Timeline};
use crate::ui::paint::{Painter, cells};

/// Draws the title of the timeline, the path to the present screen, and the marking.
pub(in crate::ui) fn title_bar(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    painter.fill(line, Role::Bar);
    let left = marking(painter, model.timeline(), line, line.width);
    let left = withheld(painter, model, left);
    let left = baseline(painter, model, left);
    let left = extent(painter, model, left);
    let left = work(painter, model, left);
    let mut left = badge(painter, model, left);
    if left.width > 60 {
        let count = event_count(model, left.width);
        left = painter.right(left, &format!(" {count}  "), Role::Bar);
    }
    let rest = painter.text(left, " dateline ", Role::Title);
    let rest = painter.text(rest, " ", Role::Bar);
    painter.clipped(rest, &trail(model), Role::Bar);
}

/// The number of events, or of those that the filter shows.
fn event_count(model: &Model, width: u16) -> String {
    let all = crate::document::count(model.timeline().len(), "event");
    match model.active_filter().filter(|filter| !filter.is_open()) {
        None => all,
        Some(filter) => match filter.shown_counts() {
            (surely, 0) => format!("{surely} of {all}"),
            (surely, uncertain) if width > 90 => {
                format!("{surely} of {all} (+{uncertain} uncertain)")
            }
            (surely, uncertain) => format!("{surely}+{uncertain} of {all}"),
        },
    }
}

/// Draws the marking at the right end of a line, at the top or at the bottom: TLP in its own colours, in the strictest
/// level that the reader can reach, and before it the author's banner in at most `most` cells. Returns the rest of the
/// line.
pub(in crate::ui) fn marking(
    painter: &mut Painter<'_>,
    timeline: &Timeline,
    line: Rect,
    most: u16,
) -> Rect {
    let mut left = line;
    if let Some(tlp) = timeline.effective_marking() {
        left = chip(painter, left, &format!(" TLP:{tlp} "), tlp_role(tlp));
    }
    if let Some(banner) = &timeline.head().banner {
        let width = left.width.min(most).min(cells(banner) + 2);
        let room = Rect {
            width,
            x: left.right() - width,
            ..left
        };
        painter.clipped(room, &format!(" {banner} "), Role::Title);
        left.width -= room.width;
    }
    left
}

/// Draws words on a background of their own, at the right end of a line.
fn chip(painter: &mut Painter<'_>, line: Rect, label: &str, role: Role) -> Rect {
    let left = painter.right(line, label, role);
    let place = Rect {
        x: left.right(),
        width: line.right() - left.right(),
        ..line
    };
    painter.tint(place, role);
    left
}

/// What is withheld from the reader, and why: a day in the past, a marking.
fn withheld(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let withheld = model.timeline().redactions();
    let mut left = line;
    let reasons = [
        (withheld.as_of.as_ref()).map(|day| (format!("as of {day}"), &withheld.later)),
        withheld
            .ceiling
            .map(|tlp| (format!("up to TLP:{tlp}"), &withheld.marked)),
    ];
    for (reason, counts) in reasons.into_iter().flatten() {
        let hidden = match (counts.events, counts.claims) {
            (0, 0) if counts.is_nothing() => "nothing is hidden".to_owned(),
            (0, 0) => "notes and names are hidden".to_owned(),
            (0, claims) => format!("{} hidden", crate::document::count(claims, "claim")),
            (events, _) => format!("{} hidden", crate::document::count(events, "event")),
        };
        let full = format!(" {reason}: {hidden} ");
        let short = match counts.events {
            0 => format!(" {reason} "),
            events => format!(" {reason}: {events} hidden "),
        };
        // The title gives way to a count: what is hidden is always counted.
        let text = if cells(&full) + 30 <= left.width {
            full
        } else {
            short
        };
        left = chip(painter, left, &text, Role::AsOf);
    }
    left
}

/// Draws what the timeline is compared with, and how much differs. What a save has changed is a notice instead.
fn baseline(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    // The room looks at a scene, and the briefing may have a scene about what changed.
    let is_list_or_page = matches!(model.screen(), Screen::Timeline(_) | Screen::Page(_));
    let changes = model.timeline().changes().filter(|_| is_list_or_page);
    let Some(changes) = changes.filter(|it| it.since != ChangesSince::Save) else {
        return line;
    };
    let since = changes.since();
    let marked = |presence: ItemPresence| match changes.count(presence) {
        0 => String::new(),
        count => format!(" {}{count}", presence.mark()),
    };
    let marks: String = ItemPresence::ALL.iter().map(|it| marked(*it)).collect();
    let counts = match changes.summary() {
        counts if counts.is_empty() => "no event differs".to_owned(),
        counts => counts,
    };
    let forms = [
        format!(" {since}: {counts} "),
        format!(" {since}:{marks} "),
        format!(" {since} "),
    ];
    let fits = |form: &&String| cells(form) + TITLE <= line.width;
    let text = forms.iter().find(fits).unwrap_or(&forms[2]);
    chip(painter, line, text, Role::AsOf)
}

/// Draws how much of the files is shown, unless all of it is.
fn extent(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let text = match model.reload().extent() {
        ShownExtent::Whole => return line,
        ShownExtent::Beginning {
            percent,
            is_stopping: true,
            ..
        } => {
            format!(" stopping at {percent} % ")
        }
        // All that is left is to put the events in order.
        ShownExtent::Beginning { percent: 99.., .. } => " putting in order ".to_owned(),
        ShownExtent::Beginning { percent, .. } if reload::can_stop(model) => {
            let stop = model.keymap().says("{back} stops");
            format!(" reading {percent} %: {stop} ")
        }
        ShownExtent::Beginning { percent, .. } => format!(" reading {percent} % "),
        ShownExtent::Part { percent } => format!(" only {percent} % is read "),
    };
    chip(painter, line, &text, Role::AsOf)
}

/// Draws the work that takes longer than a moment, and the key that stops it.
fn work(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let Some(work) = model.work().filter(|_| !model.has_room()) else {
        return line;
    };
    let mut text = format!(" {}", work.kind.doing());
    if let Some(percent) = work.percent {
        text = format!("{text} {percent} %");
    }
    if can_stop_queries(model) {
        let stop = model.keymap().says("{back} stops");
        text = format!("{text}: {stop}");
    }
    chip(painter, line, &format!("{text} "), Role::AsOf)
}

/// Draws the errors in the files, and which version is shown until they are fixed. Only a follower sees this, not the
/// room.
fn badge(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let Some(state) = FileState::of(model).filter(|_| !model.has_room()) else {
        return line;
    };
    let key = model.keymap().hint("problems");
    let key = if key.is_empty() || state.errors == 0 {
        String::new()
    } else {
        format!(" ({key})")
    };
    let forms = [
        format!(" ⚠ {}{}{key} ", state.what(), state.version),
        format!(" ⚠ {}{key} ", state.what()),
        " ⚠ ".to_owned(),
    ];
    let fits = |form: &&String| cells(form) + TITLE <= line.width;
    let text = forms.iter().find(fits).unwrap_or(&forms[2]);
    painter.right(line, text, Role::Error)
}

/// A newer version of the files that is not shown, or errors in those that are.
struct FileState {
    errors: usize,
    /// Which version is shown instead; empty if it is the newest.
    version: String,
}

impl FileState {
    /// `None` while the newest version is shown whole.
    fn of(model: &Model) -> Option<Self> {
        let reload = model.reload();
        let errors = model.problems().of_files.iter();
        let errors = Problem::count(errors.filter(|problem| problem.is_error()));
        let version = reload.version();
        if !(version.is_behind || reload.is_incomplete() && errors > 0) {
            return None;
        }
        let version = match &version.read_at {
            _ if !version.is_behind => String::new(),
            Some(time) => format!(", showing the {time} version"),
            None => ", showing the last good version".to_owned(),
        };
        Some(Self { errors, version })
    }

    fn what(&self) -> String {
        match self.errors {
            0 => "not reloaded".to_owned(),
            errors => crate::document::count(errors, "error"),
        }
    }
}

/// The same in words, for a screen without a header.
pub(in crate::ui) fn file_state(model: &Model) -> Option<String> {
    let state = FileState::of(model)?;
    Some(format!("{}{}", state.what(), state.version))
}

/// The cells that the title keeps next to a badge.
const TITLE: u16 = 24;

fn tlp_role(tlp: Tlp) -> Role {
    match tlp {
        Tlp::Clear => Role::TlpClear,
        Tlp::Green => Role::TlpGreen,
        Tlp::Amber | Tlp::AmberStrict => Role::TlpAmber,
        Tlp::Red => Role::TlpRed,
    }
}

/// The path to the present screen. The end of a long path matters most.
fn trail(model: &Model) -> String {
    const SHOWN: usize = 3;
    let title = title(model);
    let is_scene = |screen: &Screen| matches!(screen, Screen::Scene(_));
    let screens: Vec<&Screen> = model.trail().collect();
    let scene = screens.iter().rposition(|screen| is_scene(screen));
    let steps = screens.get(scene.unwrap_or(0) + 1..).unwrap_or_default();
    let mut steps: Vec<&str> = steps.iter().map(|screen| name(model, screen)).collect();
    // The way back to the scene is one key from anywhere: all that matters is that the briefing was left.
    let start = match (scene, steps.first_mut()) {
        (None, None) => return title.to_owned(),
        (None, Some(first)) => {
            // The briefing that led here is gone, such as when a day hides its scenes.
            if *first == "timeline" {
                *first = "exploring";
            }
            if model.timeline().head().title.is_empty() {
                title.to_owned()
            } else {
                "timeline".to_owned()
            }
        }
        (Some(_), None) => return format!("{} ▸ {title}", scene_number(model)),
        (Some(_), Some(first)) => {
            if *first == "timeline" {
                *first = "exploring";
            } else {
                steps.insert(0, "exploring");
            }
            scene_number(model)
        }
    };
    let skipped = steps.len().saturating_sub(SHOWN);
    let mut shown: Vec<&str> = steps.iter().skip(skipped).copied().collect();
    match (skipped, scene) {
        (0, _) => shown.insert(0, &start),
        (_, Some(_)) => shown.splice(0..0, [start.as_str(), "…"]).for_each(drop),
        (_, None) => shown.insert(0, "…"),
    }
    shown.join(" ▸ ")
}

/// The title of the timeline, or else the name of its file. The name must not reveal a withheld title.
fn title(model: &Model) -> &str {
    let title = model.timeline().head().title.as_str();
    let is_withheld = model.timeline().redactions().ceiling.is_some();
    match (title, model.file_name()) {
        ("", "") => "(untitled timeline)",
        ("", _) if is_withheld => "(untitled timeline)",
        ("", name) => name,
        (title, _) => title,
    }
}

/// The number of the scene in the briefing.
fn scene_number(model: &Model) -> String {
    let at = model.scene().map_or(0, |(scene, _)| scene.at);
    let Some(briefing) = model.briefing() else {
        return String::new();
    };
    let count = briefing.numbered(model.timeline());
    match briefing.number(model.timeline(), at) {
        Some(number) => format!("scene {number} of {count}"),
        None => format!("before scene 1 of {count}"),
    }
}

fn name<'m>(model: &'m Model, screen: &Screen) -> &'m str {
    match screen {
        Screen::Timeline(_) => "timeline",
        Screen::Scene(_) => "briefing",
        Screen::Follower(_) => "notes",
        Screen::Page(page_view) if page_view.subject == PageSubject::Timeline => "about",
        Screen::Page(page_view) => page_view.subject.name(model.timeline()),
    }
}
