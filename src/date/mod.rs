//! Imprecise dates: what a source's words allow, as four bounds, and three-valued answers about them.
//!
//! Knows nothing about events, files or screens, and reads no clock.
//!
//! `parse`, `moment` and `words` read a text into what it says (`expression`); `refuse`, `readings`, `misplaced` and
//! `foreign` explain what they cannot read. What it says becomes what it allows (`bounds`), and both are an
//! `event_date`, which answers questions (`relate`). `display` shows what was said, never what was made of it.
#![deny(clippy::disallowed_methods)]

mod bounds;
mod display;
mod error;
mod event_date;
mod expression;
pub(crate) mod foreign;
mod instant;
mod lag;
mod misplaced;
mod moment;
mod names;
mod parse;
mod piece;
mod precision;
mod readings;
mod refuse;
mod relate;
mod stamp_form;
mod stamp_parts;
mod truth;
mod words;
mod zone;

pub use self::bounds::Bounds;
pub use self::display::Words;
pub use self::error::{DateError, DateErrorKind};
pub use self::event_date::EventDate;
pub use self::instant::{Instant, Span};
pub use self::lag::Lag;
pub(crate) use self::names::MONTHS;
pub use self::precision::{Precision, Qualifier, Shape};
pub use self::relate::{ask, ask_both};
pub use self::stamp_parts::StampForm;
pub use self::truth::Truth;
pub use self::zone::Zone;
