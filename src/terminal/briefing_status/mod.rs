//! The status of a briefing, which a presenter publishes for its followers in other terminals.
//!
//! It is a file in a folder that only the user can read. Its content is defined in `app`.

mod lease;
mod private_files;
mod publisher;
mod requests;
mod store;
mod subscriber;
mod wire;

pub(super) use publisher::{PublishOutcome, StatusPublisher};
pub(super) use requests::{listen, send};
pub use store::StatusStore;
pub(super) use subscriber::subscribe;
