//! The command table: what the user can do. Keys, help, palette and README are made from it.

use super::{as_of, briefing, copy, edit, filter, navigation, overlay, overview, program, search};
use crate::app::effect::Effect;
use crate::app::input::command::{Command, CommandGroup};
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;
use crate::app::input::movement::MovementStep;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::app::reload;
use crate::app::screen::Reading;
use crate::app::state::search::SearchDirection;
use crate::document::Subject;
use crate::guide::Topic;

use Mode::{
    AsOf, Day, Detail, Facets, Filter, Follower, Help, List, Matrix, Page, Palette, Problems,
    Range, Scene, Search, Stub,
};

/// A command and what runs it.
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
    /// Changes the state and may ask something of the world.
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

/// The keys of the table.
pub fn keymap() -> Keymap {
    Keymap::new(COMMANDS.iter().map(CommandRow::command))
}

/// Runs a command of the table.
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
const SCROLLING: &[Mode] = &[List, Detail, Page, Follower, Help, Problems, Facets, Matrix];

/// Every command. The order is that of the help.
pub static COMMANDS: &[CommandRow] = &[
    CommandRow {
        name: "down",
        summary: "down by one, or to the next link",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["j", "<down>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "up",
        summary: "up by one, or to the link before",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["k", "<up>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "page-down",
        summary: "down by a screenful",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["<pgdn>", "<ctrl-f>", "<space>"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "page-up",
        summary: "up by a screenful",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["<pgup>", "<ctrl-b>"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "first",
        summary: "to the beginning",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["gg", "<home>"],
        run: |model| navigation::step(model, MovementStep::First),
    },
    CommandRow {
        name: "last",
        summary: "to the end",
        group: CommandGroup::Move,
        modes: SCROLLING,
        keys: &["G", "<end>"],
        run: |model| navigation::step(model, MovementStep::Last),
    },
    CommandRow {
        name: "next-link",
        summary: "to the next name or link",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["<tab>"],
        run: |model| navigation::with_reading(model, Reading::next_link),
    },
    CommandRow {
        name: "previous-link",
        summary: "to the name or link before",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["<backtab>"],
        run: |model| navigation::with_reading(model, Reading::previous_link),
    },
    CommandRow {
        name: "next-event",
        summary: "to the next event, staying in the detail",
        group: CommandGroup::Move,
        modes: &[Detail, Page],
        keys: &["J"],
        run: |model| navigation::turn(model, 1),
    },
    CommandRow {
        name: "previous-event",
        summary: "to the event before, staying in the detail",
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
        summary: "back to where you were",
        group: CommandGroup::Go,
        modes: &[List, Detail, Page],
        keys: &["<esc>", "h", "<left>", "<backspace>"],
        run: navigation::back,
    },
    CommandRow {
        name: "into-detail",
        summary: "into the detail",
        group: CommandGroup::Go,
        modes: &[List],
        keys: &["<tab>"],
        run: navigation::into_detail,
    },
    CommandRow {
        name: "event-page",
        summary: "the event on a page of its own",
        group: CommandGroup::Go,
        modes: OVER,
        keys: &["v"],
        run: navigation::full_page,
    },
    CommandRow {
        name: "says-who",
        summary: "who says so: the claims and sources, and back",
        group: CommandGroup::Go,
        modes: SCREENS,
        keys: &["w"],
        run: navigation::says_who,
    },
    CommandRow {
        name: "in-timeline",
        summary: "this event, or the first linked one, in the timeline",
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
        run: |model| navigation::visit(model, Subject::Timeline),
    },
    CommandRow {
        name: "entities",
        summary: "all people, organisations, groups and systems",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["E"],
        run: |model| navigation::visit(model, Subject::Entities),
    },
    CommandRow {
        name: "questions",
        summary: "what is not known",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["Q"],
        run: |model| navigation::visit(model, Subject::Questions),
    },
    CommandRow {
        name: "sources",
        summary: "all sources",
        group: CommandGroup::Go,
        modes: EVERYWHERE,
        keys: &["S"],
        run: |model| navigation::visit(model, Subject::Sources),
    },
    CommandRow {
        name: "search",
        summary: "search in all texts",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["/"],
        run: search::prompt,
    },
    CommandRow {
        name: "next-match",
        summary: "to the next match",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["n"],
        run: |model| search::again(model, SearchDirection::Forward),
    },
    CommandRow {
        name: "previous-match",
        summary: "to the match before",
        group: CommandGroup::Find,
        modes: EVERYWHERE,
        keys: &["N"],
        run: |model| search::again(model, SearchDirection::Backward),
    },
    CommandRow {
        name: "next-contested",
        summary: "to the next contested event",
        group: CommandGroup::Find,
        modes: OVER,
        keys: &["c"],
        run: |model| search::contested(model, SearchDirection::Forward),
    },
    CommandRow {
        name: "previous-contested",
        summary: "to the contested event before",
        group: CommandGroup::Find,
        modes: OVER,
        keys: &["C"],
        run: |model| search::contested(model, SearchDirection::Backward),
    },
    CommandRow {
        name: "filter",
        summary: "filter the events",
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
        summary: "how sure the claims are, aspect by aspect",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["M"],
        run: overlay::matrix,
    },
    CommandRow {
        name: "filter-name",
        summary: "filter to the selected name, or away from it",
        group: CommandGroup::Filter,
        modes: &[Detail, Page],
        keys: &["*"],
        run: filter::to_name,
    },
    CommandRow {
        name: "range",
        summary: "filter to a stretch of time on the axis",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["r"],
        run: overlay::range,
    },
    CommandRow {
        name: "surely",
        summary: "only what surely matches, or also what may",
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
        summary: "redo what was undone",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["U", "<ctrl-r>"],
        run: filter::redo,
    },
    CommandRow {
        name: "clear",
        summary: "no filter",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["x"],
        run: filter::clear,
    },
    CommandRow {
        name: "view",
        summary: "a view of the file, by its number",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        run: filter::numbered_view,
    },
    CommandRow {
        name: "as-of",
        summary: "only what was known by some day",
        group: CommandGroup::Filter,
        modes: EVERYWHERE,
        keys: &["@"],
        run: as_of::slider,
    },
    CommandRow {
        name: "stub",
        summary: "this filter as a view to paste into the file",
        group: CommandGroup::Filter,
        modes: OVER,
        keys: &["Y"],
        run: overlay::stub,
    },
    CommandRow {
        name: "fields",
        summary: "the filter language",
        group: CommandGroup::Filter,
        modes: EVERYWHERE,
        keys: &["gf"],
        run: |model| navigation::visit(model, Subject::Topic(Topic::Filters)),
    },
    CommandRow {
        name: "zoom-in",
        summary: "zoom in at the event",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["+", "="],
        run: |model| overview::zoom(model, 1, 2),
    },
    CommandRow {
        name: "zoom-out",
        summary: "zoom out at the event",
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
        summary: "show where the filtered events are",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["Z"],
        run: overview::zoom_to_filter,
    },
    CommandRow {
        name: "lanes",
        summary: "lanes by the next field",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["O"],
        run: filter::next_grouping,
    },
    CommandRow {
        name: "clock",
        summary: "by when: happened, discovered, disclosed, attributed",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["T"],
        run: overview::next_clock,
    },
    CommandRow {
        name: "lag",
        summary: "how long until it was disclosed and attributed",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["gl"],
        run: overview::toggle_lag,
    },
    CommandRow {
        name: "zoom-most",
        summary: "show where most events are",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["0"],
        run: |model| overview::view_span(model, Viewport::Most),
    },
    CommandRow {
        name: "zoom-all",
        summary: "show all there is",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["a"],
        run: |model| overview::view_span(model, Viewport::All),
    },
    CommandRow {
        name: "pan-left",
        summary: "show earlier times",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["<lt>", "H"],
        run: |model| overview::pan(model, -1),
    },
    CommandRow {
        name: "pan-right",
        summary: "show later times",
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
        summary: "put the detail away, or bring it back",
        group: CommandGroup::Overview,
        modes: OVER,
        keys: &["d"],
        run: overview::toggle_detail,
    },
    CommandRow {
        name: "brief",
        summary: "the briefing, or back to its scene",
        group: CommandGroup::Brief,
        modes: EVERYWHERE,
        keys: &["b"],
        run: briefing::brief,
    },
    CommandRow {
        name: "scene-next",
        summary: "on: the next layer, else the next scene",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<space>", "<right>", "<down>", "<pgdn>", "<enter>"],
        run: briefing::next,
    },
    CommandRow {
        name: "scene-back",
        summary: "back by a layer, else to the scene before",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<left>", "<up>", "<pgup>", "<backspace>"],
        run: briefing::previous,
    },
    CommandRow {
        name: "scene",
        summary: "to the scene of a number; 0 is the tenth",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
        run: briefing::numbered,
    },
    CommandRow {
        name: "scene-first",
        summary: "to the first scene",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<home>", "gg"],
        run: |model| briefing::jump(model, 0),
    },
    CommandRow {
        name: "scene-last",
        summary: "to the last scene",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<end>", "G"],
        run: briefing::last,
    },
    CommandRow {
        name: "layer-down",
        summary: "further down in what is revealed",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["j"],
        run: |model| navigation::step(model, MovementStep::PageDown),
    },
    CommandRow {
        name: "layer-up",
        summary: "further up in what is revealed",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["k"],
        run: |model| navigation::step(model, MovementStep::PageUp),
    },
    CommandRow {
        name: "explore",
        summary: "leave the path for the timeline; {brief} comes back",
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
        summary: "stop the clock, or let it go on",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["P"],
        run: briefing::pause,
    },
    CommandRow {
        name: "reset-clock",
        summary: "set the clock back",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["R"],
        run: briefing::reset,
    },
    CommandRow {
        name: "leave-briefing",
        summary: "out of the briefing; {brief} comes back",
        group: CommandGroup::Brief,
        modes: &[Scene],
        keys: &["<esc>"],
        run: navigation::back,
    },
    CommandRow {
        name: "scene-stub",
        summary: "this view and event as a scene to paste",
        group: CommandGroup::Brief,
        modes: OVER,
        keys: &["gs"],
        run: overlay::scene_stub,
    },
    CommandRow {
        name: "help",
        summary: "the keys of this screen",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["?"],
        run: overlay::help,
    },
    CommandRow {
        name: "palette",
        summary: "every command, by name",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &[":", "<ctrl-p>"],
        run: overlay::palette,
    },
    CommandRow {
        name: "problems",
        summary: "what is wrong with the file",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["p"],
        run: overlay::problems,
    },
    CommandRow {
        name: "guide",
        summary: "the guide, topic by topic",
        group: CommandGroup::Program,
        modes: EVERYWHERE,
        keys: &["gh"],
        run: |model| navigation::visit(model, Subject::Guide),
    },
    CommandRow {
        name: "mouse",
        summary: "mouse on, or off so that the terminal selects text",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["m"],
        run: program::toggle_mouse,
    },
    CommandRow {
        name: "quit",
        summary: "leave dateline",
        group: CommandGroup::Program,
        modes: ALL_SCREENS,
        keys: &["q"],
        run: program::quit,
    },
    CommandRow {
        name: "next-choice",
        summary: "to the next choice",
        group: CommandGroup::Move,
        modes: &[Palette],
        keys: &["<down>", "<ctrl-n>", "<tab>"],
        run: |model| navigation::step(model, MovementStep::Down),
    },
    CommandRow {
        name: "previous-choice",
        summary: "to the choice before",
        group: CommandGroup::Move,
        modes: &[Palette],
        keys: &["<up>", "<ctrl-p>", "<backtab>"],
        run: |model| navigation::step(model, MovementStep::Up),
    },
    CommandRow {
        name: "next-candidate",
        summary: "to the next completion",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<tab>"],
        run: |model| overlay::choose_completion(model, 1),
    },
    CommandRow {
        name: "previous-candidate",
        summary: "to the completion before",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<backtab>"],
        run: |model| overlay::choose_completion(model, -1),
    },
    CommandRow {
        name: "older",
        summary: "an older filter",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<up>", "<ctrl-p>"],
        run: |model| overlay::recall(model, 1),
    },
    CommandRow {
        name: "newer",
        summary: "a newer filter",
        group: CommandGroup::Move,
        modes: &[Filter],
        keys: &["<down>", "<ctrl-n>"],
        run: |model| overlay::recall(model, -1),
    },
    CommandRow {
        name: "toggle-facet",
        summary: "filter to the value, or no longer",
        group: CommandGroup::Filter,
        modes: &[Facets],
        keys: &["<enter>", "l", "<right>"],
        run: overlay::toggle_choice,
    },
    CommandRow {
        name: "exclude-facet",
        summary: "leave the value out, or no longer",
        group: CommandGroup::Filter,
        modes: &[Facets],
        keys: &["-"],
        run: overlay::exclude_choice,
    },
    CommandRow {
        name: "next-field",
        summary: "to the next field",
        group: CommandGroup::Move,
        modes: &[Facets],
        keys: &["<tab>"],
        run: |model| overlay::turn_facet(model, 1),
    },
    CommandRow {
        name: "previous-field",
        summary: "to the field before",
        group: CommandGroup::Move,
        modes: &[Facets],
        keys: &["<backtab>"],
        run: |model| overlay::turn_facet(model, -1),
    },
    CommandRow {
        name: "toggle-cell",
        summary: "filter to the cell, or no longer",
        group: CommandGroup::Filter,
        modes: &[Matrix],
        keys: &["<enter>"],
        run: overlay::toggle_choice,
    },
    CommandRow {
        name: "level-left",
        summary: "to the level on the left",
        group: CommandGroup::Move,
        modes: &[Matrix],
        keys: &["h", "<left>", "<backtab>"],
        run: |model| overlay::step_matrix(model, -1),
    },
    CommandRow {
        name: "level-right",
        summary: "to the level on the right",
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
        summary: "begin the stretch here",
        group: CommandGroup::Filter,
        modes: &[Range],
        keys: &["v", "<space>"],
        run: overlay::anchor_range,
    },
    CommandRow {
        name: "day-before",
        summary: "to the day before on which something was said",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<left>", "h", "<up>", "k"],
        run: |model| as_of::step(model, -1),
    },
    CommandRow {
        name: "day-after",
        summary: "to the day after on which something was said",
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
        summary: "to the first such day",
        group: CommandGroup::Move,
        modes: &[AsOf],
        keys: &["<home>", "gg"],
        run: |model| as_of::step(model, isize::MIN),
    },
    CommandRow {
        name: "whole",
        summary: "all that is known today",
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
        summary: "take it",
        group: CommandGroup::Go,
        modes: &[Palette, Search, Filter, Range, AsOf, Day],
        keys: &["<enter>"],
        run: overlay::accept,
    },
    CommandRow {
        name: "close",
        summary: "close",
        group: CommandGroup::Go,
        modes: &[Help, Problems],
        keys: &["<esc>", "q", "?", "p", "<enter>"],
        run: overlay::close,
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
        summary: "leave things as they were",
        group: CommandGroup::Go,
        modes: &[Palette, Search, Filter, Range, AsOf, Day],
        keys: &["<esc>"],
        run: overlay::cancel,
    },
    CommandRow {
        name: "edit",
        summary: "your editor, where this is written in the file",
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
        run: copy::said,
    },
    CommandRow {
        name: "copy-source",
        summary: "copy where one can read it: the source",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gy"],
        run: copy::cited,
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
        summary: "read the files again",
        group: CommandGroup::Program,
        modes: SCREENS,
        keys: &["gr"],
        run: reload::reload,
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
        summary: "draw the screen again, whatever was written over it",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-l>"],
        run: program::redraw,
    },
    CommandRow {
        name: "suspend",
        summary: "back to the shell for a while; fg comes back",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-z>"],
        run: program::suspend,
    },
    CommandRow {
        name: "interrupt",
        summary: "leave dateline from anywhere",
        group: CommandGroup::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-c>"],
        run: program::quit,
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
