//! Reads input events from the terminal; another thread can wake it.

#[cfg(unix)]
mod unix {
    use std::collections::VecDeque;
    use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
    use std::os::fd::AsFd as _;
    use std::time::Duration;

    use crossterm::event::Event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    use crate::terminal::input_parser::InputParser;
    use crate::terminal::input_terminal::InputTerminal;

    /// How much is read at once.
    const READ: usize = 1024;

    /// Reads events from the terminal.
    pub(in crate::terminal) struct InputReader {
        tty: InputTerminal,
        woken: PipeReader,
        splitter: InputParser,
        ready: VecDeque<Event>,
    }

    /// Wakes the thread that reads.
    pub(in crate::terminal) struct InputWaker(PipeWriter);

    impl InputWaker {
        pub fn wake(&self) {
            let _ = (&self.0).write(&[0]);
        }
    }

    impl InputReader {
        /// # Errors
        /// The process has no terminal.
        pub fn open() -> io::Result<(Self, InputWaker)> {
            let (woken, waker) = io::pipe()?;
            let reader = Self {
                tty: InputTerminal::open()?,
                woken,
                splitter: InputParser::new(),
                ready: VecDeque::new(),
            };
            Ok((reader, InputWaker(waker)))
        }

        /// Waits for the next event. Returns `None` if it was woken first.
        ///
        /// # Errors
        /// The terminal cannot be read.
        pub fn next(&mut self) -> io::Result<Option<Event>> {
            loop {
                if let Some(event) = self.ready.pop_front() {
                    return Ok(Some(event));
                }
                match wait(&self.tty, &self.woken, self.splitter.wait())? {
                    WakeReason::Nothing => self.ready.extend(self.splitter.pause()),
                    WakeReason::Wake => {
                        let _ = self.woken.read(&mut [0; 16])?;
                        return Ok(None);
                    }
                    WakeReason::UserInput => {
                        let mut bytes = [0; READ];
                        let count = match rustix::io::read(&self.tty, &mut bytes) {
                            // A terminal that hung up; the thread that watches for that says so.
                            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                            Ok(count) => count,
                            Err(Errno::INTR | Errno::AGAIN) => continue,
                            Err(error) => return Err(error.into()),
                        };
                        for &byte in bytes.iter().take(count) {
                            self.ready.extend(self.splitter.take(byte));
                        }
                    }
                }
            }
        }

        /// Drops half a sequence: another program has read from the terminal meanwhile.
        pub fn forget(&mut self) {
            self.splitter = InputParser::new();
            self.ready.clear();
        }
    }

    enum WakeReason {
        UserInput,
        Wake,
        /// The time is up.
        Nothing,
    }

    fn wait(
        tty: &InputTerminal,
        woken: &PipeReader,
        time: Option<Duration>,
    ) -> io::Result<WakeReason> {
        let (tty, woken) = (tty.as_fd(), woken.as_fd());
        let mut watched = [
            PollFd::new(&woken, PollFlags::IN),
            PollFd::new(&tty, PollFlags::IN),
        ];
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        loop {
            match poll(&mut watched, time.as_ref()) {
                Ok(0) => return Ok(WakeReason::Nothing),
                Ok(_) if !watched[0].revents().is_empty() => return Ok(WakeReason::Wake),
                // An error of the terminal shows when it is read.
                Ok(_) => return Ok(WakeReason::UserInput),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(unix)]
pub(super) use unix::{InputReader, InputWaker};

/// Windows sends keys, not bytes, and the library reads them.
#[cfg(not(unix))]
mod other {
    use std::io;

    use crossterm::event::Event;

    pub(in crate::terminal) struct InputReader;

    pub(in crate::terminal) struct InputWaker;

    impl InputWaker {
        #[expect(clippy::unused_self, reason = "elsewhere there is something to wake")]
        pub fn wake(&self) {}
    }

    impl InputReader {
        pub fn open() -> io::Result<(Self, InputWaker)> {
            Ok((Self, InputWaker))
        }

        #[expect(clippy::unused_self, reason = "elsewhere there is something to read")]
        pub fn next(&mut self) -> io::Result<Option<Event>> {
            crossterm::event::read().map(Some)
        }

        #[expect(clippy::unused_self, reason = "elsewhere there is something to forget")]
        pub fn forget(&mut self) {}
    }
}

#[cfg(not(unix))]
pub(super) use other::{InputReader, InputWaker};
