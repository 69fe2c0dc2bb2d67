//! The filter prompt: with each key the list follows, the first mistake is shown, and completion offers candidates.

use std::ops::Range;

use tui_input::Input;

use crate::app::screen::Screen;
use crate::query::{self, Completion, ExprNode, FIELDS, FilterExpr, QueryError, ValueForm};

#[derive(Clone, Debug)]
pub struct FilterPrompt {
    pub input: Input,
    /// Whether the whole text is selected: a character replaces it, and a cursor key keeps it.
    pub is_selected: bool,
    /// The filter when the prompt was opened.
    pub before: String,
    /// The screen when the prompt was opened, for cancel.
    pub screen: Screen,
    pub mistake: Option<QueryError>,
    /// The candidates at the cursor, once they are known.
    pub completion: Completion,
    /// The text and the cursor that `completion` is for.
    known_for: Option<(String, usize)>,
    /// The candidate that is in the text now.
    pub chosen: Option<usize>,
    /// A step to another candidate that was requested before the candidates were known.
    waiting: Option<isize>,
    /// How many filters back in the history the text comes from.
    pub age: usize,
    /// The text before the history was used.
    draft: String,
}

impl FilterPrompt {
    /// Opens the prompt with the current filter selected.
    pub fn open(before: String, screen: Screen) -> Self {
        let input = if before.is_empty() {
            Input::default()
        } else {
            // A key that moves the cursor to the end is ready for another term.
            let end = before.chars().count();
            Input::new(format!("{before} ")).with_cursor(end)
        };
        Self {
            input,
            is_selected: !before.is_empty(),
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

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The mistake to explain: an unfinished filter is not one, and a selected one is about to be replaced.
    pub fn real_mistake(&self) -> Option<&QueryError> {
        let is_real = |mistake: &&QueryError| mistake.range.start < self.text().trim_end().len();
        self.mistake
            .as_ref()
            .filter(is_real)
            .filter(|_| !self.is_selected)
    }

    /// The text without a last word that may become the name of a field, and without the operator before it. Otherwise
    /// `ph`, on the way to `phase:`, would search all texts and empty the list for a moment.
    pub fn finished_text(&self) -> &str {
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

    pub fn edit(&mut self, edit: impl Fn(&mut Input)) {
        let mut kept = self.input.clone();
        edit(&mut kept);
        if self.is_selected && kept.value() != self.input.value() {
            self.input = Input::default();
            edit(&mut self.input);
        } else {
            self.input = kept;
        }
        self.is_selected = false;
        self.chosen = None;
        self.waiting = None;
    }

    /// The text and the cursor to look up candidates for; `None` if they are known, or if a candidate was just
    /// inserted.
    pub fn wants_completion(&self) -> Option<(String, usize)> {
        let wanted = if self.is_selected {
            // A candidate would replace the selected text.
            (String::new(), 0)
        } else {
            (self.text().to_owned(), self.cursor())
        };
        let is_new = self.chosen.is_none() && self.known_for.as_ref() != Some(&wanted);
        is_new.then_some(wanted)
    }

    /// Stores the candidates, unless the text has changed since they were requested. Returns whether a step that waited
    /// for them has changed the text.
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

    /// The byte offset of the cursor.
    fn cursor(&self) -> usize {
        let text = self.text();
        text.char_indices()
            .nth(self.input.cursor())
            .map_or(text.len(), |(byte, _)| byte)
    }

    /// Replaces the typed text by the next or the previous candidate.
    pub fn choose(&mut self, by: isize) {
        // The known candidates are for another place in the text.
        if self.wants_completion().is_some() {
            self.waiting = Some(by);
            return;
        }
        let count = self.completion.candidates.len();
        if count == 0 {
            return;
        }
        if std::mem::take(&mut self.is_selected) {
            self.input = Input::default();
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

    /// Replaces the text by an older or a newer filter of the history.
    pub fn recall(&mut self, history: &[String], by: isize) {
        let age = self.age.saturating_add_signed(by).min(history.len());
        if age == self.age {
            return;
        }
        if self.age == 0 {
            self.draft = self.text().to_owned();
        }
        self.age = age;
        self.is_selected = false;
        let text = match age {
            0 => self.draft.clone(),
            _ => history[history.len() - age].clone(),
        };
        self.input = Input::new(text);
        self.chosen = None;
        self.waiting = None;
    }
}

/// The byte range of the last word of a filter, if the word is not a term and not quoted.
fn last_word(expr: &FilterExpr) -> Option<Range<usize>> {
    match &expr.node {
        ExprNode::And(parts) | ExprNode::Or(parts) => last_word(parts.last()?),
        ExprNode::Not(inner) => last_word(inner),
        ExprNode::Text(value) if value.form == ValueForm::Plain => Some(value.range.clone()),
        ExprNode::Text(_) | ExprNode::Term(_) | ExprNode::Surely(_) | ExprNode::Possibly(_) => None,
    }
}

/// A filter without the operators at its end.
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
        prompt.finished_text().to_owned()
    }

    #[test]
    fn a_word_that_may_become_a_field_is_left_out() {
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
    fn the_end_of_a_value_is_not_taken_for_a_field() {
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

    fn opened(keys: &str) -> String {
        let screen = Screen::Timeline(Box::new(TimelineScreen::new(&Timeline::default())));
        let mut prompt = FilterPrompt::open("tag:pilots".to_owned(), screen);
        for input in crate::app::input::key::parse(keys).expect("keys") {
            if let crate::app::input::key::UserInput::Key(key) = input {
                prompt.edit(|input| crate::app::overlay::edit(input, key));
            }
        }
        format!("{}|{}", prompt.text(), prompt.is_selected)
    }

    #[test]
    fn the_current_filter_is_selected_so_a_character_replaces_it_and_a_cursor_key_keeps_it() {
        for (keys, text) in [
            ("", "tag:pilots |true"),
            ("by", "by|false"),
            ("<backspace>", "|false"),
            ("<delete>x", "x|false"),
            ("<ctrl-u>x", "x|false"),
            ("<ctrl-w>", "|false"),
            ("<end>by", "tag:pilots by|false"),
            ("<right>by", "tag:pilots by|false"),
            ("<home>-", "-tag:pilots |false"),
            ("<left><right><backspace>", "tag:pilot |false"),
        ] {
            assert_eq!(opened(keys), text, "{keys}");
        }
    }
}
