//! A verdict in lines: the value, the speakers with their words, then those who object.

use super::speakers::{SpeakerGroup, SpeakerNames, where_silent};
use super::{objected, reserve, separator, term_words};
use crate::document::role::Role;
use crate::document::text_run::{TextRun, date, join, plain, quiet, quote, run};
use crate::document::words::count;
use crate::timeline::{ClaimValue, EntityId, Timeline};
use crate::verdict::{AspectVerdict, IndependentSpeakers, Objection, ValueLine, WordedClaims};

/// Between the parts of a line.
pub(super) const DOT: &str = " · ";

/// Writes the lines of one aspect.
pub(super) struct LineWriter<'w, 't> {
    pub timeline: &'w Timeline,
    pub names: &'w SpeakerNames<'w>,
    pub verdict: &'w AspectVerdict<'t>,
}

/// How much a line says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineDetail {
    /// Every speaker, in their words.
    Worded,
    /// How many speakers, and who objects.
    Counted,
}

impl<'t> LineWriter<'_, 't> {
    /// All lines: one for each value, then one for objections that name none, then one for what cannot be compared. At
    /// least one.
    pub fn whole(&self) -> Vec<Vec<TextRun>> {
        let lines = self.verdict.lines.iter();
        let lines = lines.map(|line| self.value(line, LineDetail::Worded));
        let mut lines: Vec<Vec<TextRun>> = lines.collect();
        lines.extend(self.unnamed(LineDetail::Worded));
        lines.extend(self.rest());
        lines
    }

    /// The line of what cannot be compared, and of what nothing states; `None` if there is nothing to say.
    pub fn rest(&self) -> Option<Vec<TextRun>> {
        let mut rest = self.incomparable();
        if self.verdict.lines.is_empty() && self.verdict.objections.is_empty() {
            rest.insert(0, vec![quiet("not stated")]);
        }
        (!rest.is_empty()).then(|| join(rest, DOT))
    }

    /// The first line, with the number of what follows it.
    pub fn first(&self) -> Vec<TextRun> {
        self.cut(LineDetail::Worded)
    }

    /// The first value, with numbers in the place of the speakers and their words.
    pub fn brief(&self) -> Vec<TextRun> {
        self.cut(LineDetail::Counted)
    }

    /// One line: no value and no objection is dropped without being counted.
    fn cut(&self, detail: LineDetail) -> Vec<TextRun> {
        let first = self.verdict.lines.first().map(|it| self.value(it, detail));
        let mut parts = vec![first.unwrap_or_else(|| vec![quiet("not stated")])];
        parts.extend(self.unnamed(detail));
        parts.extend(
            self.number_of_others(detail, 1)
                .map(|words| vec![quiet(&words)]),
        );
        join(parts, DOT)
    }

    /// How many values are not on the first lines; in words, also how many claims have no value.
    pub fn number_of_others(&self, detail: LineDetail, shown: usize) -> Option<String> {
        let verdict = self.verdict;
        let others = verdict.lines.get(shown..).unwrap_or_default();
        let disputed = others.iter().filter(|line| !line.objections.is_empty());
        let mut parts: Vec<String> = Vec::new();
        if !others.is_empty() {
            let disputed = match disputed.count() {
                0 => String::new(),
                number => format!(" ({number} disputed)"),
            };
            let values = match detail {
                LineDetail::Worded => count(others.len(), "more value"),
                LineDetail::Counted => format!("{} more", others.len()),
            };
            parts.push(format!("{values}{disputed}"));
        }
        if detail == LineDetail::Worded || verdict.lines.is_empty() {
            for (claims, what) in [
                (&verdict.without_value, "without a value"),
                (&verdict.silent, "silent"),
            ] {
                parts.extend((!claims.is_empty()).then(|| format!("{} {what}", claims.len())));
            }
        }
        (!parts.is_empty()).then(|| format!("+{}", parts.join(", ")))
    }

    /// Objections that name no value.
    pub fn unnamed(&self, detail: LineDetail) -> Option<Vec<TextRun>> {
        let objections = &self.verdict.objections;
        let mut parts = vec![vec![quiet("no value named")]];
        parts.extend(self.objections(objections, detail));
        (!objections.is_empty()).then(|| join(parts, DOT))
    }

    pub fn value(&self, line: &ValueLine<'t>, detail: LineDetail) -> Vec<TextRun> {
        let number = counted(line.speakers.len(), line.independent);
        let speakers = match (detail, number) {
            _ if line.speakers.is_empty() => vec![quiet("no speaker states it")],
            (LineDetail::Counted, Some(number)) => vec![quiet(&number)],
            (_, number) => {
                let number = number.map(|words| quiet(&format!("{words}: ")));
                number.into_iter().chain(self.speakers(line)).collect()
            }
        };
        let mut parts = vec![vec![self.value_run(line.value)], speakers];
        parts.extend(self.objections(&line.objections, detail));
        join(parts, DOT)
    }

    fn value_run(&self, value: &ClaimValue) -> TextRun {
        match value {
            ClaimValue::Entity(id) => {
                let name = &self.timeline.entity(*id).name;
                run(Role::of_part(self.verdict.aspect), name)
            }
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
    fn objections(&self, objections: &[Objection<'t>], detail: LineDetail) -> Vec<Vec<TextRun>> {
        let groups = SpeakerGroup::objecting(self.verdict, objections).into_iter();
        let groups = groups.map(|(objection, group)| {
            let verb = objected(objection.stance);
            let mut runs = self.names_of(&group);
            runs.extend([plain(" "), run(Role::Denies, verb)]);
            if let Some(named) = objection.named {
                runs.extend([plain(" "), self.value_run(named)]);
            }
            let is_worded = detail == LineDetail::Worded;
            let wordings = group.wordings.iter().filter(|_| is_worded);
            let wordings = wordings.map(|it| self.wording(it, ""));
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
            runs.push(self.name(statement.speaker));
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
            let mut runs = vec![self.name(voice.speaker)];
            runs.extend((!voice.words.is_empty()).then(|| plain(" ")));
            runs.extend(join(words.collect(), ", "));
            runs
        });
        let silent = self.names.voices(&self.verdict.silent).into_iter();
        let silent = silent.map(|voice| {
            let remark = where_silent(self.verdict, voice.speaker);
            let remark = (!remark.is_empty()).then(|| quiet(remark));
            std::iter::once(self.name(voice.speaker))
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

    fn name(&self, speaker: Option<EntityId>) -> TextRun {
        let name = self.names.name(speaker);
        name.map_or_else(|| quiet("speaker not given"), |it| run(Role::Speaker, it))
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
