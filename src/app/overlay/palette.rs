//! The palette: every command that can be given here, found by a few letters of its name.

use tui_input::Input;

use crate::app::command::{COMMANDS, Command};
use crate::app::key::Key;
use crate::app::model::Mode;

/// The state of the palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// The letters typed.
    pub input: Input,
    /// Which of the choices is selected.
    pub selected: usize,
}

impl Palette {
    /// The commands of a mode that the letters allow, the best first.
    pub fn choices(&self, mode: Mode) -> Vec<&'static Command> {
        let letters = self.input.value().to_lowercase();
        let here = COMMANDS
            .iter()
            .filter(|command| command.modes.contains(&mode));
        let mut scored: Vec<(usize, &Command)> = here
            .filter_map(|command| Some((score(&letters, command)?, command)))
            .collect();
        scored.sort_by_key(|(score, _)| *score);
        scored.into_iter().map(|(_, command)| command).collect()
    }

    /// The selected command.
    pub fn choice(&self, mode: Mode) -> Option<&'static Command> {
        self.choices(mode).get(self.selected).copied()
    }

    /// Types a key.
    pub fn edit(&mut self, key: Key) {
        super::edit(&mut self.input, key);
        self.selected = 0;
    }

    /// Moves the selection; it stays among the choices.
    pub fn step(&mut self, mode: Mode, by: isize) {
        let last = self.choices(mode).len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

/// How well letters fit a command, the less the better: within the name before within the summary,
/// near the beginning before far from it, together before scattered.
fn score(letters: &str, command: &Command) -> Option<usize> {
    if let Some(at) = command.name.find(letters) {
        return Some(at);
    }
    if let Some(at) = command.summary.to_lowercase().find(letters) {
        return Some(100 + at);
    }
    scattered(letters, command.name).map(|spread| 1000 + spread)
}

/// How far letters are apart in a word that has them all in this order.
fn scattered(letters: &str, word: &str) -> Option<usize> {
    let mut places = word.chars().enumerate();
    let mut last = 0;
    for letter in letters.chars().filter(|letter| !letter.is_whitespace()) {
        last = places.find(|(_, candidate)| *candidate == letter)?.0;
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(letters: &str) -> Option<&'static str> {
        let palette = Palette {
            input: letters.into(),
            selected: 0,
        };
        palette.choice(Mode::List).map(|command| command.name)
    }

    #[test]
    fn a_few_letters_find_a_command() {
        assert_eq!(first("quit"), Some("quit"));
        assert_eq!(first("zmin"), Some("zoom-in"));
        assert_eq!(first("xyzzy"), None);
    }

    #[test]
    fn without_letters_every_command_of_the_mode_is_there() {
        let here = COMMANDS
            .iter()
            .filter(|command| command.modes.contains(&Mode::List))
            .count();
        assert_eq!(Palette::default().choices(Mode::List).len(), here);
    }
}
