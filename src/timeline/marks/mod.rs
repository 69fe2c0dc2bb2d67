//! Marks of people on events: stars, tags and notes. They are kept next to the evidence, in a file of their own, and never
//! change it.
//!
//! A mark names its event by the name of the file and the id of the event, or the line of a row of a log. If the lines of a
//! log moved, the print of the row's bytes finds it again.

mod event_mark;
mod find;
mod marked;
mod marks_file;
mod timeline_marks;

pub use event_mark::{EventMark, MarkEdit};
pub use find::LostMark;
pub use marks_file::{FileMark, ItemEdit, MarkedItem, MarksFile, RowPrint};
pub use timeline_marks::{EventMarks, FoundMark, TimelineMarks};
