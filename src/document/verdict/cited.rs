//! A verdict for paper, where nothing can be opened: the first values of each aspect, each with the sources to cite.

use super::block::{label, label_of_unstated, unstated_questions};
use super::line::{DOT, LineDetail, LineWriter};
use super::speakers::SpeakerNames;
use crate::document::text_run::{TextRun, quiet};
use crate::timeline::{ClaimId, EventId, SourceId, Timeline, unique};
use crate::verdict::{EventVerdict, Objection, SpeakerStatement};

/// What claims say about one aspect, or about which aspects there is no claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedVerdict {
    /// The question; marked if claims differ.
    pub label: Vec<TextRun>,
    /// A line for each value; at least one.
    pub lines: Vec<CitedLine>,
}

/// A line of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedLine {
    pub text: Vec<TextRun>,
    /// A source for each speaker: an original, if the speaker is in one.
    pub sources: Vec<SourceId>,
    /// On the last line, the number of values and claims without a line; otherwise empty.
    pub others: Vec<TextRun>,
}

/// What the claims about an event say, aspect by aspect, with at most `most` values for each. What has no room is
/// counted. None if there are no claims.
pub fn cited_verdicts(timeline: &Timeline, event: EventId, most: usize) -> Vec<CitedVerdict> {
    let names = &SpeakerNames::of(timeline, event);
    let verdict = EventVerdict::of(timeline, event);
    let aspects = verdict.aspects.iter().map(|verdict| {
        let line = LineWriter {
            timeline,
            names,
            verdict,
        };
        CitedVerdict {
            label: label(event, verdict),
            lines: lines(&line, most.max(1)),
        }
    });
    let unstated = unstated_questions(&verdict).map(|questions| CitedVerdict {
        label: label_of_unstated(),
        lines: vec![CitedLine {
            text: vec![quiet(&questions)],
            sources: Vec::new(),
            others: Vec::new(),
        }],
    });
    aspects.chain(unstated).collect()
}

fn lines(writer: &LineWriter<'_, '_>, most: usize) -> Vec<CitedLine> {
    let (timeline, verdict) = (writer.timeline, writer.verdict);
    let shown = verdict.lines.iter().take(most).map(|line| {
        let speakers = line.speakers.iter().chain(objecting(&line.objections));
        CitedLine {
            text: writer.value(line, LineDetail::Worded),
            sources: of_statements(timeline, speakers),
            others: Vec::new(),
        }
    });
    let mut lines: Vec<CitedLine> = shown.collect();
    let unnamed = writer.unnamed(LineDetail::Worded);
    lines.extend(unnamed.map(|text| CitedLine {
        text,
        sources: of_statements(timeline, objecting(&verdict.objections)),
        others: Vec::new(),
    }));
    if verdict.lines.is_empty() {
        let claims = verdict.without_value.iter().chain(&verdict.silent);
        let sources = claims.filter_map(|&id| timeline.claim(id).source);
        let sources = unique(sources);
        lines.extend(writer.rest().map(|text| CitedLine {
            text,
            sources,
            others: Vec::new(),
        }));
    } else if let Some(last) = lines.last_mut() {
        let others = writer.number_of_others(LineDetail::Worded, most);
        let words = others.map(|words| format!("{DOT}{words}"));
        last.others.extend(words.as_deref().map(quiet));
    }
    lines
}

fn objecting<'v, 't>(
    objections: &'v [Objection<'t>],
) -> impl Iterator<Item = &'v SpeakerStatement<'t>> {
    objections.iter().map(|objection| &objection.statement)
}

fn of_statements<'v, 't: 'v>(
    timeline: &Timeline,
    statements: impl Iterator<Item = &'v SpeakerStatement<'t>>,
) -> Vec<SourceId> {
    let sources = statements.filter_map(|statement| best(timeline, statement.claims()));
    unique(sources)
}

/// The source of one of some claims: the first that repeats no other, otherwise the first.
fn best(timeline: &Timeline, claims: impl Iterator<Item = ClaimId>) -> Option<SourceId> {
    let sources = claims.filter_map(|id| timeline.claim(id).source);
    sources.min_by_key(|&id| !timeline.source(id).derives_from.is_empty())
}
