//! The real program in a real terminal: it starts, follows, rests, and restores the terminal.
//!
//! No test sleeps: each step waits until something is on the screen, or until a deadline.

#[cfg(unix)]
mod baseline;
mod bytes;
mod copy;
mod cursor;
mod dumb;
mod editor;
mod follow;
mod given_back;
mod guardian;
mod guide;
mod keyboard;
mod links;
mod loading;
mod look;
#[cfg(unix)]
mod marks;
#[cfg(unix)]
mod progress;
#[cfg(unix)]
mod promotion;
mod refused;
mod reload;
mod room;
mod screen;
mod settings;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use dateline::ui::screenshot::ScreenshotFormat;
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use ratatui::layout::Size;
use vt100::{MouseProtocolMode, Parser};

use crate::support::program::{self, Stage};

/// The limit on each step, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The output must pause this long for the screen to be at rest.
const LULL: Duration = Duration::from_millis(100);

/// The time that a program at rest is watched. Anything that it does more often than that is seen.
const WATCH: Duration = Duration::from_millis(1200);

const SIZE: Size = Size::new(120, 36);

/// A briefing that opens at once, for tests that are not about what the screen shows; and its name for [`Stage::open`].
const SMALL: &str = "tests/frames/timelines/ten-scenes.toml";
const SMALL_NAME: &str = "ten-scenes";

/// A timeline of a dozen events with sources and claims.
const HARBOUR: &str = "tests/frames/timelines/harbour.toml";

/// The state of a terminal apart from its cells.
struct WindowState {
    /// The title of the window, and the titles that programs had the terminal remember (XTWINOPS).
    title: String,
    remembered: Vec<String>,
    /// How often a program asked for a remembered title when there was none.
    surplus_restores: usize,
    /// Whether a frame has begun and not ended (mode 2026): a terminal shows nothing of it yet.
    is_drawing: bool,
}

/// The title of the window before any program sets one.
const OWN_TITLE: &str = "a shell";

impl Default for WindowState {
    fn default() -> Self {
        Self {
            title: OWN_TITLE.to_owned(),
            remembered: Vec::new(),
            surplus_restores: 0,
            is_drawing: false,
        }
    }
}

impl vt100::Callbacks for WindowState {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        sort: Option<u8>,
        _: Option<u8>,
        numbers: &[&[u16]],
        last: char,
    ) {
        match (sort, last, numbers.first()) {
            (None, 't', Some([22])) => self.remembered.push(self.title.clone()),
            (None, 't', Some([23])) => match self.remembered.pop() {
                Some(title) => self.title = title,
                None => self.surplus_restores += 1,
            },
            (Some(b'?'), 'h' | 'l', Some([2026])) => self.is_drawing = last == 'h',
            _ => {}
        }
    }
}

/// A terminal in which the program runs.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    /// Kept open to read the settings of the terminal after the program has ended.
    slave: Box<dyn SlavePty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    ended: Receiver<ExitStatus>,
    process: u32,
    parser: Parser<WindowState>,
    /// The settings before the program began.
    before: String,
}

