//! Signals: what they ask for, and stopping as a shell expects it.

use std::sync::mpsc::Sender;

use anyhow::Result;

use super::Happening;

/// Who stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// We do: that is what was asked.
    Us,
    /// All that the shell started together, as if the terminal had seen the key.
    Job,
}

#[cfg(unix)]
mod unix {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::{Happening, Result, Sender, Whom};
    use crate::terminal::input::spawn;
    use crate::terminal::session;
    use rustix::process::{
        Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process,
    };
    use signal_hook::consts::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
        SIGXCPU,
    };
    use signal_hook::iterator::{Handle, Signals};
    use signal_hook::low_level::emulate_default_handler;

    /// The signal of a terminal that is gone.
    pub(in crate::terminal) const HANG_UP: i32 = SIGHUP;

    /// Starts the thread that waits for signals, save for those that keys send.
    pub(in crate::terminal) fn listen(sender: &Sender<Happening>) -> Result<()> {
        let asking = [SIGCONT, SIGWINCH];
        wait_for(&[&ENDING[..], &asking].concat(), "signals", sender)?;
        Ok(())
    }

    /// What ends a program that does not say otherwise (POSIX.1-2024, signal.h), and can be heard.
    const ENDING: [i32; 6] = [SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU];

    /// The signals that a terminal sends for keys to whoever has it (POSIX.1-2024, 11.1.9): they are for us
    /// only while it is ours.
    pub(in crate::terminal) struct Interrupts {
        sender: Sender<Happening>,
        waiting: Handle,
    }

    impl Interrupts {
        /// Starts the thread that waits for them.
        pub fn listen(sender: &Sender<Happening>) -> Result<Self> {
            Ok(Self {
                sender: sender.clone(),
                waiting: wait_for(&[SIGINT, SIGQUIT, SIGTSTP], "interrupts", sender)?,
            })
        }

        /// Leaves them to somebody else: from now on they are neither heard nor obeyed here. A signal that
        /// nobody waits for any more is not given back its default.
        pub fn pause(&self) {
            self.waiting.close();
        }

        /// Waits for them again.
        pub fn resume(&mut self) -> Result<()> {
            *self = Self::listen(&self.sender)?;
            Ok(())
        }
    }

    fn wait_for(wanted: &[i32], name: &'static str, sender: &Sender<Happening>) -> Result<Handle> {
        let mut signals = Signals::new(wanted)?;
        let handle = signals.handle();
        let happened = sender.clone();
        spawn(name, sender, move || {
            for signal in &mut signals {
                let happening = match signal {
                    SIGTSTP => Happening::Stop,
                    SIGCONT => Happening::GoOn,
                    SIGWINCH => Happening::Resized,
                    _ => Happening::End(signal),
                };
                let is_end = matches!(happening, Happening::End(_));
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

    /// Wakes the thread that reads keys, which then finds that the size is as it was.
    pub(in crate::terminal) fn wake_reader() {
        let _ = kill_process(getpid(), Signal::WINCH);
    }

    /// Whether somebody could make us go on. A shell gives each job a group of processes of its own; in
    /// the first group of a session there is nobody to come back from, and the system ignores the wish
    /// to stop too (POSIX.1-2024, orphaned process group).
    pub(in crate::terminal) fn can_stop() -> bool {
        getsid(None).is_ok_and(|session| session != getpgrp())
    }

    /// Stops. It returns when somebody makes us go on.
    pub(in crate::terminal) fn stop(whom: Whom) -> Result<()> {
        // The signal that can be refused is one of those that are listened to.
        match whom {
            Whom::Us => kill_process(getpid(), Signal::STOP)?,
            Whom::Job => kill_current_process_group(Signal::STOP)?,
        }
        Ok(())
    }
}

#[cfg(unix)]
pub(super) use unix::{HANG_UP, Interrupts, can_stop, listen, stop, wake_reader};

#[cfg(not(unix))]
mod other {
    use super::{Happening, Result, Sender, Whom};

    pub(in crate::terminal) fn listen(_: &Sender<Happening>) -> Result<()> {
        Ok(())
    }

    pub(in crate::terminal) struct Interrupts;

    impl Interrupts {
        pub fn listen(_: &Sender<Happening>) -> Result<Self> {
            Ok(Self)
        }

        pub fn pause(&self) {}

        pub fn resume(&mut self) -> Result<()> {
            Ok(())
        }
    }

    pub(in crate::terminal) fn wake_reader() {}

    pub(in crate::terminal) fn can_stop() -> bool {
        false
    }

    pub(in crate::terminal) fn stop(_: Whom) -> Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) use other::{Interrupts, can_stop, listen, stop, wake_reader};
