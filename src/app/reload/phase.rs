//! The phases of reloading, and the part of the files that is on screen in each.

use std::fmt;
use std::sync::Arc;

use super::fingerprint::ReadingFingerprints;
use crate::timeline::Timeline;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ReloadPhase {
    /// The last reading is shown or refused.
    Idle,
    /// The start of long files is on screen; the rest is being read.
    Beginning { load: LoadProgress, next: NextPhase },
    /// The files are being read again.
    Reading {
        /// The number of stopped readings before this one.
        restarts: u32,
        next: NextPhase,
    },
    /// The screens of a newer timeline are being prepared; the older one is still on screen.
    Swapping { swap: PendingSwap, next: NextPhase },
}

impl ReloadPhase {
    /// The progress of long files, while only their start is on screen.
    pub const fn load(&self) -> Option<&LoadProgress> {
        match self {
            Self::Beginning { load, .. } => Some(load),
            Self::Swapping { swap, .. } => match &swap.cause {
                SwapCause::RestRead { load, .. } => Some(load),
                SwapCause::Saved => None,
            },
            Self::Idle | Self::Reading { .. } => None,
        }
    }

    pub const fn load_mut(&mut self) -> Option<&mut LoadProgress> {
        match self {
            Self::Beginning { load, .. } => Some(load),
            Self::Swapping { swap, .. } => match &mut swap.cause {
                SwapCause::RestRead { load, .. } => Some(load),
                SwapCause::Saved => None,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextPhase {
    Idle,
    /// The files were saved during the phase.
    Reading,
}

/// The version of the files that is on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownVersion {
    /// When it was read, as the local time of day, if it is known.
    pub read_at: Option<String>,
    /// Whether there is a newer version that is not shown, because it has errors, is empty or is unreadable.
    pub is_behind: bool,
}

/// The progress of reading long files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LoadProgress {
    /// The part of the bytes that has been read, from 0 to 99.
    pub percent: u8,
    /// Whether the user has stopped the reading.
    pub is_stopping: bool,
    /// Whether the user has pressed a key since the files were opened.
    pub has_acted: bool,
}

/// A timeline that replaces the one on screen once its screens are prepared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PendingSwap {
    pub timeline: Arc<Timeline>,
    pub fingerprints: Option<ReadingFingerprints>,
    pub cause: SwapCause,
    /// The local time of day of the reading, if it is known.
    pub read_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum SwapCause {
    Saved,
    RestRead {
        load: LoadProgress,
        /// The part that was read, in percent, if the user stopped the reading.
        stopped_at: Option<u8>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownExtent {
    Whole,
    /// The start, while the rest is being read.
    Beginning {
        /// The part of the bytes that has been read, from 0 to 99.
        percent: u8,
        /// Whether the user has stopped the reading.
        is_stopping: bool,
    },
    /// The part that had been read when the user stopped.
    Part {
        /// The part of the bytes that had been read, from 0 to 99.
        percent: u8,
    },
}
