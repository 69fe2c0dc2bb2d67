//! What a format keeps of a timeline, as data: each writer states it in rows, once for each kind of content. The message of
//! an export, `--explain`, `--strict` and the tables of the guide all come from these rows.
//!
//! There is no outcome "narrower": no format may state more than the timeline does.

mod content;
mod report;
mod words;

pub use content::Content;
pub use report::{LossReport, ReportedLoss};
pub use words::{LOSS_WRITERS, LossWriter};

use crate::timeline::{Event, Timeline};

/// What becomes of a kind of content in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossOutcome {
    /// As it is in the timeline, in a place of its own.
    Kept,
    /// Less exact than in the timeline: a date has wider bounds.
    Widened,
    /// Only in prose, which a program cannot read back.
    InWords,
    LeftOut,
}

impl LossOutcome {
    /// Every outcome, from the best to the worst.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Widened, Self::InWords, Self::LeftOut];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Widened => "widened",
            Self::InWords => "in words",
            Self::LeftOut => "left out",
        }
    }

    pub const fn is_loss(self) -> bool {
        !matches!(self, Self::Kept)
    }
}

/// What becomes of one kind of content, or of a part of it.
#[derive(Clone, Copy, Debug)]
pub struct LossRow {
    pub content: Content,
    pub outcome: LossOutcome,
    /// Where it is in the output, or what replaces it; may be empty.
    pub how: &'static str,
    /// The events whose content the row is about; `None` for all.
    pub(super) only: Option<EventTest>,
}

/// Whether a row is about an event.
pub(super) type EventTest = fn(&Timeline, Event<'_>) -> bool;

const fn row(content: Content, outcome: LossOutcome, how: &'static str) -> LossRow {
    LossRow {
        content,
        outcome,
        how,
        only: None,
    }
}

pub(super) const fn kept(content: Content, how: &'static str) -> LossRow {
    row(content, LossOutcome::Kept, how)
}

pub(super) const fn widened(content: Content, how: &'static str) -> LossRow {
    row(content, LossOutcome::Widened, how)
}

pub(super) const fn in_words(content: Content, how: &'static str) -> LossRow {
    row(content, LossOutcome::InWords, how)
}

pub(super) const fn left_out(content: Content, how: &'static str) -> LossRow {
    row(content, LossOutcome::LeftOut, how)
}

impl LossRow {
    /// Limits the row to some events. The rows of one content must then divide all events among them.
    pub(super) const fn only(mut self, test: EventTest) -> Self {
        self.only = Some(test);
        self
    }
}
