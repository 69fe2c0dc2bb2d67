//! A verdict in lines: the value, the speakers with their words, then those who object.

use super::speakers::{SpeakerGroup, SpeakerNames, where_silent};
use super::{reserve, separator, term_words, unstated};
use crate::document::role::Role;
use crate::document::subject::{Evidence, PageSubject};
use crate::document::text_run::{TextRun, date, join, plain, quiet, quote, run};
use crate::document::words::count;
use crate::document::writer::DocumentWriter;
use crate::timeline::term::{Aspect, Stance};
use crate::timeline::{ClaimId, ClaimValue, EventId, Timeline};
use crate::verdict::{
    AspectVerdict, EventVerdict, IndependentSpeakers, Objection, ValueLine, WordedClaims,
};

/// The label of the line for aspects that no claim is about.
const NO_CLAIM: &str = "No claim on";

/// Between the parts of a line.
const DOT: &str = " · ";

/// One line of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictLine {
    /// The aspect; `None` for the line of those that no claim is about.
    pub aspect: Option<Aspect>,
    /// The label, on the first line of an aspect.
    pub label: Option<&'static str>,
    /// Whether the claims about the aspect differ.
    pub is_contested: bool,
    /// The text.
    pub runs: Vec<TextRun>,
}

/// What the claims about an event say. Each aspect has a line for each value, then one for what cannot be compared; the
/// last line has the aspects that no claim is about.
pub fn verdict_lines(timeline: &Timeline, event: EventId) -> Vec<VerdictLine> {
    let writer = &DocumentWriter::new(timeline);
    let names = &SpeakerNames::of(timeline, event);
    let verdict = EventVerdict::of(timeline, event);
    let mut lines: Vec<VerdictLine> = Vec::new();
    for verdict in &verdict.aspects {
        let aspect = verdict.aspect;
        let texts = LineWriter {
            writer,
            names,
            verdict,
        };
        let texts = texts.all().into_iter().enumerate();
        lines.extend(texts.map(|(at, runs)| VerdictLine {
            aspect: Some(aspect),
            label: (at == 0).then(|| aspect.question()),
            is_contested: verdict.differences.any(),
            runs,
        }));
    }
    lines.extend(unstated(&verdict).map(|questions| VerdictLine {
        aspect: None,
        label: Some(NO_CLAIM),
        is_contested: false,
        runs: vec![quiet(&questions)],
    }));
    lines
}

/// Writes the lines of one aspect.
struct LineWriter<'w, 't> {
    writer: &'w DocumentWriter<'w>,
    names: &'w SpeakerNames<'w>,
    verdict: &'w AspectVerdict<'t>,
}

