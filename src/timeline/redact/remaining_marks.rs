//! The remaining marks of people.

use super::super::data::Timeline;
use super::super::link::EventId;
use super::super::marks::{FoundMark, TimelineMarks};
use super::super::term::Tlp;
use super::plan::RedactionPlan;

/// The marks that stay on the remaining events, whose new numbers are given. As of a day, none do if anything is redacted:
/// like all words of authors, they are written with hindsight. Those that do not stay are counted.
pub(super) fn remaining_marks(
    whole: &Timeline,
    plan: &mut RedactionPlan,
    number: impl Fn(EventId) -> Option<u32>,
) -> TimelineMarks {
    let ceiling = plan.redactions.ceiling;
    let is_kept = |found: &FoundMark, own: Option<Tlp>| {
        let event = whole.event(found.event);
        let marking = own.max(event.tlp().or(whole.head.tlp));
        plan.keeps_words && ceiling.is_none_or(|ceiling| marking <= Some(ceiling))
    };
    let kept = whole.marks.kept(is_kept, &number);
    let of_remaining = whole.marks.found().iter();
    let of_remaining = of_remaining.filter(|found| number(found.event).is_some());
    let withheld = of_remaining.count() - kept.found().len();
    if plan.keeps_words {
        plan.redactions.marked.prose += withheld;
    } else {
        plan.redactions.later.prose += withheld;
    }
    kept
}
