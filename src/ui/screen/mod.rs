//! How screens look; the files have the names of those in `app`.

mod follower;
mod list;
mod page;
mod scene;
mod timeline;

pub(super) use follower::draw as follower;
pub(super) use page::draw as page;
pub(super) use scene::draw as scene;
pub(super) use timeline::draw as timeline;
