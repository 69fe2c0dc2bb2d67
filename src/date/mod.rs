//! Imprecise dates: what a source's words allow, as four bounds, and three-valued answers about them.
//!
//! Knows nothing about events, files or screens, and reads no clock.
//!
//! `parse`, `moment` and `plain_words` read a text into an `expression`. `refuse`, `numeric_dates`, `misordered` and
//! `foreign` explain what cannot be read. The `bounds` of an expression are what it allows. Both make an `event_date`,
//! which answers questions (`relate`). `display` shows what the source says, never the bounds.
#![deny(clippy::disallowed_methods)]

mod bounds;
mod display;
mod error;
mod event_date;
mod expression;
pub(crate) mod foreign;
mod gap;
mod instant;
mod lag;
mod meaning;
mod misordered;
mod moment;
mod names;
mod numeric_dates;
mod order;
mod parse;
mod plain_words;
mod precision;
mod refuse;
mod relate;
mod spelling;
mod stamp_form;
mod stamp_parts;
mod text_piece;
mod truth;
mod zone;

pub use self::bounds::Bounds;
pub use self::display::DateWords;
pub use self::error::{DateError, DateErrorKind, DateReading};
pub use self::event_date::EventDate;
pub use self::instant::{Instant, Span};
pub use self::lag::Lag;
pub use self::meaning::DateMeaning;
pub(crate) use self::names::MONTHS;
pub use self::order::DateOrder;
pub use self::precision::{DateShape, Precision, Qualifier};
pub use self::relate::{ask, ask_both};
pub use self::stamp_parts::StampForm;
pub use self::truth::Truth;
pub use self::zone::Zone;
