//! Reads what the terminal sends, and can be woken from outside.

#[cfg(unix)]
mod unix {
    use std::collections::VecDeque;
    use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
    use std::os::fd::AsFd as _;
    use std::time::Duration;

    use crossterm::event::Event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    use crate::terminal::sequences::Splitter;
    use crate::terminal::tty::Tty;

    /// How much is read at once.
    const READ: usize = 1024;

    /// Reads events from the terminal.
    pub(in crate::terminal) struct InputReader {
        tty: Tty,
        woken: PipeReader,
        splitter: Splitter,
        ready: VecDeque<Event>,
    }

    /// Wakes the thread that reads.
    pub(in crate::terminal) struct Waker(PipeWriter);

    impl Waker {
        pub fn wake(&self) {
            let _ = (&self.0).write(&[0]);
        }
    }

    impl InputReader {
        /// # Errors
        /// The process has no terminal.
        pub fn open() -> io::Result<(Self, Waker)> {
            let (woken, waker) = io::pipe()?;
            let reader = Self {
                tty: Tty::open()?,
                woken,
                splitter: Splitter::new(),
                ready: VecDeque::new(),
            };
            Ok((reader, Waker(waker)))
        }

        /// Waits for the next event. Returns `None` if it was woken before one came.
        ///
        /// # Errors
        /// The terminal cannot be read.
        pub fn next(&mut self) -> io::Result<Option<Event>> {
            loop {
                if let Some(event) = self.ready.pop_front() {
                    return Ok(Some(event));
                }
                match wait(&self.tty, &self.woken, self.splitter.wait())? {
                    Came::Nothing => self.ready.extend(self.splitter.pause()),
                    Came::Wake => {
                        let _ = self.woken.read(&mut [0; 16])?;
                        return Ok(None);
                    }
                    Came::Input => {
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

        /// Forgets what is unfinished: another program has read from the terminal meanwhile.
        pub fn forget(&mut self) {
            self.splitter = Splitter::new();
            self.ready.clear();
        }
    }

    enum Came {
        Input,
        Wake,
        /// The time is over.
        Nothing,
    }

    fn wait(tty: &Tty, woken: &PipeReader, time: Option<Duration>) -> io::Result<Came> {
        let (tty, woken) = (tty.as_fd(), woken.as_fd());
        let mut watched = [
            PollFd::new(&woken, PollFlags::IN),
            PollFd::new(&tty, PollFlags::IN),
        ];
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        loop {
            match poll(&mut watched, time.as_ref()) {
                Ok(0) => return Ok(Came::Nothing),
                Ok(_) if !watched[0].revents().is_empty() => return Ok(Came::Wake),
                // Reading says what is wrong with the terminal, if something is.
                Ok(_) => return Ok(Came::Input),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(unix)]
pub(super) use unix::{InputReader, Waker};

/// Windows sends keys, not bytes, and the library reads them.
#[cfg(not(unix))]
mod other {
    use std::io;

    use crossterm::event::Event;

    pub(in crate::terminal) struct InputReader;

    pub(in crate::terminal) struct Waker;

    impl Waker {
        #[expect(clippy::unused_self, reason = "elsewhere there is something to wake")]
        pub fn wake(&self) {}
    }

    impl InputReader {
        pub fn open() -> io::Result<(Self, Waker)> {
            Ok((Self, Waker))
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
pub(super) use other::{InputReader, Waker};
