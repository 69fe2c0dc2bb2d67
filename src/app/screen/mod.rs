//! Screens. They form a stack: opening something pushes a screen, *back* pops it.

mod date_columns;
mod follower;
mod initial_view;
pub mod layout;
mod list_lines;
mod opening;
mod page_view;
mod row_gap;
mod row_marks;
mod row_order;
mod scene;
pub mod scene_layout;
mod scrollbar;
mod timeline;
mod undated_fold;

pub use date_columns::DateColumns;
pub use follower::{
    BriefingPace, BriefingTiming, FollowerLayout, FollowerPart, FollowerScreen, FollowerTexts,
    PresenterPresence, PresenterReport, PublishedStatus, SceneBudget, clock_face,
};
pub use initial_view::InitialView;
pub(in crate::app) use opening::OpeningTexts;
pub use page_view::PageView;
pub use row_gap::{GapColumn, gap_between};
pub use row_marks::RowMarks;
pub use row_order::is_order_established;
pub use scene::SceneScreen;
pub use scrollbar::{ListTicks, TickKind, thumb};
pub(in crate::app) use scrollbar::{TickSources, lines_of};
pub use timeline::{DrawnInputs, Focus, OpeningState, TimelineScreen};
pub use undated_fold::UndatedFold;

#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    Timeline(Box<TimelineScreen>),
    Page(Box<PageView>),
    Scene(Box<SceneScreen>),
    Follower(Box<FollowerScreen>),
}
