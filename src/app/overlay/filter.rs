//! The filter prompt: the list follows each key, a mistake is told at once, and completion offers what
//! could stand next.

use tui_input::Input;

use crate::app::key::Key;
use crate::app::screen::Screen;
use crate::query::{Completion, FIELDS, QueryError};

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
    /// How far back in the history one is.
    pub age: usize,
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
            age: 0,
        }
    }

    /// The text typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text without a last word that may yet become the name of a field: `ph` on the way to `phase:`
    /// is not looked for in the texts, or the list would be empty for a moment.
    pub fn settled_text(&self) -> &str {
        let text = self.text();
        let last = text.rsplit([' ', '(', '-']).next().unwrap_or_default();
        let names = FIELDS
            .iter()
            .flat_map(|field| std::iter::once(&field.name).chain(field.aliases));
        let may_grow = !last.is_empty() && names.into_iter().any(|name| name.starts_with(last));
        let settled = if may_grow {
            text.strip_suffix(last)
        } else {
            None
        };
        settled.unwrap_or(text)
    }

    /// Types a key.
    pub fn edit(&mut self, key: Key) {
        super::edit(&mut self.input, key);
        self.chosen = None;
    }

    /// The text and the cursor for which to look up what could stand there; none if one of it has just
    /// been put there, or if it is known.
    pub fn wants_completion(&self) -> Option<(String, usize)> {
        let wanted = (self.text().to_owned(), self.cursor());
        let is_new = self.chosen.is_none() && self.known_for.as_ref() != Some(&wanted);
        is_new.then_some(wanted)
    }

    /// Takes what could stand at the cursor, unless the text is another one by now.
    pub fn take_completion(&mut self, known_for: (String, usize), completion: Completion) {
        if self.wants_completion().as_ref() == Some(&known_for) {
            self.completion = completion;
            self.known_for = Some(known_for);
        }
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
        let count = self.completion.candidates.len();
        // What was looked up for another text has another place.
        if count == 0 || self.wants_completion().is_some() {
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
        self.age = age;
        let text = match age {
            0 => self.before.clone(),
            _ => history[history.len() - age].clone(),
        };
        self.input = Input::new(text);
        self.chosen = None;
    }
}
