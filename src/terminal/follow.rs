//! The loop of the second terminal.
//!
//! Unlike the presenter it wakes by itself, a few times a second, to look for news and since a clock runs.
//! It writes only what has changed. The files are read on a thread of their own: keys and the clock go on.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::briefing_status::StatusStore;
use super::console::{Console, Stopped};
use super::file_source::{FileSource, TimelineFiles};
use super::loop_event::LoopEvent;
use super::signals::Whom;
use super::trace::Trace;
use super::{clock, size};
use crate::app;
use crate::app::follow::{Follower, Msg};
use crate::app::input::key::{Code, Input, Key};
use crate::ui::theme::Look;

/// How often it looks for news.
const PAUSE: Duration = Duration::from_millis(200);

/// What is opened on the second terminal.
pub struct Following {
    /// The state at the beginning.
    pub follower: Follower,
    /// How meanings look.
    pub look: Look,
    /// Where the presenter publishes its status.
    pub store: StatusStore,
    /// The files that the timeline is made of.
    pub files: Arc<dyn TimelineFiles>,
    /// Whether to read them again when they are saved.
    pub watch: bool,
    /// The words of the command that opens the same without a terminal.
    pub words: Vec<String>,
    /// Whether the terminal knows titles, or leaves out what it does not know.
    pub reads_strings: bool,
}

/// Shows the second terminal until the briefer quits, or a signal ends it: that is returned.
pub fn follow(following: Following) -> Result<Option<i32>> {
    let Following {
        mut follower,
        look,
        store,
        files,
        watch,
        words,
        reads_strings,
    } = following;
    let (sender, happenings) = mpsc::channel();
    let trace = Trace::new(words, Vec::new(), follower.size);
    let console = Console::open(&sender, &trace, look, None)?;
    let (source, started) = FileSource::start(files, &follower.timeline, watch, &sender)?;
    let mut second = Second {
        console,
        look,
        drawn: None,
        source,
        reads_strings,
    };
    second.console.listen_to_mouse(false)?;
    let _ = follower.update(Msg::Files(started));
    loop {
        let news = [Msg::Time(clock::milliseconds()), Msg::Heard(store.read())];
        for msg in news {
            let _ = follower.update(msg);
        }
        for request in follower.take_requests() {
            second.source.request(request)?;
        }
        second.show(&follower)?;
        let first = match happenings.recv_timeout(PAUSE) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(anyhow!("every thread that waits for events has ended"));
            }
        };
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            if let ControlFlow::Break(signal) = second.take(&mut follower, happening)? {
                return Ok(signal);
            }
        }
        let _ = follower.update(Msg::Resize(size()?));
    }
}

/// The second terminal and its files.
struct Second {
    console: Console,
    look: Look,
    /// The cells that are on the screen; none if they are not known.
    drawn: Option<Buffer>,
    source: FileSource,
    reads_strings: bool,
}

impl Second {
    /// Draws what has changed, and calls the window by what is open.
    fn show(&mut self, follower: &Follower) -> Result<()> {
        if self.reads_strings {
            self.console.entitle(title(follower))?;
        }
        let cells = cells(follower, self.look);
        if self.drawn.as_ref() != Some(&cells) {
            show(&mut self.console, &cells)?;
            self.drawn = Some(cells);
        }
        Ok(())
    }

    /// Lets something happen. Breaks when the briefer quits, or with the signal that ends the program.
    fn take(
        &mut self,
        follower: &mut Follower,
        happening: LoopEvent,
    ) -> Result<ControlFlow<Option<i32>>> {
        let mut stopped = Stopped::Never;
        match happening {
            LoopEvent::Msg(msg) => {
                if msg == app::Msg::Input(SUSPEND) {
                    stopped = self.console.suspend(Whom::Job)?;
                }
                if msg == app::Msg::Input(REDRAW) {
                    self.console.redraw()?;
                    self.drawn = None;
                }
                let left = message(msg).map(|msg| follower.update(msg));
                if left == Some(ControlFlow::Break(())) {
                    return Ok(ControlFlow::Break(None));
                }
            }
            LoopEvent::Stop => stopped = self.console.suspend(Whom::Us)?,
            LoopEvent::GoOn => stopped = self.console.come_back()?,
            LoopEvent::Resized => {}
            LoopEvent::End(signal) => return Ok(ControlFlow::Break(Some(signal))),
            LoopEvent::Lost(error) => return Err(error),
        }
        match stopped {
            Stopped::Never => {}
            Stopped::Back => self.drawn = None,
            Stopped::Ends(signal) => return Ok(ControlFlow::Break(Some(signal))),
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// What the window of the notes is called.
fn title(follower: &Follower) -> String {
    let title = crate::ui::window_title(&follower.timeline);
    format!("notes · {title}")
}

/// The key that stops us for a while.
const SUSPEND: Input = Input::Key(Key {
    code: Code::Char('z'),
    ctrl: true,
});

/// The key that draws the screen again.
const REDRAW: Input = Input::Key(Key {
    code: Code::Char('l'),
    ctrl: true,
});

fn show(console: &mut Console, cells: &Buffer) -> Result<()> {
    console.draw(|frame| {
        let area = cells.area.intersection(frame.area());
        for position in area.positions() {
            frame.buffer_mut()[position] = cells[position].clone();
        }
    })
}

/// What an event of the terminal means here.
fn message(msg: app::Msg) -> Option<Msg> {
    match msg {
        app::Msg::Files(event) => Some(Msg::Files(event)),
        app::Msg::Input(Input::Key(key)) => Some(Msg::Key(key)),
        app::Msg::Resize(size) => Some(Msg::Resize(size)),
        _ => None,
    }
}

fn cells(follower: &Follower, look: Look) -> Buffer {
    let mut cells = Buffer::empty(Rect::from(((0, 0).into(), follower.size)));
    crate::ui::follow::draw(follower, look, &mut cells);
    cells
}
