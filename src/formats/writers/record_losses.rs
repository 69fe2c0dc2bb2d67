//! What records keep of a timeline: a row for each event, without what connects events.

use super::loss::{Content, LossRow, kept, left_out};
use super::record_stamps::stamp;
use crate::timeline::{Event, Timeline};

/// The rows of every record, behind those about events and dates.
macro_rules! records {
    ($($first:expr),+ $(,)?) => {
        &[
            $($first,)+
            kept(Content::LaterDate, ""),
            kept(Content::Party, "by name"),
            kept(Content::Addressee, "by name"),
            kept(Content::Technique, ""),
            kept(Content::Phase, ""),
            kept(Content::Lane, ""),
            kept(Content::Tag, ""),
            kept(Content::Summary, ""),
            kept(Content::Marking, "the strictest of what a row names"),
            left_out(Content::Claim, "`contested` names the aspects on which they differ"),
            left_out(Content::Objection, ""),
            left_out(Content::Likelihood, ""),
            left_out(Content::Confidence, ""),
            left_out(Content::Link, ""),
            kept(Content::Sequence, "in `after`, which dateline reads back as a value of a log"),
            left_out(Content::OutsideReference, ""),
            kept(Content::Source, "by title"),
            left_out(Content::Derivation, ""),
            left_out(Content::SourceDetail, ""),
            left_out(Content::UncitedSource, ""),
            left_out(Content::PartyDetail, ""),
            left_out(Content::Question, ""),
            left_out(Content::Scene, ""),
            left_out(Content::Note, ""),
            left_out(Content::View, ""),
            left_out(Content::Title, ""),
            left_out(Content::Preface, ""),
            left_out(Content::Setting, ""),
            kept(Content::Attribute, "under the names of the log"),
        ]
    };
}

/// Rows with the date as written.
pub(super) const LOSSES: &[LossRow] = records![
    kept(Content::Event, ""),
    kept(Content::Date, "in `when_edtf`, with its bounds"),
];

/// Rows that must have a stamp.
pub(super) const STAMPED_LOSSES: &[LossRow] = records![
    kept(Content::Event, "").only(has_stamp),
    left_out(
        Content::Event,
        "they have no stamp: undated, or beyond years of four digits"
    ),
    kept(
        Content::Date,
        "in `when_edtf`, with its bounds; `datetime` is the first instant"
    ),
];

fn has_stamp(_: &Timeline, event: Event<'_>) -> bool {
    event.bounds().and_then(stamp).is_some()
}
