//! Closed vocabularies: words with the same meaning in every timeline.
//!
//! Each is an enum; `as_str` is the one spelling in files, on screens and in filters.

/// Declares an enum of fixed words with its spellings, its list and its parser.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every word, in the order in which they are explained.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in a file.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads a word; letter case does not matter.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str().eq_ignore_ascii_case(word))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

pub(super) use words;

words! {
    /// What an entity is, in the terms of STIX 2.1 (`identity_class`, `intrusion-set`, `threat-actor`).
    EntityKind {
        /// A set of intrusions attributed to one party.
        IntrusionSet = "intrusion-set",
        /// The people behind an operation.
        ThreatActor = "threat-actor",
        /// An organisation with a legal or formal existence.
        Organization = "organization",
        /// One person.
        Individual = "individual",
        /// People who act together without an organisation.
        Group = "group",
        /// People of one kind, such as all members of a parliament.
        Class = "class",
        /// A computer system.
        System = "system",
        /// A country.
        State = "state",
    }
}

words! {
    /// What a claim is about.
    Aspect {
        /// That the event happened.
        Event = "event",
        /// When it happened.
        Date = "date",
        /// Who did it.
        Actor = "actor",
        Target = "target",
        /// Who the event accuses, names, charges or sanctions.
        Accused = "accused",
        /// Who the event is addressed to.
        Addressee = "addressee",
        /// In what role or membership someone acted.
        Capacity = "capacity",
        /// How many.
        Number = "number",
        /// How it was done.
        Method = "method",
        /// The consequences.
        Effect = "effect",
        /// The legal or official standing of someone: charged, sanctioned, presumed innocent.
        Status = "status",
        /// Why: the aim, the motive, or the grounds of a measure.
        Reason = "reason",
        /// What was or will be done about it, and who joins in.
        Response = "response",
    }
}

impl Aspect {
    /// The aspects whose values are entities. An event has a list of entities for each.
    pub const PARTIES: [Self; 4] = [Self::Actor, Self::Target, Self::Accused, Self::Addressee];

    /// Every aspect, in the order in which a reader asks for them: who did it comes first.
    pub const AS_ASKED: [Self; 13] = [
        Self::Actor,
        Self::Accused,
        Self::Date,
        Self::Event,
        Self::Target,
        Self::Addressee,
        Self::Method,
        Self::Number,
        Self::Reason,
        Self::Effect,
        Self::Response,
        Self::Status,
        Self::Capacity,
    ];

    /// The aspect as a short question or name, such as a label.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Event => "What happened",
            Self::Date => "When",
            Self::Actor => "Who did it",
            Self::Target => "Target",
            Self::Accused => "Accused",
            Self::Addressee => "Addressed to",
            Self::Capacity => "Capacity",
            Self::Number => "How many",
            Self::Method => "How",
            Self::Effect => "Effect",
            Self::Status => "Status",
            Self::Reason => "What for",
            Self::Response => "Response",
        }
    }

    /// Whether its values are entities.
    pub const fn is_party(self) -> bool {
        matches!(
            self,
            Self::Actor | Self::Target | Self::Accused | Self::Addressee
        )
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AspectSet(u16);

impl AspectSet {
    /// Adds an aspect.
    #[must_use]
    pub const fn with(self, aspect: Aspect) -> Self {
        Self(self.0 | 1 << aspect as u8)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether both have an aspect in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The aspects, in the order in which they are explained.
    pub fn iter(self) -> impl Iterator<Item = Aspect> {
        let all = Aspect::ALL.iter().copied();
        all.filter(move |&aspect| self.meets(Self::default().with(aspect)))
    }
}

impl FromIterator<Aspect> for AspectSet {
    fn from_iter<I: IntoIterator<Item = Aspect>>(aspects: I) -> Self {
        aspects.into_iter().fold(Self::default(), Self::with)
    }
}

words! {
    /// What a speaker does with a statement.
    Stance {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Says that it may not be so.
        Doubts = "doubts",
        /// Is silent on the point, in a text that was read whole. It agrees with no claim and contests none.
        Silent = "silent",
    }
}

impl Stance {
    /// Whether it contests the statement.
    pub const fn objects(self) -> bool {
        matches!(self, Self::Denies | Self::Doubts)
    }
}

words! {
    /// Analytic confidence: how sound the basis of a judgement is. Never derived from likelihood.
    Confidence {
        /// A scant or fragmentary basis.
        Low = "low",
        /// Plausible, not well corroborated.
        Moderate = "moderate",
        /// Good, consistent reporting with few gaps.
        High = "high",
    }
}

words! {
    /// The Traffic Light Protocol, version 2.0 (FIRST, 2022), from the widest audience to the narrowest.
    Tlp {
        /// No limit.
        Clear = "CLEAR",
        /// The community.
        Green = "GREEN",
        /// The organisation and its clients, who need to know.
        Amber = "AMBER",
        /// The organisation only.
        AmberStrict = "AMBER+STRICT",
        /// The named recipients only.
        Red = "RED",
    }
}

words! {
    /// How one event is linked to another, as read from the event that carries the link.
    LinkKind {
        /// The other event caused this one.
        CausedBy = "caused-by",
        /// This event is a part of the other.
        PartOf = "part-of",
        /// This event responds to the other.
        RespondsTo = "responds-to",
        /// The other event attributes this one.
        AttributedBy = "attributed-by",
        /// The other event disclosed this one.
        DisclosedBy = "disclosed-by",
        /// Both are the same event, reported twice.
        SameAs = "same-as",
    }
}

impl LinkKind {
    /// The link as it reads from the event that carries it.
    pub const fn forward(self) -> &'static str {
        match self {
            Self::CausedBy => "caused by",
            Self::PartOf => "part of",
            Self::RespondsTo => "responds to",
            Self::AttributedBy => "attributed by",
            Self::DisclosedBy => "disclosed by",
            Self::SameAs => "same as",
        }
    }

    /// The link as it reads from the other event.
    pub const fn backward(self) -> &'static str {
        match self {
            Self::CausedBy => "brought about",
            Self::PartOf => "includes",
            Self::RespondsTo => "answered by",
            Self::AttributedBy => "attributes",
            Self::DisclosedBy => "discloses",
            Self::SameAs => "same as",
        }
    }
}

