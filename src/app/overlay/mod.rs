//! Overlays: what lies above a screen. There is at most one.

mod as_of;
mod facets;
mod filter;
pub mod help;
mod matrix;
mod palette;
mod range;
mod search;

pub use as_of::{AsOf, SliderStart, Typed, last_day};
pub use facets::{FacetRow, Facets};
pub use filter::FilterPrompt;
pub use matrix::Matrix;
pub use palette::{Palette, PaletteChoice, PaletteScope};
pub use range::Range;
pub use search::Search;

use tui_input::{Input, InputRequest};

use crate::app::input::key::{Code, Key};

/// What lies above a screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the screen below, from this line on.
    Help(usize),
    /// Every command, by name.
    Palette(Palette),
    /// The search prompt.
    Search(Search),
    /// The filter prompt.
    Filter(Box<FilterPrompt>),
    /// The values of each field, with counts.
    Facets(Facets),
    /// How sure the claims are, aspect by aspect.
    Matrix(Matrix),
    /// A stretch of time is being chosen on the axis.
    Range(Range),
    /// The day as of which all is shown is being chosen.
    AsOf(AsOf),
    /// Lines to copy.
    Stub(Stub),
    /// What is wrong with the files, from this line on.
    Problems(usize),
}

/// Lines to copy into the file.
#[derive(Clone, Debug)]
pub struct Stub {
    /// The lines.
    pub lines: String,
    /// Whether they are the present view, which can be printed on leaving.
    pub is_view: bool,
}

/// Edits a line of text with a key.
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