impl Terminal {
    fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_dateline"), arguments, environment)
    }

    fn start_program(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(SIZE))
            .expect("the system has terminals");
        let before = settings(pair.master.as_ref());
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(program::root());
        command.env_clear();
        command.env("TERM", "xterm-256color");
        for (name, value) in environment {
            command.env(name, value);
        }
        let mut child = pair
            .slave
            .spawn_command(command)
            .expect("the program can be started");
        let process = child.process_id().expect("the program runs");
        let reader = pair
            .master
            .try_clone_reader()
            .expect("the terminal can be read");
        let keyboard = pair.master.take_writer().expect("the terminal takes keys");
        let (send_end, ended) = mpsc::channel();
        thread::spawn(move || {
            let status = child.wait().expect("the program ends");
            let _ = send_end.send(status);
        });
        Self {
            master: pair.master,
            slave: pair.slave,
            keyboard,
            output: listen(reader),
            ended,
            process,
            parser: Parser::new_with_callbacks(
                side(SIZE.height),
                side(SIZE.width),
                0,
                WindowState::default(),
            ),
            before,
        }
    }

    /// Starts the program and waits for its first frame.
    fn with_first_frame(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut terminal = Self::start(arguments, environment);
        terminal.wait_for("the first frame", |screen| {
            screen.contents().contains(" of ")
        });
        terminal
    }

    /// Opens a file, and waits for the first frame.
    fn on(file: &Path, more: &[&str]) -> Self {
        let name = file.display().to_string();
        let mut arguments = vec![name.as_str()];
        arguments.extend(more);
        Self::with_first_frame(&arguments, &[])
    }

    fn press(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .and_then(|()| self.keyboard.flush())
            .expect("the terminal takes keys");
    }

    fn resize(&mut self, size: Size) {
        self.parser
            .screen_mut()
            .set_size(side(size.height), side(size.width));
        self.master
            .resize(pty_size(size))
            .expect("the terminal can be resized");
    }

    /// Reads output until the screen is as wanted. Within a frame, the test waits for its end.
    fn wait_for(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while self.is_drawing() || !wanted(self.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(error) => panic!(
                    "waited for {what} ({error}); the screen is\n{}",
                    self.parser.screen().contents()
                ),
            }
        }
    }

    fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the screen equals the frame that the program without a terminal prints after the same keys.
    fn wait_for_frame(&mut self, stage: &Stage) {
        let frame = stage.frame(ScreenshotFormat::Text);
        self.wait_for("the frame", |screen| rows(screen) == frame);
    }

    /// Reads output until it pauses for a while.
    fn rest(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(LULL) {
            self.parser.process(&bytes);
        }
    }

    /// Waits until nothing is written and no thread of the program wakes for a while. On a busy machine a program comes to
    /// rest late; a program with a timer never does.
    fn stays_at_rest(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.rest();
            let before = wake_ups(self.process);
            let came = self.output.recv_timeout(WATCH);
            let has_woken = before != wake_ups(self.process);
            match came {
                Err(RecvTimeoutError::Timeout) if !has_woken => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the program has ended"),
                Err(RecvTimeoutError::Timeout) => {
                    assert!(Instant::now() < deadline, "the program wakes without input");
                }
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    assert!(
                        Instant::now() < deadline,
                        "the program writes without input"
                    );
                }
            }
        }
    }

    /// Whether a frame has begun and not ended.
    fn is_drawing(&self) -> bool {
        self.parser.callbacks().is_drawing
    }

    /// The title of the window.
    fn title(&self) -> &str {
        &self.parser.callbacks().title
    }

    /// Waits for the end, and checks that the terminal is as it was before.
    fn ends(mut self) -> ExitStatus {
        let status = self.ended.recv_timeout(PATIENCE).expect("the program ends");
        self.wait_for("the terminal to be restored", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == MouseProtocolMode::None
        });
        assert_eq!(self.title(), OWN_TITLE);
        assert_eq!(self.parser.callbacks().surplus_restores, 0);
        assert_eq!(
            settings(self.master.as_ref()),
            self.before,
            "the settings of the terminal are not what they were"
        );
        status
    }

    fn kill(&self, signal: &str) {
        kill(self.process, signal);
    }
}

fn kill(process: u32, signal: &str) {
    let line = format!("kill -{signal} {process}");
    let status = std::process::Command::new("sh")
        .args(["-c", &line])
        .status()
        .expect("the system has a shell");
    assert!(status.success(), "{line}");
}

fn pty_size(size: Size) -> PtySize {
    PtySize {
        rows: size.height,
        cols: size.width,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has some size")
}

/// The settings of the terminal: echo, line editing and so on.
fn settings(master: &dyn MasterPty) -> String {
    format!(
        "{:?}",
        master.get_termios().expect("the terminal has settings")
    )
}

/// A thread that reads the output of the program until the receiver is dropped. It reads small pieces, as on a busy
/// machine, so that no test relies on whole frames.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 64];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let bytes = buffer.get(..count).unwrap_or_default().to_vec();
            if sender.send(bytes).is_err() {
                return;
            }
        }
    });
    receiver
}

/// The characters of a screen, in the format of a printed frame.
fn rows(screen: &vt100::Screen) -> String {
    let (_, width) = screen.size();
    screen
        .rows(0, width.get())
        .fold(String::new(), |mut all, row| {
            all.push_str(row.trim_end());
            all.push('\n');
            all
        })
}

