//! The fields of the filter language: one table behind parsing, completion, facets, help and the README.

use super::has;
use super::syntax::Operator;
use crate::timeline::term::{Aspect, Confidence, LinkKind, Stance, Standing, Tlp};

/// What can be asked about an event: a row of [`FIELDS`].
#[derive(Debug, PartialEq)]
pub struct Field {
    /// Which it is.
    pub id: FieldId,
    /// The name in a filter.
    pub name: &'static str,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// What its values are.
    pub kind: Kind,
    /// How it can be compared.
    pub operators: &'static [Operator],
    /// What it asks, in one line.
    pub summary: &'static str,
    /// A filter that uses it, and finds something in the case that is shipped with dateline.
    pub example: &'static str,
    /// Whether its values stand in the facets.
    pub is_facet: bool,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words that stand anywhere in a text, whatever their letter case.
    Text,
    /// A word of the timeline's own; `*` in it stands for anything.
    Word,
    /// An entity: its id, name or one of its aliases; `*` stands for anything.
    Entity,
    /// A source: its id or title; `*` stands for anything.
    Source,
    /// An event: its id; `*` stands for anything.
    Event,
    /// A kind of link or the id of an event.
    Link,
    /// A date, a range `from..to`, or `event(id)`.
    Date,
    /// A whole number or a range `from..to`.
    Number,
    /// A name under which a log says something, or `name=value`; `*` stands for anything.
    Attribute,
    /// One of a few fixed words.
    Choice(&'static [&'static str]),
    /// One of a few fixed words that are in order.
    Scale(&'static [&'static str]),
    /// A term of a yardstick.
    Likelihood,
}

/// The fields by name, for those who work on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the table says what each is")]
pub enum FieldId {
    Text,
    Title,
    Summary,
    Id,
    When,
    Within,
    Before,
    After,
    Dated,
    Phase,
    Lane,
    Actor,
    Target,
    Accused,
    Addressee,
    Entity,
    Technique,
    Tag,
    Attribute,
    Discovered,
    Disclosed,
    Attributed,
    By,
    Source,
    Publisher,
    Standing,
    Published,
    Said,
    About,
    Stance,
    Likelihood,
    Confidence,
    Words,
    Contested,
    Assessed,
    Has,
    Claims,
    Sources,
    Link,
    Tlp,
}

const IS: &[Operator] = &[Operator::Is];
const ALL: &[Operator] = &[
    Operator::Is,
    Operator::Less,
    Operator::AtMost,
    Operator::More,
    Operator::AtLeast,
];

const ASPECTS: &[&str] = &words_of_aspects();
/// `yes`, `no` and each aspect.
const CONTESTED: &[&str] = &{
    let mut words = ["yes"; ASPECTS.len() + 2];
    words[1] = "no";
    let mut at = 0;
    while at < ASPECTS.len() {
        words[at + 2] = ASPECTS[at];
        at += 1;
    }
    words
};

/// Each word with each level behind it.
macro_rules! at_each_level {
    ($($aspect:literal),+ $(,)?) => {
        &[$(
            concat!($aspect, "-established"),
            concat!($aspect, "-likely"),
            concat!($aspect, "-contested"),
            concat!($aspect, "-unlikely"),
            concat!($aspect, "-unstated"),
        )+]
    };
}

/// Each aspect with each level.
const ASSESSED: &[&str] = at_each_level![
    "event",
    "date",
    "actor",
    "target",
    "accused",
    "addressee",
    "capacity",
    "number",
    "method",
    "effect",
    "status",
    "reason",
    "response",
];
const YES_NO: &[&str] = &["yes", "no"];
const STANCES: &[&str] = &[
    Stance::Asserts.as_str(),
    Stance::Denies.as_str(),
    Stance::Doubts.as_str(),
    Stance::Silent.as_str(),
];
const CONFIDENCES: &[&str] = &[
    Confidence::Low.as_str(),
    Confidence::Moderate.as_str(),
    Confidence::High.as_str(),
];
const TLPS: &[&str] = &[
    Tlp::Clear.as_str(),
    Tlp::Green.as_str(),
    Tlp::Amber.as_str(),
    Tlp::AmberStrict.as_str(),
    Tlp::Red.as_str(),
];
const STANDINGS: &[&str] = &[
    Standing::Primary.as_str(),
    Standing::Copy.as_str(),
    Standing::Secondary.as_str(),
];

