//! The closed table of kinds of change.

/// Declares the kinds, each with its meaning, its name and its mirror image.
macro_rules! kinds {
    ($(#[doc = $meaning:literal] $kind:ident = $name:literal, mirrors $mirror:ident;)+) => {
        /// How something differs between two timelines.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind { $(#[doc = $meaning] $kind),+ }

        impl ChangeKind {
            /// Every kind, in the order of the outputs: markings first.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name in outputs.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// What it means, in a sentence for readers.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$kind => $meaning.trim_ascii()),+ }
            }

            /// The kind when the two timelines change places.
            #[must_use]
            pub const fn mirror(self) -> Self {
                match self { $(Self::$kind => Self::$mirror),+ }
            }
        }
    };
}

kinds! {
    /// More people may see it.
    Wider = "wider", mirrors Stricter;
    /// Fewer people may see it.
    Stricter = "stricter", mirrors Wider;
    /// It has another id.
    Renamed = "renamed", mirrors Renamed;
    /// The date allows less, and nothing new.
    Narrowed = "narrowed", mirrors Widened;
    /// The date allows more.
    Widened = "widened", mirrors Narrowed;
    /// The date overlaps the former one.
    Shifted = "shifted", mirrors Shifted;
    /// The date has no day in common with the former one; or the scene has another place.
    Moved = "moved", mirrors Moved;
    /// It has a date now.
    Dated = "dated", mirrors Undated;
    /// It has no date any more.
    Undated = "undated", mirrors Dated;
    /// The source doubts the same date less.
    MoreCertain = "more certain", mirrors LessCertain;
    /// The source doubts the same date more.
    LessCertain = "less certain", mirrors MoreCertain;
    /// A likelier term on the same yardstick.
    Strengthened = "strengthened", mirrors Weakened;
    /// A less likely term on the same yardstick.
    Weakened = "weakened", mirrors Strengthened;
    /// Other estimative words, which no common yardstick compares.
    WordingChanged = "wording changed", mirrors WordingChanged;
    /// The speaker asserts what was denied, or denies what was asserted.
    Reversed = "reversed", mirrors Reversed;
    /// The claim states another value.
    ValueChanged = "value changed", mirrors ValueChanged;
    /// A higher confidence.
    Raised = "raised", mirrors Lowered;
    /// A lower confidence.
    Lowered = "lowered", mirrors Raised;
    /// The claims differ now.
    ContestedNow = "contested now", mirrors SettledNow;
    /// The claims no longer differ.
    SettledNow = "settled now", mirrors ContestedNow;
    /// The sources rest on more independent statements.
    BetterFounded = "better founded", mirrors LessFounded;
    /// The sources rest on fewer independent statements.
    LessFounded = "less founded", mirrors BetterFounded;
    /// The question is answered further.
    Answered = "answered", mirrors Reopened;
    /// The question is answered less than it was.
    Reopened = "opened again", mirrors Answered;
    /// Something was added to a list.
    Added = "added", mirrors Dropped;
    /// Something is no longer in a list.
    Dropped = "dropped", mirrors Added;
    /// A list has another order.
    Reordered = "reordered", mirrors Reordered;
    /// It is stated now.
    Stated = "stated", mirrors Unstated;
    /// It is not stated any more.
    Unstated = "no longer stated", mirrors Stated;
    /// It has another value.
    Replaced = "changed", mirrors Replaced;
    /// It says the same with other characters, or a text has other words.
    Reworded = "reworded", mirrors Reworded;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_image_of_a_mirror_image_is_the_kind_itself() {
        for kind in ChangeKind::ALL {
            assert_eq!(kind.mirror().mirror(), *kind);
        }
    }

    #[test]
    fn no_two_kinds_have_one_name() {
        let names: std::collections::BTreeSet<_> =
            ChangeKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), ChangeKind::ALL.len());
    }
}
