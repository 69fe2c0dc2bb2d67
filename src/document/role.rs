//! What a piece of text or a cell means. The theme alone knows how a meaning looks.

use crate::timeline::term::Aspect;

/// The families of phases: what a case is made of, as a reader tells them apart at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// What surrounds the case, and every phase that is not listed.
    #[default]
    Context,
    /// Denial.
    Denial,
    /// What was done about it: sanction, legal, diplomatic, regulatory, response.
    Consequence,
    /// How it became known: discovery, disclosure, attribution.
    Knowledge,
    /// What was done by an adversary: reconnaissance, compromise.
    Hostile,
}

impl Family {
    /// The family of a phase.
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

/// Declares the roles with the names by which frames of the theme `roles` print them.
macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident),+ $(,)?) => {
        /// What a piece of text or a cell means.
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
    /// Text that matters less than what stands beside it.
    Quiet,
    /// Lines and ticks that only give a hold to the eye.
    Faint,
    /// The name of what a screen or a document is about.
    Title,
    /// The head of a section or a column.
    Heading,
    /// What a value is.
    Label,
    /// A date that is as exact as a day or finer.
    Date,
    /// A date of which the words leave more than a day open.
    Imprecise,
    /// Somebody who acts.
    Actor,
    /// Somebody to whom it is done.
    Target,
    /// Somebody who is accused.
    Accused,
    /// Somebody to whom it is addressed.
    Addressee,
    /// Somebody who speaks.
    Speaker,
    /// A document.
    Source,
    /// An address of the web that can stand in a link as it is.
    Address,
    /// Another event.
    Event,
    /// An ATT&CK technique.
    Technique,
    /// A speaker's exact words.
    Quote,
    /// A denial or a doubt.
    Denies,
    /// A mark on what is contested.
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
    /// What is wrong in a line that is being typed.
    Mistake,
    /// A key that can be pressed.
    Key,
    /// What went wrong.
    Error,
    /// What asks for attention.
    Warning,
    /// The line at the top and the line at the bottom.
    Bar,
    /// The selected row where the keys go.
    Selected,
    /// The selected row where the keys do not go.
    Remembered,
    /// The link that Enter would follow.
    Cursor,
    /// The span of the selected event on the time axis.
    Span,
    /// That not all is shown, and why.
    AsOf,
    /// TLP:CLEAR.
    TlpClear,
    /// TLP:GREEN.
    TlpGreen,
    /// TLP:AMBER and TLP:AMBER+STRICT.
    TlpAmber,
    /// TLP:RED.
    TlpRed,
}

impl Role {
    /// The meaning of a name that takes a part in an event; that of an actor where the aspect is not a part.
    pub const fn of_part(part: Aspect) -> Self {
        match part {
            Aspect::Target => Self::Target,
            Aspect::Accused => Self::Accused,
            Aspect::Addressee => Self::Addressee,
            _ => Self::Actor,
        }
    }

    /// The part in an event that a name of this meaning takes.
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

impl From<Family> for Role {
    fn from(family: Family) -> Self {
        match family {
            Family::Context => Self::Context,
            Family::Denial => Self::Denial,
            Family::Consequence => Self::Consequence,
            Family::Knowledge => Self::Knowledge,
            Family::Hostile => Self::Hostile,
        }
    }
}
