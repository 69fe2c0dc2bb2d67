//! Laws of the rule that makes a verdict of claims, for any claims.
//!
//! Each claim has its number as its place in the source: that is how a claim is known in a verdict, in whatever order
//! the file has it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dateline::diagnostic::SourceText;
use dateline::document::{VerdictForm, verdict_blocks};
use dateline::timeline::term::{Aspect, Stance, Tlp};
use dateline::timeline::{ClaimId, ClaimValue, Timeline};
use dateline::verdict::{AspectVerdict, EventVerdict, Objection, SpeakerStatement, ValueLine};
use proptest::prelude::*;

use super::cases;

const SPEAKERS: [&str; 5] = ["ministry", "bureau", "police", "paper", "embassy"];

/// The sources, each with those that it repeats.
const SOURCES: [(&str, &[&str]); 6] = [
    ("statement", &[]),
    ("report", &[]),
    ("copy", &["statement"]),
    ("article", &["statement", "report"]),
    ("reprint", &["copy"]),
    ("letter", &[]),
];

/// Aspects, each with values: some that are written differently and say the same, and ranges that overlap.
const ASPECTS: [(&str, &[&str]); 3] = [
    ("actor", &["group", "band", "a group that is not named"]),
    (
        "date",
        &[
            "2021",
            "2021-08/2022-10",
            "2021-08-01",
            "2021-08-01/2021-08-01",
        ],
    ),
    ("effect", &["none", "None", "some"]),
];

const WORDS: [&str; 4] = ["almost certain", "likely", "is believed", "very likely"];

const STANCES: [&str; 6] = [
    "asserts", "asserts", "asserts", "denies", "doubts", "silent",
];

/// A claim as a file has it, by places in the lists above.
#[derive(Clone, Debug)]
struct FileClaim {
    speaker: Option<usize>,
    source: Option<usize>,
    aspect: usize,
    value: Option<usize>,
    stance: &'static str,
    words: Option<&'static str>,
    yardstick: &'static str,
    day: Option<u8>,
    answers: Option<usize>,
    is_red: bool,
}

fn claim() -> impl Strategy<Value = FileClaim> {
    let what = (
        prop::option::weighted(0.9, 0..SPEAKERS.len()),
        prop::option::weighted(0.9, 0..SOURCES.len()),
        0..ASPECTS.len(),
        prop::option::weighted(0.8, 0..4_usize),
        prop::sample::select(&STANCES[..]),
    );
    let how = (
        prop::option::of(prop::sample::select(&WORDS[..])),
        prop::sample::select(&["phia", "icd203", "none"][..]),
        prop::option::weighted(0.9, 1..4_u8),
        prop::option::weighted(0.3, 0..12_usize),
        prop::bool::weighted(0.2),
    );
    (what, how).prop_map(|(what, how)| FileClaim {
        speaker: what.0,
        source: what.1,
        aspect: what.2,
        value: what.3,
        stance: what.4,
        words: how.0,
        yardstick: how.1,
        day: how.2,
        answers: how.3,
        is_red: how.4,
    })
}

/// Claims, each with its number.
fn claims() -> impl Strategy<Value = Vec<(usize, FileClaim)>> {
    let claims = prop::collection::vec(claim(), 1..12);
    claims.prop_map(|claims| claims.into_iter().enumerate().collect())
}

/// A timeline of one event with these claims, in this order.
fn timeline(claims: &[(usize, FileClaim)]) -> Timeline {
    let mut text = "[timeline]\ntlp = \"AMBER\"\n".to_owned();
    for entity in SPEAKERS.iter().chain(&["group", "band"]) {
        writeln!(text, "[entities.{entity}]").expect("a string takes all");
    }
    for (source, repeated) in SOURCES {
        writeln!(text, "[sources.{source}]\nderives-from = {repeated:?}")
            .expect("a string takes all");
    }
    text.push_str("[[events]]\ntitle = \"It\"\n");
    for (number, claim) in claims {
        text.push_str(&in_file(*number, claim));
    }
    dateline::formats::open(&[SourceText::new("claims.toml", &text)]).0
}

