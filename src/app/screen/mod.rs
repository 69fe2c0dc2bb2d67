//! Screens: places to be. They lie on a stack; what is drilled into is pushed, *back* pops.

mod page;
mod scene;
mod timeline;

pub use page::Reading;
pub use scene::SceneScreen;
pub use timeline::{DateColumns, Drawn, Focus, TimelineScreen};

/// A place to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Overview, list and detail.
    Timeline(Box<TimelineScreen>),
    /// A document on its own.
    Page(Box<Reading>),
    /// A scene of the briefing.
    Scene(Box<SceneScreen>),
}
