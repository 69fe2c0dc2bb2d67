//! Screens: places to be. They lie on a stack; what is drilled into is pushed, *back* pops.

mod date_columns;
mod follower;
mod initial_view;
pub mod layout;
mod page;
mod scene;
pub mod scene_layout;
mod timeline;

pub use date_columns::DateColumns;
pub use follower::{
    BriefingPace, BriefingTiming, FollowerLayout, FollowerPart, FollowerScreen, FollowerTexts,
    PresenterPresence, PresenterReport, PublishedStatus, SceneBudget, clock_face,
};
pub use initial_view::InitialView;
pub use page::Reading;
pub use scene::SceneScreen;
pub use timeline::{Drawn, Focus, TimelineScreen};

/// A place to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Overview, list and detail.
    Timeline(Box<TimelineScreen>),
    /// A document on its own.
    Page(Box<Reading>),
    /// A scene of the briefing.
    Scene(Box<SceneScreen>),
    /// The notes for the briefer, in a second terminal.
    Follower(Box<FollowerScreen>),
}