#[test]
fn the_terminal_shows_the_same_frames_as_are_printed_without_one() {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::start(&[], &[]);
    terminal.wait_for_frame(&stage);
    assert!(terminal.parser.screen().alternate_screen());
    assert!(terminal.parser.screen().hide_cursor());
    assert_ne!(
        settings(terminal.master.as_ref()),
        terminal.before,
        "keys would wait for enter"
    );

    terminal.press("j");
    stage.press("j");
    terminal.wait_for_frame(&stage);

    terminal.press("\r");
    stage.press("<enter>");
    terminal.wait_for_frame(&stage);

    terminal.press("\x1b[B\t\x1b[Z");
    stage.press("<down><tab><backtab>");
    terminal.wait_for_frame(&stage);

    terminal.press("\x1b");
    stage.press("<esc>");
    terminal.wait_for_frame(&stage);

    for size in [Size::new(80, 24), Size::new(50, 12), SIZE] {
        terminal.resize(size);
        stage.resize(size);
        terminal.wait_for_frame(&stage);
    }

    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_click_selects_and_a_key_releases_the_mouse() {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::start(&[], &[]);
    terminal.wait_for_frame(&stage);
    // The terminal counts columns and rows from one.
    terminal.press("\x1b[<0;31;16M");
    stage.press("<click-30-15>");
    terminal.wait_for_frame(&stage);

    let mouse = |screen: &vt100::Screen| screen.mouse_protocol_mode() != MouseProtocolMode::None;
    assert!(mouse(terminal.parser.screen()));
    terminal.press("m");
    terminal.wait_for("the mouse to be off", |screen| !mouse(screen));
    terminal.press("m");
    terminal.wait_for("the mouse to be on", mouse);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_prompt_has_a_cursor() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.press("/sanc");
    terminal.wait_for_text("/ sanc");
    terminal.wait_for("a cursor after the words", |screen| {
        !screen.hide_cursor() && screen.cursor_position() == (SIZE.height - 1, 7)
    });
    terminal.press("\x1b");
    terminal.wait_for("no cursor", vt100::Screen::hide_cursor);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn an_idle_program_writes_nothing() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.stays_at_rest();
    // The program was at rest, not dead.
    terminal.press("j");
    terminal.wait_for_text(" 2 of ");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Whether a thread is the program's. The watcher's wakes whenever a file is used in a folder of the watched file or above it:
/// other tests do that.
fn is_of_program(thread: &Path) -> bool {
    let name = std::fs::read_to_string(thread.join("comm"));
    name.is_ok_and(|name| !name.starts_with("notify"))
}

/// How often each thread of a process went to sleep voluntarily. Only Linux shows it; elsewhere the test watches only the
/// output.
fn wake_ups(process: u32) -> Vec<(String, String)> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("the program runs");
    let mut found: Vec<(String, String)> = threads
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            if !is_of_program(&path) {
                return None;
            }
            let status = std::fs::read_to_string(path.join("status")).ok()?;
            let line = status
                .lines()
                .find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            Some((path.display().to_string(), line.to_owned()))
        })
        .collect();
    assert!(!found.is_empty(), "Linux lists every thread");
    found.sort();
    found
}

#[test]
fn without_colour_the_selected_row_is_reversed_and_nothing_is_coloured() {
    let mut terminal = Terminal::with_first_frame(&[HARBOUR], &[("NO_COLOR", "1")]);
    terminal.rest();
    let screen = terminal.parser.screen();
    let cell = |row, column| screen.cell(row, column).expect("the cell is on the screen");
    let selected = (0..SIZE.height).find(|&row| cell(row, 0).contents() == "▸");
    let selected = selected.expect("a row is selected");
    assert!(
        (0..40).all(|column| cell(selected, column).inverse()),
        "the selected row is not reversed"
    );
    assert!(
        !cell(selected + 1, 5).inverse(),
        "other rows are reversed too"
    );
    for row in 0..SIZE.height {
        for column in 0..SIZE.width {
            let cell = cell(row, column);
            assert_eq!(
                (cell.fgcolor(), cell.bgcolor()),
                (vt100::Color::Default, vt100::Color::Default),
                "row {row}, column {column} has a colour"
            );
        }
    }
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_broken_file_is_opened_as_far_as_it_is_readable() {
    let mut terminal = Terminal::with_first_frame(
        &["tests/frames/timelines/broken.toml", "--theme", "light"],
        &[],
    );
    terminal.wait_for_text("errors in the file; p shows them");
    terminal.press("p");
    terminal.wait_for_text("unquoted-date");
    terminal.press("\x1b");
    terminal.wait_for("no findings", |screen| {
        !screen.contents().contains("unquoted-date")
    });
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_terminal_unchanged() {
    let mut terminal = Terminal::start(&["no-such-file.toml"], &[]);
    terminal.wait_for_text("`no-such-file.toml` does not exist");
    assert!(!terminal.parser.screen().alternate_screen());
    assert_eq!(terminal.ends().exit_code(), 3);
}
