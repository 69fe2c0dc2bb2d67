//! What differs between two timelines, said in kinds from one closed table.
//!
//! The two are two versions of a file, two files, or one file as of two days. [`TimelineComparison::between`] finds out
//! which event, claim, entity, source, view, scene and question of one is that of the other, and then compares each pair
//! key by key.
//!
//! # Laws
//!
//! - A timeline does not differ from itself, however its tables are ordered.
//! - Compared the other way round, each difference is the [mirror image](ChangeKind::mirror) of its kind.
//! - Nothing is guessed: what has no certain counterpart is new on one side and withdrawn on the other.
//! - Two terms of likelihood are compared on one yardstick only.

mod baseline;
mod changes;
mod claims;
mod comparison;
mod counterparts;
mod dates;
mod difference;
mod events;
mod item;
mod kind;
mod names;
mod pair;
mod renamed_events;
mod same_rows;
mod tables;
mod withheld;
mod wording;

pub use crate::timeline::{ItemKind, ItemPresence};
pub use baseline::{Baseline, BaselineVersion};
pub use comparison::TimelineComparison;
pub use difference::Difference;
pub use item::{ClaimComparison, ComparedItem};
pub use kind::ChangeKind;
pub use pair::EventPair;
pub use withheld::TrueDifferences;
