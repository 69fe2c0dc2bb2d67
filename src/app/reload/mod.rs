//! Reading the files again while they are shown: a state machine, the swap of one timeline for another that follows
//! from it, and what the user reads about both. It knows nothing of files.
//!
//! A save takes this path: the watcher reports [`ReloadEvent::Saved`], [`ReloadMachine`] asks for a reading, the thread
//! that reads reports [`ReloadEvent::Read`], the screens of the new timeline are prepared on another thread, and they
//! take the place of the old ones.

mod apply;
mod changes;
mod event;
mod fingerprint;
mod machine;
mod notice;
mod phase;
mod reading;
mod rebase;
mod screen_key;
pub(in crate::app) mod swap;
mod swap_request;
mod verdict;

pub use apply::can_stop;
pub(in crate::app) use apply::{reload, stop, take};
pub use changes::{EventChange, TimelineChanges};
pub use event::{FileWatching, ReloadAction, ReloadEvent};
pub use fingerprint::{FileFingerprint, ReadingFingerprints};
pub use machine::ReloadMachine;
pub use notice::ReloadNotice;
pub use phase::ShownExtent;
pub use reading::{FileReading, FileRequest, ReadOutcome, ReadRequest};
pub use swap_request::{SwapRequest, SwapResult};
