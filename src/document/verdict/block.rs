//! The verdict on one aspect as a block of a document, in several lengths.

use super::line::LineWriter;
use super::sentence::SentenceWriter;
use super::speakers::SpeakerNames;
use crate::document::role::Role;
use crate::document::subject::{Evidence, PageSubject};
use crate::document::text_run::{TextRun, plain, quiet, run};
use crate::timeline::term::Aspect;
use crate::timeline::{EventId, Timeline};
use crate::verdict::{AspectVerdict, EventVerdict};

/// The label of the block for aspects that no claim is about.
const NO_CLAIM: &str = "No claim on";

/// How much is shown of the verdict on an aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictForm {
    /// A line for each value, and for what cannot be compared.
    Whole,
    /// The line of the first value, and how many more there are.
    First,
    /// The first value, how many speakers state it, who objects, and how many more values there are.
    Brief,
}

/// What claims say about one aspect of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictBlock {
    /// The aspect; `None` for all those that no claim is about.
    pub aspect: Option<Aspect>,
    /// The label, a link to the claims; marked if they differ.
    pub label: Vec<TextRun>,
    /// The form in which it is shown, unless a screen chooses another.
    pub form: VerdictForm,
    /// The same in sentences, on one line.
    pub sentence: String,
    whole: Vec<Vec<TextRun>>,
    first: Vec<TextRun>,
    brief: Vec<TextRun>,
}

impl VerdictBlock {
    /// The lines of a form; at least one.
    pub fn lines(&self, form: VerdictForm) -> &[Vec<TextRun>] {
        match form {
            VerdictForm::Whole => &self.whole,
            VerdictForm::First => std::slice::from_ref(&self.first),
            VerdictForm::Brief => std::slice::from_ref(&self.brief),
        }
    }

    /// The label as text.
    pub fn label_text(&self) -> String {
        self.label.iter().map(|run| run.text.as_str()).collect()
    }
}

/// What the claims about an event say: a block for each aspect, then one for the aspects that no claim is about. None if
/// there are no claims.
pub fn verdict_blocks(timeline: &Timeline, event: EventId, form: VerdictForm) -> Vec<VerdictBlock> {
    let names = &SpeakerNames::of(timeline, event);
    let verdict = EventVerdict::of(timeline, event);
    let blocks = verdict.aspects.iter().map(|verdict| {
        let line = LineWriter {
            timeline,
            names,
            verdict,
        };
        let sentence = SentenceWriter {
            timeline,
            names,
            verdict,
        };
        VerdictBlock {
            aspect: Some(verdict.aspect),
            label: label(event, verdict),
            form,
            sentence: sentence.paragraph(),
            whole: line.whole(),
            first: line.first(),
            brief: line.brief(),
        }
    });
    blocks.chain(unstated(&verdict, form)).collect()
}

/// The question of an aspect, a link to its claims; marked if they differ.
pub(super) fn label(event: EventId, verdict: &AspectVerdict<'_>) -> Vec<TextRun> {
    let aspect = verdict.aspect;
    let mut label = vec![TextRun {
        link: Some(PageSubject::Evidence(Evidence::Aspect(event, aspect))),
        ..run(Role::Label, aspect.question())
    }];
    if verdict.differences.any() {
        label.extend([plain(" "), run(Role::Contested, "⚑")]);
    }
    label
}

/// The label for the aspects that no claim is about.
pub(super) fn label_of_unstated() -> Vec<TextRun> {
    vec![run(Role::Label, NO_CLAIM)]
}

/// The questions of the aspects that no claim is about; `None` if there are none.
pub(super) fn unstated_questions(verdict: &EventVerdict<'_>) -> Option<String> {
    let aspects = verdict.unstated();
    let questions = aspects.iter().map(|it| it.question().to_lowercase());
    let questions = questions.collect::<Vec<String>>().join(", ");
    (!aspects.is_empty()).then_some(questions)
}

/// The block for the aspects that no claim is about, if any.
fn unstated(verdict: &EventVerdict<'_>, form: VerdictForm) -> Option<VerdictBlock> {
    let questions = unstated_questions(verdict)?;
    let runs = vec![quiet(&questions)];
    Some(VerdictBlock {
        aspect: None,
        label: label_of_unstated(),
        form,
        sentence: format!("{NO_CLAIM}: {questions}."),
        whole: vec![runs.clone()],
        first: runs.clone(),
        brief: runs,
    })
}
