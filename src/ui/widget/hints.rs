//! Hints: the keys that matter most here, as many as fit.

use std::borrow::Cow;

use ratatui::layout::Rect;

use crate::app::input::mode::Mode;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::app::screen::{Screen, TimelineScreen, clock_face};
use crate::app::state::active_filter::ActiveFilter;
use crate::document::{PageSubject, Role, evidence_of};
use crate::ui::paint::{Painter, cells};

/// A command and a word for it.
type KeyHint = (&'static str, &'static str);

/// The words for two keys: the hint also shows the key that scrolls back.
const SCROLL_NOTES: &str = "scroll notes";

/// The commands that matter most in a mode, each with a word for it.
const HINTS: &[(&[Mode], &[KeyHint])] = &[
    (
        &[Mode::List],
        &[
            ("clear", "clear"),
            ("undo", "undo"),
            ("help", "help"),
            ("zoom-filter", "fit the axis"),
            ("open", "open"),
            ("changes", "what changed"),
            ("filter", "filter"),
            ("says-who", "says who"),
            ("search", "search"),
            ("next-contested", "contested"),
            ("zoom-event", "zoom"),
            ("palette", "all commands"),
            ("quit", "quit"),
        ],
    ),
    (
        &[Mode::Detail],
        &[
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("says-who", "says who"),
            ("back", "to the list"),
            ("next-event", "next event"),
        ],
    ),
    (
        &[Mode::Page],
        &[
            ("back", "back"),
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("says-who", "says who"),
            ("in-timeline", "in timeline"),
            ("search", "search"),
        ],
    ),
    (
        &[Mode::Scene],
        &[
            ("resume", "resume"),
            ("scene-next", "on"),
            ("scene-back", "back"),
            ("says-who", "says who"),
            ("explore", "explore"),
            ("help", "help"),
        ],
    ),
    (
        &[Mode::Follower],
        &[
            ("help", "help"),
            ("drive-next", "next"),
            ("drive-back", "back"),
            ("drive-blank", "blank"),
            ("notes-down", SCROLL_NOTES),
            ("quit", "quit"),
            ("follower-reload", "reload"),
        ],
    ),
    (
        &[Mode::Help],
        &[
            ("close-help", "close"),
            ("help-down", "down"),
            ("help-up", "up"),
            ("help-page-down", "page down"),
        ],
    ),
    (
        &[Mode::Problems],
        &[
            ("close", "close"),
            ("edit", "edit"),
            ("down", "down"),
            ("up", "up"),
        ],
    ),
    (
        &[Mode::Palette],
        &[
            ("accept", "run it"),
            ("next-choice", "next"),
            ("cancel", "close"),
        ],
    ),
    (
        &[Mode::Facets],
        &[
            ("toggle-facet", "toggle"),
            ("find-value", "find"),
            ("leave", "close"),
            ("exclude-facet", "exclude"),
            ("next-field", "next field"),
        ],
    ),
    (
        &[Mode::Find],
        &[
            ("accept", "go to it"),
            ("next-found", "next"),
            ("cancel", "cancel"),
        ],
    ),
    (
        &[Mode::Matrix],
        &[
            ("toggle-cell", "toggle"),
            ("leave", "close"),
            ("level-right", "right"),
            ("down", "down"),
        ],
    ),
    (
        &[Mode::Range],
        &[
            ("accept", "filter to it"),
            ("range-right", "later"),
            ("range-from", "begin here"),
            ("range-left", "earlier"),
            ("cancel", "leave"),
        ],
    ),
    (
        &[Mode::AsOf],
        &[
            ("day-before", "earlier"),
            ("day-after", "later"),
            ("type-day", "type a day"),
            ("accept", "stay there"),
            ("whole", "today"),
            ("cancel", "leave"),
        ],
    ),
    (&[Mode::Stub], &[("leave", "close")]),
    (
        &[Mode::Query],
        &[
            ("copy-query", "copy"),
            ("leave", "close"),
            ("next-language", "next"),
            ("down", "down"),
            ("up", "up"),
        ],
    ),
    (
        &[Mode::Promotion],
        &[
            ("accept", "write it"),
            ("cancel", "cancel"),
            ("down", "down"),
            ("up", "up"),
        ],
    ),
];

/// The cells that the first hint takes, with the spaces around it.
pub(super) fn first_width(model: &Model) -> u16 {
    let hints = hints_of(model.mode());
    let first = hints.iter().find(|(command, _)| is_of_use(model, command));
    first.map_or(0, |(command, words)| {
        cells(model.keymap().hint(command)) + cells(words) + 5
    })
}

