//! The threads that wait for keys and for the end of the terminal.
//!
//! They sleep until something comes. While another program has the terminal, the one that reads must not.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::loop_event::LoopEvent;
use super::reader::{InputReader, Waker};
use super::threads::spawn;
use super::trace::Fault;
use super::{signals, translate};
use crate::app::Msg;
use crate::app::input::key::{Code, Input, Key};

/// How long to wait for the thread that reads to rest. It may be reading at this moment.
const PATIENCE: Duration = Duration::from_millis(500);

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
pub(super) struct Keyboard {
    shared: Shared,
    waker: Waker,
}

/// What the threads share: whether the one that reads should.
#[derive(Clone)]
struct Shared(Arc<(Mutex<State>, Condvar)>);

impl Keyboard {
    /// Leaves what is typed to another program.
    pub fn pause(&self) {
        let (state, changed) = &*self.shared.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        *now = State::ShouldRest;
        self.waker.wake();
        let _ = changed.wait_timeout_while(now, PATIENCE, |now| *now != State::Rests);
    }

    /// Reads again.
    pub fn resume(&self) {
        let (state, changed) = &*self.shared.0;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = State::Reads;
        changed.notify_all();
    }
}

impl Shared {
    /// Called by the thread that reads: waits as long as it should rest. Says whether it rested.
    fn rest(&self) -> bool {
        let (state, changed) = &*self.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = *now != State::Reads;
        while *now != State::Reads {
            *now = State::Rests;
            changed.notify_all();
            now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        rests
    }
}

/// Starts the threads.
pub(super) fn listen(sender: &Sender<LoopEvent>, fault: Option<Fault>) -> Result<Keyboard> {
    let (reader, waker) = InputReader::open().context("cannot read from the terminal")?;
    let shared = Shared(Arc::new((Mutex::new(State::Reads), Condvar::new())));
    let (keys, state) = (sender.clone(), shared.clone());
    spawn("input", sender, move || {
        listen_for_input(reader, &keys, &state, fault);
    })?;
    watch_for_the_end(sender)?;
    Ok(Keyboard { shared, waker })
}

fn listen_for_input(
    mut reader: InputReader,
    sender: &Sender<LoopEvent>,
    shared: &Shared,
    fault: Option<Fault>,
) {
    loop {
        if shared.rest() {
            reader.forget();
        }
        let happening = match reader.next() {
            Ok(event) => match event.and_then(|event| translate::message(&event)) {
                Some(msg) => LoopEvent::Msg(msg),
                None => continue,
            },
            Err(error) => unreadable(error),
        };
        if let LoopEvent::Msg(msg) = &happening {
            Fault::Input.trip(fault, msg);
        }
        let is_last = matches!(happening, LoopEvent::Lost(_) | LoopEvent::End(_));
        let is_interrupt = matches!(&happening, LoopEvent::Msg(msg) if *msg == INTERRUPT);
        if sender.send(happening).is_err() || is_last {
            return;
        }
        if is_interrupt {
            signals::interrupt_if_stuck(sender);
        }
    }
}

/// What it means that the terminal cannot be read.
fn unreadable(error: io::Error) -> LoopEvent {
    // So a terminal ends that hung up (POSIX.1-2024, 11.1.10).
    #[cfg(unix)]
    if error.kind() == io::ErrorKind::UnexpectedEof
        || rustix::io::Errno::from_io_error(&error) == Some(rustix::io::Errno::IO)
    {
        return LoopEvent::End(signals::HANG_UP);
    }
    LoopEvent::Lost(anyhow::Error::from(error).context("the terminal sends no more keys"))
}

/// Nothing reads from the terminal while another program has it, but it may hang up then too.
#[cfg(unix)]
fn watch_for_the_end(sender: &Sender<LoopEvent>) -> Result<()> {
    use std::os::fd::AsFd as _;

    use rustix::event::{PollFd, PollFlags, poll};

    use super::tty::Tty;

    let Ok(tty) = Tty::open() else {
        return Ok(());
    };
    let gone = sender.clone();
    spawn("end", sender, move || {
        let terminal = tty.as_fd();
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            let came = poll(&mut watched, None);
            let flags = watched[0].revents();
            match came {
                Ok(_) if flags.intersects(PollFlags::HUP | PollFlags::ERR) => {
                    let _ = gone.send(LoopEvent::End(signals::HANG_UP));
                    return;
                }
                Err(rustix::io::Errno::INTR) => {}
                // Not every system can watch a terminal.
                _ => return,
            }
        }
    })
}

#[cfg(not(unix))]
fn watch_for_the_end(_: &Sender<LoopEvent>) -> Result<()> {
    Ok(())
}
