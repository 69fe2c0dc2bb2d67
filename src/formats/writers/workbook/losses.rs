//! What a workbook keeps of a timeline.

use crate::formats::writers::loss::{Content, LossRow, kept, left_out};

pub(in crate::formats::writers) const LOSSES: &[LossRow] = &[
    kept(Content::Event, ""),
    kept(
        Content::Date,
        "as text in `when_edtf`, with its bounds as dates",
    ),
    kept(Content::LaterDate, ""),
    kept(Content::Party, "by name"),
    kept(Content::Addressee, "by name"),
    kept(Content::Technique, ""),
    kept(Content::Phase, ""),
    kept(Content::Lane, ""),
    kept(Content::Tag, ""),
    kept(Content::Summary, ""),
    kept(
        Content::Marking,
        "each row shows the strictest of what it names",
    ),
    kept(Content::Claim, "on the sheet `Claims`"),
    kept(Content::Objection, "on the sheet `Claims`"),
    kept(Content::Likelihood, "on the sheet `Claims`"),
    kept(Content::Confidence, "on the sheet `Claims`"),
    kept(Content::Link, "on the sheet `Links`"),
    kept(Content::Sequence, "in `after`"),
    left_out(Content::OutsideReference, ""),
    kept(Content::Source, "by title"),
    kept(Content::Derivation, "on the sheet `Sources`"),
    kept(Content::SourceDetail, "on the sheet `Sources`"),
    kept(Content::UncitedSource, "on the sheet `Sources`"),
    kept(Content::PartyDetail, "on the sheet `Entities`"),
    kept(Content::Question, "on the sheet `Questions`"),
    left_out(Content::Scene, ""),
    left_out(Content::Note, ""),
    left_out(Content::View, ""),
    kept(Content::Title, "on the sheet `About`"),
    kept(Content::Preface, "on the sheet `About`"),
    kept(Content::Setting, "on the sheet `About`"),
    kept(Content::Attribute, "under the names of the log"),
];