/// The way back to the scene that was left, with its key, in the longest form that takes at most half of the line and
/// at most `room` cells. Empty without a scene or without room: a notice, which is short-lived, may cover it.
pub(in crate::ui) fn way_back(model: &Model, width: u16, room: u16) -> (String, String) {
    let scene = model
        .scene_to_return_to()
        .filter(|_| model.overlay().is_none());
    let Some(scene) = scene else {
        return Default::default();
    };
    let key = model.keymap().hint("brief").to_owned();
    let words = [
        format!(" briefing ({scene})"),
        " briefing".to_owned(),
        String::new(),
    ];
    let most = room.min(width / 2);
    let fits = |words: &String| self::width(&(key.clone(), words.clone())) <= most;
    match words.into_iter().find(fits) {
        Some(words) => (key, words),
        None => Default::default(),
    }
}

/// The cells of a hint, with the spaces around it.
pub(in crate::ui) fn width((key, words): &(String, String)) -> u16 {
    if key.is_empty() {
        0
    } else {
        cells(key) + cells(words) + 3
    }
}

pub(in crate::ui) fn draw_way_back(
    painter: &mut Painter<'_>,
    hint: &(String, String),
    line: Rect,
) -> Rect {
    if width(hint) == 0 {
        return line;
    }
    let (key, words) = hint;
    let rest = painter.text(line, " ", Role::Bar);
    let rest = painter.text(rest, key, Role::Key);
    let rest = painter.text(rest, &format!("{words}  "), Role::Bar);
    let width = (rest.x - line.x).saturating_sub(2);
    painter.hint(Rect { width, ..line }, "brief");
    rest
}

/// Draws the commands that matter most here, as many as fit.
pub(in crate::ui) fn draw(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    let mut rest = painter.text(line, " ", Role::Bar);
    let hints = hints_of(model.mode());
    for (command, words) in hints
        .iter()
        .filter(|(command, _)| is_of_use(model, command))
    {
        let words = in_place(model, command).unwrap_or(words);
        let words = match model.offered_place().filter(|_| *command == "resume") {
            Some((at, point)) => {
                let time = clock_face(point.elapsed / 1000);
                let briefing = model.briefing();
                let scene = briefing.map(|it| it.name(model.timeline(), at));
                let scene = scene.unwrap_or_default();
                Cow::Owned(format!("resume {scene}, {time}"))
            }
            None => Cow::Borrowed(words),
        };
        let key = model.keymap().hint(command);
        let key = if *words == *SCROLL_NOTES {
            Cow::Owned(format!("{key}/{}", model.keymap().hint("notes-up")))
        } else {
            Cow::Borrowed(key)
        };
        let width = cells(&key) + 1 + cells(&words) + 3;
        if width > rest.width {
            break;
        }
        let place = Rect {
            width: width - 3,
            ..rest
        };
        painter.hint(place, command);
        rest = painter.text(rest, &key, Role::Key);
        rest = painter.text(rest, &format!(" {words}   "), Role::Bar);
    }
}

/// The word for a command where it does something else: on a page that has claims aspect by aspect, while the label of
/// one is selected, and for quitting above the first screen.
fn in_place(model: &Model, command: &str) -> Option<&'static str> {
    if command == "quit" && model.goes_back_to_quit() {
        return Some("back");
    }
    let Screen::Page(reading) = model.screen() else {
        return None;
    };
    let word = match command {
        "next-link" => "next aspect",
        "open" => "its claims",
        _ => return None,
    };
    reading.is_label_selected().then_some(word)
}

