//! The text that the viewer copies to the clipboard.

use crate::app::effect::CopyRequest;
use crate::formats::copy;
use crate::text::visible;
use crate::timeline::Timeline;

/// The text to copy. `None` for the command for a frame: only the terminal has the keys.
pub(super) fn words(timeline: &Timeline, copied: &CopyRequest) -> Option<String> {
    match copied {
        CopyRequest::Said(subject) => Some(copy::about(timeline, *subject)),
        CopyRequest::Cited(cited) => {
            let cited = cited.iter().map(|it| (it.source, it.at.as_deref()));
            Some(copy::cited(timeline, &cited.collect::<Vec<_>>()))
        }
        CopyRequest::Filter(filter) => Some(visible(filter).into_owned()),
        // A query contains nothing unprintable.
        CopyRequest::Query(query) => Some(query.clone()),
        CopyRequest::Command => None,
    }
}
