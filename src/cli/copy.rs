//! What is copied, in words.

use crate::app::effect::CopyRequest;
use crate::formats::copy;
use crate::text::visible;
use crate::timeline::Timeline;

/// The words for something to be copied; none for what only the terminal knows.
pub(super) fn words(timeline: &Timeline, copied: &CopyRequest) -> Option<String> {
    match copied {
        CopyRequest::Said(subject) => Some(copy::said(timeline, *subject)),
        CopyRequest::Cited(cited) => {
            let cited = cited.iter().map(|it| (it.source, it.at.as_deref()));
            Some(copy::cited(timeline, &cited.collect::<Vec<_>>()))
        }
        CopyRequest::Filter(filter) => Some(visible(filter).into_owned()),
        CopyRequest::Command => None,
    }
}
