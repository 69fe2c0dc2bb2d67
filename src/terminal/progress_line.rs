//! A line on standard error with the progress of a command, rewritten in place while the command runs.
//!
//! It comes once the command has run for a second, if the command has the terminal, and it goes when anything else is
//! written, when a signal ends the command, or when the viewer takes the terminal.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};

use super::interruption::clean_up_before_end;
use super::{clock, signals};

/// How long a command runs before the line comes, in milliseconds.
const SHOWN_AFTER: u64 = 1000;

const INTERVAL: Duration = Duration::from_millis(200);

/// The columns of a terminal that does not know its width.
const USUAL_COLUMNS: usize = 80;

/// The line of this process: it has one standard error.
static LINE: Mutex<LineState> = Mutex::new(LineState {
    began: None,
    phases: 0,
    active: None,
    shown: String::new(),
    is_over: false,
    is_cleaned_up: false,
});

struct LineState {
    /// When the first phase began.
    began: Option<u64>,
    phases: u64,
    /// The number of the phase that the line is about, if it may be drawn.
    active: Option<u64>,
    /// The text on the terminal, empty if there is none.
    shown: String,
    /// Whether no line may be drawn any more.
    is_over: bool,
    /// Whether a signal that ends the program removes it.
    is_cleaned_up: bool,
}

impl LineState {
    fn show(&mut self, text: String) {
        if self.shown == text {
            return;
        }
        self.shown = text;
        let mut drawn = Vec::new();
        let queued = queue!(
            drawn,
            Print('\r'),
            Print(&self.shown),
            Clear(ClearType::UntilNewLine)
        );
        // Nothing is left to do if standard error is closed.
        let _ = queued.and_then(|()| io::stderr().write_all(&drawn));
    }

    fn pause(&mut self) {
        self.active = None;
        self.show(String::new());
    }

    fn end(&mut self) {
        self.is_over = true;
        self.pause();
    }
}

fn state() -> MutexGuard<'static, LineState> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The line about one phase of a command, until this is dropped or [`pause_line`] is called.
#[derive(Debug)]
pub struct ProgressLine {
    phase: u64,
    /// Dropped at the end: the thread that draws waits for that.
    _end: Sender<()>,
}

impl ProgressLine {
    /// Begins a phase. `text` writes the line, given how many milliseconds the command has run and how many columns
    /// there are.
    pub fn begin(text: impl Fn(u64, usize) -> String + Send + 'static) -> Self {
        let (end, ended) = mpsc::channel();
        let mut line = state();
        let phase = line.phases + 1;
        line.phases = phase;
        line.active = Some(phase).filter(|_| !line.is_over);
        let began = *line.began.get_or_insert_with(clock::milliseconds);
        drop(line);
        let draw = move || {
            let remains = SHOWN_AFTER.saturating_sub(clock::milliseconds() - began);
            let mut wait = INTERVAL.max(Duration::from_millis(remains));
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                draw(phase, &text);
                wait = INTERVAL;
            }
        };
        // If the system cannot start another thread, there is no line.
        let _ = thread::Builder::new()
            .name("progress".to_owned())
            .spawn(draw);
        Self { phase, _end: end }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        let mut line = state();
        if line.active == Some(self.phase) {
            line.pause();
        }
    }
}

fn draw(phase: u64, text: &impl Fn(u64, usize) -> String) {
    // The terminal may take its time, and the line of a job in the background would be among the output of others.
    let is_in_front = signals::is_in_front();
    let mut line = state();
    if line.active != Some(phase) || !is_in_front {
        return;
    }
    if !line.is_cleaned_up {
        line.is_cleaned_up = true;
        clean_up_before_end(end_at_once);
    }
    let passed = clock::milliseconds() - line.began.unwrap_or_default();
    // The last column stays free: some terminals would go on to the next row.
    let drawn = text(passed, columns().saturating_sub(1));
    line.show(drawn);
}

/// Removes the line until the next phase, since something else is written.
pub fn pause_line() {
    state().pause();
}

/// Removes the line for good.
pub(super) fn end_line() {
    state().end();
}

/// Removes the line for good, unless it is being drawn: then the terminal may take no output.
fn end_at_once() {
    if let Ok(mut line) = LINE.try_lock() {
        line.end();
    }
}

#[cfg(unix)]
fn columns() -> usize {
    let size = rustix::termios::tcgetwinsize(io::stderr());
    let columns = size.map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { USUAL_COLUMNS } else { columns }
}

#[cfg(not(unix))]
fn columns() -> usize {
    crossterm::terminal::size().map_or(USUAL_COLUMNS, |(columns, _)| usize::from(columns))
}
