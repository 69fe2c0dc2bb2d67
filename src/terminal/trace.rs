//! How the program came to be where it is: the command that leads there without a terminal.
//!
//! It is told after a panic, and copied when asked for. Files are named in it, and nothing of what is in them.

use std::collections::VecDeque;
use std::io::Write as _;
use std::panic::{self, PanicHookInfo};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use ratatui::layout::Size;

use super::session::give_back;
use crate::app::input::key::{Code, Input, Key};
use crate::app::input::keymap::Sequence;
use crate::app::{Msg, pasted_line};
use crate::text::visible;
use crate::ui::glyphs::ascii;

/// The most acts of the user that are kept.
const MOST: usize = 4096;

/// How often a thread that panics tries to learn the command, and how long it waits in between.
const TRIES: usize = 50;
const MOMENT: Duration = Duration::from_millis(1);

/// Where to tell of a mistake of the program.
const TRACKER: &str = match env!("CARGO_PKG_REPOSITORY").as_bytes() {
    [] => "in the issue tracker of dateline",
    _ => concat!("at ", env!("CARGO_PKG_REPOSITORY"), "/issues"),
};

/// Where a test makes the program panic. The flag for it is in no release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The thread that draws.
    Main,
    /// The thread that reads keys.
    Input,
    /// The thread that filters.
    Worker,
}

impl Fault {
    /// Panics if it is to be here, on an exclamation mark.
    pub(super) fn trip(self, wanted: Option<Self>, msg: &Msg) {
        if *msg == Msg::Input(Input::Key(Key::plain(Code::Char('!')))) {
            self.trip_always(wanted);
        }
    }

    /// Panics if it is to be here.
    pub(super) fn trip_always(self, wanted: Option<Self>) {
        assert!(
            !cfg!(debug_assertions) || wanted != Some(self),
            "a test made this panic, with an \x1b[31mescape in it"
        );
    }
}

/// How the program came to be where it is. Clones share it.
#[derive(Clone)]
pub(super) struct Trace(Arc<Mutex<Steps>>);

struct Steps {
    /// The command without size and keys; empty for a screen that no command prints.
    words: Vec<String>,
    /// The size at the beginning.
    size: Size,
    /// The size now.
    last: Size,
    inputs: VecDeque<Input>,
    forgotten: usize,
}

impl Trace {
    /// Begins with the words of the command that opens the same without a terminal, and with what the
    /// user would have done there to be where it begins.
    pub fn new(words: Vec<String>, pressed: Vec<Input>, size: Size) -> Self {
        Self(Arc::new(Mutex::new(Steps {
            words,
            size,
            last: size,
            inputs: VecDeque::from(pressed),
            forgotten: 0,
        })))
    }

    fn steps(&self) -> MutexGuard<'_, Steps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers what the user did.
    pub fn record(&self, msg: &Msg) {
        let mut steps = self.steps();
        match msg {
            Msg::Input(input) => steps.record(*input),
            Msg::Resize(size) => steps.resize(*size),
            Msg::Paste(text) => {
                for character in pasted_line(text).0.chars() {
                    steps.record(Input::Key(Key::char(character)));
                }
            }
            _ => {}
        }
    }

    /// The command, and whether it leads here: what was done too long ago is forgotten.
    pub fn command(&self) -> (String, bool) {
        let steps = self.steps();
        (steps.command(), steps.forgotten == 0)
    }

    /// The same without the keys that asked for it, if those were the last.
    pub fn command_before(&self, asked: &[Sequence]) -> (String, bool) {
        let mut steps = self.steps();
        let inputs = steps.inputs.make_contiguous();
        let last = asked.iter().find(|keys| inputs.ends_with(&keys.inputs()));
        let left = inputs.len() - last.map_or(0, |keys| keys.inputs().len());
        steps.inputs.truncate(left);
        drop(steps);
        self.command()
    }

    /// The command, unless the thread that asks is itself the one that holds it: any other lets go of it at once.
    #[expect(
        clippy::disallowed_methods,
        reason = "a program that ends may wait for a moment"
    )]
    fn command_soon(&self) -> Option<String> {
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

    /// A panic on any thread gives the terminal back first, so that what it says can be read. Where nothing but ASCII is
    /// shown, it says nothing else.
    pub fn tell_on_panic(&self, is_ascii: bool) {
        let trace = self.clone();
        panic::set_hook(Box::new(move |info| {
            give_back();
            let told = told(info, trace.command_soon().as_deref());
            let told = if is_ascii { ascii(&told) } else { told.into() };
            let _ = std::io::stderr().lock().write_all(told.as_bytes());
        }));
    }
}

impl Steps {
    /// What was done before stays done at the size that there was then.
    fn resize(&mut self, size: Size) {
        if size == self.last {
            return;
        }
        self.last = size;
        if let Some(Input::Resize(last)) = self.inputs.back_mut() {
            *last = size;
        } else {
            self.record(Input::Resize(size));
        }
    }

    fn record(&mut self, input: Input) {
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

/// A word as a shell takes it, whatever is in it; control characters are only shown.
///
/// `shell_words::quote` leaves `{a,b}` and `!` to a shell that would expand them, so only known characters are plain here.
fn quoted(word: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,+@%".contains(it);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", visible(word).replace('\'', r"'\''"))
}

fn told(info: &PanicHookInfo<'_>, command: Option<&str>) -> String {
    let said = info.payload_as_str().unwrap_or("something that is no text");
    let thread = std::thread::current();
    let place = info.location().map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    let mut told = format!(
        "dateline: a mistake of the program, in the thread `{}`{place}: {}\n\
         Please tell of it {TRACKER}, with the line above",
        thread.name().unwrap_or("without a name"),
        visible(said),
    );
    match command {
        Some(command) => {
            told.push_str(" and the command that leads there:\n  ");
            told.push_str(command);
            told.push('\n');
        }
        None => told.push_str(".\n"),
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse;

    fn trace(words: &[&str], keys: &str) -> Trace {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        let trace = Trace::new(words, Vec::new(), Size::new(80, 24));
        for input in parse(keys).expect("keys") {
            trace.record(&Msg::Input(input));
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
            trace.record(&Msg::Resize(Size::from(size)));
        }
        trace.record(&Msg::Paste("x<y".to_owned()));
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
        trace.record(&Msg::Input(Input::Key(Key::char('j'))));
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
