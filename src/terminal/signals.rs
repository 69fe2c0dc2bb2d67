//! Turns signals into events, and stops the program the way a shell expects.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;

use super::loop_event::LoopEvent;

/// What is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopTarget {
    /// This process, as the signal asked.
    Process,
    /// Every process of the job, as if the terminal had seen the key.
    Job,
}

/// The first signal that ends the program, for code that cannot wait until the loop takes it.
#[derive(Clone, Default)]
pub(super) struct EndSignal(Arc<(Mutex<Option<i32>>, Condvar)>);

impl EndSignal {
    fn set(&self, signal: i32) {
        let (came, changed) = &*self.0;
        let mut came = came.lock().unwrap_or_else(PoisonError::into_inner);
        came.get_or_insert(signal);
        changed.notify_all();
    }

    /// The signal, if one comes in time or has come already.
    pub fn within(&self, time: Duration) -> Option<i32> {
        let (came, changed) = &*self.0;
        let came = came.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(came, time, |came| came.is_none());
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::{EndSignal, LoopEvent, Result, Sender, StopTarget};
    use crate::terminal::input_terminal::InputTerminal;
    use crate::terminal::terminal_session;
    use crate::terminal::threads::spawn;
    use rustix::process::{
        Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process,
    };
    use rustix::termios::tcgetpgrp;
    use signal_hook::consts::{
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
        SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU,
    };
    use signal_hook::iterator::{Handle, Signals};
    use signal_hook::low_level::emulate_default_handler;

    /// The signal of a terminal that is gone.
    pub(in crate::terminal) const HANG_UP: i32 = SIGHUP;

    /// Starts the thread that waits for signals, except those that keys send.
    pub(in crate::terminal) fn listen(sender: &Sender<LoopEvent>) -> Result<EndSignal> {
        let ending = EndSignal::default();
        let wanted = [&FATAL[..], &[SIGCONT, SIGWINCH]].concat();
        wait_for(&wanted, "signals", sender, &ending)?;
        Ok(ending)
    }

    /// The signals that end a program by default (POSIX.1-2024, signal.h), and that can be caught.
    const FATAL: [i32; 11] = [
        SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGABRT, SIGPROF, SIGSYS, SIGTRAP,
        SIGVTALRM,
    ];

    /// Whether the next SIGCONT ends a stop of our own. Then the code that stopped takes the terminal again: taking it
    /// twice would drop the keys that were typed in between.
    static STOPPED_ITSELF: AtomicBool = AtomicBool::new(false);

    /// The signals that a terminal sends for keys to the program that has it (POSIX.1-2024, 11.1.9). They are for us
    /// only while the terminal is ours.
    pub(in crate::terminal) struct KeySignals {
        sender: Sender<LoopEvent>,
        ending: EndSignal,
        waiting: Handle,
    }

    impl KeySignals {
        /// Starts the thread that waits for the signals.
        pub fn listen(sender: &Sender<LoopEvent>, ending: &EndSignal) -> Result<Self> {
            let wanted = [SIGINT, SIGQUIT, SIGTSTP];
            Ok(Self {
                sender: sender.clone(),
                ending: ending.clone(),
                waiting: wait_for(&wanted, "interrupts", sender, ending)?,
            })
        }

        /// Leaves the signals to another program: from now on they do nothing here. They do not end us either: the
        /// default of a signal that was caught once is not restored.
        pub fn pause(&self) {
            self.waiting.close();
        }

        /// Waits for the signals again.
        pub fn resume(&mut self) -> Result<()> {
            *self = Self::listen(&self.sender, &self.ending)?;
            Ok(())
        }
    }

    fn wait_for(
        wanted: &[i32],
        name: &'static str,
        sender: &Sender<LoopEvent>,
        ending: &EndSignal,
    ) -> Result<Handle> {
        let mut signals = Signals::new(wanted)?;
        let handle = signals.handle();
        let (events, ending) = (sender.clone(), ending.clone());
        spawn(name, sender, move || {
            for signal in &mut signals {
                let event = match signal {
                    SIGTSTP => LoopEvent::Stop,
                    SIGCONT if STOPPED_ITSELF.swap(false, Ordering::SeqCst) => continue,
                    SIGCONT => LoopEvent::GoOn,
                    SIGWINCH => LoopEvent::Resized,
                    _ => {
                        ending.set(signal);
                        LoopEvent::End(signal)
                    }
                };
                let is_end = matches!(event, LoopEvent::End(_));
                if events.send(event).is_err() {
                    return;
                }
                if is_end && is_stuck() {
                    terminal_session::give_up();
                    let _ = emulate_default_handler(signal);
                }
            }
        })?;
        Ok(handle)
    }

    /// Ends the program as SIGINT would, if the main thread waits for a terminal that takes no output: it would never
    /// take the key. Finding that out takes a while, so another thread does it.
    pub(in crate::terminal) fn interrupt_if_stuck(sender: &Sender<LoopEvent>) {
        // Without that thread the key is like any other.
        let _ = spawn("stuck", sender, || {
            if is_stuck() {
                terminal_session::give_up();
                let _ = emulate_default_handler(SIGINT);
            }
        });
    }

    /// How long a terminal may take for a write before it counts as stuck.
    const STUCK_AFTER: Duration = Duration::from_secs(1);

    /// Whether the main thread waits for a terminal that takes no output, as over a line that hangs.
    fn is_stuck() -> bool {
        let (_silent, nothing) = mpsc::channel::<()>();
        let mut write = terminal_session::write_going_on();
        // The present write may end and another begin. The last one gives the terminal back.
        for _ in 0..3 {
            let _ = nothing.recv_timeout(STUCK_AFTER);
            let now = terminal_session::write_going_on();
            if now.is_none() {
                return false;
            }
            if now == write {
                return true;
            }
            write = now;
        }
        false
    }

    /// Whether a shell could continue us. A shell gives each job a process group of its own. In the first group of a
    /// session there is none, and the system ignores a request to stop too (POSIX.1-2024, orphaned process group).
    pub(in crate::terminal) fn can_stop() -> bool {
        getsid(None).is_ok_and(|session| session != getpgrp())
    }

    /// Whether the terminal may be taken: the system stops a process that tries from the background (POSIX.1-2024,
    /// 11.1.4). If the system does not say, the attempt shows it.
    pub(in crate::terminal) fn is_in_front() -> bool {
        let Ok(tty) = InputTerminal::open() else {
            return true;
        };
        let in_front = tcgetpgrp(tty);
        in_front.is_err() || in_front == Ok(getpgrp())
    }

    /// Stops. Returns when we are continued.
    pub(in crate::terminal) fn stop(whom: StopTarget) -> Result<()> {
        STOPPED_ITSELF.store(true, Ordering::SeqCst);
        // SIGTSTP would be caught here; SIGSTOP cannot be.
        let stopped = match whom {
            StopTarget::Process => kill_process(getpid(), Signal::STOP),
            StopTarget::Job => kill_current_process_group(Signal::STOP),
        };
        if stopped.is_err() {
            STOPPED_ITSELF.store(false, Ordering::SeqCst);
        }
        Ok(stopped?)
    }
}

#[cfg(unix)]
pub(super) use unix::{
    HANG_UP, KeySignals, can_stop, interrupt_if_stuck, is_in_front, listen, stop,
};

#[cfg(not(unix))]
mod other {
    use super::{EndSignal, LoopEvent, Result, Sender, StopTarget};

    pub(in crate::terminal) fn listen(_: &Sender<LoopEvent>) -> Result<EndSignal> {
        Ok(EndSignal::default())
    }

    pub(in crate::terminal) struct KeySignals;

    impl KeySignals {
        pub fn listen(_: &Sender<LoopEvent>, _: &EndSignal) -> Result<Self> {
            Ok(Self)
        }

        pub fn pause(&self) {}

        pub fn resume(&mut self) -> Result<()> {
            Ok(())
        }
    }

    pub(in crate::terminal) fn interrupt_if_stuck(_: &Sender<LoopEvent>) {}

    pub(in crate::terminal) fn can_stop() -> bool {
        false
    }

    pub(in crate::terminal) fn is_in_front() -> bool {
        true
    }

    pub(in crate::terminal) fn stop(_: StopTarget) -> Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) use other::{KeySignals, can_stop, interrupt_if_stuck, is_in_front, listen, stop};