fn in_file(number: usize, claim: &FileClaim) -> String {
    let (aspect, values) = ASPECTS[claim.aspect];
    let mut text =
        format!("[[events.claims]]\nid = \"c{number}\"\nat = \"{number}\"\nabout = \"{aspect}\"\n");
    let mut key = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(text, "{name} = {value:?}").expect("a string takes all");
        }
    };
    key("by", claim.speaker.map(|at| SPEAKERS[at]));
    key("source", claim.source.map(|at| SOURCES[at].0));
    key("value", claim.value.map(|at| values[at % values.len()]));
    key("stance", Some(claim.stance));
    key("words", claim.words);
    key("likelihood", claim.words);
    key("yardstick", Some(claim.yardstick));
    key(
        "said",
        claim.day.map(|day| format!("2024-03-0{day}")).as_deref(),
    );
    key(
        "answers",
        claim.answers.map(|at| format!("c{at}")).as_deref(),
    );
    key("tlp", claim.is_red.then_some("RED"));
    text
}

fn verdict(timeline: &Timeline) -> EventVerdict<'_> {
    EventVerdict::of(
        timeline,
        timeline.events().next().expect("there is one").id(),
    )
}

/// A verdict without numbers of the timeline, which depend on the order of its file.
struct Described<'t> {
    timeline: &'t Timeline,
}

impl Described<'_> {
    fn number(&self, id: ClaimId) -> usize {
        let at = self.timeline.claim(id).at.as_deref();
        at.and_then(|at| at.parse().ok())
            .expect("each claim has its number")
    }

    fn numbers(&self, ids: impl IntoIterator<Item = ClaimId>) -> BTreeSet<usize> {
        ids.into_iter().map(|id| self.number(id)).collect()
    }

    fn value(&self, value: &ClaimValue) -> String {
        match value {
            ClaimValue::Entity(id) => self.timeline.entity(*id).key.clone(),
            ClaimValue::Date(when) => format!("{:?}", when.meaning()),
            ClaimValue::Text(text) => text.to_lowercase(),
        }
    }

    fn statement(&self, statement: &SpeakerStatement<'_>) -> String {
        let speaker = statement.speaker.map(|id| &self.timeline.entity(id).key);
        let wordings = statement.wordings.iter();
        let wordings: Vec<_> = wordings
            .map(|it| {
                (
                    it.wording.words,
                    it.wording.is_flat(),
                    self.numbers(it.claims.clone()),
                )
            })
            .collect();
        format!("{speaker:?} {wordings:?}")
    }

    fn objection(&self, objection: &Objection<'_>) -> String {
        let named = objection.named.map(|value| self.value(value));
        format!(
            "{} {named:?} {}",
            objection.stance,
            self.statement(&objection.statement)
        )
    }

    fn line(&self, line: &ValueLine<'_>) -> String {
        let speakers: Vec<String> = line.speakers.iter().map(|it| self.statement(it)).collect();
        let objections: Vec<String> = line
            .objections
            .iter()
            .map(|it| self.objection(it))
            .collect();
        format!("{speakers:?} {:?} {objections:?}", line.independent)
    }

    /// The lines in order, by aspect and value.
    fn lines(&self) -> Vec<((Aspect, String), String)> {
        let verdict = verdict(self.timeline);
        let lines = verdict.aspects.iter().flat_map(|verdict| {
            let lines = verdict.lines.iter();
            lines.map(|line| ((verdict.aspect, self.value(line.value)), self.line(line)))
        });
        lines.collect()
    }

    /// Everything else of each aspect.
    fn rest(&self) -> Vec<String> {
        let verdict = verdict(self.timeline);
        let rest = verdict.aspects.iter().map(|verdict| {
            let objections: Vec<String> = verdict
                .objections
                .iter()
                .map(|it| self.objection(it))
                .collect();
            let without_value = self.numbers(verdict.without_value.clone());
            let silent = self.numbers(verdict.silent.clone());
            format!(
                "{:?} {objections:?} {without_value:?} {silent:?}",
                verdict.aspect
            )
        });
        rest.collect()
    }

    /// The words of all forms: lines, then sentences.
    fn words(&self) -> [String; 4] {
        let event = self.timeline.events().next().expect("there is one");
        let blocks = verdict_blocks(self.timeline, event.id(), VerdictForm::Whole);
        let of_form = |form| {
            let lines = blocks.iter().flat_map(|block| block.lines(form));
            lines.flatten().map(|run| run.text.as_str()).collect()
        };
        let sentences = blocks.iter().map(|block| block.sentence.as_str());
        let [whole, first, brief] = [VerdictForm::Whole, VerdictForm::First, VerdictForm::Brief];
        [
            of_form(whole),
            of_form(first),
            of_form(brief),
            sentences.collect(),
        ]
    }
}

