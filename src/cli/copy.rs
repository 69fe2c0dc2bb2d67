//! What is copied, in words.

use crate::app::effect::Copied;
use crate::formats::copy;
use crate::text::visible;
use crate::timeline::Timeline;

/// The words for something to be copied; none for what only the terminal knows.
pub(super) fn words(timeline: &Timeline, copied: &Copied) -> Option<String> {
    match copied {
        Copied::Said(subject) => Some(copy::said(timeline, *subject)),
        Copied::Cited(cited) => {
            let cited = cited.iter().map(|it| (it.source, it.at.as_deref()));
            Some(copy::cited(timeline, &cited.collect::<Vec<_>>()))
        }
        Copied::Filter(filter) => Some(visible(filter).into_owned()),
        Copied::Command => None,
    }
}
