//! The meaning of a piece of text or a cell. Only the theme knows how a meaning looks.

use crate::timeline::term::Aspect;

/// Families of phases: the parts of a case that a reader distinguishes at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhaseFamily {
    /// Background, and every unlisted phase.
    #[default]
    Context,
    Denial,
    /// Measures taken: sanction, legal, diplomatic, regulatory, response.
    Consequence,
    /// How the case became known: discovery, disclosure, attribution.
    Knowledge,
    /// The acts of an adversary: reconnaissance, compromise.
    Hostile,
}

impl PhaseFamily {
    /// Every family, in the order of a legend.
    pub const ALL: [Self; 5] = [
        Self::Hostile,
        Self::Knowledge,
        Self::Consequence,
        Self::Denial,
        Self::Context,
    ];

    /// The mark of an event: each family has a shape of its own, since a terminal may have no colours.
    pub const fn sign(self) -> char {
        match self {
            Self::Hostile => '◆',
            Self::Knowledge => '●',
            Self::Consequence => '■',
            Self::Denial => '▲',
            Self::Context => '○',
        }
    }

    /// Its name in a legend.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Hostile => "hostile act",
            Self::Knowledge => "became known",
            Self::Consequence => "response",
            Self::Denial => "denial",
            Self::Context => "context",
        }
    }

    pub fn of(phase: &str) -> Self {
        match phase {
            "reconnaissance" | "compromise" => Self::Hostile,
            "discovery" | "disclosure" | "attribution" => Self::Knowledge,
            "sanction" | "legal" | "diplomatic" | "regulatory" | "response" => Self::Consequence,
            "denial" => Self::Denial,
            _ => Self::Context,
        }
    }
}

/// Declares the roles, with the names that frames of the theme `roles` print.
macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident),+ $(,)?) => {
        /// The meaning of a piece of text or a cell.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* $variant),+ }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }
        }
    };
}

roles! {
    /// Plain text.
    Text,
    /// Text that matters less than the text next to it.
    Quiet,
    /// Lines and ticks that only guide the eye.
    Faint,
    /// The name of what a screen or a document is about.
    Title,
    /// The head of a section or a column.
    Heading,
    /// The label of a value.
    Label,
    /// A date precise to the day or better.
    Date,
    /// A date that leaves more than a day open.
    Imprecise,
    Actor,
    Target,
    /// An accused entity.
    Accused,
    Addressee,
    Speaker,
    /// A document.
    Source,
    /// A web address that can be a link as it is.
    Address,
    /// Another event.
    Event,
    /// An ATT&CK technique.
    Technique,
    /// A speaker's exact words.
    Quote,
    /// A denial or a doubt.
    Denies,
    /// A mark on something contested.
    Contested,
    /// Part of a phase of the family Hostile.
    Hostile,
    /// Part of a phase of the family Knowledge.
    Knowledge,
    /// Part of a phase of the family Consequence.
    Consequence,
    /// Part of a phase of the family Denial.
    Denial,
    /// Part of a phase of the family Context.
    Context,
    /// What a search found.
    Found,
    /// A mistake in a line that is being typed.
    Mistake,
    /// A key that can be pressed.
    Key,
    Error,
    Warning,
    /// The title bar and the status bar.
    Bar,
    /// The selected row of the pane with the keyboard focus.
    Selected,
    /// The selected row of another pane.
    Remembered,
    /// The link that Enter would follow.
    Cursor,
    /// The span of the selected event on the time axis.
    Span,
    /// Says that not everything is shown, and why.
    AsOf,
    TlpClear,
    TlpGreen,
    /// TLP:AMBER and TLP:AMBER+STRICT.
    TlpAmber,
    TlpRed,
}

impl Role {
    /// The role of a party; that of an actor for other aspects.
    pub const fn of_part(part: Aspect) -> Self {
        match part {
            Aspect::Target => Self::Target,
            Aspect::Accused => Self::Accused,
            Aspect::Addressee => Self::Addressee,
            _ => Self::Actor,
        }
    }

    /// The party aspect of the role; `None` for other roles.
    pub const fn part(self) -> Option<Aspect> {
        Some(match self {
            Self::Actor => Aspect::Actor,
            Self::Target => Aspect::Target,
            Self::Accused => Aspect::Accused,
            Self::Addressee => Aspect::Addressee,
            _ => return None,
        })
    }
}

impl From<PhaseFamily> for Role {
    fn from(family: PhaseFamily) -> Self {
        match family {
            PhaseFamily::Context => Self::Context,
            PhaseFamily::Denial => Self::Denial,
            PhaseFamily::Consequence => Self::Consequence,
            PhaseFamily::Knowledge => Self::Knowledge,
            PhaseFamily::Hostile => Self::Hostile,
        }
    }
}
