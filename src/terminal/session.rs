//! Taking the terminal over and giving it back, whatever happens in between.

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

use super::guardian::Guardian;
use super::links::CLOSE_LINK;
use crate::ui::glyphs::ascii;

/// Enough for a full frame of a large terminal.
const FRAME_BYTES: usize = 1 << 16;

/// Whether the terminal is taken over. The panic hook asks, from whichever thread panics.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether its window is called as we wish.
static TITLED: AtomicBool = AtomicBool::new(false);

/// Restores the terminal if this process dies while it is taken; none if it could not be started.
static GUARDIAN: Mutex<Option<Guardian>> = Mutex::new(None);

/// Has the terminal remember what its window is called, and call it so again (XTWINOPS of xterm).
const KEEP_TITLE: &str = "\x1b[22;0t";
const BRING_TITLE_BACK: &str = "\x1b[23;0t";

/// The terminal, taken over; given back when this is dropped.
pub(super) struct Session {
    mouse: bool,
    /// Whether the terminal shows nothing but ASCII.
    is_ascii: bool,
    /// What its window is called meanwhile.
    title: Option<String>,
}

impl Session {
    /// Takes the terminal over. To one that shows nothing but ASCII nothing else is sent.
    pub fn enter(is_ascii: bool) -> io::Result<Self> {
        let session = Self {
            mouse: true,
            is_ascii,
            title: None,
        };
        session.take()?;
        Ok(session)
    }

    /// Takes the terminal over, or again, in whatever state it is: who had it meanwhile may have left
    /// anything there.
    pub fn take(&self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        // What the library believes to be in force is not put in force once more.
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
        self.tell_mouse()?;
        self.tell_title()
    }

    /// Puts the modes in force again that keys and the mouse depend on, whatever another program changed.
    pub fn renew(&self) -> io::Result<()> {
        execute!(stdout(), EnableBracketedPaste)?;
        self.tell_mouse()
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
        self.tell_mouse()
    }

    /// Calls the window so, until the terminal is given back. A terminal that takes each byte for a character would take
    /// some of a character in UTF-8 for commands: 0x9C ends the title, and 0x9B begins a control sequence (ECMA-48,
    /// 8.3.143 and 8.3.16).
    pub fn entitle(&mut self, title: String) -> io::Result<()> {
        let title = if self.is_ascii {
            ascii(&title).into_owned()
        } else {
            title
        };
        if self.title.as_ref() == Some(&title) {
            return Ok(());
        }
        self.title = Some(title);
        self.tell_title()
    }

    fn tell_title(&self) -> io::Result<()> {
        let Some(title) = &self.title else {
            return Ok(());
        };
        let mut out = stdout().lock();
        if !TITLED.swap(true, Ordering::SeqCst) {
            queue!(out, Print(KEEP_TITLE))?;
            guard_strings();
        }
        execute!(out, SetTitle(title))
    }

    fn tell_mouse(&self) -> io::Result<()> {
        if self.mouse {
            execute!(stdout(), EnableMouseCapture)
        } else {
            execute!(stdout(), DisableMouseCapture)
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

/// Counts the writes to the terminal as they begin and end: an odd number says that one goes on.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// A write to the terminal, until this is dropped.
struct Writing;

impl Writing {
    fn begin() -> Self {
        WRITES.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITES.fetch_add(1, Ordering::SeqCst);
    }
}

/// The number of the write that goes on, if one does: the same one for long is one that the terminal does not take.
pub(super) fn write_going_on() -> Option<u64> {
    let count = WRITES.load(Ordering::SeqCst);
    (count % 2 == 1).then_some(count)
}

/// Gives back what of the terminal can be given back while it takes nothing: echo and line editing.
pub(super) fn give_up() {
    TAKEN.store(false, Ordering::SeqCst);
    let _ = disable_raw_mode();
}

/// Gives the terminal back if it is taken. Every step is tried: a terminal that is gone refuses them
/// all, and there is nobody left to tell.
pub(super) fn give_back() {
    // Whoever draws at this moment ends the frame first, and draws no other.
    let mut out = stdout().lock();
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _writing = Writing::begin();
    if TITLED.swap(false, Ordering::SeqCst) {
        let _ = queue_title_back(&mut out);
    }
    let _ = queue_way_back(&mut out);
    let _ = out.flush();
    let _ = disable_raw_mode();
    replace_guardian(None);
}

/// Writes what undoes all that taking the terminal has written.
fn queue_way_back(out: &mut impl Write) -> io::Result<()> {
    queue!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
}

/// Writes what gives the window its own title again. Without a title, a terminal that has not remembered one goes by its
/// own.
fn queue_title_back(out: &mut impl Write) -> io::Result<()> {
    queue!(out, SetTitle(""), Print(BRING_TITLE_BACK))
}

/// Has a guardian wait that restores the terminal as it is now.
fn guard() {
    replace_guardian(None);
    let mut undo = Vec::new();
    if queue_way_back(&mut undo).is_err() {
        return;
    }
    replace_guardian(Guardian::start(&undo));
    if TITLED.load(Ordering::SeqCst) {
        guard_strings();
    }
}

/// Has the guardian also undo what only a terminal with titles and links is sent: part of a frame may leave a
/// link open.
fn guard_strings() {
    let mut undo = CLOSE_LINK.as_bytes().to_vec();
    let mut guardian = GUARDIAN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(guardian) = &mut *guardian
        && queue_title_back(&mut undo).is_ok()
    {
        guardian.add(&undo);
    }
}

fn replace_guardian(new: Option<Guardian>) {
    let mut guardian = GUARDIAN.lock().unwrap_or_else(PoisonError::into_inner);
    let old = std::mem::replace(&mut *guardian, new);
    drop(guardian);
    if let Some(old) = old {
        old.dismiss();
    }
}

/// Where frames are written: one write for each, which a terminal that can shows at once (mode 2026).
/// A frame in which nothing has changed is not written; one that comes too late is dropped.
pub(super) struct Output {
    frame: Vec<u8>,
    out: Stdout,
}

impl Output {
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

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        queue!(self.frame, EndSynchronizedUpdate)?;
        let mut out = self.out.lock();
        let written = if TAKEN.load(Ordering::SeqCst) {
            let _writing = Writing::begin();
            out.write_all(&self.frame).and_then(|()| out.flush())
        } else {
            Ok(())
        };
        begin(&mut self.frame);
        written
    }
}
