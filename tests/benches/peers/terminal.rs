//! A terminal in which a program runs. A thread stamps the output on arrival; the screen is worked out afterwards,
//! outside the measured time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// The output must pause this long for a frame to be complete.
const LULL: Duration = Duration::from_millis(30);

/// The limit on the answer to a key.
const LIMIT: Duration = Duration::from_secs(2);

/// The queries that a program may send to a terminal before it draws, and the answers of xterm.
const QUESTIONS: &[(&[u8], &[u8])] = &[
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[0c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>41;390;0c"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (b"\x1b]10;?", b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
];

/// Why something did not appear.
#[derive(Clone, Copy)]
pub enum WaitFailure {
    /// Not in time.
    Late,
    /// The program has ended.
    Ended,
}

pub struct TimedTerminal {
    // If this end closed, the program would lose its terminal.
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: Parser,
    /// When the program started.
    pub started: Instant,
}

impl TimedTerminal {
    /// Starts a program with a folder as its home.
    pub fn start(words: &[String], home: &Path) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: ROWS,
                cols: COLUMNS,
                pixel_width: 0,
                pixel_height: 0,
            })
            .expect("the system has terminals");
        let (program, arguments) = words.split_first().expect("a program is named");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(home);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let reader = pair
            .master
            .try_clone_reader()
            .expect("the terminal can be read");
        let keyboard = pair.master.take_writer().expect("the terminal takes keys");
        let output = listen(reader);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command);
        Self {
            child: child.expect("the program can be started"),
            _master: pair.master,
            keyboard,
            output,
            parser: Parser::new(side(ROWS), side(COLUMNS), 0),
            started,
        }
    }

    /// The number of the program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("the process has a number")
    }

    /// Types keys, and returns when.
    pub fn press(&mut self, keys: &str) -> Instant {
        let now = Instant::now();
        let typed = self.keyboard.write_all(keys.as_bytes());
        // A program that has ended takes no keys; the wait for an answer reports that.
        let _ = typed.and_then(|()| self.keyboard.flush());
        now
    }

    /// The text on the screen.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Reads output until the screen is as wanted, and returns when the piece arrived that made it so.
    pub fn wait(
        &mut self,
        deadline: Instant,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Instant, WaitFailure> {
        let mut at = Instant::now();
        while !wanted(&self.text()) {
            at = self.next(deadline)?;
        }
        Ok(at)
    }

    /// Reads output until it pauses for a while, or until a limit, and returns when a cell last changed, if any did.
    pub fn settle(&mut self, lull: Duration, limit: Duration) -> Option<Instant> {
        let end = Instant::now() + limit;
        let mut changed = None;
        let mut before = self.parser.screen().contents_formatted();
        while let Ok(at) = self.next(end.min(Instant::now() + lull)) {
            let after = self.parser.screen().contents_formatted();
            if after != before {
                changed = Some(at);
                before = after;
            }
        }
        changed
    }

    /// Presses a key, and returns the time until the screen settled.
    pub fn answer(&mut self, keys: &str) -> Option<Duration> {
        let pressed = self.press(keys);
        let changed = self.settle(LULL, LIMIT)?;
        Some(changed.saturating_duration_since(pressed))
    }

    fn next(&mut self, deadline: Instant) -> Result<Instant, WaitFailure> {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.output.recv_timeout(left) {
            Ok((at, bytes)) => {
                self.parser.process(&bytes);
                for answer in answers(&bytes) {
                    let _ = self.keyboard.write_all(answer);
                }
                Ok(at)
            }
            Err(RecvTimeoutError::Timeout) => Err(WaitFailure::Late),
            Err(RecvTimeoutError::Disconnected) => Err(WaitFailure::Ended),
        }
    }
}

/// The answers to the program's queries, in their order. The program would take a late answer for keys.
fn answers(bytes: &[u8]) -> Vec<&'static [u8]> {
    let places = 0..bytes.len();
    let asked = places.filter_map(|at| {
        let rest = bytes.get(at..)?;
        let mut questions = QUESTIONS.iter();
        questions.find(|(question, _)| rest.starts_with(question))
    });
    asked.map(|(_, answer)| *answer).collect()
}

impl Drop for TimedTerminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has some size")
}

/// A thread that stamps the output of the program.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            if sender.send((Instant::now(), bytes)).is_err() {
                return;
            }
        }
    });
    receiver
}
