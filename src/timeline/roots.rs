//! Independent roots: sources that repeat one another count once.

use std::collections::BTreeSet;

use super::Timeline;
use super::source::SourceId;

impl Timeline {
    /// The sources that some sources rest on in the end: those that repeat no other. Sources that repeat
    /// one another in a circle rest on the first of them.
    pub fn roots(&self, sources: &[SourceId]) -> BTreeSet<SourceId> {
        let mut roots = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<SourceId> = sources.to_vec();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let origins = &self.source(id).derives_from;
            waiting.extend(origins);
            // What is withheld may repeat another: it is not known to be independent.
            if origins.is_empty() && !self.source(id).is_withheld {
                roots.insert(id);
            }
        }
        if roots.is_empty() {
            roots.extend(seen.first());
        }
        roots
    }
}

#[cfg(test)]
mod tests {
    use crate::date::EventDate;
    use crate::diagnostic::Place;
    use crate::timeline::draft::{At, Draft, DraftSource};
    use crate::timeline::{SourceId, build};

    fn source(id: &str, derives_from: &[&str]) -> DraftSource {
        let words = |text: &str| At::new(text.into(), Place::default());
        DraftSource {
            id: words(id),
            title: None,
            publisher: None,
            published: None::<At<EventDate>>,
            day_unread: false,
            url: None,
            retrieved: None,
            derives_from: derives_from.iter().map(|origin| words(origin)).collect(),
            reliability: None,
            standing: None,
            note: None,
            tlp: None,
        }
    }

    fn check(sources: &[(&str, &[&str])], expected: usize) {
        let sources = sources
            .iter()
            .map(|(id, origins)| source(id, origins))
            .collect();
        let timeline = build(Draft {
            sources,
            ..Draft::default()
        });
        let all: Vec<SourceId> = timeline.sources().map(|(id, _)| id).collect();
        assert_eq!(timeline.roots(&all).len(), expected);
    }

    #[test]
    fn copies_of_one_text_count_once() {
        check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], 1);
        check(&[("a", &[]), ("b", &[]), ("c", &["a"])], 2);
    }

    #[test]
    fn what_repeats_two_rests_on_both() {
        check(&[("a", &[]), ("b", &[]), ("c", &["a", "b"])], 2);
    }

    #[test]
    fn a_circle_rests_on_one() {
        check(&[("a", &["b"]), ("b", &["a"])], 1);
        check(&[], 0);
    }
}
