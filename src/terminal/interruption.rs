//! Signals that end a command, such as ctrl-c: the line about its progress and its unfinished files are removed, and
//! the program ends as the signal does by default.
//!
//! The viewer takes its signals as events instead.

#![cfg_attr(
    unix,
    expect(
        clippy::disallowed_methods,
        reason = "the system says in a file which signals are ignored"
    )
)]

use std::sync::{Mutex, MutexGuard, PoisonError};

static INTERRUPTION: Mutex<Interruption> = Mutex::new(Interruption {
    clean_ups: Vec::new(),
    listening: Listening::NotYet,
});

struct Interruption {
    clean_ups: Vec<fn()>,
    listening: Listening,
}

enum Listening {
    NotYet,
    #[cfg(unix)]
    On(signal_hook::iterator::Handle),
    /// The system refused it, or the viewer takes the signals.
    Never,
}

fn interruption() -> MutexGuard<'static, Interruption> {
    INTERRUPTION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Registers `clean_up`, which is called before a signal ends the program. It must not wait for what the program is
/// doing.
pub fn clean_up_before_end(clean_up: fn()) {
    let mut interruption = interruption();
    interruption.clean_ups.push(clean_up);
    if matches!(interruption.listening, Listening::NotYet) {
        interruption.listening = start();
    }
}

/// Leaves the signals to the viewer, for good: the default of a signal that was caught is not restored.
pub(super) fn leave() {
    let mut interruption = interruption();
    #[cfg(unix)]
    if let Listening::On(waiting) = &interruption.listening {
        waiting.close();
    }
    interruption.listening = Listening::Never;
}

#[cfg(unix)]
fn start() -> Listening {
    use std::thread;

    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let Ok(mut signals) = Signals::new(wanted()) else {
        return Listening::Never;
    };
    let waiting = signals.handle();
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let clean_ups = interruption().clean_ups.clone();
            for clean_up in clean_ups {
                clean_up();
            }
            let _ = emulate_default_handler(signal);
        }
    };
    let thread = thread::Builder::new().name("interruption".to_owned());
    match thread.spawn(wait) {
        Ok(_) => Listening::On(waiting),
        Err(_) => Listening::Never,
    }
}

#[cfg(not(unix))]
fn start() -> Listening {
    Listening::Never
}

/// The signals to wait for. Those that the parent has us ignore are left out, as `nohup` does with SIGHUP, and a shell
/// without job control with SIGINT of a command in the background (POSIX.1-2024, 2.11).
#[cfg(unix)]
fn wanted() -> Vec<i32> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let status = std::fs::read_to_string("/proc/self/status");
    let ignored = status.ok().and_then(|status| ignored_signals(&status));
    let all = [SIGINT, SIGTERM, SIGHUP].into_iter();
    match ignored {
        Some(ignored) => all
            .filter(|signal| ignored >> (signal - 1) & 1 == 0)
            .collect(),
        // If the system does not say, only `nohup` is usual.
        None => all.filter(|signal| *signal != SIGHUP).collect(),
    }
}

/// The mask of ignored signals (proc(5), `SigIgn`): signal 1 is the lowest bit.
#[cfg(unix)]
fn ignored_signals(status: &str) -> Option<u64> {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_bits_of_a_mask() {
        let status = "Name:\tcat\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n";
        assert_eq!(ignored_signals(status), Some(0x1001));
        assert_eq!(ignored_signals("Name:\tcat\n"), None);
        assert_eq!(ignored_signals("SigIgn:\tnone\n"), None);
    }
}
