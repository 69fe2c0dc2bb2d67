//! Saves the modes of the terminal, such as echo and line editing, and restores them after another program has run.

#[cfg(unix)]
mod unix {
    use std::os::fd::AsFd;
    use std::str::FromStr;

    use rustix::termios::{
        ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector,
        SpecialCodeIndex, Termios, tcflush, tcgetattr, tcsetattr,
    };

    use crate::terminal::input_terminal::InputTerminal;

    /// The modes at some time; `None` without a terminal.
    pub(in crate::terminal) struct TerminalModes(Option<Termios>);

    impl TerminalModes {
        pub fn now() -> Self {
            Self(
                InputTerminal::open()
                    .ok()
                    .and_then(|tty| tcgetattr(tty).ok()),
            )
        }

        /// Sets them again. A terminal that is gone needs none.
        pub fn restore(&self) {
            if let (Some(modes), Ok(tty)) = (&self.0, InputTerminal::open()) {
                let _ = tcsetattr(tty, OptionalActions::Now, modes);
            }
        }

        /// The modes that raw mode changes, as a line for another process; `None` without a terminal.
        pub fn to_line(&self) -> Option<String> {
            let modes = self.0.as_ref()?;
            Some(format!(
                "{} {} {} {} {} {}",
                modes.input_modes.bits(),
                modes.output_modes.bits(),
                modes.control_modes.bits(),
                modes.local_modes.bits(),
                modes.special_codes[SpecialCodeIndex::VMIN],
                modes.special_codes[SpecialCodeIndex::VTIME],
            ))
        }

        /// Sets the modes of such a line again, if the terminal is still in raw mode.
        ///
        /// Otherwise a shell has set it up already. Even a shell that edits lines itself, without echo, keeps the keys
        /// that send signals.
        pub fn restore_from(line: &str, tty: &impl AsFd) {
            let Ok(now) = tcgetattr(tty) else {
                return;
            };
            let cooked = LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
            if now.local_modes.intersects(cooked) {
                return;
            }
            if let Some(modes) = with_line(now, line) {
                let _ = tcsetattr(tty, OptionalActions::Now, &modes);
            }
        }
    }

    fn with_line(mut modes: Termios, line: &str) -> Option<Termios> {
        let mut numbers = line.split(' ');
        modes.input_modes = InputModes::from_bits_retain(number(&mut numbers)?);
        modes.output_modes = OutputModes::from_bits_retain(number(&mut numbers)?);
        modes.control_modes = ControlModes::from_bits_retain(number(&mut numbers)?);
        modes.local_modes = LocalModes::from_bits_retain(number(&mut numbers)?);
        modes.special_codes[SpecialCodeIndex::VMIN] = number(&mut numbers)?;
        modes.special_codes[SpecialCodeIndex::VTIME] = number(&mut numbers)?;
        Some(modes)
    }

    fn number<'l, N: FromStr>(numbers: &mut impl Iterator<Item = &'l str>) -> Option<N> {
        numbers.next()?.parse().ok()
    }

    /// Drops input that nothing has read, such as replies to questions of a program that did not wait for them.
    pub(in crate::terminal) fn flush_input() {
        if let Ok(tty) = InputTerminal::open() {
            let _ = tcflush(tty, QueueSelector::IFlush);
        }
    }
}

#[cfg(unix)]
pub(super) use unix::{TerminalModes, flush_input};

#[cfg(not(unix))]
pub(super) fn flush_input() {}

#[cfg(not(unix))]
pub(super) struct TerminalModes;

#[cfg(not(unix))]
impl TerminalModes {
    pub fn now() -> Self {
        Self
    }

    pub fn restore(&self) {}
}
