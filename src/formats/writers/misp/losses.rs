//! What an event of MISP keeps of a timeline.

use super::event_times::EventTimes;
use crate::formats::writers::loss::{Content, LossRow, in_words, kept, left_out, widened};
use crate::formats::writers::time_fit::TimeFit;
use crate::timeline::{Event, Timeline};

pub(in crate::formats::writers) const LOSSES: &[LossRow] = &[
    kept(Content::Event, "as an object `event`"),
    kept(Content::Date, "as stamps with their fidelity").only(is_exact),
    in_words(
        Content::Date,
        "in the comment of the object: no unit of the calendar is around it",
    )
    .only(is_only_words),
    widened(
        Content::Date,
        "the unit around it; the comment of the object has its words",
    ),
    in_words(Content::LaterDate, "in the comment of the object"),
    kept(
        Content::Party,
        "as objects of their own, by `attributed-to` and `targets`",
    ),
    kept(
        Content::Addressee,
        "by `mentions`, whose comment says in which role",
    ),
    kept(
        Content::Technique,
        "as an attribute with the id: galaxies of MISP want names",
    ),
    kept(Content::Phase, "as a tag of dateline"),
    kept(Content::Lane, "as tags of dateline"),
    kept(Content::Tag, "as tags of dateline"),
    kept(Content::Summary, ""),
    kept(Content::Marking, "as a tag of its first attribute"),
    in_words(Content::Claim, "a note on the event, by the speaker"),
    in_words(Content::Objection, "in the note, never as an opinion"),
    in_words(
        Content::Likelihood,
        "in the note; as a tag too, if it is a term of ICD 203 in the only claim that the event happened",
    ),
    in_words(
        Content::Confidence,
        "in the note; as a tag too, in the only claim that the event happened",
    ),
    kept(
        Content::Link,
        "as a reference; where MISP has no word for it, its comment has ours",
    ),
    kept(Content::Sequence, "by `preceded-by`"),
    left_out(Content::OutsideReference, ""),
    kept(Content::Source, "as an object `report`"),
    kept(Content::Derivation, "by `derived-from`"),
    kept(
        Content::SourceDetail,
        "in the object and its comment; the grade as an `intelligence-source-assessment`",
    ),
    kept(Content::UncitedSource, "as an object `report`"),
    kept(Content::PartyDetail, "in the object and its comment"),
    in_words(Content::Question, "a note on the whole"),
    in_words(Content::Scene, "in the report, which is the handout"),
    left_out(Content::Note, ""),
    left_out(Content::View, ""),
    kept(Content::Title, ""),
    in_words(Content::Preface, "in the report, which is the handout"),
    left_out(Content::Setting, ""),
    left_out(Content::Attribute, "`jsonl` has them"),
];

fn fit(event: Event<'_>) -> Option<TimeFit> {
    event.when().map(|when| EventTimes::of(&when).fit)
}

fn is_exact(_: &Timeline, event: Event<'_>) -> bool {
    fit(event) == Some(TimeFit::Exact)
}

fn is_only_words(_: &Timeline, event: Event<'_>) -> bool {
    fit(event) == Some(TimeFit::OnlyWords)
}
