//! What the user has done, as the command that leads to the same screen without a terminal.
//!
//! A panic prints it, and the user can copy it. It names the files, and has nothing of their content.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use ratatui::layout::Size;

use crate::app::input::key::{Key, UserInput};
use crate::app::input::keymap::KeySequence;
use crate::app::{Message, pasted_line};
use crate::text::visible;

/// The most inputs that are kept.
const MOST: usize = 4096;

/// How often a thread that panics tries to get the command, and how long it waits in between.
const TRIES: usize = 50;
const MOMENT: Duration = Duration::from_millis(1);

/// What the user has done. Clones share it.
#[derive(Clone)]
pub(super) struct ReplayLog(Arc<Mutex<ReplaySteps>>);

struct ReplaySteps {
    /// The command without size and keys; empty for a screen that no command prints.
    words: Vec<String>,
    /// The size at the beginning.
    size: Size,
    /// The size now.
    last: Size,
    inputs: VecDeque<UserInput>,
    forgotten: usize,
}

impl ReplayLog {
    /// Begins with the words of the command that opens the same without a terminal, and with the input that leads from
    /// there to the first screen.
    pub fn new(words: Vec<String>, pressed: Vec<UserInput>, size: Size) -> Self {
        Self(Arc::new(Mutex::new(ReplaySteps {
            words,
            size,
            last: size,
            inputs: VecDeque::from(pressed),
            forgotten: 0,
        })))
    }

    fn steps(&self) -> MutexGuard<'_, ReplaySteps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what the user did.
    pub fn record(&self, msg: &Message) {
        let mut steps = self.steps();
        match msg {
            Message::Input(input) => steps.record(*input),
            Message::Resize(size) => steps.resize(*size),
            Message::Paste(text) => {
                for character in pasted_line(text).0.chars() {
                    steps.record(UserInput::Key(Key::char(character)));
                }
            }
            _ => {}
        }
    }

    /// Adds keys that lead to what happened without the user of this terminal.
    pub fn record_keys(&self, keys: Vec<UserInput>) {
        let mut steps = self.steps();
        for input in keys {
            steps.record(input);
        }
    }

    /// The command, and whether it leads here: the oldest inputs are forgotten.
    pub fn command(&self) -> (String, bool) {
        let steps = self.steps();
        (steps.command(), steps.forgotten == 0)
    }

    /// The same without the keys that asked for it, if they came last.
    pub fn command_before(&self, asked: &[KeySequence]) -> (String, bool) {
        let mut steps = self.steps();
        let inputs = steps.inputs.make_contiguous();
        let last = asked.iter().find(|keys| inputs.ends_with(&keys.inputs()));
        let left = inputs.len() - last.map_or(0, |keys| keys.inputs().len());
        steps.inputs.truncate(left);
        drop(steps);
        self.command()
    }

    /// The command; `None` if this thread itself holds the log. Any other thread lets go of it at once.
    #[expect(
        clippy::disallowed_methods,
        reason = "a program that ends may wait for a moment"
    )]
    pub fn command_soon(&self) -> Option<String> {
        for _ in 0..TRIES {
            match self.0.try_lock() {
                Ok(steps) => return steps.command_that_leads_here(),
                Err(TryLockError::Poisoned(steps)) => {
                    return steps.get_ref().command_that_leads_here();
                }
                Err(TryLockError::WouldBlock) => thread::sleep(MOMENT),
            }
        }
        None
    }
}

impl ReplaySteps {
    /// Earlier inputs keep the size at which they were made.
    fn resize(&mut self, size: Size) {
        if size == self.last {
            return;
        }
        self.last = size;
        if let Some(UserInput::Resize(last)) = self.inputs.back_mut() {
            *last = size;
        } else {
            self.record(UserInput::Resize(size));
        }
    }

    fn record(&mut self, input: UserInput) {
        if self.inputs.len() == MOST {
            self.inputs.pop_front();
            self.forgotten += 1;
        }
        self.inputs.push_back(input);
    }

    /// `None` for a screen that no command prints.
    fn command_that_leads_here(&self) -> Option<String> {
        (!self.words.is_empty()).then(|| self.command())
    }

    fn command(&self) -> String {
        let mut words = self.words.clone();
        words.push("--size".to_owned());
        words.push(format!("{}x{}", self.size.width, self.size.height));
        let keys: String = self.inputs.iter().map(ToString::to_string).collect();
        if !keys.is_empty() {
            words.push("--keys".to_owned());
            words.push(keys);
        }
        let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        quoted.join(" ")
    }
}

/// A word quoted for a shell; control characters are only shown.
///
/// `shell_words::quote` leaves `{a,b}` and `!` to a shell that would expand them, so only known characters are plain
/// here.
fn quoted(word: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,+@%".contains(it);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", visible(word).replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse;

    fn trace(words: &[&str], keys: &str) -> ReplayLog {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        let trace = ReplayLog::new(words, Vec::new(), Size::new(80, 24));
        for input in parse(keys).expect("keys") {
            trace.record(&Message::Input(input));
        }
        trace
    }

    #[test]
    fn the_command_has_every_act_at_the_size_at_which_it_was_done() {
        let trace = trace(
            &["dateline", "frame", "a b's.toml"],
            "j<enter><click-3-4><space>'",
        );
        for size in [(80, 24), (99, 29), (100, 30), (100, 30)] {
            trace.record(&Message::Resize(Size::from(size)));
        }
        trace.record(&Message::Paste("x<y".to_owned()));
        let (command, is_whole) = trace.command();
        assert_eq!(
            command,
            r"dateline frame 'a b'\''s.toml' --size 80x24 --keys 'j<enter><click-3-4><space>'\''<resize-100-30>x<lt>y'"
        );
        assert!(is_whole);
    }

    #[test]
    fn what_was_done_too_long_ago_is_forgotten_and_that_is_said() {
        let trace = trace(&["dateline"], &"k".repeat(MOST));
        assert!(trace.command().1);
        trace.record(&Message::Input(UserInput::Key(Key::char('j'))));
        let (command, is_whole) = trace.command();
        assert!(!is_whole && command.ends_with("kkj"), "{command}");
        assert_eq!(
            command.matches('k').count(),
            MOST - 1 + "--keys".matches('k').count()
        );
    }

    #[test]
    fn no_word_can_end_its_quotation_or_drive_a_terminal() {
        assert_eq!(quoted("plain/x.toml"), "plain/x.toml");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("{a,b}!"), "'{a,b}!'");
        assert_eq!(quoted("$(x)`y`\"z"), "'$(x)`y`\"z'");
        assert_eq!(quoted("a\u{1b}[2J"), "'a␛[2J'");
    }
}
