//! Reloading: a state machine that decides what to read and to show, the swap of one timeline for another, and the
//! notices about both. It has no access to files.
//!
//! A save takes this path: the watcher reports [`ReloadEvent::Saved`], [`ReloadMachine`] requests a reading, the reading
//! thread reports [`ReloadEvent::Read`], another thread prepares the screens of the new timeline, and these replace the
//! old ones.

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
