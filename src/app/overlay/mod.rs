//! Overlays: help, palette, prompts and panes above a screen. At most one is open.

mod baseline_prompt;
mod completed_line;
mod confidence_matrix;
mod day_slider;
mod engine_query_pane;
mod facets;
mod filter_prompt;
pub mod help;
mod mark_prompt;
mod palette;
mod promotion_preview;
mod search_prompt;
mod time_range;

pub use baseline_prompt::BaselinePrompt;
pub use completed_line::CompletedLine;
pub use confidence_matrix::ConfidenceMatrix;
pub use day_slider::{AsOf, DayInput, SliderStart, last_day};
pub use engine_query_pane::{EngineQueryLine, EngineQueryPane};
pub use facets::{FacetRow, FacetsPane};
pub use filter_prompt::FilterPrompt;
pub use help::HelpPane;
pub use mark_prompt::{MarkPart, MarkPrompt};
pub use palette::{CommandPalette, PaletteChoice, PaletteScope};
pub use promotion_preview::{PreviewLine, PromotionPreview};
pub use search_prompt::SearchPrompt;
pub use time_range::TimeRange;

use tui_input::{Input, InputRequest};

use crate::app::input::key::{Code, Key};
use crate::app::input::mode::Mode;
use crate::app::input::movement::MovementStep;
use crate::query::{FacetGroup, FilterField, ValueSpelling};

#[derive(Clone, Debug)]
pub enum Overlay {
    Help(HelpPane),
    Palette(CommandPalette),
    Search(SearchPrompt),
    Filter(Box<FilterPrompt>),
    Facets(FacetsPane),
    Matrix(ConfidenceMatrix),
    Range(TimeRange),
    AsOf(AsOf),
    Baseline(BaselinePrompt),
    Stub(TomlStub),
    Promotion(PromotionPreview),
    Query(EngineQueryPane),
    Mark(MarkPrompt),
    /// The findings about the files and settings, scrolled to this one.
    Problems(usize),
}

impl Overlay {
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Help(_) => Mode::Help,
            Self::Palette(_) => Mode::Palette,
            Self::Search(_) => Mode::Search,
            Self::Problems(_) => Mode::Problems,
            Self::Filter(_) => Mode::Filter,
            Self::Facets(facets) if facets.find.is_some() => Mode::Find,
            Self::Facets(_) => Mode::Facets,
            Self::Matrix(_) => Mode::Matrix,
            Self::Range(_) => Mode::Range,
            Self::Stub(_) => Mode::Stub,
            Self::Promotion(_) => Mode::Promotion,
            Self::Query(_) => Mode::Query,
            Self::Mark(_) => Mode::Mark,
            Self::AsOf(slider) if slider.typed.is_some() => Mode::Day,
            Self::AsOf(_) => Mode::AsOf,
            Self::Baseline(_) => Mode::Baseline,
        }
    }

    /// Whether it shows counts of events.
    pub const fn is_counted(&self) -> bool {
        matches!(self, Self::Facets(_) | Self::Matrix(_))
    }

    /// Stores new counts, if it shows any.
    pub fn take_counts(&mut self, groups: Vec<FacetGroup>) {
        match self {
            Self::Facets(facets) => facets.take(groups),
            Self::Matrix(matrix) => matrix.take(groups),
            _ => {}
        }
    }

    /// The selected value of the filter, with its field.
    pub fn choice(&self) -> Option<(&'static FilterField, ValueSpelling)> {
        match self {
            Self::Facets(facets) => facets.choice(),
            Self::Matrix(matrix) => matrix
                .choice()
                .map(|value| (ConfidenceMatrix::field(), value)),
            _ => None,
        }
    }

    /// Moves the selection of an overlay that needs no other state for it. `height`: the number of visible lines.
    pub(in crate::app) fn step(&mut self, step: MovementStep, height: usize) {
        match self {
            Self::Facets(facets) => facets.step(step, height),
            Self::Matrix(matrix) => matrix.step(if step.is_up() { -1 } else { 1 }, 0),
            _ => {}
        }
    }

    /// Edits the line that is being typed. Returns whether there is one.
    pub fn edit_line(&mut self, edit: impl Fn(&mut Input)) -> bool {
        match self {
            Self::Help(help) => help.edit(edit),
            Self::Facets(facets) if facets.find.is_some() => facets.edit_find(edit),
            Self::Palette(palette) => palette.edit(edit),
            Self::Search(search) => edit(&mut search.input),
            Self::Filter(prompt) => prompt.edit(edit),
            Self::Baseline(prompt) => prompt.edit(edit),
            Self::Mark(prompt) => prompt.line.edit(edit),
            Self::AsOf(slider) => match &mut slider.typed {
                Some(typed) => {
                    edit(&mut typed.input);
                    typed.mistake = None;
                }
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

/// Lines to copy into the file.
#[derive(Clone, Debug)]
pub struct TomlStub {
    pub lines: String,
    /// Whether it is a view, which `--print-view` prints on exit.
    pub is_view: bool,
}

/// Edits a line with a key, as shells do.
pub(super) fn edit(input: &mut Input, key: Key) {
    let request = match (key.code, key.ctrl) {
        (Code::Char('w'), true) => InputRequest::DeletePrevWord,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        (Code::Char('a'), true) | (Code::Home, _) => InputRequest::GoToStart,
        (Code::Char('e'), true) | (Code::End, _) => InputRequest::GoToEnd,
        (Code::Char(character), false) => InputRequest::InsertChar(character),
        (Code::Backspace, _) => InputRequest::DeletePrevChar,
        (Code::Delete, _) => InputRequest::DeleteNextChar,
        (Code::Left, _) => InputRequest::GoToPrevChar,
        (Code::Right, _) => InputRequest::GoToNextChar,
        _ => return,
    };
    input.handle(request);
}
