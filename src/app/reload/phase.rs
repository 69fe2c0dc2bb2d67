//! The phases of reloading, and how much of the files is on screen in each.

use std::fmt;
use std::sync::Arc;

use super::changes::TimelineChanges;
use super::fingerprint::ReadingFingerprints;
use crate::timeline::Timeline;

/// What is being done about the files.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ReloadPhase {
    /// Nothing: the last reading was shown or refused.
    Idle,
    /// The start of long files is on screen while the rest is read.
    Beginning { load: LoadProgress, next: NextPhase },
    /// The files are read again.
    Reading {
        /// How many readings were stopped before this one, in a row.
        restarts: u32,
        next: NextPhase,
    },
    /// The screens of a newer timeline are being prepared; the older one is on screen until then.
    Swapping { swap: PendingSwap, next: NextPhase },
}

impl ReloadPhase {
    /// How far the rest of long files is, as long as only their start is on screen.
    pub const fn load(&self) -> Option<&LoadProgress> {
        match self {
            Self::Beginning { load, .. } => Some(load),
            Self::Swapping { swap, .. } => match &swap.cause {
                SwapCause::RestRead { load, .. } => Some(load),
                SwapCause::Saved(_) => None,
            },
            Self::Idle | Self::Reading { .. } => None,
        }
    }

    pub const fn load_mut(&mut self) -> Option<&mut LoadProgress> {
        match self {
            Self::Beginning { load, .. } => Some(load),
            Self::Swapping { swap, .. } => match &mut swap.cause {
                SwapCause::RestRead { load, .. } => Some(load),
                SwapCause::Saved(_) => None,
            },
            Self::Idle | Self::Reading { .. } => None,
        }
    }
}

impl fmt::Display for ReloadPhase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let next = match self {
            Self::Idle => return formatter.write_str("idle"),
            Self::Beginning { load, next } => {
                let stopping = if load.is_stopping { ", stopping" } else { "" };
                write!(formatter, "beginning at {} %{stopping}", load.percent)?;
                next
            }
            Self::Reading { restarts, next } => {
                formatter.write_str("reading")?;
                if *restarts > 0 {
                    write!(formatter, ", restarted {restarts} times")?;
                }
                next
            }
            Self::Swapping { next, .. } => {
                formatter.write_str("swapping")?;
                next
            }
        };
        match next {
            NextPhase::Idle => Ok(()),
            NextPhase::Reading => formatter.write_str(", then reading"),
        }
    }
}

/// What follows a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextPhase {
    Idle,
    /// The files were saved meanwhile.
    Reading,
}

/// How far the rest of long files is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LoadProgress {
    /// The share of the bytes that was read, from 0 to 99.
    pub percent: u8,
    /// Whether the user has asked to read no more.
    pub is_stopping: bool,
    /// Whether the user has pressed any key since the files were opened.
    pub has_acted: bool,
}

/// A timeline that takes the place of the one on screen once its screens are prepared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PendingSwap {
    pub timeline: Arc<Timeline>,
    pub fingerprints: Option<ReadingFingerprints>,
    pub cause: SwapCause,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum SwapCause {
    Saved(TimelineChanges),
    RestRead {
        load: LoadProgress,
        /// In percent, if the user stopped the reading.
        stopped_at: Option<u8>,
    },
}

/// How much of the files is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownExtent {
    /// Everything.
    Whole,
    /// Their start, while the rest is read.
    Beginning {
        /// The share of the bytes that was read, from 0 to 99.
        percent: u8,
        /// Whether the user has asked to read no more.
        is_stopping: bool,
    },
    /// What had been read when the user stopped it.
    Part {
        /// The share of the bytes, from 0 to 99.
        percent: u8,
    },
}
