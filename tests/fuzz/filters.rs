//! Filters: an accepted filter divides all events; a refusal marks its place.

use dateline::query::{FIELDS, Filter};

use super::random::Random;
use crate::support::program::ready;

const VALUES: &[&str] = &[
    "compromise",
    "sanction,attribution",
    "tern",
    "2021",
    "2021..2022-06",
    "..2020",
    "late 2021",
    "yes",
    "no",
    ">=likely",
    "<=2",
    "\"mail server\"",
    "*",
    "a*b",
    "none",
    "TLP:RED",
    "T1190",
    "0",
    "\"",
    "",
];
const JOINTS: &[&str] = &[
    " ", " or ", " -", " (", ") ", " and ", ",", " surely(", ") or (", "  ",
];

pub fn round(random: &mut Random) {
    let mut text = String::new();
    for _ in 0..=random.below(4) {
        let field = random.below(FIELDS.len() + 2);
        if let Some(field) = FIELDS.get(field) {
            text.push_str(field.name);
            text.push_str(random.pick(&[":", ":", ":", ">=", "<", "", "::"]));
        }
        text.push_str(random.pick(VALUES));
        text.push_str(random.pick(JOINTS));
    }
    let text = random.spoiled(&text, 3);
    let (timeline, _) = ready("harbour");
    match Filter::parse(timeline, &text) {
        Ok(filter) => {
            let counts = filter.matches(timeline).counts();
            let all = counts.surely + counts.possibly + counts.hidden;
            assert_eq!(all, timeline.len(), "{text:?}");
            let again =
                Filter::parse(timeline, filter.text()).expect("the canonical text is a filter");
            assert_eq!(again.matches(timeline).counts(), counts, "{text:?}");
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "{text:?} is refused without a reason");
            for mistake in mistakes {
                let marked = text.get(mistake.range.clone());
                assert!(
                    marked.is_some(),
                    "{text:?}: {:?} is not in the text",
                    mistake.range
                );
            }
        }
    }
}
