//! The command table: what the user can do. Keys, help, palette and README are made from it.

use super::as_of;
use super::briefing;
use super::copy;
use super::edit;
use super::filter;
use super::navigation;
use super::overlay;
use crate::app::effect::Effect;
use crate::app::model::{Mode, Model};
use crate::app::reload;
use crate::document::Subject;
use crate::guide::Topic;

use Mode::{
    AsOf, Day, Detail, Facets, Filter, Follower, Help, List, Matrix, Page, Palette, Problems,
    Range, Scene, Search, Stub,
};

/// Commands that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Moving about.
    Move,
    /// Going into things and back.
    Go,
    /// The overview.
    Overview,
    /// Finding things.
    Find,
    /// Leaving out what is not asked for.
    Filter,
    /// The briefing.
    Brief,
    /// The program itself.
    Program,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Filter,
        Self::Overview,
        Self::Brief,
        Self::Program,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Overview => "Overview",
            Self::Find => "Find",
            Self::Filter => "Filter",
            Self::Brief => "Briefing",
            Self::Program => "Program",
        }
    }
}

/// One thing that the user can do.
#[derive(Debug)]
pub struct Command {
    /// Its name, in the palette.
    pub name: &'static str,
    /// What it does, in a few words; `{name}` is the key of another command.
    pub summary: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// Where it can be given.
    pub modes: &'static [Mode],
    /// The keys that give it, in the notation of [`crate::app::input::key`]; the first is shown in hints.
    pub keys: &'static [&'static str],
    /// Does it.
    pub run: fn(&mut Model) -> Vec<Effect>,
}

const EVERYWHERE: &[Mode] = &[List, Detail, Page];
/// The screens of the viewer, without overlays.
const SCREENS: &[Mode] = &[List, Detail, Page, Scene];
/// Every screen, without overlays.
const ALL_SCREENS: &[Mode] = &[List, Detail, Page, Scene, Follower];
const OVER: &[Mode] = &[List, Detail];
const SCROLLING: &[Mode] = &[List, Detail, Page, Follower, Help, Problems, Facets, Matrix];

