//! The terminal while it is ours: what is drawn on it, and lending it to others for a while.
//!
//! Nobody else writes to it or reads from it meanwhile; it knows nothing of what is drawn.

use std::sync::mpsc::Sender;
use std::time::Duration;

use anyhow::{Context, Result};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType};
use ratatui::{Frame, Terminal};

use super::backend::{Cells, WholeRows};
use super::clipboard;
use super::input::{self, Keyboard};
use super::loop_event::LoopEvent;
use super::modes::{Modes, flush_input};
use super::session::{Output, Session};
use super::signals;
use super::trace::{Fault, Trace};
use crate::ui::theme::Look;

/// The terminal while it is ours.
pub(super) struct Console {
    session: Session,
    terminal: Terminal<Cells<Output>>,
    whole: WholeRows,
    keyboard: Keyboard,
    interrupts: signals::Interrupts,
    ending: signals::Ending,
}

/// How long a signal that ends the program is waited for, where it goes on behind another job: it comes together
/// with the one to go on.
const LAST_WORD: Duration = Duration::from_millis(500);

/// Undoes what cells would be drawn wrong under (xterm, "Control Sequences"): another character set, a style, a part
/// of the screen that scrolls, and cells that are counted from there.
const WHOLE: &str = "\x0f\x1b(B\x1b[0m\x1b[r\x1b[?6l";

/// What came of the wish to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Nobody could make us go on: we did not stop.
    Never,
    /// The terminal is ours again.
    Back,
    /// A signal ends the program. The terminal is somebody else's.
    Ends(i32),
}

impl Console {
    /// Takes the terminal over and begins to listen to it. The look says what it can show.
    pub fn open(
        sender: &Sender<LoopEvent>,
        trace: &Trace,
        look: Look,
        fault: Option<Fault>,
    ) -> Result<Self> {
        trace.tell_on_panic(look.is_ascii);
        // Who takes the terminal before it can hear that it is to end leaves it taken.
        let ending = signals::listen(sender)?;
        let interrupts = signals::Interrupts::listen(sender, &ending)?;
        let session = Session::enter(look.is_ascii).context("cannot take over the terminal")?;
        let whole = WholeRows::default();
        Ok(Self {
            session,
            terminal: terminal(&whole)?,
            whole,
            keyboard: input::listen(sender, fault)?,
            interrupts,
            ending,
        })
    }

    /// Draws a frame.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<()> {
        let whole = &self.whole;
        let drawn = self.terminal.draw(|frame| {
            draw(frame);
            whole.find(frame.buffer_mut());
        });
        drawn.context("cannot draw on the terminal")?;
        Ok(())
    }

    /// Sends a text to the clipboard of the terminal. Says whether it is short enough for that.
    pub fn copy(&mut self, text: &str) -> Result<bool> {
        let sent = clipboard::send(text, self.terminal.backend_mut());
        sent.context("cannot write to the terminal")
    }

    /// Calls the window of the terminal so, until the terminal is given back.
    pub fn entitle(&mut self, title: String) -> Result<()> {
        let called = self.session.entitle(title);
        called.context("cannot write to the terminal")
    }

    /// Listens to the mouse, or leaves it to the terminal.
    pub fn listen_to_mouse(&mut self, on: bool) -> Result<()> {
        Ok(self.session.listen_to_mouse(on)?)
    }

    /// Gives the terminal back, does something, and takes it again. The next frame is drawn whole.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> Result<T> {
        self.keyboard.pause();
        self.session.leave();
        let done = work();
        let taken = self.retake();
        self.keyboard.resume();
        taken.map(|()| done)
    }

    /// Gives the terminal back for as long as another program runs in it. What the keys of the terminal ask for
    /// meanwhile, such as an interrupt, is for that program. The next frame is drawn whole.
    pub fn lend_to<T>(&mut self, work: impl FnOnce() -> T) -> Result<T> {
        self.interrupts.pause();
        let done = self.lend(|| {
            let modes = Modes::now();
            let done = work();
            // Who is killed puts nothing back.
            modes.restore();
            done
        });
        self.interrupts.resume()?;
        done
    }

    /// Takes the terminal from the program that had it. What was typed for that one, or sent to it as a reply, is not
    /// for us. The next frame is drawn whole.
    fn retake(&mut self) -> Result<()> {
        let taken = self.session.take();
        taken.context("cannot take the terminal over again")?;
        flush_input();
        self.terminal = terminal(&self.whole)?;
        Ok(())
    }

    /// Has the next frame drawn whole, whatever another program wrote over the screen.
    pub fn redraw(&mut self) -> Result<()> {
        self.session
            .renew()
            .context("cannot write to the terminal")?;
        self.terminal = terminal(&self.whole)?;
        // With the frame, so that the screen is never empty.
        let cleared = queue!(
            self.terminal.backend_mut(),
            Print(WHOLE),
            Clear(ClearType::All)
        );
        cleared.context("cannot write to the terminal")
    }

    /// Takes the terminal again after a stop, as soon as it may be taken. The next frame is drawn whole.
    ///
    /// Who goes on behind another job, with `bg`, stops once more, unless it was to end: a shell that kills a
    /// stopped job makes it go on there too, so that it can end.
    pub fn come_back(&mut self) -> Result<Stopped> {
        while signals::can_stop() && !signals::is_in_front() {
            if let Some(signal) = self.ending.within(LAST_WORD) {
                return Ok(Stopped::Ends(signal));
            }
            signals::stop(signals::Whom::Job)?;
        }
        self.retake()?;
        Ok(Stopped::Back)
    }

    /// Stops, with the terminal given back, until somebody wants us to go on or to end.
    pub fn suspend(&mut self, whom: signals::Whom) -> Result<Stopped> {
        if !signals::can_stop() {
            return Ok(Stopped::Never);
        }
        self.keyboard.pause();
        self.session.leave();
        let stopped = signals::stop(whom);
        let back = self.come_back();
        if back.as_ref().is_ok_and(|back| *back == Stopped::Back) {
            self.keyboard.resume();
        }
        stopped.and(back)
    }
}

fn terminal(whole: &WholeRows) -> Result<Terminal<Cells<Output>>> {
    Ok(Terminal::new(Cells::new(Output::new(), whole.clone()))?)
}
