//! The threads that wait for keys and for the end of the terminal.
//!
//! They sleep until something comes. While somebody else has the terminal, the one that reads must not.

#![allow(
    clippy::disallowed_methods,
    reason = "the terminal is where keys come from"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::trace::Fault;
use super::{Happening, signals, translate};
use crate::app::Msg;
use crate::app::key::{Code, Input, Key};

/// How long the thread that reads is waited for before it is woken once more.
const PATIENCE: Duration = Duration::from_millis(50);

/// How often it is woken: in the middle of an escape sequence that never ends nothing helps.
const TRIES: usize = 10;

/// The key that ends programs, whatever else it may have been given to: who gets no answer presses it.
const INTERRUPT: Msg = Msg::Input(Input::Key(Key {
    code: Code::Char('c'),
    ctrl: true,
}));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reads,
    ShouldRest,
    Rests,
}

/// The way to the thread that reads keys.
pub(super) struct Keyboard(Arc<(Mutex<State>, Condvar)>);

impl Keyboard {
    /// Leaves what is typed to somebody else. The thread that reads can be woken only by something to
    /// read: another size of the terminal is such a thing.
    pub fn pause(&self) {
        let (state, changed) = &*self.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        *now = State::ShouldRest;
        for _ in 0..TRIES {
            signals::wake_reader();
            let waited = changed.wait_timeout_while(now, PATIENCE, |now| *now != State::Rests);
            now = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *now == State::Rests {
                return;
            }
        }
    }

    /// Reads again.
    pub fn resume(&self) {
        let (state, changed) = &*self.0;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = State::Reads;
        changed.notify_all();
    }

    /// Called by the thread that reads: waits as long as it should rest.
    fn rest(&self) {
        let (state, changed) = &*self.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        while *now != State::Reads {
            *now = State::Rests;
            changed.notify_all();
            now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Starts the threads.
pub(super) fn listen(sender: &Sender<Happening>, fault: Option<Fault>) -> Result<Keyboard> {
    let shared = Arc::new((Mutex::new(State::Reads), Condvar::new()));
    let keyboard = Keyboard(Arc::clone(&shared));
    let keys = sender.clone();
    spawn("input", sender, move || {
        listen_for_input(&keys, &keyboard, fault);
    })?;
    watch_for_the_end(sender)?;
    Ok(Keyboard(shared))
}

/// Starts a thread whose panic is told: without it the program would wait for ever.
pub(super) fn spawn(
    name: &'static str,
    sender: &Sender<Happening>,
    work: impl FnOnce() + Send + 'static,
) -> Result<()> {
    let sender = sender.clone();
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                let lost = anyhow!("the thread `{name}` has ended by a mistake of the program");
                let _ = sender.send(Happening::Lost(lost));
            }
        })?;
    Ok(())
}

fn listen_for_input(sender: &Sender<Happening>, keyboard: &Keyboard, fault: Option<Fault>) {
    loop {
        keyboard.rest();
        let happening = match crossterm::event::read() {
            Ok(event) => match translate::message(&event) {
                Some(msg) => Happening::Msg(msg),
                None => continue,
            },
            Err(error) => Happening::Lost(
                anyhow::Error::from(error).context("the terminal sends no more keys"),
            ),
        };
        if let Happening::Msg(msg) = &happening {
            Fault::Input.trip(fault, msg);
        }
        let is_last = matches!(happening, Happening::Lost(_));
        let is_interrupt = matches!(&happening, Happening::Msg(msg) if *msg == INTERRUPT);
        if sender.send(happening).is_err() || is_last {
            return;
        }
        if is_interrupt {
            signals::interrupt_if_stuck(sender);
        }
    }
}

/// A terminal that is gone can be read for ever, without anything coming: the library would not tell.
#[cfg(unix)]
fn watch_for_the_end(sender: &Sender<Happening>) -> Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use std::io::IsTerminal;

    let gone = sender.clone();
    let wait = move |terminal: &dyn std::os::fd::AsFd| {
        let terminal = terminal.as_fd();
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            let came = poll(&mut watched, None);
            let flags = watched[0].revents();
            match came {
                Ok(_) if flags.intersects(PollFlags::HUP | PollFlags::ERR) => {
                    let _ = gone.send(Happening::End(signals::HANG_UP));
                    return;
                }
                Err(rustix::io::Errno::INTR) => {}
                // Not every system can watch a terminal.
                _ => return,
            }
        }
    };
    if std::io::stdin().is_terminal() {
        spawn("end", sender, move || wait(&std::io::stdin()))
    } else {
        #[expect(clippy::disallowed_methods, reason = "keys are read from there")]
        let opened = std::fs::File::open("/dev/tty");
        match opened {
            Ok(terminal) => spawn("end", sender, move || wait(&terminal)),
            Err(_) => Ok(()),
        }
    }
}

#[cfg(not(unix))]
fn watch_for_the_end(_: &Sender<Happening>) -> Result<()> {
    Ok(())
}
