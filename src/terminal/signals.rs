//! Signals: what they ask for, and stopping as a shell expects it.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;

use super::loop_event::LoopEvent;

/// Who stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// We do: that is what was asked.
    Us,
    /// All that the shell started together, as if the terminal had seen the key.
    Job,
}

/// The first signal that ends the program, for those who cannot wait until its turn comes.
#[derive(Clone, Default)]
pub(super) struct Ending(Arc<(Mutex<Option<i32>>, Condvar)>);

impl Ending {
    fn tell(&self, signal: i32) {
        let (came, changed) = &*self.0;
        let mut came = came.lock().unwrap_or_else(PoisonError::into_inner);
        came.get_or_insert(signal);
        changed.notify_all();
    }

    /// The signal, if one has come or comes before the time is over.
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

    use super::{Ending, LoopEvent, Result, Sender, Whom};
    use crate::terminal::session;
    use crate::terminal::threads::spawn;
    use crate::terminal::tty::Tty;
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

    /// Starts the thread that waits for signals, save for those that keys send.
    pub(in crate::terminal) fn listen(sender: &Sender<LoopEvent>) -> Result<Ending> {
        let ending = Ending::default();
        let wanted = [&FATAL[..], &[SIGCONT, SIGWINCH]].concat();
        wait_for(&wanted, "signals", sender, &ending)?;
        Ok(ending)
    }

    /// What ends a program that does not say otherwise (POSIX.1-2024, signal.h), and can be heard.
    const FATAL: [i32; 11] = [
        SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGABRT, SIGPROF, SIGSYS, SIGTRAP,
        SIGVTALRM,
    ];

    /// Whether the next signal to go on ends a stop of our own. The code that stopped takes the terminal again then; taking it
    /// twice would throw away the keys that were typed in between.
    static STOPPED_ITSELF: AtomicBool = AtomicBool::new(false);

    /// The signals that a terminal sends for keys to whoever has it (POSIX.1-2024, 11.1.9): they are for us
    /// only while it is ours.
    pub(in crate::terminal) struct Interrupts {
        sender: Sender<LoopEvent>,
        ending: Ending,
        waiting: Handle,
    }

    impl Interrupts {
        /// Starts the thread that waits for them.
        pub fn listen(sender: &Sender<LoopEvent>, ending: &Ending) -> Result<Self> {
            let wanted = [SIGINT, SIGQUIT, SIGTSTP];
            Ok(Self {
                sender: sender.clone(),
                ending: ending.clone(),
                waiting: wait_for(&wanted, "interrupts", sender, ending)?,
            })
        }

        /// Leaves them to somebody else: from now on they are neither heard nor obeyed here. A signal that
        /// nobody waits for any more is not given back its default.
        pub fn pause(&self) {
            self.waiting.close();
        }

        /// Waits for them again.
        pub fn resume(&mut self) -> Result<()> {
            *self = Self::listen(&self.sender, &self.ending)?;
            Ok(())
        }
    }

    fn wait_for(
        wanted: &[i32],
        name: &'static str,
        sender: &Sender<LoopEvent>,
        ending: &Ending,
    ) -> Result<Handle> {
        let mut signals = Signals::new(wanted)?;
        let handle = signals.handle();
        let (happened, ending) = (sender.clone(), ending.clone());
        spawn(name, sender, move || {
            for signal in &mut signals {
                let happening = match signal {
                    SIGTSTP => LoopEvent::Stop,
                    SIGCONT if STOPPED_ITSELF.swap(false, Ordering::SeqCst) => continue,
                    SIGCONT => LoopEvent::GoOn,
                    SIGWINCH => LoopEvent::Resized,
                    _ => {
                        ending.tell(signal);
                        LoopEvent::End(signal)
                    }
                };
                let is_end = matches!(happening, LoopEvent::End(_));
                if happened.send(happening).is_err() {
                    return;
                }
                if is_end && is_stuck() {
                    session::give_up();
                    let _ = emulate_default_handler(signal);
                }
            }
        })?;
        Ok(handle)
    }

    /// Ends the program as the key for it does, where who draws waits for a terminal that takes nothing: then nobody
    /// hears of a key. It takes a while to know, and keys do not wait for that.
    pub(in crate::terminal) fn interrupt_if_stuck(sender: &Sender<LoopEvent>) {
        // Without a thread for it the key is one like any other.
        let _ = spawn("stuck", sender, || {
            if is_stuck() {
                session::give_up();
                let _ = emulate_default_handler(SIGINT);
            }
        });
    }

    /// How long a terminal may take for a frame of which nobody sees anything.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// Whether who draws waits for a terminal that takes nothing, as over a line that hangs: then nobody hears of
    /// a signal.
    fn is_stuck() -> bool {
        let (_silent, nothing) = mpsc::channel::<()>();
        let mut write = session::write_going_on();
        // A write that goes on now may end, and another begin: the last of all gives the terminal back.
        for _ in 0..3 {
            let _ = nothing.recv_timeout(PATIENCE);
            let now = session::write_going_on();
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

    /// Whether somebody could make us go on. A shell gives each job a group of processes of its own; in
    /// the first group of a session there is nobody to come back from, and the system ignores the wish
    /// to stop too (POSIX.1-2024, orphaned process group).
    pub(in crate::terminal) fn can_stop() -> bool {
        getsid(None).is_ok_and(|session| session != getpgrp())
    }

    /// Whether the terminal may be taken: the system stops a process that tries from behind another job
    /// (POSIX.1-2024, 11.1.4). Where it does not say, trying does.
    pub(in crate::terminal) fn is_in_front() -> bool {
        let Ok(tty) = Tty::open() else {
            return true;
        };
        let in_front = tcgetpgrp(tty);
        in_front.is_err() || in_front == Ok(getpgrp())
    }

    /// Stops. It returns when somebody makes us go on.
    pub(in crate::terminal) fn stop(whom: Whom) -> Result<()> {
        STOPPED_ITSELF.store(true, Ordering::SeqCst);
        // The signal that can be refused is one of those that are listened to.
        let stopped = match whom {
            Whom::Us => kill_process(getpid(), Signal::STOP),
            Whom::Job => kill_current_process_group(Signal::STOP),
        };
        if stopped.is_err() {
            STOPPED_ITSELF.store(false, Ordering::SeqCst);
        }
        Ok(stopped?)
    }
}

#[cfg(unix)]
pub(super) use unix::{
    HANG_UP, Interrupts, can_stop, interrupt_if_stuck, is_in_front, listen, stop,
};

#[cfg(not(unix))]
mod other {
    use super::{Ending, LoopEvent, Result, Sender, Whom};

    pub(in crate::terminal) fn listen(_: &Sender<LoopEvent>) -> Result<Ending> {
        Ok(Ending::default())
    }

    pub(in crate::terminal) struct Interrupts;

    impl Interrupts {
        pub fn listen(_: &Sender<LoopEvent>, _: &Ending) -> Result<Self> {
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

    pub(in crate::terminal) fn stop(_: Whom) -> Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) use other::{Interrupts, can_stop, interrupt_if_stuck, is_in_front, listen, stop};
