//! The threads that wait for keys and for the end of the terminal.
//!
//! They sleep until something comes. While another program has the terminal, nothing is read from it.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::input_reader::{InputReader, InputWaker};
use super::loop_event::LoopEvent;
use super::test_panic::TestPanic;
use super::threads::spawn;
use super::{event_translation, signals};
use crate::app::Message;
use crate::app::input::key::{Code, Key, UserInput};

/// How long to wait for the thread that reads to pause. It may be reading at this moment.
const PAUSE_WAIT: Duration = Duration::from_millis(500);

/// The key that a user presses if the program does not answer. It ends most programs, so it must end this one too.
const INTERRUPT: Message = Message::Input(UserInput::Key(Key {
    code: Code::Char('c'),
    ctrl: true,
}));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadState {
    Reads,
    ShouldRest,
    Rests,
}

/// The handle to the thread that reads keys.
pub(super) struct InputThread {
    shared: ReadGate,
    waker: InputWaker,
}

/// Whether the thread that reads may read. It shares this with the main thread.
#[derive(Clone)]
struct ReadGate(Arc<(Mutex<ReadState>, Condvar)>);

impl InputThread {
    /// Leaves the input to another program.
    pub fn pause(&self) {
        let (state, changed) = &*self.shared.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        *now = ReadState::ShouldRest;
        self.waker.wake();
        let _ = changed.wait_timeout_while(now, PAUSE_WAIT, |now| *now != ReadState::Rests);
    }

    /// Resumes reading.
    pub fn resume(&self) {
        let (state, changed) = &*self.shared.0;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = ReadState::Reads;
        changed.notify_all();
    }
}

impl ReadGate {
    /// Called by the thread that reads: waits as long as it should not. Returns whether it waited.
    fn rest(&self) -> bool {
        let (state, changed) = &*self.0;
        let mut now = state.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = *now != ReadState::Reads;
        while *now != ReadState::Reads {
            *now = ReadState::Rests;
            changed.notify_all();
            now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        rests
    }
}

/// Starts the threads.
pub(super) fn listen(sender: &Sender<LoopEvent>, fault: Option<TestPanic>) -> Result<InputThread> {
    let (reader, waker) = InputReader::open().context("cannot read from the terminal")?;
    let shared = ReadGate(Arc::new((Mutex::new(ReadState::Reads), Condvar::new())));
    let (keys, state) = (sender.clone(), shared.clone());
    spawn("input", sender, move || {
        listen_for_input(reader, &keys, &state, fault);
    })?;
    watch_for_the_end(sender)?;
    Ok(InputThread { shared, waker })
}

fn listen_for_input(
    mut reader: InputReader,
    sender: &Sender<LoopEvent>,
    shared: &ReadGate,
    fault: Option<TestPanic>,
) {
    loop {
        if shared.rest() {
            reader.forget();
        }
        let event = match reader.next() {
            Ok(event) => match event.and_then(|event| event_translation::message(&event)) {
                Some(msg) => LoopEvent::Message(msg),
                None => continue,
            },
            Err(error) => unreadable(error),
        };
        if let LoopEvent::Message(msg) = &event {
            TestPanic::Input.trip(fault, msg);
        }
        let is_last = matches!(event, LoopEvent::Lost(_) | LoopEvent::End(_));
        let is_interrupt = matches!(&event, LoopEvent::Message(msg) if *msg == INTERRUPT);
        if sender.send(event).is_err() || is_last {
            return;
        }
        if is_interrupt {
            signals::interrupt_if_stuck(sender);
        }
    }
}

/// The event for a terminal that cannot be read.
fn unreadable(error: io::Error) -> LoopEvent {
    // A terminal that hung up ends like this (POSIX.1-2024, 11.1.10).
    #[cfg(unix)]
    if error.kind() == io::ErrorKind::UnexpectedEof
        || rustix::io::Errno::from_io_error(&error) == Some(rustix::io::Errno::IO)
    {
        return LoopEvent::End(signals::HANG_UP);
    }
    LoopEvent::Lost(anyhow::Error::from(error).context("the terminal sends no more keys"))
}

/// Watches for the end of the terminal. While another program has the terminal, reading would not notice it.
#[cfg(unix)]
fn watch_for_the_end(sender: &Sender<LoopEvent>) -> Result<()> {
    use std::os::fd::AsFd as _;

    use rustix::event::{PollFd, PollFlags, poll};

    use super::input_terminal::InputTerminal;

    let Ok(tty) = InputTerminal::open() else {
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
