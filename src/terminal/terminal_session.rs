//! Takes the terminal over (alternate screen, raw mode, mouse, paste, title) and gives it back, even after a panic.

use std::io::{self, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};

use super::crash_guardian::CrashGuardian;
use super::hyperlinks::CLOSE_LINK;
use crate::ui::glyphs::ascii;

/// Enough for a full frame of a large terminal.
const FRAME_BYTES: usize = 1 << 16;

/// Whether the terminal is taken over. The panic hook reads it on the thread that panics.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether its window has our title.
static TITLED: AtomicBool = AtomicBool::new(false);

/// Restores the terminal if this process dies while it is taken; `None` if it could not be started.
static GUARDIAN: Mutex<Option<CrashGuardian>> = Mutex::new(None);

/// Saves and restores the title of the window (XTWINOPS of xterm).
const SAVE_TITLE: &str = "\x1b[22;0t";
const RESTORE_TITLE: &str = "\x1b[23;0t";

/// The terminal, taken over; given back when this is dropped.
pub(super) struct TerminalSession {
    mouse: bool,
    /// Whether the terminal shows nothing but ASCII.
    is_ascii: bool,
    title: Option<String>,
}

impl TerminalSession {
    /// Takes the terminal over. A terminal that shows only ASCII is sent only ASCII.
    pub fn enter(is_ascii: bool) -> io::Result<Self> {
        let session = Self {
            mouse: true,
            is_ascii,
            title: None,
        };
        session.take()?;
        Ok(session)
    }

    /// Takes the terminal over, or over again, in any state: another program may have left anything on it.
    pub fn take(&self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        // Otherwise the library, which believes raw mode to be on, would not set it once more.
        disable_raw_mode()?;
        guard();
        enable_raw_mode()?;
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            Clear(ClearType::All),
            cursor::Hide
        )?;
        self.send_mouse_mode()?;
        self.send_title()
    }

    /// Sets the modes of paste and mouse once more, since another program may have changed them.
    pub fn renew(&self) -> io::Result<()> {
        execute!(stdout(), EnableBracketedPaste)?;
        self.send_mouse_mode()
    }

    /// Gives the terminal back, until it is taken again.
    #[expect(
        clippy::unused_self,
        reason = "there is something to give back only while the terminal is taken"
    )]
    pub fn leave(&self) {
        give_back();
    }

    /// Listens to the mouse, or leaves it to the terminal.
    pub fn listen_to_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        self.send_mouse_mode()
    }

    /// Sets the title of the window, until the terminal is given back. It is ASCII if the terminal shows only that:
    /// such a terminal would take bytes of a character in UTF-8 for commands, since 0x9C ends the title and 0x9B begins
    /// a control sequence (ECMA-48, 8.3.143 and 8.3.16).
    pub fn set_title(&mut self, title: String) -> io::Result<()> {
        let title = if self.is_ascii {
            ascii(&title).into_owned()
        } else {
            title
        };
        if self.title.as_ref() == Some(&title) {
            return Ok(());
        }
        self.title = Some(title);
        self.send_title()
    }

    fn send_title(&self) -> io::Result<()> {
        let Some(title) = &self.title else {
            return Ok(());
        };
        let mut out = stdout().lock();
        if !TITLED.swap(true, Ordering::SeqCst) {
            queue!(out, Print(SAVE_TITLE))?;
            guard_strings();
        }
        execute!(out, SetTitle(title))
    }

    fn send_mouse_mode(&self) -> io::Result<()> {
        if self.mouse {
            execute!(stdout(), EnableMouseCapture)
        } else {
            execute!(stdout(), DisableMouseCapture)
        }
    }
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        give_back();
    }
}

/// Counts the writes to the terminal as they begin and as they end: the number is odd during a write.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// A write to the terminal, until this is dropped.
struct WriteInProgress;

impl WriteInProgress {
    fn begin() -> Self {
        WRITES.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for WriteInProgress {
    fn drop(&mut self) {
        WRITES.fetch_add(1, Ordering::SeqCst);
    }
}

/// The number of the present write, if there is one. If it stays the same for long, the terminal takes no output.
pub(super) fn write_going_on() -> Option<u64> {
    let count = WRITES.load(Ordering::SeqCst);
    (count % 2 == 1).then_some(count)
}

/// Gives back as much of the terminal as is possible while it takes no output: echo and line editing.
pub(super) fn give_up() {
    TAKEN.store(false, Ordering::SeqCst);
    let _ = disable_raw_mode();
}

/// Gives the terminal back if it is taken. Every step is tried, and errors are dropped: a terminal that is gone refuses
/// them all.
pub(super) fn give_back() {
    // A frame that is being written ends first, and no other follows.
    let mut out = stdout().lock();
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _writing = WriteInProgress::begin();
    if TITLED.swap(false, Ordering::SeqCst) {
        let _ = queue_title_undo(&mut out);
    }
    let _ = queue_undo(&mut out);
    let _ = out.flush();
    let _ = disable_raw_mode();
    replace_guardian(None);
}

/// Writes what undoes the sequences of [`TerminalSession::take`].
fn queue_undo(out: &mut impl Write) -> io::Result<()> {
    queue!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
}

/// Writes the sequence that gives the window its old title again. A terminal that has not saved it shows its default if
/// the title is empty.
fn queue_title_undo(out: &mut impl Write) -> io::Result<()> {
    queue!(out, SetTitle(""), Print(RESTORE_TITLE))
}

/// Starts a guardian that would restore the terminal as it is now.
fn guard() {
    replace_guardian(None);
    let mut undo = Vec::new();
    if queue_undo(&mut undo).is_err() {
        return;
    }
    replace_guardian(CrashGuardian::start(&undo));
    if TITLED.load(Ordering::SeqCst) {
        guard_strings();
    }
}

/// Makes the guardian also undo what is sent only to terminals with titles and links: half a frame may leave a link
/// open.
fn guard_strings() {
    let mut undo = CLOSE_LINK.as_bytes().to_vec();
    let mut guardian = GUARDIAN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(guardian) = &mut *guardian
        && queue_title_undo(&mut undo).is_ok()
    {
        guardian.add(&undo);
    }
}

fn replace_guardian(new: Option<CrashGuardian>) {
    let mut guardian = GUARDIAN.lock().unwrap_or_else(PoisonError::into_inner);
    let old = std::mem::replace(&mut *guardian, new);
    drop(guardian);
    if let Some(old) = old {
        old.dismiss();
    }
}

/// Writes frames, each in one piece: a terminal that can shows it at once (mode 2026). A frame that comes after the
/// terminal was given back is dropped.
pub(super) struct FrameOutput {
    frame: Vec<u8>,
    out: Stdout,
}

impl FrameOutput {
    pub fn new() -> Self {
        let mut frame = Vec::with_capacity(FRAME_BYTES);
        begin(&mut frame);
        Self {
            frame,
            out: stdout(),
        }
    }
}

fn begin(frame: &mut Vec<u8>) {
    frame.clear();
    queue!(frame, BeginSynchronizedUpdate).expect("memory takes all that is written");
}

impl Write for FrameOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        queue!(self.frame, EndSynchronizedUpdate)?;
        let mut out = self.out.lock();
        let written = if TAKEN.load(Ordering::SeqCst) {
            let _writing = WriteInProgress::begin();
            out.write_all(&self.frame).and_then(|()| out.flush())
        } else {
            Ok(())
        };
        begin(&mut self.frame);
        written
    }
}
