//! The command table: everything that the user can do. Keys, help, palette and guide are generated from it.

use super::{
    as_of, briefing, copy, drive, edit, filter, navigation, overlay, overview, program, search,
};
use crate::app::effect::Effect;
use crate::app::input::command::{Command, CommandGroup};
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;
use crate::app::input::movement::MovementStep;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::app::reload;
use crate::app::state::drive_request::DriveStep;
use crate::app::state::search::SearchDirection;
use crate::document::PageSubject;
use crate::guide::Topic;

use Mode::{
    AsOf, Day, Detail, Facets, Filter, Find, Follower, Help, List, Matrix, Page, Palette, Problems,
    Range, Scene, Search, Stub,
};

/// A command and the function that runs it.
#[derive(Debug)]
pub struct CommandRow {
    /// See [`Command::name`].
    pub name: &'static str,
    /// See [`Command::summary`].
    pub summary: &'static str,
    /// See [`Command::group`].
    pub group: CommandGroup,
    /// See [`Command::modes`].
    pub modes: &'static [Mode],
    /// See [`Command::keys`].
    pub keys: &'static [&'static str],
    /// Changes the state, and may return effects for the outside.
    pub run: fn(&mut Model) -> Vec<Effect>,
}

impl CommandRow {
    /// The row without its function.
    pub const fn command(&self) -> Command {
        Command {
            name: self.name,
            summary: self.summary,
            group: self.group,
            modes: self.modes,
            keys: self.keys,
        }
    }
}

pub fn keymap() -> Keymap {
    Keymap::new(COMMANDS.iter().map(CommandRow::command))
}

pub(in crate::app) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let row = COMMANDS.iter().find(|row| row.name == command.name);
    row.map_or_else(Vec::new, |row| (row.run)(model))
}

const EVERYWHERE: &[Mode] = &[List, Detail, Page];
/// The screens of the viewer, without overlays.
const SCREENS: &[Mode] = &[List, Detail, Page, Scene];
/// Every screen, without overlays.
const ALL_SCREENS: &[Mode] = &[List, Detail, Page, Scene, Follower];
const OVER: &[Mode] = &[List, Detail];
const SCROLLING: &[Mode] = &[List, Detail, Page, Follower, Problems, Facets, Matrix];
/// Where the space bar is a page down: in the facets and the matrix it toggles, and on the second terminal of a briefing
/// it takes a step in the room.
const READING: &[Mode] = &[List, Detail, Page, Problems];
/// Where pages are turned by other keys than the space bar too.
const PAGED: &[Mode] = &[List, Detail, Page, Problems, Facets, Matrix];

