//! The terminal while it is ours: draws on it, lends it to other programs, and stops and comes back with its shell.
//!
//! Nothing else writes to it or reads from it meanwhile. It does not know what is drawn.

use std::sync::mpsc::Sender;
use std::time::Duration;

use anyhow::{Context, Result};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};
use ratatui::{Frame, Terminal};

use super::cell_writer::{CellWriter, FrameDetails};
use super::clipboard;
use super::input_thread::{self, InputThread};
use super::loop_event::LoopEvent;
use super::panic_report::report_panics;
use super::replay_log::ReplayLog;
use super::signals;
use super::terminal_modes::{TerminalModes, flush_input};
use super::terminal_session::{FrameOutput, TerminalSession};
use super::test_panic::TestPanic;
use crate::ui::ScreenCursor;
use crate::ui::theme::ScreenAppearance;

/// The terminal while it is ours.
pub(super) struct OwnedTerminal {
    session: TerminalSession,
    terminal: Terminal<CellWriter<FrameOutput>>,
    details: FrameDetails,
    keyboard: InputThread,
    interrupts: signals::KeySignals,
    ending: signals::EndSignal,
}

/// How long to wait for a signal that ends the program when it continues in the background: it comes together with the
/// signal to continue.
const END_SIGNAL_WAIT: Duration = Duration::from_millis(500);

/// Resets what would garble the cells (xterm, "Control Sequences"): another character set, a style, a scrolling region,
/// and positions that are counted from its corner.
const RESET_DRAWING: &str = "\x0f\x1b(B\x1b[0m\x1b[r\x1b[?6l";

/// The outcome of a request to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopOutcome {
    /// We did not stop: no shell could make us continue.
    Never,
    /// The terminal is ours again.
    Back,
    /// A signal ends the program. The terminal belongs to another job.
    Ends(i32),
}

impl OwnedTerminal {
    /// Takes the terminal over and begins to listen to it. `appearance`: what the terminal can show.
    pub fn open(
        sender: &Sender<LoopEvent>,
        log: &ReplayLog,
        appearance: ScreenAppearance,
        fault: Option<TestPanic>,
    ) -> Result<Self> {
        report_panics(log, appearance.is_ascii);
        // Before the terminal is taken: a signal in between would leave it taken.
        let ending = signals::listen(sender)?;
        let interrupts = signals::KeySignals::listen(sender, &ending)?;
        let session =
            TerminalSession::enter(appearance.is_ascii).context("cannot take over the terminal")?;
        let details = FrameDetails::default();
        Ok(Self {
            session,
            terminal: terminal(&details)?,
            details,
            keyboard: input_thread::listen(sender, fault)?,
            interrupts,
            ending,
        })
    }

    /// Draws a frame. At its end the cursor is at the place that `draw` returns.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>) -> ScreenCursor) -> Result<()> {
        let details = &self.details;
        let drawn = self.terminal.draw(|frame| {
            let cursor = draw(frame);
            details.set(frame.buffer_mut(), cursor.position());
        });
        drawn.context("cannot draw on the terminal")?;
        Ok(())
    }

    /// Sends a text to the clipboard of the terminal. Returns whether it is short enough.
    pub fn copy(&mut self, text: &str) -> Result<bool> {
        let sent = clipboard::send(text, self.terminal.backend_mut());
        sent.context("cannot write to the terminal")
    }

    /// Sets the title of the window, until the terminal is given back.
    pub fn set_title(&mut self, title: String) -> Result<()> {
        let set = self.session.set_title(title);
        set.context("cannot write to the terminal")
    }

    /// Listens to the mouse, or leaves it to the terminal.
    pub fn listen_to_mouse(&mut self, on: bool) -> Result<()> {
        Ok(self.session.listen_to_mouse(on)?)
    }

    /// Gives the terminal back while `work` runs. The next frame is drawn whole.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> Result<T> {
        self.keyboard.pause();
        self.session.leave();
        let done = work();
        let taken = self.retake();
        self.keyboard.resume();
        taken.map(|()| done)
    }

    /// Gives the terminal back for as long as another program runs in it. Signals from its keys, such as an interrupt,
    /// are for that program then. The next frame is drawn whole.
    pub fn lend_to<T>(&mut self, work: impl FnOnce() -> T) -> Result<T> {
        self.interrupts.pause();
        let done = self.lend(|| {
            let modes = TerminalModes::now();
            let done = work();
            // A program that is killed restores nothing.
            modes.restore();
            done
        });
        self.interrupts.resume()?;
        done
    }

    /// Takes the terminal from the program that had it. Drops what was typed for that program or sent to it as a reply.
    /// The next frame is drawn whole.
    fn retake(&mut self) -> Result<()> {
        let taken = self.session.take();
        taken.context("cannot take the terminal over again")?;
        flush_input();
        self.terminal = terminal(&self.details)?;
        Ok(())
    }

    /// Makes sure that the next frame is drawn whole, since another program may have written over the screen.
    pub fn redraw(&mut self) -> Result<()> {
        self.session
            .renew()
            .context("cannot write to the terminal")?;
        self.terminal = terminal(&self.details)?;
        // The screen is cleared together with the frame, so that it is never empty.
        let cleared = queue!(
            self.terminal.backend_mut(),
            Print(RESET_DRAWING),
            Clear(ClearType::All)
        );
        cleared.context("cannot write to the terminal")
    }

    /// Takes the terminal again after a stop, as soon as it may be taken. The next frame is drawn whole.
    ///
    /// A job that continues in the background, with `bg`, stops once more, unless it is about to end: a shell that
    /// kills a stopped job has it continue in the background too.
    pub fn come_back(&mut self) -> Result<StopOutcome> {
        while signals::can_stop() && !signals::is_in_front() {
            if let Some(signal) = self.ending.within(END_SIGNAL_WAIT) {
                return Ok(StopOutcome::Ends(signal));
            }
            signals::stop(signals::StopTarget::Job)?;
        }
        self.retake()?;
        Ok(StopOutcome::Back)
    }

    /// Gives the terminal back and stops, until a signal continues or ends us.
    pub fn suspend(&mut self, whom: signals::StopTarget) -> Result<StopOutcome> {
        if !signals::can_stop() {
            return Ok(StopOutcome::Never);
        }
        self.keyboard.pause();
        self.session.leave();
        let stopped = signals::stop(whom);
        let back = self.come_back();
        if back.as_ref().is_ok_and(|back| *back == StopOutcome::Back) {
            self.keyboard.resume();
        }
        stopped.and(back)
    }
}

fn terminal(details: &FrameDetails) -> Result<Terminal<CellWriter<FrameOutput>>> {
    Ok(Terminal::new(CellWriter::new(
        FrameOutput::new(),
        details.clone(),
    ))?)
}
