//! Reloading: a state machine that decides what to read and to show, the swap of one timeline for another, and the
//! notices about both. It has no access to files.
//!
//! A save takes this path: the watcher reports [`ReloadEvent::Saved`], [`ReloadMachine`] requests a reading, the
//! reading thread reports [`ReloadEvent::Read`], another thread prepares the screens of the new timeline, and these
//! replace the old ones.

mod apply_actions;
mod event;
mod fingerprint;
mod notice;
mod phase;
mod read_request;
mod rebase;
mod screen_key;
mod state_machine;
pub(in crate::app) mod swap;
mod swap_request;
mod verdict;

pub use apply_actions::can_stop;
pub(in crate::app) use apply_actions::{reload, stop, take};
pub use event::{FileWatching, ReloadAction, ReloadEvent};
pub use fingerprint::{FileFingerprint, ReadingFingerprints};
pub use notice::ReloadNotice;
pub use phase::{ShownExtent, ShownVersion};
pub use read_request::{FileReading, FileRequest, ReadOutcome, ReadRequest};
pub use state_machine::ReloadMachine;
pub use swap_request::{SwapRequest, SwapResult};