const fn words_of_aspects() -> [&'static str; Aspect::ALL.len()] {
    let mut words = [""; Aspect::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Aspect::ALL[at].as_str();
        at += 1;
    }
    words
}

/// A row, but for what most rows have alike: no aliases, `:` only, not among the facets.
const fn field(
    id: FieldId,
    name: &'static str,
    kind: Kind,
    summary: &'static str,
    example: &'static str,
) -> Field {
    Field {
        id,
        name,
        aliases: &[],
        kind,
        operators: IS,
        summary,
        example,
        is_facet: false,
    }
}

impl Field {
    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn ordered(mut self) -> Self {
        self.operators = ALL;
        self
    }

    const fn facet(mut self) -> Self {
        self.is_facet = true;
        self
    }

    /// What a value of it is, as an error says that it was expected.
    pub fn wants(&self) -> String {
        match self.kind {
            Kind::Text => "words to look for".to_owned(),
            Kind::Word => format!("a {} of this timeline, or `*`", self.name),
            Kind::Entity => "an entity's id, name or alias, or `*`".to_owned(),
            Kind::Source => "a source's id or title, or `*`".to_owned(),
            Kind::Event => "the id of an event".to_owned(),
            Kind::Link => "a kind of link, such as `part-of`, or the id of an event".to_owned(),
            Kind::Date => {
                "a date, such as `2021`, `2021..2022-06` or `\"late 2021\"`, or `event(id)`"
                    .to_owned()
            }
            Kind::Number => "a whole number, or a range such as `2..5`".to_owned(),
            Kind::Attribute => {
                "a name in a log, such as `computer`, or `computer=web-1`, or `*`".to_owned()
            }
            Kind::Choice(ASSESSED) => {
                "an aspect and a level (`established`, `likely`, `contested`, `unlikely`, `unstated`), such as `actor-contested`"
                    .to_owned()
            }
            Kind::Choice(words) | Kind::Scale(words) => format!("one of {}", list(words)),
            Kind::Likelihood => {
                "a term of a yardstick, such as `likely` or `\"highly likely\"`".to_owned()
            }
        }
    }

    /// The part in an event that its entities take; none if it is not about a part.
    pub const fn part(&self) -> Option<Aspect> {
        Some(match self.id {
            FieldId::Actor => Aspect::Actor,
            FieldId::Target => Aspect::Target,
            FieldId::Accused => Aspect::Accused,
            FieldId::Addressee => Aspect::Addressee,
            _ => return None,
        })
    }

    /// The fixed words that are its values; empty where the timeline or the user chooses them.
    pub const fn choices(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Choice(words) | Kind::Scale(words) => words,
            _ => &[],
        }
    }
}

/// The field of a name or alias; letter case does not matter.
pub fn find(name: &str) -> Option<&'static Field> {
    let is_called = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS
        .iter()
        .find(|field| is_called(field.name) || field.aliases.iter().any(|alias| is_called(alias)))
}

/// The row of a field.
pub fn row(id: FieldId) -> &'static Field {
    FIELDS
        .iter()
        .find(|field| field.id == id)
        .expect("a test holds that each field has a row")
}

/// Every name and alias.
pub fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().flat_map(|field| {
        [field.name]
            .into_iter()
            .chain(field.aliases.iter().copied())
    })
}

/// The kinds of link by name.
pub(super) fn link_kinds() -> impl Iterator<Item = &'static str> {
    LinkKind::ALL.iter().map(|kind| kind.as_str())
}

fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Every field, in the order in which help explains them.
pub static FIELDS: &[Field] = &[
    field(
        FieldId::Text,
        "text",
        Kind::Text,
        "words in its title, summary, claims or tags, in the names of its entities, or in what a log says",
        "text:proxyshell",
    ),
    field(
        FieldId::Title,
        "title",
        Kind::Text,
        "words in its title",
        "title:sanctions",
    ),
    field(
        FieldId::Summary,
        "summary",
        Kind::Text,
        "words in its summary",
        "summary:reprimand",
    ),
    field(FieldId::Id, "id", Kind::Event, "its id", "id:web-shells-*"),
    field(
        FieldId::When,
        "when",
        Kind::Date,
        "was it going on at some time in this range?",
        "when:\"late 2021..mid 2022\"",
    )
    .aliases(&["happened", "during"])
    .ordered(),
    field(
        FieldId::Within,
        "within",
        Kind::Date,
        "did it lie wholly in this range?",
        "within:2021",
    ),
    field(
        FieldId::Before,
        "before",
        Kind::Date,
        "had it ended before this began?",
        "before:event(detection)",
    ),
    field(
        FieldId::After,
        "after",
        Kind::Date,
        "did it start after this had ended?",
        "after:event(commission-compromise)",
    ),
    field(
        FieldId::Dated,
        "dated",
        Kind::Choice(YES_NO),
        "whether it has a date at all",
        "dated:no",
    ),
    field(
        FieldId::Phase,
        "phase",
        Kind::Word,
        "its phase",
        "phase:sanction,legal",
    )
    .facet(),
    field(
        FieldId::Lane,
        "lane",
        Kind::Word,
        "a lane it is drawn on",
        "lane:\"Electoral Commission\"",
    )
    .facet(),
    field(
        FieldId::Actor,
        "actor",
        Kind::Entity,
        "who is said to have acted",
        "actor:zirconium",
    )
    .aliases(&["actors"])
    .facet(),
    field(
        FieldId::Target,
        "target",
        Kind::Entity,
        "to whom it was done",
        "target:apt31",
    )
    .aliases(&["targets"])
    .facet(),
    field(
        FieldId::Accused,
        "accused",
        Kind::Entity,
        "whom it accuses, names, charges or sanctions",
        "-accused:*",
    )
    .facet(),
    field(
        FieldId::Addressee,
        "addressee",
        Kind::Entity,
        "whom it is addressed to",
        "-addressee:*",
    )
    .aliases(&["addressees"])
    .facet(),
    field(
        FieldId::Entity,
        "entity",
        Kind::Entity,
        "an entity in any part: actor, target, accused, addressee, speaker, or what a claim names",
        "entity:apt31",
    )
    .aliases(&["who"]),
    field(
        FieldId::Technique,
        "technique",
        Kind::Word,
        "an ATT&CK technique",
        "technique:T1505*",
    )
    .aliases(&["techniques", "attack"])
    .facet(),
    field(FieldId::Tag, "tag", Kind::Word, "a tag", "tag:proxyshell")
        .aliases(&["tags"])
        .facet(),
    field(
        FieldId::Attribute,
        "attribute",
        Kind::Attribute,
        "what a log says under a name: that it says something, or `name=value`",
        "-attribute:*",
    )
    .aliases(&["attributes", "attr"])
    .facet(),
    field(
        FieldId::Discovered,
        "discovered",
        Kind::Date,
        "was it noticed in this range?",
        "discovered:2022",
    )
    .ordered(),
    field(
        FieldId::Disclosed,
        "disclosed",
        Kind::Date,
        "was the public told in this range?",
        "disclosed>=2023-08",
    )
    .ordered(),
    field(
        FieldId::Attributed,
        "attributed",
        Kind::Date,
        "was somebody first said in this range to have done it?",
        "attributed:2021",
    )
    .ordered(),
    field(
        FieldId::By,
        "by",
        Kind::Entity,
        "who makes a claim about it, or is silent on it",
        "by:ncsc",
    )
    .aliases(&["speaker"])
    .facet(),
    field(
        FieldId::Source,
        "source",
        Kind::Source,
        "a document that carries it",
        "source:fcdo-*",
    )
    .facet(),
    field(
        FieldId::Publisher,
        "publisher",
        Kind::Word,
        "who issued a document that carries it",
        "publisher:*commission*",
    )
    .facet(),
    field(
        FieldId::Standing,
        "standing",
        Kind::Choice(STANDINGS),
        "how near a document that carries it stands to the words in it",
        "-standing:primary,copy",
    )
    .facet(),
    field(
        FieldId::Published,
        "published",
        Kind::Date,
        "was a document that carries it issued in this range?",
        "published<2024",
    )
    .ordered(),
    field(
        FieldId::Said,
        "said",
        Kind::Date,
        "was a claim about it made in this range?",
        "said<2024-03-25",
    )
    .ordered(),
    field(
        FieldId::About,
        "about",
        Kind::Choice(ASPECTS),
        "what a claim is about",
        "about:date",
    )
    .facet(),
    field(
        FieldId::Stance,
        "stance",
        Kind::Choice(STANCES),
        "what a speaker does with a statement",
        "stance:denies,doubts",
    )
    .facet(),
    field(
        FieldId::Likelihood,
        "likelihood",
        Kind::Likelihood,
        "the likelihood of a claim, by the order of the speaker's own yardstick",
        "likelihood>=likely",
    )
    .ordered()
    .facet(),
    field(
        FieldId::Confidence,
        "confidence",
        Kind::Scale(CONFIDENCES),
        "the confidence that a speaker states",
        "confidence>=moderate",
    )
    .ordered()
    .facet(),
    field(
        FieldId::Words,
        "words",
        Kind::Text,
        "words in a speaker's exact estimative words",
        "words:confidence",
    ),
    field(
        FieldId::Contested,
        "contested",
        Kind::Choice(CONTESTED),
        "whether its claims differ, or on what",
        "contested:actor",
    )
    .facet(),
    field(
        FieldId::Assessed,
        "assessed",
        Kind::Choice(ASSESSED),
        "how its claims put an aspect: flat, in terms of likelihood, or at odds",
        "assessed:actor-likely",
    )
    .facet(),
    field(
        FieldId::Has,
        "has",
        Kind::Choice(has::WORDS),
        "what it has",
        "-has:claims",
    ),
    field(
        FieldId::Claims,
        "claims",
        Kind::Number,
        "how many claims are made about it, without those that are silent",
        "claims>=10",
    )
    .ordered(),
    field(
        FieldId::Sources,
        "sources",
        Kind::Number,
        "how many documents carry it",
        "sources:1",
    )
    .ordered(),
    field(
        FieldId::Link,
        "link",
        Kind::Link,
        "how it is tied to other events, or to which",
        "link:fcdo-statement",
    )
    .aliases(&["links"]),
    field(
        FieldId::Tlp,
        "tlp",
        Kind::Scale(TLPS),
        "its marking, or the file's if it has none",
        "tlp<=GREEN",
    )
    .ordered()
    .facet(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Level;

    #[test]
    fn what_is_assessed_is_every_aspect_at_every_level() {
        let mut all = Vec::new();
        for aspect in Aspect::ALL {
            all.extend(Level::ALL.iter().map(|level| format!("{aspect}-{level}")));
        }
        assert_eq!(ASSESSED, all);
    }

    #[test]
    fn no_two_fields_share_a_name() {
        let mut all: Vec<&str> = names().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn rows_stand_in_the_order_of_their_ids_and_each_id_has_one() {
        assert!(FIELDS.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert_eq!(
            FIELDS.last().map(|field| field.id as usize + 1),
            Some(FIELDS.len())
        );
    }

    #[test]
    fn each_example_uses_its_field() {
        for field in FIELDS {
            let parsed = super::super::parse(field.example);
            let expr = parsed.expr.expect(field.name);
            assert!(
                expr.terms().iter().any(|term| term.field == Some(field)),
                "{}",
                field.name
            );
            assert_eq!(parsed.errors, []);
        }
    }

    #[test]
    fn fixed_words_are_those_of_the_vocabularies() {
        assert!(
            ASPECTS
                .iter()
                .zip(Aspect::ALL)
                .all(|(word, aspect)| *word == aspect.as_str())
        );
        assert_eq!(CONTESTED.get(2..), Some(ASPECTS));
        assert_eq!(TLPS.len(), Tlp::ALL.len());
        assert_eq!(STANCES.len(), Stance::ALL.len());
        assert_eq!(STANDINGS.len(), Standing::ALL.len());
        assert_eq!(CONFIDENCES.len(), Confidence::ALL.len());
    }
}