impl<'t> LineWriter<'_, 't> {
    /// At least one line.
    fn all(&self) -> Vec<Vec<TextRun>> {
        let lines = self.verdict.lines.iter().map(|line| self.value(line));
        let mut lines: Vec<Vec<TextRun>> = lines.collect();
        if !self.verdict.objections.is_empty() {
            let mut parts = vec![vec![quiet("no value named")]];
            parts.extend(self.objections(&self.verdict.objections));
            lines.push(join(parts, DOT));
        }
        let mut rest = self.incomparable();
        if lines.is_empty() {
            rest.insert(0, vec![quiet("not stated")]);
        }
        lines.extend((!rest.is_empty()).then(|| join(rest, DOT)));
        lines
    }

    fn value(&self, line: &ValueLine<'t>) -> Vec<TextRun> {
        let speakers = if line.speakers.is_empty() {
            vec![quiet("no speaker states it")]
        } else {
            let number = counted(line.speakers.len(), line.independent);
            let number = number.map(|words| quiet(&format!("{words}: ")));
            number.into_iter().chain(self.speakers(line)).collect()
        };
        let mut parts = vec![vec![self.value_run(line.value)], speakers];
        parts.extend(self.objections(&line.objections));
        join(parts, DOT)
    }

    fn value_run(&self, value: &ClaimValue) -> TextRun {
        match value {
            ClaimValue::Entity(id) => self.writer.entity(*id, Role::of_part(self.verdict.aspect)),
            ClaimValue::Date(when) => date(when),
            ClaimValue::Text(text) => plain(text),
        }
    }

    fn speakers(&self, line: &ValueLine<'t>) -> Vec<TextRun> {
        let groups = SpeakerGroup::all(self.verdict, &line.speakers);
        let groups = groups.iter().map(|group| {
            let mut runs = self.names_of(group);
            for (at, worded) in group.wordings.iter().enumerate() {
                runs.push(quiet(if at > 0 { ", " } else { " " }));
                runs.extend(self.wording(worded, "flatly"));
            }
            runs
        });
        join(groups.collect(), "; ")
    }

    /// Who denies or doubts, what if it is another value, and in which words.
    fn objections(&self, objections: &[Objection<'t>]) -> Vec<Vec<TextRun>> {
        let groups = SpeakerGroup::objecting(self.verdict, objections).into_iter();
        let groups = groups.map(|(objection, group)| {
            let verb = match (objection.stance, group.speakers.len()) {
                (Stance::Doubts, 1) => "doubts",
                (Stance::Doubts, _) => "doubt",
                (_, 1) => "denies",
                _ => "deny",
            };
            let mut runs = self.names_of(&group);
            runs.extend([plain(" "), run(Role::Denies, verb)]);
            if let Some(named) = objection.named {
                runs.extend([plain(" "), self.value_run(named)]);
            }
            let wordings = group.wordings.iter().map(|it| self.wording(it, ""));
            let wordings: Vec<_> = wordings.filter(|runs| !runs.is_empty()).collect();
            runs.extend((!wordings.is_empty()).then(|| plain(" ")));
            runs.extend(join(wordings, ", "));
            runs
        });
        groups.collect()
    }

    fn names_of(&self, group: &SpeakerGroup<'_, '_>) -> Vec<TextRun> {
        let mut runs = Vec::new();
        for (at, statement) in group.speakers.iter().enumerate() {
            let before = separator(at, group.speakers.len());
            runs.extend((at > 0).then(|| quiet(before)));
            runs.extend(statement.claims().next().map(|id| self.name(id)));
        }
        runs
    }

    /// The words, or what is said of a claim without any.
    fn wording(&self, worded: &WordedClaims<'_>, flat: &str) -> Vec<TextRun> {
        let wording = &worded.wording;
        let mut parts: Vec<TextRun> = Vec::new();
        parts.extend((wording.is_flat() && !flat.is_empty()).then(|| quiet(flat)));
        parts.extend(wording.words.map(quote));
        if let Some((term, yardstick)) = wording.term {
            parts.push(plain(&format!("says {}", term_words(term, yardstick))));
        }
        parts.extend(reserve(wording).map(|words| quiet(&words)));
        parts.extend(self.verdict.is_later(worded).then(|| quiet("(later)")));
        spaced(parts)
    }

    /// What has no line of a value: claims without one, and silent claims.
    fn incomparable(&self) -> Vec<Vec<TextRun>> {
        let without_value = &self.verdict.without_value;
        let number = count(without_value.len(), "claim");
        let with_words = self.names.voices(without_value).into_iter().map(|voice| {
            let words = voice.words.iter().map(|words| vec![quote(words)]);
            let mut runs = vec![self.name(voice.claim)];
            runs.extend((!voice.words.is_empty()).then(|| plain(" ")));
            runs.extend(join(words.collect(), ", "));
            runs
        });
        let silent = self.names.voices(&self.verdict.silent).into_iter();
        let silent = silent.map(|voice| {
            let remark = where_silent(self.verdict, voice.speaker);
            let remark = (!remark.is_empty()).then(|| quiet(remark));
            std::iter::once(self.name(voice.claim))
                .chain(remark)
                .collect()
        });
        let parts: [(String, Vec<Vec<TextRun>>); 2] = [
            (format!("{number} without a value: "), with_words.collect()),
            ("silent: ".to_owned(), silent.collect()),
        ];
        let parts = parts.into_iter().filter(|(_, voices)| !voices.is_empty());
        let parts = parts.map(|(lead, voices)| {
            let voices = join(voices, "; ");
            std::iter::once(quiet(&lead)).chain(voices).collect()
        });
        parts.collect()
    }

    /// The speaker of a claim, as a link to it.
    fn name(&self, id: ClaimId) -> TextRun {
        let speaker = self.writer.timeline.claim(id).by;
        let name = self.names.name(speaker);
        let name = name.map_or_else(|| quiet("speaker not given"), |it| run(Role::Speaker, it));
        TextRun {
            link: Some(PageSubject::Evidence(Evidence::Claim(id))),
            ..name
        }
    }
}

/// How many speakers there are, and how many of them are independent; `None` for one.
fn counted(speakers: usize, independent: IndependentSpeakers) -> Option<String> {
    let least = if independent.is_least {
        "at least "
    } else {
        ""
    };
    match independent.count {
        _ if speakers < 2 => None,
        all if all == speakers => Some(format!("{speakers} independent speakers")),
        some => Some(format!("{speakers} speakers, {least}{some} independent")),
    }
}

/// Runs with a space between each.
fn spaced(runs: Vec<TextRun>) -> Vec<TextRun> {
    let mut spaced: Vec<TextRun> = Vec::new();
    for run in runs {
        spaced.extend((!spaced.is_empty()).then(|| plain(" ")));
        spaced.push(run);
    }
    spaced
}
