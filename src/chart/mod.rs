//! Charts: events on lanes over one time axis, as every picture of them shows them.
//!
//! The viewer, the handouts and every export of a picture ask here where an event lies and how sure each column of it
//! is. A chart counts columns: it knows no cells of a terminal, no units of a page, and no glyph.

mod axis;
mod axis_events;
mod breaks;
mod extent;
mod lanes;
mod marks;
mod place;
mod plan;
mod stack;
mod ticks;

pub use axis::Axis;
pub use axis_events::AxisEvents;
pub use breaks::{AxisBreak, AxisBreaks};
pub use extent::{SHORTEST, TimeExtent, fitted_span};
pub use lanes::Lanes;
pub use marks::{
    BandSegment, Chart, ChartEvents, ChartLane, EventMark, MarkShape, WORDS_OF_BREAKS,
};
pub use place::{AxisPlace, ChartColumns, ColumnFill, CutEnds, OffAxis, fills, fills_of_bounds};
pub use plan::AxisPlan;
pub use stack::{MOST_ROWS, MarkPlace, StackedMark, TitlePlace, stack, stack_with_titles};
pub use ticks::{AxisTick, TickLabels};
