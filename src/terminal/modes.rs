//! The modes of a terminal, such as echo and line editing, while somebody else has it.

#[cfg(unix)]
mod unix {
    use std::os::fd::AsFd;
    use std::str::FromStr;

    use rustix::termios::{
        ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector,
        SpecialCodeIndex, Termios, tcflush, tcgetattr, tcsetattr,
    };

    use crate::terminal::tty::Tty;

    /// The modes as they were at a time; none if there is no terminal.
    pub(in crate::terminal) struct Modes(Option<Termios>);

    impl Modes {
        /// Those of now.
        pub fn now() -> Self {
            Self(Tty::open().ok().and_then(|tty| tcgetattr(tty).ok()))
        }

        /// Puts them in force again. A terminal that is gone needs none.
        pub fn restore(&self) {
            if let (Some(modes), Ok(tty)) = (&self.0, Tty::open()) {
                let _ = tcsetattr(tty, OptionalActions::Now, modes);
            }
        }

        /// What raw mode changes of them, as a line for another process; none if there is no terminal.
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

        /// Puts the modes of such a line in force again on a terminal that is in raw mode.
        ///
        /// One that is not has been set up by a shell already. Even a shell that edits lines itself, without echo, leaves
        /// on the keys that send signals.
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

    /// Throws away what has been sent and not read: what another program asked the terminal, and did not wait for.
    pub(in crate::terminal) fn flush_input() {
        if let Ok(tty) = Tty::open() {
            let _ = tcflush(tty, QueueSelector::IFlush);
        }
    }
}

#[cfg(unix)]
pub(super) use unix::{Modes, flush_input};

#[cfg(not(unix))]
pub(super) fn flush_input() {}

#[cfg(not(unix))]
pub(super) struct Modes;

#[cfg(not(unix))]
impl Modes {
    pub fn now() -> Self {
        Self
    }

    pub fn restore(&self) {}
}
