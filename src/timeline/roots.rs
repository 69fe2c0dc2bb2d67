//! Statements: sources that repeat one another count as one.

use std::collections::BTreeSet;

use super::Timeline;
use super::source::{Independence, SourceId};

/// The sources that one source rests on in the end.
struct Origins {
    known: BTreeSet<SourceId>,
    /// Whether none of them is withheld.
    is_whole: bool,
}

impl Timeline {
    /// The sources that some sources rest on in the end: those that repeat no other, cited or not. A source that
    /// repeats two rests on both. Sources that repeat one another in a circle rest on the first of them.
    pub fn roots(&self, sources: &[SourceId]) -> BTreeSet<SourceId> {
        let each = sources.iter().map(|&id| self.origins(id).known);
        let mut roots: BTreeSet<SourceId> = each.flatten().collect();
        if roots.is_empty() {
            roots.extend(sources.iter().min());
        }
        roots
    }

    /// On how many statements some sources rest.
    pub fn independence(&self, sources: &[SourceId]) -> Independence {
        let each: Vec<Origins> = sources.iter().map(|&id| self.origins(id)).collect();
        let statements = self.roots(sources).len();
        let is_whole = each.iter().all(|it| it.is_whole);
        let have_one = each.iter().all(|it| it.known.len() == 1);
        Independence {
            statements,
            is_whole,
            is_full: is_whole && have_one && statements == sources.len(),
        }
    }

    fn origins(&self, id: SourceId) -> Origins {
        let reached = self.repeated(id);
        let ends = || {
            let all = reached.iter().copied();
            all.filter(|&id| self.source(id).derives_from.is_empty())
        };
        // What is withheld may repeat another: it is not known to be independent.
        let is_known =
            |id: &SourceId| !self.source(*id).is_withheld && !self.withheld.repeating.contains(id);
        let mut known: BTreeSet<SourceId> = ends().filter(is_known).collect();
        let is_whole = reached.iter().all(is_known);
        if ends().next().is_none() {
            known.extend(self.circle_behind(id).first());
        }
        Origins { known, is_whole }
    }

    /// A source and all that it repeats, directly or through others.
    fn repeated(&self, id: SourceId) -> BTreeSet<SourceId> {
        let (mut reached, mut waiting) = (BTreeSet::new(), vec![id]);
        while let Some(id) = waiting.pop() {
            if reached.insert(id) {
                waiting.extend(&self.source(id).derives_from);
            }
        }
        reached
    }

    /// The circle into which a source leads that rests on none that repeats no other.
    fn circle_behind(&self, mut id: SourceId) -> BTreeSet<SourceId> {
        loop {
            let reached = self.repeated(id);
            let leads_on = |other: &&SourceId| !self.repeated(**other).contains(&id);
            match reached.iter().find(leads_on) {
                Some(&next) => id = next,
                None => return reached,
            }
        }
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
        assert_eq!(timeline.independence(&all).statements, expected);
    }

    /// The first so many of some sources are cited: on how many statements they rest, and whether each on its own.
    #[track_caller]
    fn check_cited(sources: &[(&str, &[&str])], cited: u32, expected: (usize, bool)) {
        let sources = sources.iter().map(|(id, origins)| source(id, origins));
        let timeline = build(Draft {
            sources: sources.collect(),
            ..Draft::default()
        });
        let cited: Vec<SourceId> = (0..cited).map(SourceId).collect();
        let found = timeline.independence(&cited);
        assert_eq!((found.statements, found.is_full), expected);
        assert!(found.is_whole);
    }

    #[test]
    fn copies_of_a_text_that_is_not_cited_rest_on_one_statement() {
        let copies: [(&str, &[&str]); 3] = [("b", &["a"]), ("c", &["a"]), ("a", &[])];
        check_cited(&copies, 2, (1, false));
        check_cited(&copies, 1, (1, true));
        // One that nothing declares is one all the same.
        check_cited(&copies[..2], 2, (1, false));
    }

    #[test]
    fn a_chain_and_a_diamond_rest_on_their_end() {
        let chain: [(&str, &[&str]); 4] = [("d", &["c"]), ("c", &["b"]), ("b", &["a"]), ("a", &[])];
        check_cited(&chain, 3, (1, false));
        let diamond: [(&str, &[&str]); 4] =
            [("d", &["b", "c"]), ("b", &["a"]), ("c", &["a"]), ("a", &[])];
        check_cited(&diamond, 3, (1, false));
    }

    #[test]
    fn two_sources_that_rest_on_the_same_two_are_not_independent() {
        let both: [(&str, &[&str]); 4] = [
            ("c", &["a", "b"]),
            ("d", &["b", "a"]),
            ("a", &[]),
            ("b", &[]),
        ];
        check_cited(&both, 2, (2, false));
        check_cited(&both, 1, (2, false));
        check_cited(&[("a", &[]), ("b", &[])], 2, (2, true));
    }

    #[test]
    fn a_circle_counts_beside_others() {
        let circle: [(&str, &[&str]); 4] =
            [("c", &["a"]), ("a", &["b"]), ("b", &["a"]), ("d", &[])];
        check_cited(&circle, 4, (2, false));
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
