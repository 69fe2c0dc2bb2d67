//! What `has:` asks for: the facts of an event, and what links and claims add.

use super::super::bitmap::Bitmap;
use super::super::columns::{
    having_value, is_dated, is_filled, lists, marked, naming_any, paged, values, worded,
};
use super::super::field::TermBinder;
use super::super::predicate::Predicate;
use super::super::shared_questions::any_claim;
use super::fixed;
use crate::timeline::facts::{FACTS, Fact, FactColumn, FactGroup};
use crate::timeline::term::Tlp;
use crate::timeline::{Timeline, VisitControl};

/// What a word asks for.
type FeatureQuestion = fn() -> Predicate;

/// Words that are not facts, and what they ask for.
const OTHERS: [(&str, FeatureQuestion); 5] = [
    ("links", || {
        Predicate::known(|timeline| lists(&timeline.columns().links, is_filled))
    }),
    ("claims", || {
        Predicate::known(|timeline| lists(&timeline.columns().claims, is_filled))
    }),
    ("answers", || any_claim(|claim| !claim.answers.is_empty())),
    ("likelihood", || {
        any_claim(|claim| claim.likelihood.is_some())
    }),
    ("confidence", || {
        any_claim(|claim| claim.confidence.is_some())
    }),
];

/// The words in the order of suggestions: the marking comes last.
pub(super) static WORDS: &[&str] = &words();

const fn words() -> [&'static str; FACTS.len() + OTHERS.len()] {
    let mut words = [""; FACTS.len() + OTHERS.len()];
    let (mut at, mut other) = (add_facts(&mut words, 0, false), 0);
    while other < OTHERS.len() {
        words[at] = OTHERS[other].0;
        at += 1;
        other += 1;
    }
    add_facts(&mut words, at, true);
    words
}

/// Adds the names of the facts, either of the marking or of all others. Returns the index behind them.
const fn add_facts(words: &mut [&'static str], mut at: usize, handling: bool) -> usize {
    let mut fact = 0;
    while fact < FACTS.len() {
        if matches!(FACTS[fact].group, FactGroup::Handling) == handling {
            words[at] = FACTS[fact].name;
            at += 1;
        }
        fact += 1;
    }
    at
}

pub(super) fn bind(term: &mut TermBinder<'_>) -> Predicate {
    let is_paged = !term.timeline.columns().paged.is_empty();
    fixed::choice(term, |chosen| {
        let facts = FACTS.iter().filter(|fact| chosen.contains(&fact.name));
        // Rows of logs have no text but the summary.
        let is_text = |fact: &Fact| matches!(fact.column, FactColumn::Text(_));
        let in_files = facts.clone().filter(|fact| is_paged && is_text(fact));
        let in_files = in_files.map(|_| Predicate::known_in_files(summarised));
        let facts = facts.map(|fact| Predicate::known(|timeline| stating(timeline, fact)));
        let others = OTHERS.iter().filter(|(word, _)| chosen.contains(word));
        let others = others.map(|(_, has)| has());
        Predicate::any(facts.chain(in_files).chain(others).collect())
    })
}

/// The events whose summary stays in a file.
fn summarised(timeline: &Timeline, control: &VisitControl) -> Bitmap {
    paged(timeline, None, control, |page| worded(&page.summaries))
}

/// The events that state a fact.
fn stating(timeline: &Timeline, fact: &Fact) -> Bitmap {
    let columns = timeline.columns();
    match fact.column {
        FactColumn::Text(texts) => worded((texts.get)(columns)),
        FactColumn::When => is_dated(timeline),
        FactColumn::Date(_, dates) => having_value(timeline.len(), (dates.get)(columns), |_| true),
        FactColumn::Word(words, _) => values((words.get)(columns), |word| word.is_some()),
        FactColumn::Words(words, _) => lists((words.get)(columns), is_filled),
        FactColumn::Parties(part) => naming_any(timeline, part),
        FactColumn::After => having_value(timeline.len(), &columns.neighbours, |it| {
            !it.after.is_empty()
        }),
        FactColumn::Before => having_value(timeline.len(), &columns.neighbours, |it| {
            !it.before.is_empty()
        }),
        FactColumn::Sources => lists(&columns.sources, is_filled),
        FactColumn::Marking => marked(timeline, Tlp::ALL),
    }
}
