//! A terminal in which a program runs: what comes from it is stamped as it comes, and what it shows is worked out
//! afterwards, so that the working out is in no time that is measured.

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

/// How long nothing must come for a frame to be whole.
const LULL: Duration = Duration::from_millis(30);

/// How long the answer to a key may take.
const LIMIT: Duration = Duration::from_secs(2);

/// What a program may ask a terminal before it draws, and what xterm would answer.
const QUESTIONS: &[(&[u8], &[u8])] = &[
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[0c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>41;390;0c"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (b"\x1b]10;?", b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
];

/// Why something did not come.
#[derive(Clone, Copy)]
pub enum Missed {
    /// Not in time.
    Late,
    /// The program has ended.
    Ended,
}

pub struct Terminal {
    // Without it the program would be told that its terminal is gone.
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: Parser,
    /// When the program was started.
    pub started: Instant,
}

impl Terminal {
    /// Starts a program in a folder that is its home.
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
        let reader = pair.master.try_clone_reader().expect("it can be read");
        let keyboard = pair.master.take_writer().expect("it can be typed on");
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

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("it has a number")
    }

    /// Types, and says when.
    pub fn press(&mut self, keys: &str) -> Instant {
        let now = Instant::now();
        let typed = self.keyboard.write_all(keys.as_bytes());
        // A program that has ended takes no keys: whoever waits for an answer is told so.
        let _ = typed.and_then(|()| self.keyboard.flush());
        now
    }

    /// What stands on the screen.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Takes in what comes until the screen is as wanted, and says when the last piece came that made it so.
    pub fn wait(
        &mut self,
        deadline: Instant,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Instant, Missed> {
        let mut at = Instant::now();
        while !wanted(&self.text()) {
            at = self.next(deadline)?;
        }
        Ok(at)
    }

    /// Takes in what comes until nothing does for a while, or for a limit, and says when a cell changed last, if
    /// one did.
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

    /// Presses a key, and says how long it took until the screen was as it remained.
    pub fn answer(&mut self, keys: &str) -> Option<Duration> {
        let pressed = self.press(keys);
        let changed = self.settle(LULL, LIMIT)?;
        Some(changed.saturating_duration_since(pressed))
    }

    fn next(&mut self, deadline: Instant) -> Result<Instant, Missed> {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.output.recv_timeout(left) {
            Ok((at, bytes)) => {
                self.parser.process(&bytes);
                for answer in answers(&bytes) {
                    let _ = self.keyboard.write_all(answer);
                }
                Ok(at)
            }
            Err(RecvTimeoutError::Timeout) => Err(Missed::Late),
            Err(RecvTimeoutError::Disconnected) => Err(Missed::Ended),
        }
    }
}

/// The answers to what is asked, in the order of the questions: one that came too late would be taken for keys.
fn answers(bytes: &[u8]) -> Vec<&'static [u8]> {
    let places = 0..bytes.len();
    let asked = places.filter_map(|at| {
        let rest = bytes.get(at..)?;
        let mut questions = QUESTIONS.iter();
        questions.find(|(question, _)| rest.starts_with(question))
    });
    asked.map(|(_, answer)| *answer).collect()
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has some size")
}

/// A thread that stamps what the program writes.
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
