//! Independence of sources: sources that repeat one another count as one statement.

use std::collections::{BTreeSet, HashMap};

use super::Timeline;
use super::source::{SourceId, SourceIndependence};

impl Timeline {
    /// The original sources behind some sources: those that repeat no other, cited or not. A source that repeats two
    /// rests on both. Sources that repeat one another in a circle rest on the first of them.
    pub fn roots(&self, sources: &[SourceId]) -> BTreeSet<SourceId> {
        let mut roots = OriginSearch::of(self, sources).roots;
        if roots.is_empty() {
            roots.extend(sources.iter().min());
        }
        roots
    }

    /// The original sources behind one, itself if it repeats none; `None` if some of them are redacted.
    pub fn originals(&self, source: SourceId) -> Option<BTreeSet<SourceId>> {
        let found = OriginSearch::of(self, &[source]);
        found.is_whole.then_some(found.roots)
    }

    /// On how many statements some sources rest.
    pub fn independence(&self, sources: &[SourceId]) -> SourceIndependence {
        let found = OriginSearch::of(self, sources);
        let rests_on_one = |id: &SourceId| matches!(found.done.get(id), Some(SourceBasis::One(_)));
        SourceIndependence {
            statements: found.roots.len().max(usize::from(!sources.is_empty())),
            is_whole: found.is_whole,
            is_full: found.is_whole
                && found.roots.len() == sources.len()
                && sources.iter().all(rests_on_one),
        }
    }
}

/// What a source rests on in the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SourceBasis {
    /// Only redacted sources, which may repeat others.
    Redacted,
    One(SourceId),
    Several,
}

impl SourceBasis {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Redacted, rest) | (rest, Self::Redacted) => rest,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }
}

/// A depth-first search for origins without recursion, each source once. Circles of sources are closed together, after
/// everything that they repeat (Tarjan's algorithm).
struct OriginSearch<'t> {
    timeline: &'t Timeline,
    /// The discovery number of each source.
    numbers: HashMap<SourceId, usize>,
    /// For each number, the lowest number of an open source that its source leads to.
    least: Vec<usize>,
    /// Sources whose circle may not be complete.
    open: Vec<SourceId>,
    done: HashMap<SourceId, SourceBasis>,
    roots: BTreeSet<SourceId>,
    is_whole: bool,
}

impl<'t> OriginSearch<'t> {
    fn of(timeline: &'t Timeline, sources: &[SourceId]) -> Self {
        let mut search = Self {
            timeline,
            numbers: HashMap::new(),
            least: Vec::new(),
            open: Vec::new(),
            done: HashMap::new(),
            roots: BTreeSet::new(),
            is_whole: true,
        };
        for &id in sources {
            if !search.numbers.contains_key(&id) {
                search.follow(id);
            }
        }
        search
    }

    fn follow(&mut self, start: SourceId) {
        let mut path = vec![(start, self.find(start), 0)];
        while let Some((id, number, next)) = path.last_mut() {
            let (id, number) = (*id, *number);
            let Some(&origin) = self.timeline.source(id).derives_from.get(*next) else {
                path.pop();
                let least = self.least[number];
                if let Some(&(_, above, _)) = path.last() {
                    self.least[above] = self.least[above].min(least);
                }
                if least == number {
                    self.close(id);
                }
                continue;
            };
            *next += 1;
            match self.numbers.get(&origin) {
                None => path.push((origin, self.find(origin), 0)),
                Some(&found) if !self.done.contains_key(&origin) => {
                    self.least[number] = self.least[number].min(found);
                }
                Some(_) => {}
            }
        }
    }

    fn find(&mut self, id: SourceId) -> usize {
        let number = self.least.len();
        self.numbers.insert(id, number);
        self.least.push(number);
        self.open.push(id);
        self.is_whole &= self.is_known(id);
        number
    }

    /// Whether no origin of a source is redacted.
    fn is_known(&self, id: SourceId) -> bool {
        let is_placeholder = self.timeline.source(id).is_placeholder;
        !is_placeholder && !self.timeline.redactions.repeating.contains(&id)
    }

    /// Decides what a circle of sources, or a single source, rests on: the open sources down to the first found.
    fn close(&mut self, first_found: SourceId) {
        let at = self.open.iter().rposition(|&id| id == first_found);
        let members = self.open.split_off(at.unwrap_or_default());
        let origins = members
            .iter()
            .flat_map(|&id| &self.timeline.source(id).derives_from);
        let others = origins.filter_map(|origin| self.done.get(origin).copied());
        let rest = others.reduce(SourceBasis::and).unwrap_or_else(|| {
            let first = members.iter().min().copied();
            match first.filter(|_| members.iter().all(|&id| self.is_known(id))) {
                Some(first) => {
                    self.roots.insert(first);
                    SourceBasis::One(first)
                }
                None => SourceBasis::Redacted,
            }
        });
        self.done.extend(members.into_iter().map(|id| (id, rest)));
    }
}

#[cfg(test)]
mod tests {
    use crate::date::EventDate;
    use crate::diagnostic::TextPlace;
    use crate::timeline::draft::{DraftSource, DraftTimeline, Located};
    use crate::timeline::{SourceId, build};

    fn source(id: &str, derives_from: &[&str]) -> DraftSource {
        let words = |text: &str| Located::new(text.into(), TextPlace::default());
        DraftSource {
            id: words(id),
            title: None,
            publisher: None,
            published: None::<Located<EventDate>>,
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
        let timeline = build(DraftTimeline {
            sources,
            ..DraftTimeline::default()
        });
        let all: Vec<SourceId> = timeline.sources().map(|(id, _)| id).collect();
        assert_eq!(timeline.independence(&all).statements, expected);
    }

    /// Checks on how many statements the first `cited` sources rest, and whether each is independent.
    #[track_caller]
    fn check_cited(sources: &[(&str, &[&str])], cited: u32, expected: (usize, bool)) {
        let sources = sources.iter().map(|(id, origins)| source(id, origins));
        let timeline = build(DraftTimeline {
            sources: sources.collect(),
            ..DraftTimeline::default()
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
        // An undeclared source counts too.
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
