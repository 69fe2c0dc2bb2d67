//! The line in which a version to compare with is typed: a revision, a file or a day.

use tui_input::Input;

use super::completed_line::CompletedLine;
use super::day_slider::stops;
use crate::query::{CompletionCandidate, QueryError};
use crate::timeline::Timeline;

/// Common revisions, each with its meaning.
const REVISIONS: [(&str, &str); 3] = [
    ("HEAD", "the last commit"),
    ("HEAD~1", "the commit before it"),
    ("HEAD~10", "ten commits before it"),
];

#[derive(Clone, Debug, Default)]
pub struct BaselinePrompt {
    pub line: CompletedLine,
    /// Why the text was refused; `None` again after an edit.
    pub mistake: Option<QueryError>,
    /// Whether the version is being read.
    pub is_reading: bool,
}

impl BaselinePrompt {
    /// `has_files`: whether the timeline may have a history.
    pub fn open(whole: &Timeline, has_files: bool, text: &str) -> Self {
        let candidate = |name: &str, detail: &str| CompletionCandidate {
            insert: name.to_owned(),
            label: name.to_owned(),
            detail: detail.to_owned(),
            count: None,
        };
        let revisions = REVISIONS.iter().filter(|_| has_files);
        let revisions = revisions.map(|(name, detail)| candidate(name, detail));
        let days = stops(whole).into_iter().rev();
        let days = days.map(|day| candidate(day.written(), "what was public by then"));
        Self {
            line: CompletedLine::new(text, revisions.chain(days).collect()),
            ..Self::default()
        }
    }

    /// Replaces the text by the next or the previous candidate.
    pub fn choose(&mut self, by: isize) {
        self.line.choose(by);
        self.mistake = None;
    }

    pub fn edit(&mut self, edit: impl Fn(&mut Input)) {
        self.line.edit(edit);
        self.mistake = None;
        self.is_reading = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn prompt(has_files: bool) -> BaselinePrompt {
        let text = "[[events]]\ntitle = \"A\"\nwhen = \"2021\"\ndisclosed = \"2022-03-04\"\n";
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        BaselinePrompt::open(&timeline, has_files, "")
    }

    fn labels(prompt: &BaselinePrompt) -> Vec<&str> {
        let candidates = prompt.line.candidates().into_iter();
        candidates.map(|it| it.label.as_str()).collect()
    }

    #[test]
    fn days_are_offered_and_revisions_only_where_there_are_files() {
        assert_eq!(labels(&prompt(false)), ["2022-03-04"]);
        assert_eq!(
            labels(&prompt(true)),
            ["HEAD", "HEAD~1", "HEAD~10", "2022-03-04"]
        );
    }

    #[test]
    fn candidates_follow_what_is_typed_and_stay_while_one_is_chosen() {
        let mut prompt = prompt(true);
        prompt.edit(|input| *input = Input::new("he".to_owned()));
        for expected in ["HEAD", "HEAD~1", "HEAD~10", "HEAD"] {
            prompt.choose(1);
            assert_eq!(prompt.line.input.value(), expected);
        }
        prompt.choose(-1);
        assert_eq!(prompt.line.input.value(), "HEAD~10");
        prompt.edit(|input| *input = Input::new("20".to_owned()));
        assert_eq!(labels(&prompt), ["2022-03-04"]);
    }
}
