//! Screens as they look; the files bear the names of those in `app`.

mod list;
mod page;
mod timeline;

pub(super) use page::draw as page;
pub(super) use timeline::draw as timeline;
