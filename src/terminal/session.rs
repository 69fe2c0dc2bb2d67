//! Taking the terminal over and giving it back, whatever happens in between.

use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, style};

/// Where frames are written: one write for each frame.
pub(super) type Output = BufWriter<Stdout>;

/// Enough for a full frame of a large terminal.
const FRAME_BYTES: usize = 1 << 16;

/// Whether the terminal is taken over. The panic hook asks, from whichever thread panics.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, taken over; given back when this is dropped.
pub(super) struct Session;

impl Session {
    /// Takes the terminal over.
    pub fn enter() -> io::Result<Self> {
        give_back_on_panic();
        // Whether there is colour is the theme's affair. With NO_COLOR set the library would reset
        // every style with each colour, and the selected row would be lost with it.
        style::force_color_output(true);
        TAKEN.store(true, Ordering::SeqCst);
        let session = Self;
        enable_raw_mode()?;
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableMouseCapture,
            cursor::Hide
        )?;
        Ok(session)
    }

    /// Where frames are written.
    #[expect(
        clippy::unused_self,
        reason = "there is something to write to only while the terminal is taken"
    )]
    pub fn output(&self) -> Output {
        BufWriter::with_capacity(FRAME_BYTES, stdout())
    }

    /// Listens to the mouse, or leaves it to the terminal.
    #[expect(
        clippy::unused_self,
        reason = "the mouse is ours only while the terminal is taken"
    )]
    pub fn listen_to_mouse(&self, on: bool) -> io::Result<()> {
        if on {
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

/// Gives the terminal back if it is taken. Every step is tried: a terminal that is gone refuses them
/// all, and there is nobody left to tell.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic on any thread gives the terminal back first, so that its message can be read.
fn give_back_on_panic() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
    });
}