/// Every command. The order is that of the help.
pub static COMMANDS: &[CommandRow] = &[
    CommandRow {
        name: "down",
        summary: "move down, or to the next link",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["j", "<down>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "up",
        summary: "move up, or to the previous link",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["k", "<up>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "page-down",
        summary: "page down",
        group: CommandGroup::Move,
        modes: READING,
        keys: &["<pgdn>", "<ctrl-f>", "<space>"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "page-of-values",
        summary: "page down",
        group: CommandGroup::Move,
        modes: &[Facets, Matrix],
        keys: &["<pgdn>", "<ctrl-f>"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "page-up",
        summary: "page up",
        group: CommandGroup::Move,
        modes: PAGED,
        keys: &["<pgup>", "<ctrl-b>"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "half-page-down",
        summary: "half a page down",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["<ctrl-d>"],
        run: |model| navigation::step(model, MovementStep::HalfPageDown),
    },
    CommandRow {
        name: "half-page-up",
        summary: "half a page up",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["<ctrl-u>"],
        run: |model| navigation::step(model, MovementStep::HalfPageUp),
    },
    CommandRow {
        name: "first",
        summary: "go to the beginning",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["gg", "<home>"],
        run: |model| navigation::step(model, MovementStep::First),
    },
    CommandRow {
        name: "last",
        summary: "go to the end",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["G", "<end>"],
        run: |model| navigation::step(model, MovementStep::Last),
    },
    CommandRow {
        name: "next-link",
        summary: "next name or link; after the last, the list",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["<tab>"],
        run: navigation::next_link,
    },
    CommandRow {
        name: "previous-link",
        summary: "previous name or link",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["<backtab>"],
        run: navigation::previous_link,
    },
    CommandRow {
        name: "next-event",
        summary: "next event, staying in the detail",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["J"],
        run: |model| navigation::turn(model, 1),
    },
    CommandRow {
        name: "previous-event",
        summary: "previous event, staying in the detail",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["K"],
        run: |model| navigation::turn(model, -1),
    },
    CommandRow {
        name: "open",
        summary: "open the event, or follow the link",
        group: CommandGroup::Go,
        modes: &[List, Detail, Page],
        keys: &["<enter>", "l", "<right>"],
        run: navigation::open,
    },
    CommandRow {
        name: "back",
        summary: "go back",
        group: CommandGroup::Go,
        modes: &[List, Detail, Page],
        keys: &["<esc>", "h", "<left>", "<backspace>"],
        run: navigation::back,
    },
    CommandRow {
        name: "into-detail",
        summary: "focus the detail",
        group: CommandGroup::Go,
        modes: &[List],
        keys: &["<tab>"],
        run: navigation::into_detail,
    },
    CommandRow {
        name: "event-page",
        summary: "open the event on its own page",
        group: CommandGroup::Go,
        modes: OVER,
        keys: &["v"],
        run: navigation::full_page,
    },
    CommandRow {
        name: "says-who",
        summary: "claims and sources behind this, and back",
        group: CommandGroup::Go,
        modes: SCREENS,
        keys: &["w"],
        run: navigation::says_who,
    },
    CommandRow {
        name: "in-timeline",
        summary: "show this or the first linked event in the timeline",
        group: CommandGroup::Go,
        modes: &[Page],
        keys: &["t"],
        run: navigation::in_timeline,
    },
    CommandRow {
        name: "about",
        summary: "about this timeline",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["i"],
        run: |model| navigation::visit(model, PageSubject::Timeline),
    },
    CommandRow {
        name: "entities",
        summary: "people, organisations, groups and systems",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["E"],
        run: |model| navigation::visit(model, PageSubject::Entities),
    },
    CommandRow {
        name: "questions",
        summary: "open questions",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["Q"],
        run: |model| navigation::visit(model, PageSubject::Questions),
    },
    CommandRow {
        name: "sources",
        summary: "sources",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["S"],
        run: |model| navigation::visit(model, PageSubject::Sources),
    },
    CommandRow {
        name: "search",
        summary: "search all texts",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["/"],
        run: search::prompt,
    },
    CommandRow {
        name: "next-match",
        summary: "next match",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["n"],
        run: |model| search::again(model, SearchDirection::Forward),
    },
    CommandRow {
        name: "previous-match",
        summary: "previous match",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["N"],
        run: |model| search::again(model, SearchDirection::Backward),
    },
    CommandRow {
        name: "next-contested",
        summary: "next contested event",
        group: CommandGroup::Find,
        modes: OVER,
        keys: &["c"],
        run: |model| search::contested(model, SearchDirection::Forward),
    },
    CommandRow {
        name: "previous-contested",
        summary: "previous contested event",
        group: CommandGroup::Find,
        modes: OVER,
        keys: &["C"],
        run: |model| search::contested(model, SearchDirection::Backward),
    },
    CommandRow {
        name: "filter",
        summary: "filter events",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["f"],
        run: filter::prompt,
    },
    CommandRow {
        name: "facets",
        summary: "values of each field, with counts",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["F"],
        run: overlay::facets,
    },
    CommandRow {
        name: "matrix",
        summary: "confidence of the claims, aspect by aspect",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["M"],
        run: overlay::matrix,
    },
    CommandRow {
        name: "filter-name",
        summary: "toggle the selected name in the filter",
        group: CommandGroup::Filter,
        modes: &[Detail, Page],
        keys: &["*"],
        run: filter::to_name,
    },
    CommandRow {
        name: "range",
        summary: "filter to a range of time on the axis",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["r"],
        run: overlay::range,
    },
    CommandRow {
        name: "surely",
        summary: "toggle uncertain matches",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["s"],
        run: filter::toggle_possibles,
    },
    CommandRow {
        name: "undo",
        summary: "undo the last change of the filter, or a view",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["u"],
        run: filter::undo,
    },
    CommandRow {
        name: "redo",
        summary: "redo",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["U", "<ctrl-r>"],
        run: filter::redo,
    },
    CommandRow {
        name: "clear",
        summary: "clear the filter",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["x"],
        run: filter::clear,
    },
    CommandRow {
        name: "view",
        summary: "apply a view of the file, by number",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        run: filter::numbered_view,
    },
    CommandRow {
        name: "as-of",
        summary: "show only what was known by some day",
        group: CommandGroup::Filter,
        modes: EVERYWHERE,
        keys: &["@"],
        run: as_of::slider,
    },
    CommandRow {
        name: "stub",
        summary: "show this filter as a view to paste into the file",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["Y"],
        run: overlay::stub,
    },
    CommandRow {
        name: "fields",
        summary: "filter language",
        group: CommandGroup::Filter,
        modes: EVERYWHERE,
        keys: &["gf"],
        run: |model| navigation::visit(model, PageSubject::Topic(Topic::Filters)),
    },
    CommandRow {
        name: "zoom-in",
        summary: "zoom in on the event",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["+", "="],
        run: |model| overview::zoom(model, 1, 2),
    },
    CommandRow {
        name: "zoom-out",
        summary: "zoom out from the event",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["-"],
        run: |model| overview::zoom(model, 2, 1),
    },
    CommandRow {
        name: "zoom-event",
        summary: "zoom to the event",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["z"],
        run: overview::zoom_to_event,
    },
    CommandRow {
        name: "zoom-filter",
        summary: "toggle fitting the axis to the filter",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["Z"],
        run: overview::toggle_fit,
    },
    CommandRow {
        name: "lanes",
        summary: "group lanes by the next field",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["O"],
        run: filter::next_grouping,
    },
    CommandRow {
        name: "clock",
        summary: "clock: happened, discovered, disclosed, attributed",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["T"],
        run: overview::next_clock,
    },
    CommandRow {
        name: "lag",
        summary: "toggle the time to disclosure and attribution",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["gl"],
        run: overview::toggle_lag,
    },
    CommandRow {
        name: "axis-breaks",
        summary: "toggle axis breaks: long stretches without dates",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["gb"],
        run: overview::toggle_breaks,
    },
    CommandRow {
        name: "zoom-most",
        summary: "zoom to most events",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["0"],
        run: |model| overview::view_span(model, Viewport::Most),
    },
    CommandRow {
        name: "zoom-all",
        summary: "zoom to everything",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["a"],
        run: |model| overview::view_span(model, Viewport::All),
    },
    CommandRow {
        name: "pan-left",
        summary: "pan to earlier times",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["<lt>", "H"],
        run: |model| overview::pan(model, -1),
    },
    CommandRow {
        name: "pan-right",
        summary: "pan to later times",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &[">", "L"],
        run: |model| overview::pan(model, 1),
    },
    CommandRow {
        name: "fold",
        summary: "fold the overview to a strip, or unfold it",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["o"],
        run: overview::fold,
    },
    CommandRow {
        name: "toggle-detail",
        summary: "hide or show the detail",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["d"],
        run: overview::toggle_detail,
    },
    CommandRow {
        name: "brief",
        summary: "start the briefing, or return to its scene",
        group: CommandGroup::Brief,
        modes: EVERYWHERE,
        keys: &["b"],
        run: briefing::brief,
    },
    CommandRow {
        name: "scene-next",
        summary: "next step",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<space>", "<right>", "<down>", "<pgdn>", "<enter>"],
        run: briefing::next,
    },
    CommandRow {
        name: "scene-back",
        summary: "previous step",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<left>", "<up>", "<pgup>", "<backspace>"],
        run: briefing::previous,
    },
    CommandRow {
        name: "scene",
        summary: "go to a scene by its number; 0 is the tenth",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
        run: briefing::numbered,
    },
    CommandRow {
        name: "scene-first",
        summary: "first scene",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<home>", "gg"],
        run: |model| briefing::jump(model, 0),
    },
    CommandRow {
        name: "scene-last",
        summary: "last scene",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<end>", "G"],
        run: briefing::last,
    },
    CommandRow {
        name: "layer-down",
        summary: "page down in the revealed layers",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["j"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "layer-up",
        summary: "page up in the revealed layers",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["k"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "explore",
        summary: "explore the timeline; {brief} returns",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<tab>"],
        run: briefing::explore,
    },
    CommandRow {
        name: "blank",
        summary: "blank the screen, or show it again",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &[".", "B"],
        run: briefing::blank,
    },
    CommandRow {
        name: "pause",
        summary: "stop or resume the clock",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["P"],
        run: briefing::pause,
    },
    CommandRow {
        name: "reset-clock",
        summary: "reset the clock, if pressed twice",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["R"],
        run: briefing::reset,
    },
    CommandRow {
        name: "resume",
        summary: "resume the last briefing where it stopped",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["gb"],
        run: briefing::resume,
    },
    CommandRow {
        name: "leave-briefing",
        summary: "leave the briefing; {brief} returns",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<esc>"],
        run: navigation::back,
    },
    CommandRow {
        name: "scene-stub",
        summary: "show this view and event as a scene to paste",
        group: CommandGroup::Brief,
        modes: OVER,
        keys: &["gs"],
        run: overlay::scene_stub,
    },
    CommandRow {
        name: "help",
        summary: "keys of this screen",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["?", "<f1>"],
        run: overlay::help,
    },
    CommandRow {
        name: "palette",
        summary: "all commands, by name",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &[":", "<ctrl-p>"],
        run: overlay::palette,
    },
    CommandRow {
        name: "problems",
        summary: "problems in the files and settings",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["p"],
        run: overlay::problems,
    },
    CommandRow {
        name: "guide",
        summary: "guide, topic by topic",
        group: CommandGroup::Program,
        modes: EVERYWHERE,
        keys: &["gh"],
        run: |model| navigation::visit(model, PageSubject::Guide),
    },
    CommandRow {
        name: "mouse",
        summary: "toggle the mouse; off, the terminal selects text",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["m"],
        run: program::toggle_mouse,
    },
    CommandRow {
        name: "theme",
        summary: "next theme: dark, light, contrast, mono",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["gt"],
        run: program::next_theme,
    },
    CommandRow {
        name: "quit",
        summary: "go back from a page; quit at the top",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["q"],
        run: program::quit,
    },
    CommandRow {
        name: "next-choice",
        summary: "next choice",
        group: CommandGroup::Move,
        modes: &[Palette],
        keys: &["<down>", "<ctrl-n>", "<tab>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "previous-choice",
        summary: "previous choice",
        group: CommandGroup::Move,
        modes: &[Palette],
        keys: &["<up>", "<ctrl-p>", "<backtab>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "help-down",
        summary: "scroll down",
        group: CommandGroup::Move,
        modes: &[Help],
        keys: &["<down>", "<ctrl-n>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "help-up",
        summary: "scroll up",
        group: CommandGroup::Move,
        modes: &[Help],
        keys: &["<up>", "<ctrl-p>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "help-page-down",
        summary: "page down",
        group: CommandGroup::Move,
        modes: &[Help],
        keys: &["<pgdn>", "<ctrl-f>"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "help-page-up",
        summary: "page up",
        group: CommandGroup::Move,
        modes: &[Help],
        keys: &["<pgup>", "<ctrl-b>"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "next-candidate",
        summary: "next completion",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<tab>"],
        run: |model| overlay::choose_completion(model, 1),
    },
    CommandRow {
        name: "previous-candidate",
        summary: "previous completion",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<backtab>"],
        run: |model| overlay::choose_completion(model, -1),
    },
    CommandRow {
        name: "older",
        summary: "older filter",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<up>", "<ctrl-p>"],
        run: |model| overlay::recall(model, 1),
    },
    CommandRow {
        name: "newer",
        summary: "newer filter",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<down>", "<ctrl-n>"],
        run: |model| overlay::recall(model, -1),
    },
    CommandRow {
        name: "toggle-facet",
        summary: "toggle value",
        group: CommandGroup::Filter,
        modes: &[Facets],
        keys: &["<space>", "<enter>", "l", "<right>"],
        run: overlay::toggle_choice,
    },
    CommandRow {
        name: "find-value",
        summary: "find a value",
        group: CommandGroup::Find,
        modes: &[Facets],
        keys: &["/"],
        run: overlay::find_value,
    },
    CommandRow {
        name: "next-found",
        summary: "next value that is found",
        group: CommandGroup::Move,
        modes: &[Find],
        keys: &["<down>", "<ctrl-n>", "<tab>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "previous-found",
        summary: "previous value that is found",
        group: CommandGroup::Move,
        modes: &[Find],
        keys: &["<up>", "<ctrl-p>", "<backtab>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "exclude-facet",
        summary: "toggle exclusion of the value",
        group: CommandGroup::Filter,
        modes: &[Facets],
        keys: &["-"],
        run: overlay::exclude_choice,
    },
    CommandRow {
        name: "next-field",
        summary: "next field",
        group: CommandGroup::Move,
        modes: &[Facets],
        keys: &["<tab>"],
        run: |model| overlay::turn_facet(model, 1),
    },
    CommandRow {
        name: "previous-field",
        summary: "previous field",
        group: CommandGroup::Move,
        modes: &[Facets],
        keys: &["<backtab>"],
        run: |model| overlay::turn_facet(model, -1),
    },
    CommandRow {
        name: "toggle-cell",
        summary: "toggle cell",
        group: CommandGroup::Filter,
        modes: &[Matrix],
        keys: &["<space>", "<enter>"],
        run: overlay::toggle_choice,
    },
    CommandRow {
        name: "level-left",
        summary: "level to the left",
        group: CommandGroup::Move,
        modes: &[Matrix],
        keys: &["h", "<left>", "<backtab>"],
        run: |model| overlay::step_matrix(model, -1),
    },
    CommandRow {
        name: "level-right",
        summary: "level to the right",
        group: CommandGroup::Move,
        modes: &[Matrix],
        keys: &["l", "<right>", "<tab>"],
        run: |model| overlay::step_matrix(model, 1),
    },
    CommandRow {
        name: "range-left",
        summary: "earlier by a column",
        group: CommandGroup::Move,
        modes: &[Range],
        keys: &["h", "<left>"],
        run: |model| overlay::step_range(model, -1),
    },
    CommandRow {
        name: "range-right",
        summary: "later by a column",
        group: CommandGroup::Move,
        modes: &[Range],
        keys: &["l", "<right>"],
        run: |model| overlay::step_range(model, 1),
    },
    CommandRow {
        name: "range-far-left",
        summary: "earlier by ten columns",
        group: CommandGroup::Move,
        modes: &[Range],
        keys: &["H", "<pgup>"],
        run: |model| overlay::step_range(model, -10),
    },
    CommandRow {
        name: "range-far-right",
        summary: "later by ten columns",
        group: CommandGroup::Move,
        modes: &[Range],
        keys: &["L", "<pgdn>"],
        run: |model| overlay::step_range(model, 10),
    },
    CommandRow {
        name: "range-from",
        summary: "begin the range here",
        group: CommandGroup::Filter,
        modes: &[Range],
        keys: &["v", "<space>"],
        run: overlay::anchor_range,
    },
    CommandRow {
        name: "day-before",
        summary: "previous day on which something became known",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<left>", "h", "<up>", "k"],
        run: |model| as_of::step(model, -1),
    },
    CommandRow {
        name: "day-after",
        summary: "next day on which something became known",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<right>", "l", "<down>", "j"],
        run: |model| as_of::step(model, 1),
    },
    CommandRow {
        name: "days-before",
        summary: "earlier by ten such days",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<pgup>", "H"],
        run: |model| as_of::step(model, -10),
    },
    CommandRow {
        name: "days-after",
        summary: "later by ten such days",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<pgdn>", "L"],
        run: |model| as_of::step(model, 10),
    },
    CommandRow {
        name: "first-day",
        summary: "first such day",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<home>", "gg"],
        run: |model| as_of::step(model, isize::MIN),
    },
    CommandRow {
        name: "whole",
        summary: "show everything known today",
        group: CommandGroup::Filter,
        modes: &[AsOf],
        keys: &["x", "<end>", "G"],
        run: as_of::whole,
    },
    CommandRow {
        name: "type-day",
        summary: "type a day, such as 2021-08-14 or late 2021",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["@", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        run: as_of::type_day,
    },
    CommandRow {
        name: "accept",
        summary: "accept",
        group: CommandGroup::Go,
        modes: &[Palette, Search, Filter, Find, Range, AsOf, Day],
        keys: &["<enter>"],
        run: overlay::accept,
    },
    CommandRow {
        name: "close",
        summary: "close",
        group: CommandGroup::Go,
        modes: &[Problems],
        keys: &["<esc>", "q", "p", "<enter>"],
        run: overlay::close,
    },
    CommandRow {
        name: "close-help",
        summary: "clear what is typed, or close",
        group: CommandGroup::Go,
        modes: &[Help],
        keys: &["<esc>", "<f1>", "<enter>", "?"],
        run: overlay::close_help,
    },
    CommandRow {
        name: "leave",
        summary: "back to the list",
        group: CommandGroup::Go,
        modes: &[Facets, Matrix, Stub],
        keys: &["<esc>", "q", "F", "Y", "M"],
        run: overlay::close,
    },
    CommandRow {
        name: "cancel",
        summary: "cancel",
        group: CommandGroup::Go,
        modes: &[Palette, Search, Filter, Find, Range, AsOf, Day],
        keys: &["<esc>"],
        run: overlay::cancel,
    },
    CommandRow {
        name: "edit",
        summary: "edit this in your editor",
        group: CommandGroup::Program,
        modes: &[List, Detail, Page, Scene, Problems],
        keys: &["e"],
        run: edit::edit,
    },
    CommandRow {
        name: "copy",
        summary: "copy the claim, the event or the page",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["y"],
        run: copy::selected,
    },
    CommandRow {
        name: "copy-source",
        summary: "copy the source's link",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gy"],
        run: copy::sources,
    },
    CommandRow {
        name: "copy-filter",
        summary: "copy the filter",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gF"],
        run: copy::filter,
    },
    CommandRow {
        name: "copy-command",
        summary: "copy the command that prints this frame",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gc"],
        run: copy::command,
    },
    CommandRow {
        name: "reload",
        summary: "reload the files",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gr"],
        run: reload::reload,
    },
    CommandRow {
        name: "notes-down",
        summary: "page down in the notes",
        group: CommandGroup::Move,
        modes: &[Follower],
        keys: &["<pgdn>", "<ctrl-f>"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "notes-up",
        summary: "page up in the notes",
        group: CommandGroup::Move,
        modes: &[Follower],
        keys: &["<pgup>", "<ctrl-b>"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "drive-next",
        summary: "next step in the room, with --drive",
        group: CommandGroup::Brief,
        modes: &[Follower],
        keys: &["<space>", "<right>"],
        run: |model| drive::ask(model, DriveStep::Next),
    },
    CommandRow {
        name: "drive-back",
        summary: "previous step in the room, with --drive",
        group: CommandGroup::Brief,
        modes: &[Follower],
        keys: &["<left>", "<backspace>"],
        run: |model| drive::ask(model, DriveStep::Back),
    },
    CommandRow {
        name: "drive-scene",
        summary: "go to a scene in the room, with --drive",
        group: CommandGroup::Brief,
        modes: &[Follower],
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
        run: drive::ask_for_number,
    },
    CommandRow {
        name: "drive-blank",
        summary: "blank the screen of the room, with --drive",
        group: CommandGroup::Brief,
        modes: &[Follower],
        keys: &[".", "B"],
        run: |model| drive::ask(model, DriveStep::Blank),
    },
    CommandRow {
        name: "follower-reload",
        summary: "reload the files",
        group: CommandGroup::Program,
        modes: &[Follower],
        keys: &["r", "gr"],
        run: reload::reload,
    },
    CommandRow {
        name: "leave-follower",
        summary: "quit",
        group: CommandGroup::Program,
        modes: &[Follower],
        keys: &["<esc>"],
        run: program::quit,
    },
    CommandRow {
        name: "redraw",
        summary: "redraw the screen",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-l>"],
        run: program::redraw,
    },
    CommandRow {
        name: "suspend",
        summary: "suspend to the shell; fg resumes",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-z>"],
        run: program::suspend,
    },
    CommandRow {
        name: "interrupt",
        summary: "quit from anywhere",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-c>"],
        run: program::interrupt,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key;
    use std::collections::HashSet;

    #[test]
    fn every_key_is_written_in_the_notation_and_gives_one_command_in_a_mode() {
        let mut taken = HashSet::new();
        for command in COMMANDS {
            assert!(
                !command.keys.is_empty() && !command.modes.is_empty(),
                "{}",
                command.name
            );
            for keys in command.keys {
                key::parse(keys).unwrap_or_else(|error| panic!("{}: {error}", command.name));
                for mode in command.modes {
                    assert!(
                        taken.insert((*mode, *keys)),
                        "{keys} has two meanings in {mode:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_summaries_short_and_without_a_full_stop() {
        let mut names = HashSet::new();
        for command in COMMANDS {
            assert!(
                names.insert(command.name),
                "{} is there twice",
                command.name
            );
            assert!(
                keymap().says(command.summary).len() <= 53,
                "{}: too long for the help at 80 columns",
                command.name
            );
            assert!(!command.summary.ends_with('.'), "{}", command.name);
        }
    }
}