words! {
    /// How close a document is to the words that it carries.
    Standing {
        /// The issuing body's own page.
        Primary = "primary",
        /// A copy, archive or syndication of the issuing body's text.
        Copy = "copy",
        /// A report by another party.
        Secondary = "secondary",
    }
}

words! {
    /// Reliability of a source on the Admiralty scale (STANAG 2511). F is not the bottom: it is "not judged".
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

words! {
    /// How far an open question is answered.
    QuestionStatus {
        /// Not answered.
        Open = "open",
        /// Answered in part.
        Partly = "partly",
        Answered = "answered",
    }
}

words! {
    /// Which time the axis of a scene shows.
    #[derive(Default)]
    SceneAxis {
        /// That of its events.
        #[default]
        Fit = "fit",
        /// That of the timeline.
        Whole = "whole",
    }
}

words! {
    /// A field whose values can be lanes.
    #[derive(Default)]
    Grouping {
        /// The lanes of the file.
        #[default]
        Lane = "lane",
        Phase = "phase",
        Actor = "actor",
        /// To whom it was done.
        Target = "target",
        Accused = "accused",
        Addressee = "addressee",
        Tag = "tag",
    }
}

impl Grouping {
    /// The next grouping; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        let mut all = Self::ALL.iter().copied().cycle();
        all.find(|grouping| *grouping == self);
        all.next().unwrap_or_default()
    }
}

/// The phases that `check` accepts without a note, in the order of a case.
pub const PHASES: &[&str] = &[
    "reconnaissance",
    "compromise",
    "discovery",
    "disclosure",
    "attribution",
    "sanction",
    "legal",
    "diplomatic",
    "regulatory",
    "response",
    "denial",
    "context",
];

/// The layers that a scene may reveal of its event, one for each key press.
pub const LAYERS: &[&str] = &["summary", "claims", "sources", "links"];

/// Whether a text is the id of an ATT&CK technique or sub-technique, such as `T1566.002`.
pub fn is_technique(id: &str) -> bool {
    match id.split_once('.') {
        Some((technique, part)) => is_id(technique, 'T', 4) && are_digits(part, 3),
        None => is_id(id, 'T', 4),
    }
}

/// Whether a text is the id of an ATT&CK group, such as `G0128`.
pub fn is_group(id: &str) -> bool {
    is_id(id, 'G', 4)
}

fn is_id(id: &str, letter: char, digits: usize) -> bool {
    id.strip_prefix(letter)
        .is_some_and(|rest| are_digits(rest, digits))
}

fn are_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|it| it.is_ascii_digit())
}

words! {
    /// One of the four times of an event.
    Clock {
        /// When the event took place: `when`.
        Happened = "happened",
        /// When the event was noticed.
        Discovered = "discovered",
        /// When the event became public.
        Disclosed = "disclosed",
        /// When an actor was first named.
        Attributed = "attributed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technique_has_four_digits_and_its_part_three() {
        assert!(is_technique("T1190"));
        assert!(is_technique("T1566.002"));
        for wrong in ["t1190", "T119", "T1566.2", "T1566.", "1190", ""] {
            assert!(!is_technique(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_aspects_whose_values_are_entities_are_the_parties() {
        let parties = Aspect::ALL.iter().filter(|aspect| aspect.is_party());
        assert!(parties.eq(&Aspect::PARTIES));
    }

    #[test]
    fn each_aspect_is_asked_once() {
        let asked: AspectSet = Aspect::AS_ASKED.into_iter().collect();
        assert!(asked.iter().eq(Aspect::ALL.iter().copied()));
    }

    #[test]
    fn a_word_is_read_back_whatever_its_case() {
        assert_eq!(Tlp::parse("amber+strict"), Some(Tlp::AmberStrict));
        assert_eq!(
            EntityKind::parse("Intrusion-Set"),
            Some(EntityKind::IntrusionSet)
        );
        assert_eq!(Confidence::parse("medium"), None);
    }

    #[test]
    fn markings_are_ordered_from_the_widest_audience_to_the_narrowest() {
        assert!(Tlp::ALL.is_sorted());
        assert!(Tlp::Clear < Tlp::AmberStrict && Tlp::AmberStrict < Tlp::Red);
    }

    #[test]
    fn one_key_goes_through_every_grouping_and_comes_back() {
        let mut grouping = Grouping::default();
        for expected in Grouping::ALL {
            assert_eq!(grouping, *expected);
            grouping = grouping.next();
        }
        assert_eq!(grouping, Grouping::default());
    }
}
