//! The formats that dateline reads and writes.

mod assemble;
mod attack_flow;
pub mod calendar_unit;
mod cascade;
pub mod comparison;
pub mod copy;
pub mod engines;
pub mod findings;
mod flow_order;
mod given_ids;
mod guard;
mod head;
pub mod headline;
pub mod import;
mod input_file;
mod json_object;
pub mod linear;
mod log;
pub mod marks;
mod memory;
mod midnights;
mod misp;
pub mod name_uuid;
mod open;
mod plain_file;
mod preview;
pub mod progress;
pub mod promotion;
mod read_ahead;
mod read_date;
pub mod readers;
mod row_selection;
mod schema;
mod source;
pub mod stix;
pub mod templates;
pub mod text;
mod text_blocks;
pub mod toml;
mod unpack;
mod unread_objects;
mod unseen;
mod utf16;
mod workbook;
pub mod writers;
mod wrong_types;
mod zip;
mod zones;

pub use assemble::RecognisedFile;
pub use head::HEAD_BYTES;
pub use input_file::{InputFile, ReadFailure};
pub use log::{
    DateOrder, GivenMapping, KnownTable, TableColumns, TableOptions, file_name, presets,
};
pub use open::{
    OpenedTimeline, columns_of, format_of, open, open_files, open_in, open_watched,
    open_with_fixes, read_and_check,
};
pub use plain_file::{FileBytes, PlainFile};
pub use preview::preview;
pub use progress::is_part;
pub use readers::recognise::is_binary;
pub use readers::{FormatReader, READERS};
pub use row_selection::RowSelection;
pub use schema::json_schema;
pub use source::ByteSource;
pub use unpack::PackingFormat;
pub use writers::{ExportOptions, FormatWriter, HandoutExtent, WRITERS};