/// Every command. The order is that of the help.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "down",
        summary: "down by one, or to the next link",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["j", "<down>"],
        run: |model| navigation::step(model, navigation::Step::Down),
    },
    Command {
        name: "up",
        summary: "up by one, or to the link before",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["k", "<up>"],
        run: |model| navigation::step(model, navigation::Step::Up),
    },
    Command {
        name: "page-down",
        summary: "down by a screenful",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["<pgdn>", "<ctrl-f>", "<space>"],
        run: |model| navigation::step(model, navigation::Step::PageDown),
    },
    Command {
        name: "page-up",
        summary: "up by a screenful",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["<pgup>", "<ctrl-b>"],
        run: |model| navigation::step(model, navigation::Step::PageUp),
    },
    Command {
        name: "first",
        summary: "to the beginning",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["gg", "<home>"],
        run: |model| navigation::step(model, navigation::Step::First),
    },
    Command {
        name: "last",
        summary: "to the end",
        group: Group::Move,
        modes: SCROLLING,
        keys: &["G", "<end>"],
        run: |model| navigation::step(model, navigation::Step::Last),
    },
    Command {
        name: "next-link",
        summary: "to the next name or link",
        group: Group::Move,
        modes: &[Detail, Page],
        keys: &["<tab>"],
        run: |model| navigation::with_reading(model, crate::app::screen::Reading::next_link),
    },
    Command {
        name: "previous-link",
        summary: "to the name or link before",
        group: Group::Move,
        modes: &[Detail, Page],
        keys: &["<backtab>"],
        run: |model| navigation::with_reading(model, crate::app::screen::Reading::previous_link),
    },
    Command {
        name: "next-event",
        summary: "to the next event, staying in the detail",
        group: Group::Move,
        modes: &[Detail, Page],
        keys: &["J"],
        run: |model| navigation::turn(model, 1),
    },
    Command {
        name: "previous-event",
        summary: "to the event before, staying in the detail",
        group: Group::Move,
        modes: &[Detail, Page],
        keys: &["K"],
        run: |model| navigation::turn(model, -1),
    },
    Command {
        name: "open",
        summary: "open the event, or follow the link",
        group: Group::Go,
        modes: &[List, Detail, Page],
        keys: &["<enter>", "l", "<right>"],
        run: navigation::open,
    },
    Command {
        name: "back",
        summary: "back to where you were",
        group: Group::Go,
        modes: &[List, Detail, Page],
        keys: &["<esc>", "h", "<left>", "<backspace>"],
        run: navigation::back,
    },
    Command {
        name: "into-detail",
        summary: "into the detail",
        group: Group::Go,
        modes: &[List],
        keys: &["<tab>"],
        run: navigation::into_detail,
    },
    Command {
        name: "event-page",
        summary: "the event on a page of its own",
        group: Group::Go,
        modes: OVER,
        keys: &["v"],
        run: navigation::full_page,
    },
    Command {
        name: "says-who",
        summary: "who says so: the claims and sources, and back",
        group: Group::Go,
        modes: SCREENS,
        keys: &["w"],
        run: navigation::says_who,
    },
    Command {
        name: "in-timeline",
        summary: "this event, or the first linked one, in the timeline",
        group: Group::Go,
        modes: &[Page],
        keys: &["t"],
        run: navigation::in_timeline,
    },
    Command {
        name: "about",
        summary: "about this timeline",
        group: Group::Go,
        modes: EVERYWHERE,
        keys: &["i"],
        run: |model| navigation::visit(model, Subject::Timeline),
    },
    Command {
        name: "entities",
        summary: "all people, organisations, groups and systems",
        group: Group::Go,
        modes: EVERYWHERE,
        keys: &["E"],
        run: |model| navigation::visit(model, Subject::Entities),
    },
    Command {
        name: "questions",
        summary: "what is not known",
        group: Group::Go,
        modes: EVERYWHERE,
        keys: &["Q"],
        run: |model| navigation::visit(model, Subject::Questions),
    },
    Command {
        name: "sources",
        summary: "all sources",
        group: Group::Go,
        modes: EVERYWHERE,
        keys: &["S"],
        run: |model| navigation::visit(model, Subject::Sources),
    },
    Command {
        name: "search",
        summary: "search in all texts",
        group: Group::Find,
        modes: EVERYWHERE,
        keys: &["/"],
        run: overlay::search,
    },
    Command {
        name: "next-match",
        summary: "to the next match",
        group: Group::Find,
        modes: EVERYWHERE,
        keys: &["n"],
        run: |model| navigation::find(model, navigation::Way::Forward),
    },
    Command {
        name: "previous-match",
        summary: "to the match before",
        group: Group::Find,
        modes: EVERYWHERE,
        keys: &["N"],
        run: |model| navigation::find(model, navigation::Way::Backward),
    },
    Command {
        name: "next-contested",
        summary: "to the next contested event",
        group: Group::Find,
        modes: OVER,
        keys: &["c"],
        run: |model| navigation::find_contested(model, navigation::Way::Forward),
    },
    Command {
        name: "previous-contested",
        summary: "to the contested event before",
        group: Group::Find,
        modes: OVER,
        keys: &["C"],
        run: |model| navigation::find_contested(model, navigation::Way::Backward),
    },
    Command {
        name: "filter",
        summary: "filter the events",
        group: Group::Filter,
        modes: OVER,
        keys: &["f"],
        run: filter::prompt,
    },
    Command {
        name: "facets",
        summary: "values of each field, with counts",
        group: Group::Filter,
        modes: OVER,
        keys: &["F"],
        run: overlay::facets,
    },
    Command {
        name: "matrix",
        summary: "how sure the claims are, aspect by aspect",
        group: Group::Filter,
        modes: OVER,
        keys: &["M"],
        run: overlay::matrix,
    },
    Command {
        name: "filter-name",
        summary: "filter to the selected name, or away from it",
        group: Group::Filter,
        modes: &[Detail, Page],
        keys: &["*"],
        run: filter::to_name,
    },
    Command {
        name: "range",
        summary: "filter to a stretch of time on the axis",
        group: Group::Filter,
        modes: OVER,
        keys: &["r"],
        run: overlay::range,
    },
    Command {
        name: "surely",
        summary: "only what surely matches, or also what may",
        group: Group::Filter,
        modes: OVER,
        keys: &["s"],
        run: filter::toggle_possibles,
    },
    Command {
        name: "undo",
        summary: "undo the last change of the filter, or a view",
        group: Group::Filter,
        modes: OVER,
        keys: &["u"],
        run: filter::undo,
    },
    Command {
        name: "redo",
        summary: "redo what was undone",
        group: Group::Filter,
        modes: OVER,
        keys: &["U", "<ctrl-r>"],
        run: filter::redo,
    },
    Command {
        name: "clear",
        summary: "no filter",
        group: Group::Filter,
        modes: OVER,
        keys: &["x"],
        run: filter::clear,
    },
    Command {
        name: "view",
        summary: "a view of the file, by its number",
        group: Group::Filter,
        modes: OVER,
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        run: filter::numbered_view,
    },
    Command {
        name: "as-of",
        summary: "only what was known by some day",
        group: Group::Filter,
        modes: EVERYWHERE,
        keys: &["@"],
        run: as_of::slider,
    },
    Command {
        name: "stub",
        summary: "this filter as a view to paste into the file",
        group: Group::Filter,
        modes: OVER,
        keys: &["Y"],
        run: overlay::stub,
    },
    Command {
        name: "fields",
        summary: "the filter language",
        group: Group::Filter,
        modes: EVERYWHERE,
        keys: &["gf"],
        run: |model| navigation::visit(model, Subject::Topic(Topic::Filters)),
    },
    Command {
        name: "zoom-in",
        summary: "zoom in at the event",
        group: Group::Overview,
        modes: OVER,
        keys: &["+", "="],
        run: |model| navigation::zoom(model, 1, 2),
    },
    Command {
        name: "zoom-out",
        summary: "zoom out at the event",
        group: Group::Overview,
        modes: OVER,
        keys: &["-"],
        run: |model| navigation::zoom(model, 2, 1),
    },
    Command {
        name: "zoom-event",
        summary: "zoom to the event",
        group: Group::Overview,
        modes: OVER,
        keys: &["z"],
        run: navigation::zoom_to_event,
    },
    Command {
        name: "zoom-filter",
        summary: "show where the filtered events are",
        group: Group::Overview,
        modes: OVER,
        keys: &["Z"],
        run: navigation::zoom_to_filter,
    },
    Command {
        name: "lanes",
        summary: "lanes by the next field",
        group: Group::Overview,
        modes: OVER,
        keys: &["O"],
        run: filter::next_grouping,
    },
    Command {
        name: "clock",
        summary: "by when: happened, discovered, disclosed, attributed",
        group: Group::Overview,
        modes: OVER,
        keys: &["T"],
        run: navigation::next_clock,
    },
    Command {
        name: "lag",
        summary: "how long until it was disclosed and attributed",
        group: Group::Overview,
        modes: OVER,
        keys: &["gl"],
        run: navigation::toggle_lag,
    },
    Command {
        name: "zoom-most",
        summary: "show where most events are",
        group: Group::Overview,
        modes: OVER,
        keys: &["0"],
        run: |model| navigation::view_span(model, crate::app::overview::viewport::Viewport::Most),
    },
    Command {
        name: "zoom-all",
        summary: "show all there is",
        group: Group::Overview,
        modes: OVER,
        keys: &["a"],
        run: |model| navigation::view_span(model, crate::app::overview::viewport::Viewport::All),
    },
    Command {
        name: "pan-left",
        summary: "show earlier times",
        group: Group::Overview,
        modes: OVER,
        keys: &["<lt>", "H"],
        run: |model| navigation::pan(model, -1),
    },
    Command {
        name: "pan-right",
        summary: "show later times",
        group: Group::Overview,
        modes: OVER,
        keys: &[">", "L"],
        run: |model| navigation::pan(model, 1),
    },
    Command {
        name: "fold",
        summary: "fold the overview to a strip, or unfold it",
        group: Group::Overview,
        modes: OVER,
        keys: &["o"],
        run: navigation::fold,
    },
    Command {
        name: "toggle-detail",
        summary: "put the detail away, or bring it back",
        group: Group::Overview,
        modes: OVER,
        keys: &["d"],
        run: navigation::toggle_detail,
    },
    Command {
        name: "brief",
        summary: "the briefing, or back to its scene",
        group: Group::Brief,
        modes: EVERYWHERE,
        keys: &["b"],
        run: briefing::brief,
    },
    Command {
        name: "scene-next",
        summary: "on: the next layer, else the next scene",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<space>", "<right>", "<down>", "<pgdn>", "<enter>"],
        run: briefing::next,
    },
    Command {
        name: "scene-back",
        summary: "back by a layer, else to the scene before",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<left>", "<up>", "<pgup>", "<backspace>"],
        run: briefing::previous,
    },
    Command {
        name: "scene",
        summary: "to the scene of a number; 0 is the tenth",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
        run: briefing::numbered,
    },
    Command {
        name: "scene-first",
        summary: "to the first scene",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<home>", "gg"],
        run: |model| briefing::jump(model, 0),
    },
    Command {
        name: "scene-last",
        summary: "to the last scene",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<end>", "G"],
        run: briefing::last,
    },
    Command {
        name: "layer-down",
        summary: "further down in what is revealed",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["j"],
        run: |model| navigation::step(model, navigation::Step::PageDown),
    },
    Command {
        name: "layer-up",
        summary: "further up in what is revealed",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["k"],
        run: |model| navigation::step(model, navigation::Step::PageUp),
    },
    Command {
        name: "explore",
        summary: "leave the path for the timeline; {brief} comes back",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<tab>"],
        run: briefing::explore,
    },
    Command {
        name: "blank",
        summary: "blank the screen, or show it again",
        group: Group::Brief,
        modes: &[Scene],
        keys: &[".", "B"],
        run: briefing::blank,
    },
    Command {
        name: "pause",
        summary: "stop the clock, or let it go on",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["P"],
        run: briefing::pause,
    },
    Command {
        name: "reset-clock",
        summary: "set the clock back",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["R"],
        run: briefing::reset,
    },
    Command {
        name: "leave-briefing",
        summary: "out of the briefing; {brief} comes back",
        group: Group::Brief,
        modes: &[Scene],
        keys: &["<esc>"],
        run: navigation::back,
    },
    Command {
        name: "scene-stub",
        summary: "this view and event as a scene to paste",
        group: Group::Brief,
        modes: OVER,
        keys: &["gs"],
        run: overlay::scene_stub,
    },
    Command {
        name: "help",
        summary: "the keys of this screen",
        group: Group::Program,
        modes: ALL_SCREENS,
        keys: &["?"],
        run: overlay::help,
    },
    Command {
        name: "palette",
        summary: "every command, by name",
        group: Group::Program,
        modes: ALL_SCREENS,
        keys: &[":", "<ctrl-p>"],
        run: overlay::palette,
    },
    Command {
        name: "problems",
        summary: "what is wrong with the file",
        group: Group::Program,
        modes: ALL_SCREENS,
        keys: &["p"],
        run: overlay::problems,
    },
    Command {
        name: "guide",
        summary: "the guide, topic by topic",
        group: Group::Program,
        modes: EVERYWHERE,
        keys: &["gh"],
        run: |model| navigation::visit(model, Subject::Guide),
    },
    Command {
        name: "mouse",
        summary: "mouse on, or off so that the terminal selects text",
        group: Group::Program,
        modes: ALL_SCREENS,
        keys: &["m"],
        run: navigation::toggle_mouse,
    },
    Command {
        name: "quit",
        summary: "leave dateline",
        group: Group::Program,
        modes: ALL_SCREENS,
        keys: &["q"],
        run: |_| vec![Effect::Quit],
    },
    Command {
        name: "next-choice",
        summary: "to the next choice",
        group: Group::Move,
        modes: &[Palette],
        keys: &["<down>", "<ctrl-n>", "<tab>"],
        run: |model| navigation::step(model, navigation::Step::Down),
    },
    Command {
        name: "previous-choice",
        summary: "to the choice before",
        group: Group::Move,
        modes: &[Palette],
        keys: &["<up>", "<ctrl-p>", "<backtab>"],
        run: |model| navigation::step(model, navigation::Step::Up),
    },
    Command {
        name: "next-candidate",
        summary: "to the next completion",
        group: Group::Move,
        modes: &[Filter],
        keys: &["<tab>"],
        run: |model| overlay::choose_completion(model, 1),
    },
    Command {
        name: "previous-candidate",
        summary: "to the completion before",
        group: Group::Move,
        modes: &[Filter],
        keys: &["<backtab>"],
        run: |model| overlay::choose_completion(model, -1),
    },
    Command {
        name: "older",
        summary: "an older filter",
        group: Group::Move,
        modes: &[Filter],
        keys: &["<up>", "<ctrl-p>"],
        run: |model| overlay::recall(model, 1),
    },
    Command {
        name: "newer",
        summary: "a newer filter",
        group: Group::Move,
        modes: &[Filter],
        keys: &["<down>", "<ctrl-n>"],
        run: |model| overlay::recall(model, -1),
    },
    Command {
        name: "toggle-facet",
        summary: "filter to the value, or no longer",
        group: Group::Filter,
        modes: &[Facets],
        keys: &["<enter>", "l", "<right>"],
        run: overlay::toggle_facet,
    },
    Command {
        name: "exclude-facet",
        summary: "leave the value out, or no longer",
        group: Group::Filter,
        modes: &[Facets],
        keys: &["-"],
        run: overlay::exclude_facet,
    },
    Command {
        name: "next-field",
        summary: "to the next field",
        group: Group::Move,
        modes: &[Facets],
        keys: &["<tab>"],
        run: |model| overlay::turn_facet(model, 1),
    },
    Command {
        name: "previous-field",
        summary: "to the field before",
        group: Group::Move,
        modes: &[Facets],
        keys: &["<backtab>"],
        run: |model| overlay::turn_facet(model, -1),
    },
    Command {
        name: "toggle-cell",
        summary: "filter to the cell, or no longer",
        group: Group::Filter,
        modes: &[Matrix],
        keys: &["<enter>"],
        run: overlay::toggle_cell,
    },
    Command {
        name: "level-left",
        summary: "to the level on the left",
        group: Group::Move,
        modes: &[Matrix],
        keys: &["h", "<left>", "<backtab>"],
        run: |model| overlay::step_matrix(model, -1),
    },
    Command {
        name: "level-right",
        summary: "to the level on the right",
        group: Group::Move,
        modes: &[Matrix],
        keys: &["l", "<right>", "<tab>"],
        run: |model| overlay::step_matrix(model, 1),
    },
    Command {
        name: "range-left",
        summary: "earlier by a column",
        group: Group::Move,
        modes: &[Range],
        keys: &["h", "<left>"],
        run: |model| overlay::step_range(model, -1),
    },
    Command {
        name: "range-right",
        summary: "later by a column",
        group: Group::Move,
        modes: &[Range],
        keys: &["l", "<right>"],
        run: |model| overlay::step_range(model, 1),
    },
    Command {
        name: "range-far-left",
        summary: "earlier by ten columns",
        group: Group::Move,
        modes: &[Range],
        keys: &["H", "<pgup>"],
        run: |model| overlay::step_range(model, -10),
    },
    Command {
        name: "range-far-right",
        summary: "later by ten columns",
        group: Group::Move,
        modes: &[Range],
        keys: &["L", "<pgdn>"],
        run: |model| overlay::step_range(model, 10),
    },
    Command {
        name: "range-from",
        summary: "begin the stretch here",
        group: Group::Filter,
        modes: &[Range],
        keys: &["v", "<space>"],
        run: overlay::anchor_range,
    },
    Command {
        name: "day-before",
        summary: "to the day before on which something was said",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["<left>", "h", "<up>", "k"],
        run: |model| as_of::step(model, -1),
    },
    Command {
        name: "day-after",
        summary: "to the day after on which something was said",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["<right>", "l", "<down>", "j"],
        run: |model| as_of::step(model, 1),
    },
    Command {
        name: "days-before",
        summary: "earlier by ten such days",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["<pgup>", "H"],
        run: |model| as_of::step(model, -10),
    },
    Command {
        name: "days-after",
        summary: "later by ten such days",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["<pgdn>", "L"],
        run: |model| as_of::step(model, 10),
    },
    Command {
        name: "first-day",
        summary: "to the first such day",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["<home>", "gg"],
        run: |model| as_of::step(model, isize::MIN),
    },
    Command {
        name: "whole",
        summary: "all that is known today",
        group: Group::Filter,
        modes: &[AsOf],
        keys: &["x", "<end>", "G"],
        run: as_of::whole,
    },
    Command {
        name: "type-day",
        summary: "type a day, such as 2021-08-14 or late 2021",
        group: Group::Move,
        modes: &[AsOf],
        keys: &["@", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        run: as_of::type_day,
    },
    Command {
        name: "accept",
        summary: "take it",
        group: Group::Go,
        modes: &[Palette, Search, Filter, Range, AsOf, Day],
        keys: &["<enter>"],
        run: overlay::accept,
    },
    Command {
        name: "close",
        summary: "close",
        group: Group::Go,
        modes: &[Help, Problems],
        keys: &["<esc>", "q", "?", "p", "<enter>"],
        run: overlay::close,
    },
    Command {
        name: "leave",
        summary: "back to the list",
        group: Group::Go,
        modes: &[Facets, Matrix, Stub],
        keys: &["<esc>", "q", "F", "Y", "M"],
        run: overlay::close,
    },
    Command {
        name: "cancel",
        summary: "leave things as they were",
        group: Group::Go,
        modes: &[Palette, Search, Filter, Range, AsOf, Day],
        keys: &["<esc>"],
        run: overlay::cancel,
    },
    Command {
        name: "edit",
        summary: "your editor, where this is written in the file",
        group: Group::Program,
        modes: &[List, Detail, Page, Scene, Problems],
        keys: &["e"],
        run: edit::edit,
    },
    Command {
        name: "copy",
        summary: "copy the claim, the event or the page",
        group: Group::Program,
        modes: SCREENS,
        keys: &["y"],
        run: copy::said,
    },
    Command {
        name: "copy-source",
        summary: "copy where one can read it: the source",
        group: Group::Program,
        modes: SCREENS,
        keys: &["gy"],
        run: copy::cited,
    },
    Command {
        name: "copy-filter",
        summary: "copy the filter",
        group: Group::Program,
        modes: SCREENS,
        keys: &["gF"],
        run: copy::filter,
    },
    Command {
        name: "copy-command",
        summary: "copy the command that prints this frame",
        group: Group::Program,
        modes: SCREENS,
        keys: &["gc"],
        run: |_| vec![Effect::Copy(copy::Copied::Command)],
    },
    Command {
        name: "reload",
        summary: "read the files again",
        group: Group::Program,
        modes: SCREENS,
        keys: &["gr"],
        run: reload::reload,
    },
    Command {
        name: "follower-reload",
        summary: "reload the files",
        group: Group::Program,
        modes: &[Follower],
        keys: &["r", "gr"],
        run: reload::reload,
    },
    Command {
        name: "leave-follower",
        summary: "quit",
        group: Group::Program,
        modes: &[Follower],
        keys: &["<esc>"],
        run: |_| vec![Effect::Quit],
    },
    Command {
        name: "redraw",
        summary: "draw the screen again, whatever was written over it",
        group: Group::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-l>"],
        run: |_| vec![Effect::Redraw],
    },
    Command {
        name: "suspend",
        summary: "back to the shell for a while; fg comes back",
        group: Group::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-z>"],
        run: |_| vec![Effect::Suspend],
    },
    Command {
        name: "interrupt",
        summary: "leave dateline from anywhere",
        group: Group::Program,
        modes: Mode::ALL,
        keys: &["<ctrl-c>"],
        run: |_| vec![Effect::Quit],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key;
    use crate::app::input::keymap::Keymap;
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
                Keymap::default().says(command.summary).len() <= 53,
                "{}: too long for the help at 80 columns",
                command.name
            );
            assert!(!command.summary.ends_with('.'), "{}", command.name);
        }
    }
}