/// Every claim of an aspect's verdict, as often as it is there.
fn placed(verdict: &AspectVerdict<'_>) -> (Vec<ClaimId>, Vec<ClaimId>) {
    let lines = || verdict.lines.iter();
    let asserted = lines().flat_map(|line| &line.speakers);
    let asserted = asserted.flat_map(SpeakerStatement::claims);
    let objections = lines().flat_map(|line| &line.objections);
    let objections = objections.chain(&verdict.objections);
    let objected = objections.flat_map(|it| it.statement.claims());
    let others = verdict.without_value.iter().chain(&verdict.silent).copied();
    (asserted.chain(others).collect(), objected.collect())
}

/// The most speakers of a line whose texts have no original in common, found by trying all choices.
fn most_independent(claims: &[(usize, FileClaim)], numbers: &BTreeSet<usize>) -> usize {
    fn originals(source: usize) -> BTreeSet<usize> {
        let (_, repeated) = SOURCES[source];
        let at = |key: &&str| SOURCES.iter().position(|(known, _)| known == key);
        match repeated {
            [] => BTreeSet::from([source]),
            repeated => repeated.iter().filter_map(at).flat_map(originals).collect(),
        }
    }
    let mut texts: BTreeMap<Option<usize>, Vec<BTreeSet<usize>>> = BTreeMap::new();
    for (_, claim) in claims.iter().filter(|(number, _)| numbers.contains(number)) {
        let of_speaker = texts.entry(claim.speaker).or_default();
        of_speaker.extend(claim.source.map(originals));
    }
    let mut groups: Vec<(usize, BTreeSet<usize>)> = vec![(0, BTreeSet::new())];
    for texts in texts.values() {
        for (size, used) in groups.clone() {
            let apart = texts.iter().filter(|text| text.is_disjoint(&used));
            groups.extend(apart.map(|text| (size + 1, used.union(text).copied().collect())));
        }
        groups.sort();
        groups.dedup();
    }
    let most = groups.into_iter().map(|(size, _)| size).max().unwrap_or(0);
    most.max(usize::from(!texts.is_empty()))
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn each_claim_is_in_its_place_and_in_one_place(claims in claims()) {
        let timeline = timeline(&claims);
        let mut all = BTreeSet::new();
        for verdict in &verdict(&timeline).aspects {
            let (once, objected) = placed(verdict);
            let distinct: BTreeSet<ClaimId> = once.iter().copied().collect();
            prop_assert_eq!(once.len(), distinct.len(), "a claim is counted twice");
            for id in once.into_iter().chain(objected) {
                prop_assert_eq!(timeline.claim(id).about, verdict.aspect);
                all.insert(id);
            }
            for line in &verdict.lines {
                let asserting = line.speakers.iter().flat_map(SpeakerStatement::claims);
                for id in asserting {
                    let claim = timeline.claim(id);
                    prop_assert!(claim.stance == Stance::Asserts);
                    prop_assert!(claim.value.as_ref().is_some_and(|it| it.is_same_as(line.value)));
                }
                for objection in &line.objections {
                    for id in objection.statement.claims() {
                        let claim = timeline.claim(id);
                        let values = claim.answers.iter().filter_map(|&id| timeline.claim(id).value.as_ref());
                        let mut values = values.chain(claim.value.as_ref());
                        prop_assert!(values.any(|value| value.is_same_as(line.value)));
                    }
                }
            }
        }
        prop_assert_eq!(all.len(), claims.len(), "a claim is missing");
    }

    #[test]
    fn without_a_claim_only_its_own_line_changes(claims in claims(), pick in any::<prop::sample::Index>()) {
        let whole = timeline(&claims);
        let whole = Described { timeline: &whole };
        let removed = pick.index(claims.len());
        let mut rest = claims.clone();
        rest.remove(removed);
        let left = timeline(&rest);
        let left = Described { timeline: &left };
        // Its own line, and the lines that hold an objection which answered it.
        let mut touched: BTreeSet<(Aspect, String)> = BTreeSet::new();
        for (_, claim) in whole.timeline.claims() {
            let is_removed = claim.at.as_deref() == Some(&removed.to_string());
            let answers = claim.answers.iter().any(|&id| whole.number(id) == removed);
            if is_removed || answers {
                touched.extend(claim.value.as_ref().map(|it| (claim.about, whole.value(it))));
            }
            if is_removed {
                // An objection is also on the lines of the claims that it answers.
                for &id in &claim.answers {
                    let answered = whole.timeline.claim(id);
                    touched.extend(answered.value.as_ref().map(|it| (answered.about, whole.value(it))));
                }
            }
        }
        let untouched = |lines: Vec<((Aspect, String), String)>| -> BTreeMap<_, _> {
            lines.into_iter().filter(|(line, _)| !touched.contains(line)).collect()
        };
        prop_assert_eq!(untouched(whole.lines()), untouched(left.lines()));
    }

    #[test]
    fn the_order_of_claims_in_the_file_changes_nothing(claims in claims(), seed in any::<prop::sample::Index>()) {
        let mut other = claims.clone();
        other.rotate_left(seed.index(claims.len()));
        other.reverse();
        let (one, other) = (timeline(&claims), timeline(&other));
        let (one, other) = (Described { timeline: &one }, Described { timeline: &other });
        prop_assert_eq!(one.lines(), other.lines());
        prop_assert_eq!(one.rest(), other.rest());
        prop_assert_eq!(one.words(), other.words());
    }

    #[test]
    fn speakers_are_as_independent_as_the_best_choice_of_their_texts(claims in claims()) {
        let timeline = timeline(&claims);
        let described = Described { timeline: &timeline };
        for verdict in &verdict(&timeline).aspects {
            for line in &verdict.lines {
                let numbers = described.numbers(line.speakers.iter().flat_map(SpeakerStatement::claims));
                let most = most_independent(&claims, &numbers);
                prop_assert_eq!(line.independent.count, most, "{:?}", numbers);
                let has_no_source = |(number, claim): &(usize, FileClaim)| numbers.contains(number) && claim.source.is_none();
                let may_be_more = most < line.speakers.len() && claims.iter().any(has_no_source);
                prop_assert_eq!(line.independent.is_least, may_be_more);
            }
        }
    }

    #[test]
    fn up_to_a_marking_the_verdict_is_that_of_the_claims_that_are_left(claims in claims()) {
        let left: Vec<_> = claims.iter().filter(|(_, claim)| !claim.is_red).cloned().collect();
        let (whole, left) = (timeline(&claims), timeline(&left));
        let shown = whole.up_to(Tlp::Amber).expect("the file has a marking");
        let (shown, left) = (Described { timeline: &shown }, Described { timeline: &left });
        prop_assert_eq!(shown.lines(), left.lines());
        prop_assert_eq!(shown.rest(), left.rest());
    }

    #[test]
    fn lines_and_sentences_have_every_value_speaker_and_exact_words(claims in claims()) {
        let timeline = timeline(&claims);
        let [lines, first, brief, sentences] = Described { timeline: &timeline }.words();
        for (_, claim) in timeline.claims().filter(|(_, claim)| !claim.is_silent()) {
            let speaker = claim.by.map(|by| timeline.entity(by).name.as_str());
            for words in speaker.into_iter().chain(claim.words.as_deref()) {
                prop_assert!(lines.contains(words), "{words}: {lines}");
                prop_assert!(sentences.contains(words), "{words}: {sentences}");
            }
        }
        for judgement in ["probably", "confirmed", "%", "✓"] {
            for text in [&lines, &first, &brief, &sentences] {
                prop_assert!(!text.contains(judgement), "{text}");
            }
        }
    }
}