/// Whether a command has a key and something to do, such as an event to open or a selected link to follow.
fn is_of_use(model: &Model, command: &str) -> bool {
    if model.keymap().hint(command).is_empty() {
        return false;
    }
    if command.starts_with("drive-") {
        return matches!(model.screen(), Screen::Follower(screen) if screen.can_drive());
    }
    if command == "resume" {
        return model.offered_place().is_some();
    }
    if model.mode() == Mode::List {
        let filter = model.active_filter();
        match command {
            "clear" => return filter.is_some_and(|filter| !filter.is_open()),
            "changes" => return model.compares_with_baseline(),
            "undo" => return is_undo_of_use(model, filter),
            "zoom-filter" => {
                let screen = model.last_timeline_screen();
                let is_fit = screen.is_none_or(|screen| screen.viewport == Viewport::Fit);
                return !is_fit && filter.is_some_and(|filter| !filter.is_open());
            }
            _ => {}
        }
        let needs_event = matches!(command, "open" | "zoom-event" | "says-who");
        let event = (model.last_timeline_screen()).and_then(TimelineScreen::event);
        return !needs_event || event.is_some();
    }
    let page_view = match model.screen() {
        Screen::Timeline(screen) => screen
            .detail
            .as_ref()
            .filter(|_| model.mode() == Mode::Detail),
        Screen::Page(page_view) => Some(&**page_view),
        Screen::Scene(_) | Screen::Follower(_) => None,
    };
    let Some(page_view) = page_view.filter(|_| model.overlay().is_none()) else {
        return true;
    };
    let is_event = |subject| matches!(subject, PageSubject::Event(_));
    match command {
        "next-link" => !(page_view.page.links.is_empty() && page_view.page.is_whole),
        "open" => page_view.followed().is_some(),
        "says-who" => {
            // On the claims themselves, it leads back.
            matches!(page_view.subject, PageSubject::Evidence(_))
                || evidence_of(
                    model.timeline(),
                    page_view.subject,
                    page_view.under_cursor().as_ref(),
                )
                .is_some()
        }
        "in-timeline" => {
            is_event(page_view.subject) || page_view.page.links.iter().any(|link| is_event(link.to))
        }
        _ => true,
    }
}

fn is_undo_of_use(model: &Model, filter: Option<&ActiveFilter>) -> bool {
    model.undoes_act() || filter.is_some_and(ActiveFilter::is_undo_hinted)
}

fn hints_of(mode: Mode) -> &'static [KeyHint] {
    let of_mode = HINTS.iter().find(|(modes, _)| modes.contains(&mode));
    of_mode.map_or(&[], |(_, hints)| hints)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::app::input::key::parse;
    use crate::app::{Message, run};
    use crate::diagnostic::SourceText;

    const CASE: &str = "[entities.a]\nname = \"A\"\nkind = \"person\"\n[sources.s]\ntitle = \"S\"\n\
        [[events]]\ntitle = \"E\"\nactors = [\"a\"]\nsources = [\"s\"]\n";

    /// The hints after some keys, and the notice.
    fn after(file: &str, keys: &str) -> (Vec<&'static str>, Option<String>) {
        let timeline = crate::formats::open(&[SourceText::new("t.toml", file)]).0;
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), Size::new(110, 30));
        for input in parse(keys).expect("keys") {
            run(&mut model, Message::Input(input));
        }
        let hints = hints_of(model.mode()).iter();
        let shown = hints.filter(|(command, _)| is_of_use(&model, command));
        let notice = model.notice().map(|notice| notice.text.clone());
        (shown.map(|(command, _)| *command).collect(), notice)
    }

    #[test]
    fn a_link_is_followed_where_one_is_selected() {
        for page in ["E", "S", "v", "w", "<enter>"] {
            let (hints, _) = after(CASE, page);
            assert!(hints.contains(&"next-link"), "{page}: {hints:?}");
            let selected = !hints.contains(&"open");
            let (_, notice) = after(CASE, &format!("{page}<enter>"));
            let is_refused = notice.is_some_and(|text| text.starts_with("No link selected"));
            assert_eq!(selected, is_refused, "{page}");
            assert!(after(CASE, &format!("{page}<tab>")).0.contains(&"open"));
        }
    }

    #[test]
    fn claims_are_hinted_at_where_there_are_some_behind_the_selection() {
        for (keys, is_hinted) in [
            ("gh", false),
            ("gh<tab><enter>", false),
            ("v", true),
            ("vw", true),
            ("E", false),
            ("E<tab>", true),
            ("<tab>", true),
        ] {
            let (hints, _) = after(CASE, keys);
            assert_eq!(hints.contains(&"says-who"), is_hinted, "{keys}");
            let (_, notice) = after(CASE, &format!("{keys}w"));
            let is_refused = notice.is_some_and(|text| text.starts_with("No claims behind"));
            assert_eq!(is_refused, !is_hinted, "{keys}");
        }
    }

    #[test]
    fn without_an_event_nothing_is_hinted_at_that_needs_one_and_asking_for_it_is_answered() {
        let (hints, _) = after("", "");
        for (command, keys) in [("open", "<enter>"), ("zoom-event", "z"), ("says-who", "w")] {
            assert!(after(CASE, "").0.contains(&command), "{command}");
            assert!(!hints.contains(&command), "{command}");
            assert!(after("", keys).1.is_some(), "{command} says nothing");
        }
    }
}
