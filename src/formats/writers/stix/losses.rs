//! What a bundle of STIX keeps, profile by profile.

use super::options::StixProfile;
use super::relation::{has_link_type, party_type};
use super::subject::follows_by_reference;
use super::times::StampedDate;
use crate::formats::stix::stamps::OuterBounds;
use crate::formats::writers::loss::{Content, LossRow, in_words, kept, left_out, widened};
use crate::formats::writers::time_fit::TimeFit;
use crate::timeline::term::Aspect;
use crate::timeline::{Event, Timeline};

/// The rows that differ between profiles, then those of every profile.
macro_rules! losses {
    ($($first:expr),+ $(,)?) => {
        &[
            kept(Content::Event, "an `incident` each"),
            $($first,)+
            in_words(Content::LaterDate, "in the description"),
            in_words(Content::Addressee, "as `related-to`, with the role in its description"),
            kept(Content::Technique, "as attack patterns, without the names that ATT&CK gives them"),
            in_words(Content::Phase, "in the description"),
            in_words(Content::Lane, "in the description"),
            kept(Content::Tag, "as labels"),
            kept(Content::Summary, "in the description"),
            kept(Content::Marking, "as marking definitions of TLP 2.0"),
            in_words(Content::Claim, "in notes"),
            in_words(
                Content::Objection,
                "in notes, and as opinions on what they answer or contest, if that is an object"
            ),
            in_words(Content::Likelihood, "in notes; never a confidence or an opinion"),
            in_words(
                Content::Confidence,
                "in notes, and as a number on a relationship to which one claim speaks"
            ),
            left_out(Content::OutsideReference, ""),
            kept(
                Content::Source,
                "as external references: of the event, or only of the report if they are marked more strictly"
            ),
            in_words(Content::Derivation, "in the references of the report"),
            in_words(
                Content::SourceDetail,
                "in the references of the report; addresses have their own place"
            ),
            kept(Content::UncitedSource, "as external references of the report"),
            in_words(
                Content::PartyDetail,
                "in descriptions; aliases of groups and ids of ATT&CK have their own place. With a filter, entities that no event names are left out"
            ),
            in_words(Content::Question, "in notes"),
            left_out(Content::Scene, ""),
            left_out(Content::Note, ""),
            left_out(Content::View, ""),
            kept(Content::Title, "as the name of the report"),
            kept(Content::Preface, "as the description of the report and a marking of every object"),
            left_out(Content::Setting, ""),
            left_out(Content::Attribute, "`jsonl` has them"),
        ]
    };
}

pub(in crate::formats::writers) const PLAIN: &[LossRow] = losses![
    widened(
        Content::Date,
        "the outer bounds, as times of relationships; the description has its words"
    )
    .only(has_times),
    in_words(Content::Date, "in the description"),
    kept(Content::Party, "as relationships").only(has_plain_types),
    in_words(
        Content::Party,
        "some as `related-to`, with the role in its description"
    ),
    in_words(
        Content::Link,
        "as `related-to`, with the kind in its description"
    ),
    in_words(
        Content::Sequence,
        "as `related-to`, with the description `after`"
    ),
];

pub(in crate::formats::writers) const INCIDENT: &[LossRow] = losses![
    kept(Content::Date, "as times of an `event`, with their fidelity").only(is_exact),
    widened(
        Content::Date,
        "the units around it, as times of an `event`; `when` has its words"
    )
    .only(is_wider),
    widened(
        Content::Date,
        "the outer bounds, as times of relationships; `when` has its words"
    )
    .only(has_times),
    in_words(Content::Date, "in `when` and in the description"),
    kept(Content::Party, "as relationships").only(has_incident_types),
    in_words(
        Content::Party,
        "some as `related-to`, with the role in its description"
    ),
    kept(Content::Link, "as `led-to` and `duplicate-of`").only(has_link_types),
    in_words(
        Content::Link,
        "some as `related-to`, with the kind in its description"
    ),
    kept(Content::Sequence, "as `next_event_refs`").only(is_named_before),
    in_words(
        Content::Sequence,
        "some as `related-to`: no event names another with a stricter marking"
    ),
];

/// Whether the date of an event is that of a relationship.
fn has_times(_: &Timeline, event: Event<'_>) -> bool {
    let has_relation = event.all_parties().next().is_some() || event.techniques().next().is_some();
    let when = event.when().filter(|_| has_relation);
    when.is_some_and(|when| OuterBounds::of(&when).is_bounded())
}

fn fit(event: Event<'_>) -> Option<TimeFit> {
    event.when().map(|when| StampedDate::of(&when).fit)
}

fn is_exact(_: &Timeline, event: Event<'_>) -> bool {
    fit(event) == Some(TimeFit::Exact)
}

fn is_wider(_: &Timeline, event: Event<'_>) -> bool {
    fit(event) == Some(TimeFit::Wider)
}

/// Whether STIX has a type for the relationship of every actor and target.
fn has_types(timeline: &Timeline, event: Event<'_>, profile: StixProfile) -> bool {
    let mut parties = event
        .all_parties()
        .filter(|(part, _)| matches!(part, Aspect::Actor | Aspect::Target));
    parties.all(|(part, id)| party_type(profile, part, timeline.entity(id)).is_some())
}

fn has_plain_types(timeline: &Timeline, event: Event<'_>) -> bool {
    has_types(timeline, event, StixProfile::Plain)
}

fn has_incident_types(timeline: &Timeline, event: Event<'_>) -> bool {
    has_types(timeline, event, StixProfile::Incident)
}

fn has_link_types(_: &Timeline, event: Event<'_>) -> bool {
    let mut own = event.links().iter().filter(|link| !link.reversed);
    own.all(|link| has_link_type(StixProfile::Incident, link.kind))
}

fn is_named_before(timeline: &Timeline, event: Event<'_>) -> bool {
    let mut earlier = event.after().iter().map(|&id| timeline.event(id));
    earlier.all(|earlier| follows_by_reference(timeline, event, earlier))
}
