//! The filter prompt: the list follows each key, a mistake is told at once, and completion offers what
//! could stand next.

use std::ops::Range;

use tui_input::Input;

use crate::app::screen::Screen;
use crate::query::{self, Completion, ExprNode, FIELDS, FilterExpr, QueryError, ValueForm};

/// The state of the filter prompt.
#[derive(Clone, Debug)]
pub struct FilterPrompt {
    /// The text typed.
    pub input: Input,
    /// What was in force when the prompt was opened.
    pub before: String,
    /// The screen as it was then.
    pub screen: Screen,
    /// What is wrong with the text.
    pub mistake: Option<QueryError>,
    /// What could stand at the cursor, once it is known.
    pub completion: Completion,
    /// The text and the cursor for which it was looked up.
    known_for: Option<(String, usize)>,
    /// Which of it stands there now.
    pub chosen: Option<usize>,
    /// A choice that was made before it was known what there is to choose.
    waiting: Option<isize>,
    /// How far back in the history one is.
    pub age: usize,
    /// What was typed before one went back in it.
    draft: String,
}

impl FilterPrompt {
    /// The prompt with what is in force.
    pub fn open(before: String, screen: Screen) -> Self {
        let input = if before.is_empty() {
            Input::default()
        } else {
            Input::new(format!("{before} "))
        };
        Self {
            input,
            before,
            screen,
            mistake: None,
            completion: Completion::default(),
            known_for: None,
            chosen: None,
            waiting: None,
            age: 0,
            draft: String::new(),
        }
    }

    /// The text typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text without a last word that may yet become the name of a field: `ph` on the way to `phase:`
    /// is not looked for in the texts, or the list would be empty for a moment. What joined the word to
    /// the rest goes with it.
    pub fn settled_text(&self) -> &str {
        let text = self.text();
        let parsed = query::parse(text);
        let word = parsed.expr.as_ref().and_then(last_word);
        let Some(word) = word.filter(|word| parsed.errors.is_empty() && word.end == text.len())
        else {
            return text;
        };
        let written = text.get(word.clone()).unwrap_or_default();
        let names = FIELDS
            .iter()
            .flat_map(|field| std::iter::once(&field.name).chain(field.aliases));
        let may_grow = names.into_iter().any(|name| name.starts_with(written));
        match text.get(..word.start) {
            Some(before) if may_grow => without_joiners(before),
            _ => text,
        }
    }

    /// Edits the text.
    pub fn edit(&mut self, edit: impl FnOnce(&mut Input)) {
        edit(&mut self.input);
        self.chosen = None;
        self.waiting = None;
    }

    /// The text and the cursor for which to look up what could stand there; none if one of it has just
    /// been put there, or if it is known.
    pub fn wants_completion(&self) -> Option<(String, usize)> {
        let wanted = (self.text().to_owned(), self.cursor());
        let is_new = self.chosen.is_none() && self.known_for.as_ref() != Some(&wanted);
        is_new.then_some(wanted)
    }

    /// Takes what could stand at the cursor, unless the text is another one by now. Says whether that
    /// changed the text, because a choice had been made already.
    pub fn take_completion(&mut self, known_for: (String, usize), completion: Completion) -> bool {
        if self.wants_completion().as_ref() != Some(&known_for) {
            return false;
        }
        self.completion = completion;
        self.known_for = Some(known_for);
        let waiting = self.waiting.take();
        if let Some(by) = waiting {
            self.choose(by);
        }
        waiting.is_some()
    }

    /// The byte at which the cursor stands.
    fn cursor(&self) -> usize {
        let text = self.text();
        text.char_indices()
            .nth(self.input.cursor())
            .map_or(text.len(), |(byte, _)| byte)
    }

    /// Puts the next candidate, or the one before, in the place of what is typed.
    pub fn choose(&mut self, by: isize) {
        // What was looked up for another text has another place.
        if self.wants_completion().is_some() {
            self.waiting = Some(by);
            return;
        }
        let count = self.completion.candidates.len();
        if count == 0 {
            return;
        }
        let last = count - 1;
        let next = match self.chosen {
            None => {
                if by > 0 {
                    0
                } else {
                    last
                }
            }
            Some(chosen) => chosen
                .checked_add_signed(by)
                .filter(|&next| next <= last)
                .unwrap_or(if by > 0 { 0 } else { last }),
        };
        let insert = self.completion.candidates[next].insert.clone();
        let range = self.completion.range.clone();
        let text = self.text();
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        let cursor = before.chars().count() + insert.chars().count();
        let text = format!("{before}{insert}{after}");
        self.input = Input::new(text).with_cursor(cursor);
        self.completion.range = range.start..range.start + insert.len();
        self.chosen = Some(next);
    }

    /// Puts an older or a newer filter of the history in the place of the text.
    pub fn recall(&mut self, history: &[String], by: isize) {
        let age = self.age.saturating_add_signed(by).min(history.len());
        if age == self.age {
            return;
        }
        if self.age == 0 {
            self.draft = self.text().to_owned();
        }
        self.age = age;
        let text = match age {
            0 => self.draft.clone(),
            _ => history[history.len() - age].clone(),
        };
        self.input = Input::new(text);
        self.chosen = None;
        self.waiting = None;
    }
}

/// The bytes of the last word of a filter, if that stands for itself.
fn last_word(expr: &FilterExpr) -> Option<Range<usize>> {
    match &expr.node {
        ExprNode::And(parts) | ExprNode::Or(parts) => last_word(parts.last()?),
        ExprNode::Not(inner) => last_word(inner),
        ExprNode::Text(value) if value.form == ValueForm::Plain => Some(value.range.clone()),
        ExprNode::Text(_) | ExprNode::Term(_) | ExprNode::Surely(_) | ExprNode::Possibly(_) => None,
    }
}

/// A filter without the signs and words at its end that wait for something to follow.
fn without_joiners(text: &str) -> &str {
    let mut text = text;
    loop {
        let rest = text.trim_end();
        let word = rest
            .rsplit(|sign: char| sign.is_whitespace() || "()\"".contains(sign))
            .next();
        let word = word.unwrap_or_default();
        let is_joiner = ["or", "and", "not"]
            .iter()
            .any(|joiner| word.eq_ignore_ascii_case(joiner));
        text = match rest.strip_suffix('-') {
            Some(before) => before,
            None if is_joiner => rest.strip_suffix(word).unwrap_or(rest),
            None => return text,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screen::TimelineScreen;
    use crate::timeline::Timeline;

    fn settled(text: &str) -> String {
        let screen = Screen::Timeline(Box::new(TimelineScreen::new(&Timeline::default())));
        let mut prompt = FilterPrompt::open(String::new(), screen);
        prompt.input = Input::new(text.to_owned());
        prompt.settled_text().to_owned()
    }

    #[test]
    fn a_word_that_may_become_a_field_is_not_asked_for_yet() {
        for (text, asked) in [
            ("ph", ""),
            ("apt31 ph", "apt31 "),
            ("-ph", ""),
            ("apt31 -ph", "apt31 "),
            ("apt31 or ph", "apt31 "),
            ("apt31 or -ph", "apt31 "),
            ("not ph", ""),
            ("apt31 xyz", "apt31 xyz"),
            ("phase ", "phase "),
        ] {
            assert_eq!(settled(text), asked, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_value_is_no_field() {
        for text in [
            "tag:strand-t",
            "id:web-s",
            "\"by",
            "(ph",
            "phase:sanction,legal",
            "x-by",
        ] {
            assert_eq!(settled(text), text);
        }
    }
}
