//! The domain: events, entities, sources and claims, read once and never changed.
//!
//! [`build()`] makes a sorted [`Timeline`] from a [`draft::DraftTimeline`]. No method changes it, so it is freely shared. This
//! module knows nothing of files, filters or screens.

mod account;
pub mod assessment;
mod build;
mod canonical_ids;
mod changes;
pub mod check;
mod chosen_rows;
mod claim_columns;
pub mod clock;
mod column;
mod compared;
mod comparison;
mod contested;
mod data;
mod dates;
pub mod draft;
mod effective_marking;
mod entity;
mod event;
mod event_columns;
pub mod facts;
mod first_scene;
mod independence;
mod keys;
pub mod likelihood;
mod link;
pub mod log;
mod marks;
pub(crate) mod paged_texts;
mod redact;
mod redactions;
mod sequence;
mod shared_table;
mod source;
mod story;
pub mod term;
mod visit_control;
mod written_rows;

pub use account::{AccountLine, SceneAccount};
pub use assessment::{Assessments, Level};
pub use build::{build, build_rows};
pub use changes::{ChangeLine, ChangedItem, ChangesSince, ItemKind, ItemPresence, TimelineChanges};
pub use clock::{ByClock, Clock};
pub use column::{
    AttributeColumn, FEW_VALUES, LineColumn, ListColumn, TermId, TextColumn, ValueColumn,
    Vocabulary,
};
pub(crate) use column::{SparseColumn, unique};
pub use contested::ClaimDifferences;
pub use data::{Timeline, TimelineHead};
pub use dates::{BoundsColumn, DateColumn, DateNature};
pub use entity::{Entity, EntityId};
pub use event::Event;
pub(crate) use event_columns::EventColumns;
pub(crate) use keys::slug;
pub use link::{EventId, EventLink};
pub use marks::{
    EventMark, EventMarks, FileMark, FoundMark, ItemEdit, LostMark, MarkEdit, MarkedItem,
    MarksFile, RowPrint, TimelineMarks,
};
pub use paged_texts::{PageTexts, PageVisitor, PagedLog, PagedRows, RawTest, RowsFound, TextTest};
pub use redact::{OpenEndedDay, UnmarkedItems};
pub use redactions::{DateAsOf, EventRedactions, RedactionCounts, Redactions};
pub use source::{Claim, ClaimId, ClaimValue, Source, SourceId, SourceIndependence, ValueMeaning};
pub use story::{Question, Scene, View};
pub use term::AspectSet;
pub use visit_control::VisitControl;
pub use written_rows::WrittenRows;
