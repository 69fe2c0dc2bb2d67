//! The table of fields, behind parsing, completion, facets, help and the README. A new field is a row here, and a bind
//! function in the file of its kind.

mod attribute;
mod changed;
mod claims;
mod dates;
mod entities;
mod events;
mod fixed;
mod has;
mod lookup;
mod marks;
mod paged_attributes;
mod sources;
pub(super) mod text;
mod vocabulary;
mod words;

pub(super) use attribute::AttributeChoices;
pub(super) use dates::years;
pub use lookup::find;
pub(super) use lookup::{meant_by, names};

use super::date_question::DateAsk;
use super::field::{CountValues, FacetOrder, FieldKind, FilterField};
use crate::timeline::term::Aspect;
use vocabulary::{ASPECTS, ASSESSED, CONFIDENCES, CONTESTED, STANCES, STANDINGS, TLPS, YES_NO};

/// Every field, in the order of the help.
pub static FIELDS: &[FilterField] = &[
    FilterField::new(
        "text",
        FieldKind::Text,
        "words in its title, summary, claims or tags, in the names of its entities, or in its attributes from a log",
        "text:proxyshell",
        |term| text::anywhere(term.timeline, term.values, term.errors),
    ),
    FilterField::new(
        "title",
        FieldKind::Text,
        "words in its title",
        "title:sanctions",
        |term| text::says(term, |columns| &columns.titles, |page| &page.titles),
    ),
    FilterField::new(
        "summary",
        FieldKind::Text,
        "words in its summary",
        "summary:reprimand",
        |term| text::says(term, |columns| &columns.summaries, |page| &page.summaries),
    ),
    FilterField::new(
        "id",
        FieldKind::Event,
        "its id",
        "id:web-shells-*",
        events::id,
    )
    .asked_of_all(),
    FilterField::new(
        "when",
        FieldKind::Date,
        "was it going on at some time in this range?",
        "when:\"late 2021..mid 2022\"",
        |term| dates::happened(term, DateAsk::of(term.operator)),
    )
    .aliases(&["happened", "during"])
    .ordered()
    .facet_of(
        |timeline, _| dates::years(timeline).map(dates::named).collect(),
        FacetOrder::Numbered,
        CountValues::Found(dates::count_years),
    ),
    FilterField::new(
        "within",
        FieldKind::Date,
        "did it lie wholly in this range?",
        "within:2021",
        |term| dates::happened(term, DateAsk::Within),
    ),
    FilterField::new(
        "before",
        FieldKind::Date,
        "had it ended before this began?",
        "before:event(detection)",
        |term| dates::happened(term, DateAsk::Before),
    ),
    FilterField::new(
        "after",
        FieldKind::Date,
        "did it start after this had ended?",
        "after:event(commission-compromise)",
        |term| dates::happened(term, DateAsk::After),
    ),
    FilterField::new(
        "dated",
        FieldKind::Choice(YES_NO),
        "whether it has a date",
        "dated:no",
        events::dated,
    ),
    FilterField::new(
        "changed",
        FieldKind::Change,
        "whether it differs from an earlier version, in what, or how: `new`, `date`, `claims`, `narrowed` …",
        "changed:new,date",
        changed::bind,
    )
    .asked_of_all()
    .facet(changed::words, FacetOrder::Numbered, changed::count),
    FilterField::new(
        "marked",
        FieldKind::Choice(YES_NO),
        "whether anyone marked it with a star, a tag or a note in a marks file",
        "marked:yes",
        marks::marked,
    )
    .asked_of_marks()
    .facet(marks::yes_and_no, FacetOrder::Numbered, marks::count_marked),
    FilterField::new(
        "star",
        FieldKind::Choice(YES_NO),
        "whether anyone gave it a star in a marks file",
        "star:yes",
        marks::starred,
    )
    .asked_of_marks()
    .facet(marks::yes_and_no, FacetOrder::Numbered, marks::count_starred),
    FilterField::new(
        "mark",
        FieldKind::Word,
        "a tag that someone gave it in a marks file",
        "mark:ioc",
        marks::tag,
    )
    .aliases(&["marks"])
    .asked_of_marks()
    .facet(
        |timeline, _| words::all(timeline.marks().tags()),
        FacetOrder::MostFirst,
        marks::count_tags,
    ),
    FilterField::new(
        "note",
        FieldKind::Text,
        "words in a note that someone wrote about it in a marks file",
        "note:token",
        marks::note,
    )
    .asked_of_marks(),
    FilterField::new(
        "phase",
        FieldKind::Word,
        "its phase",
        "phase:sanction,legal",
        words::phase,
    )
    .facet(
        |timeline, _| words::all(timeline.phases()),
        FacetOrder::Phases,
        words::count_phases,
    ),
    FilterField::new(
        "lane",
        FieldKind::Word,
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
    FilterField::new(
        "actor",
        FieldKind::Entity,
        "who is said to have acted",
        "actor:zirconium",
        |term| entities::in_part(term, Aspect::Actor),
    )
    .aliases(&["actors"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Actor, count);
    }),
    FilterField::new(
        "target",
        FieldKind::Entity,
        "to whom it was done",
        "target:uk-parliamentarians",
        |term| entities::in_part(term, Aspect::Target),
    )
    .aliases(&["targets"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Target, count);
    }),
    FilterField::new(
        "accused",
        FieldKind::Entity,
        "whom it accuses, names, charges or sanctions",
        "accused:apt31",
        |term| entities::in_part(term, Aspect::Accused),
    )
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Accused, count);
    }),
    FilterField::new(
        "addressee",
        FieldKind::Entity,
        "whom it is addressed to",
        "addressee:china",
        |term| entities::in_part(term, Aspect::Addressee),
    )
    .aliases(&["addressees"])
    .facet(entities::all, FacetOrder::MostFirst, |timeline, count| {
        entities::count(timeline, Aspect::Addressee, count);
    }),
    FilterField::new(
        "entity",
        FieldKind::Entity,
        "an entity in any part: actor, target, accused, addressee, speaker, or what a claim names",
        "entity:apt31",
        entities::anywhere,
    )
    .aliases(&["who"])
    .values(entities::all),
    FilterField::new(
        "technique",
        FieldKind::Word,
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
    FilterField::new("tag", FieldKind::Word, "a tag", "tag:proxyshell", |term| {
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
    FilterField::new(
        "attribute",
        FieldKind::Attribute,
        "an attribute from a log: its name, or `name=value`",
        "attribute:computer=mail*",
        attribute::bind,
    )
    .aliases(&["attributes", "attr"])
    .facet_of(
        attribute::few,
        FacetOrder::Names,
        CountValues::Found(attribute::count_few),
    ),
    FilterField::new(
        "discovered",
        FieldKind::Date,
        "was it discovered in this range?",
        "discovered:2022",
        |term| dates::stated(term, |columns| &columns.discovered),
    )
    .ordered(),
    FilterField::new(
        "disclosed",
        FieldKind::Date,
        "was it disclosed in this range?",
        "disclosed>=2023-08",
        |term| dates::stated(term, |columns| &columns.disclosed),
    )
    .ordered(),
    FilterField::new(
        "attributed",
        FieldKind::Date,
        "was it attributed in this range?",
        "attributed:2021",
        |term| dates::stated(term, |columns| &columns.attributed),
    )
    .ordered(),
    FilterField::new(
        "by",
        FieldKind::Entity,
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
    FilterField::new(
        "source",
        FieldKind::Source,
        "a document that carries it",
        "source:fcdo-*",
        sources::source,
    )
    .facet(sources::all, FacetOrder::MostFirst, sources::count),
    FilterField::new(
        "publisher",
        FieldKind::Word,
        "who issued a document that carries it",
        "publisher:*commission*",
        sources::publisher,
    )
    .facet(
        sources::publishers,
        FacetOrder::MostFirst,
        sources::count_publishers,
    ),
    FilterField::new(
        "standing",
        FieldKind::Choice(STANDINGS),
        "how close a document that carries it is to the original words",
        "standing:primary",
        sources::standing,
    )
    .counted(sources::count_standings),
    FilterField::new(
        "published",
        FieldKind::Date,
        "was a document that carries it issued in this range?",
        "published<2024",
        sources::published,
    )
    .ordered(),
    FilterField::new(
        "said",
        FieldKind::Date,
        "was a claim about it made in this range?",
        "said<2024-03-25",
        claims::said,
    )
    .ordered(),
    FilterField::new(
        "about",
        FieldKind::Choice(ASPECTS),
        "what a claim is about",
        "about:date",
        claims::about,
    )
    .counted(claims::count_aspects),
    FilterField::new(
        "stance",
        FieldKind::Choice(STANCES),
        "what a speaker does with a statement",
        "stance:denies,doubts",
        claims::stance,
    )
    .counted(claims::count_stances),
    FilterField::new(
        "likelihood",
        FieldKind::Likelihood,
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
    FilterField::new(
        "confidence",
        FieldKind::Scale(CONFIDENCES),
        "the confidence that a speaker states",
        "confidence>=moderate",
        claims::confidence,
    )
    .ordered()
    .counted(claims::count_confidences),
    FilterField::new(
        "words",
        FieldKind::Text,
        "words in a speaker's exact estimative words",
        "words:confidence",
        text::exact_words,
    ),
    FilterField::new(
        "contested",
        FieldKind::Choice(CONTESTED),
        "whether its claims differ, or on what",
        "contested:actor",
        claims::contested,
    )
    .counted(claims::count_contested),
    FilterField::new(
        "assessed",
        FieldKind::Assessment(ASSESSED),
        "how sure its claims are of an aspect",
        "assessed:actor-likely",
        claims::assessed,
    )
    .counted(claims::count_assessed),
    FilterField::new(
        "has",
        FieldKind::Choice(has::WORDS),
        "what it has",
        "has:likelihood",
        has::bind,
    ),
    FilterField::new(
        "claims",
        FieldKind::Number,
        "how many claims are made about it, not counting silent ones",
        "claims>=10",
        claims::number,
    )
    .ordered(),
    FilterField::new(
        "speakers",
        FieldKind::Number,
        "how many speakers make claims about it, not counting silent ones",
        "speakers:1",
        claims::speakers,
    )
    .ordered(),
    FilterField::new(
        "sources",
        FieldKind::Number,
        "how many documents carry it",
        "sources:1",
        sources::number,
    )
    .ordered(),
    FilterField::new(
        "link",
        FieldKind::Link,
        "its kind of link to other events, or the linked event",
        "link:fcdo-statement",
        events::link,
    )
    .asked_of_all()
    .aliases(&["links"]),
    FilterField::new(
        "tlp",
        FieldKind::Scale(TLPS),
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
