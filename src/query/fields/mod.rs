//! The table of fields, behind parsing, completion, facets, help and the README. A new field is a row here, with what it
//! asks in the file of its kind.

mod attribute;
mod claims;
mod dates;
mod entities;
mod events;
mod fixed;
mod has;
mod sources;
pub(super) mod text;
mod vocabulary;
mod words;

pub(super) use attribute::Choices;

use super::date_question::DateAsk;
use super::field::{CountValues, FacetOrder, Field, Kind};
use crate::timeline::term::Aspect;
use vocabulary::{ASPECTS, ASSESSED, CONFIDENCES, CONTESTED, STANCES, STANDINGS, TLPS, YES_NO};

/// The field of a name or alias; letter case does not matter.
pub fn find(name: &str) -> Option<&'static Field> {
    let is_called = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS
        .iter()
        .find(|field| is_called(field.name) || field.aliases.iter().any(|alias| is_called(alias)))
}

/// Every name and alias.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().flat_map(|field| {
        [field.name]
            .into_iter()
            .chain(field.aliases.iter().copied())
    })
}

/// Every field, in the order in which help explains them.
pub static FIELDS: &[Field] = &[
    Field::new(
        "text",
        Kind::Text,
        "words in its title, summary, claims or tags, in the names of its entities, or in what a log says",
        "text:proxyshell",
        |term| text::anywhere(term.timeline, term.values, term.errors),
    ),
    Field::new(
        "title",
        Kind::Text,
        "words in its title",
        "title:sanctions",
        |term| text::says(term, |columns| &columns.titles),
    ),
    Field::new(
        "summary",
        Kind::Text,
        "words in its summary",
        "summary:reprimand",
        |term| text::says(term, |columns| &columns.summaries),
    ),
    Field::new("id", Kind::Event, "its id", "id:web-shells-*", events::id),
    Field::new(
        "when",
        Kind::Date,
        "was it going on at some time in this range?",
        "when:\"late 2021..mid 2022\"",
        |term| dates::happened(term, DateAsk::of(term.operator)),
    )
    .aliases(&["happened", "during"])
    .ordered(),
    Field::new(
        "within",
        Kind::Date,
        "did it lie wholly in this range?",
        "within:2021",
        |term| dates::happened(term, DateAsk::Within),
    ),
    Field::new(
        "before",
        Kind::Date,
        "had it ended before this began?",
        "before:event(detection)",
        |term| dates::happened(term, DateAsk::Before),
    ),
    Field::new(
        "after",
        Kind::Date,
        "did it start after this had ended?",
        "after:event(commission-compromise)",
        |term| dates::happened(term, DateAsk::After),
    ),
    Field::new(
        "dated",
        Kind::Choice(YES_NO),
        "whether it has a date at all",
        "dated:no",
        events::dated,
    ),
    Field::new(
        "phase",
        Kind::Word,
        "its phase",
        "phase:sanction,legal",
        words::phase,
    )
    .facet(
        |timeline, _| words::all(timeline.phases()),
        FacetOrder::Phases,
        words::count_phases,
    ),
    Field::new(
        "lane",
        Kind::Word,
        "a lane it is drawn on",
        "lane:\"Electoral Commission\"",
        |term| words::listed(term, term.timeline.lanes(), |columns| &columns.lanes),
    )
    .facet(
        |timeline, _| words::all(timeline.lanes()),
        FacetOrder::Numbered,
        |timeline, count| {
            count.lists(&timeline.columns().lanes, |lane| lane.0);
        },
    ),
    Field::new(
        "actor",
        Kind::Entity,
        "who is said to have acted",
        "actor:zirconium",
        |term| entities::in_part(term, Aspect::Actor),
    )
    .aliases(&["actors"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Actor, count);
    }),
    Field::new(
        "target",
        Kind::Entity,
        "to whom it was done",
        "target:uk-parliamentarians",
        |term| entities::in_part(term, Aspect::Target),
    )
    .aliases(&["targets"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Target, count);
    }),
    Field::new(
        "accused",
        Kind::Entity,
        "whom it accuses, names, charges or sanctions",
        "-accused:*",
        |term| entities::in_part(term, Aspect::Accused),
    )
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Accused, count);
    }),
    Field::new(
        "addressee",
        Kind::Entity,
        "whom it is addressed to",
        "-addressee:*",
        |term| entities::in_part(term, Aspect::Addressee),
    )
    .aliases(&["addressees"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Addressee, count);
    }),
    Field::new(
        "entity",
        Kind::Entity,
        "an entity in any part: actor, target, accused, addressee, speaker, or what a claim names",
        "entity:apt31",
        entities::anywhere,
    )
    .aliases(&["who"])
    .values(entities::all),
    Field::new(
        "technique",
        Kind::Word,
        "an ATT&CK technique",
        "technique:T1505*",
        |term| {
            words::listed(term, term.timeline.techniques(), |columns| {
                &columns.techniques
            })
        },
    )
    .aliases(&["techniques", "attack"])
    .facet(
        |timeline, _| words::all(timeline.techniques()),
        FacetOrder::MostFirst,
        |timeline, count| {
            count.lists(&timeline.columns().techniques, |technique| technique.0);
        },
    ),
    Field::new("tag", Kind::Word, "a tag", "tag:proxyshell", |term| {
        words::listed(term, term.timeline.tags(), |columns| &columns.tags)
    })
    .aliases(&["tags"])
    .facet(
        |timeline, _| words::all(timeline.tags()),
        FacetOrder::MostFirst,
        |timeline, count| {
            count.lists(&timeline.columns().tags, |tag| tag.0);
        },
    ),
    Field::new(
        "attribute",
        Kind::Attribute,
        "what a log says under a name: that it says something, or `name=value`",
        "-attribute:*",
        attribute::bind,
    )
    .aliases(&["attributes", "attr"])
    .facet_of(
        attribute::few,
        FacetOrder::Names,
        CountValues::Found(attribute::count_few),
    ),
    Field::new(
        "discovered",
        Kind::Date,
        "was it noticed in this range?",
        "discovered:2022",
        |term| dates::stated(term, |columns| &columns.discovered),
    )
    .ordered(),
    Field::new(
        "disclosed",
        Kind::Date,
        "was the public told in this range?",
        "disclosed>=2023-08",
        |term| dates::stated(term, |columns| &columns.disclosed),
    )
    .ordered(),
    Field::new(
        "attributed",
        Kind::Date,
        "was somebody first said in this range to have done it?",
        "attributed:2021",
        |term| dates::stated(term, |columns| &columns.attributed),
    )
    .ordered(),
    Field::new(
        "by",
        Kind::Entity,
        "who makes a claim about it, or is silent on it",
        "by:ncsc",
        entities::by,
    )
    .aliases(&["speaker"])
    .facet(
        entities::all,
        FacetOrder::MostFirst,
        entities::count_speakers,
    ),
    Field::new(
        "source",
        Kind::Source,
        "a document that carries it",
        "source:fcdo-*",
        sources::source,
    )
    .facet(sources::all, FacetOrder::MostFirst, sources::count),
    Field::new(
        "publisher",
        Kind::Word,
        "who issued a document that carries it",
        "publisher:*commission*",
        sources::publisher,
    )
    .facet(
        sources::publishers,
        FacetOrder::MostFirst,
        sources::count_publishers,
    ),
    Field::new(
        "standing",
        Kind::Choice(STANDINGS),
        "how near a document that carries it stands to the words in it",
        "-standing:primary,copy",
        sources::standing,
    )
    .counted(sources::count_standings),
    Field::new(
        "published",
        Kind::Date,
        "was a document that carries it issued in this range?",
        "published<2024",
        sources::published,
    )
    .ordered(),
    Field::new(
        "said",
        Kind::Date,
        "was a claim about it made in this range?",
        "said<2024-03-25",
        claims::said,
    )
    .ordered(),
    Field::new(
        "about",
        Kind::Choice(ASPECTS),
        "what a claim is about",
        "about:date",
        claims::about,
    )
    .counted(claims::count_aspects),
    Field::new(
        "stance",
        Kind::Choice(STANCES),
        "what a speaker does with a statement",
        "stance:denies,doubts",
        claims::stance,
    )
    .counted(claims::count_stances),
    Field::new(
        "likelihood",
        Kind::Likelihood,
        "the likelihood of a claim, by the order of the speaker's own yardstick",
        "likelihood>=likely",
        claims::likelihood,
    )
    .ordered()
    .facet(
        claims::likelihoods,
        FacetOrder::MostFirst,
        claims::count_likelihoods,
    ),
    Field::new(
        "confidence",
        Kind::Scale(CONFIDENCES),
        "the confidence that a speaker states",
        "confidence>=moderate",
        claims::confidence,
    )
    .ordered()
    .counted(claims::count_confidences),
    Field::new(
        "words",
        Kind::Text,
        "words in a speaker's exact estimative words",
        "words:confidence",
        text::exact_words,
    ),
    Field::new(
        "contested",
        Kind::Choice(CONTESTED),
        "whether its claims differ, or on what",
        "contested:actor",
        claims::contested,
    )
    .counted(claims::count_contested),
    Field::new(
        "assessed",
        Kind::Assessment(ASSESSED),
        "how its claims put an aspect: flat, in terms of likelihood, or at odds",
        "assessed:actor-likely",
        claims::assessed,
    )
    .counted(claims::count_assessed),
    Field::new(
        "has",
        Kind::Choice(has::WORDS),
        "what it has",
        "has:likelihood",
        has::bind,
    ),
    Field::new(
        "claims",
        Kind::Number,
        "how many claims are made about it, without those that are silent",
        "claims>=10",
        claims::number,
    )
    .ordered(),
    Field::new(
        "sources",
        Kind::Number,
        "how many documents carry it",
        "sources:1",
        sources::number,
    )
    .ordered(),
    Field::new(
        "link",
        Kind::Link,
        "how it is tied to other events, or to which",
        "link:fcdo-statement",
        events::link,
    )
    .aliases(&["links"]),
    Field::new(
        "tlp",
        Kind::Scale(TLPS),
        "its marking, or the file's if it has none",
        "tlp<=GREEN",
        events::tlp,
    )
    .ordered()
    .counted(events::count_markings),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_a_name() {
        let mut all: Vec<&str> = names().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn each_example_uses_its_field() {
        for field in FIELDS {
            let parsed = super::super::parse::parse(field.example);
            let expr = parsed.expr.expect(field.name);
            assert!(
                expr.terms().iter().any(|term| term.field == Some(field)),
                "{}",
                field.name
            );
            assert_eq!(parsed.errors, []);
        }
    }
}
