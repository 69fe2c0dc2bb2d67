//! The loop of the second terminal.
//!
//! Unlike the presenter it wakes by itself, a few times a second, to look for news and since a clock runs.
//! It writes only what has changed. The files are read on a thread of their own: keys and the clock go on.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Result, anyhow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::briefing_status::StatusStore;
use super::console::{Console, Stopped};
use super::files::Files;
use super::loop_event::LoopEvent;
use super::signals::Whom;
use super::trace::Trace;
use super::watch::{Patience, Watch};
use super::worker::Worker;
use super::{clock, size};
use crate::app;
use crate::app::follow::{Follower, Msg, Wanted};
use crate::app::input::key::{Code, Input, Key};
use crate::text::visible;
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
    pub files: Arc<dyn Files>,
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
    let mut second = Second {
        console: Console::open(&sender, &trace, look, None)?,
        look,
        drawn: None,
        reader: Reader::start(&sender, files)?,
        reads_strings,
    };
    second.console.listen_to_mouse(false)?;
    if watch {
        second.reader.watch(&mut follower, &sender)?;
    }
    loop {
        let news = [Msg::Time(clock::milliseconds()), Msg::Heard(store.read())];
        for msg in news {
            let _ = follower.update(msg);
        }
        if let Some(wanted) = follower.take_wanted() {
            second.reader.read(&mut follower, wanted)?;
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

/// The second terminal and what reads for it.
struct Second {
    console: Console,
    look: Look,
    /// The cells that are on the screen; none if they are not known.
    drawn: Option<Buffer>,
    reader: Reader,
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
                let left = message(&msg).map(|msg| follower.update(msg));
                if left == Some(ControlFlow::Break(())) {
                    return Ok(ControlFlow::Break(None));
                }
                if msg == app::Msg::Input(SUSPEND) {
                    stopped = self.console.suspend(Whom::Job)?;
                }
                if msg == app::Msg::Input(REDRAW) {
                    self.console.redraw()?;
                    self.drawn = None;
                }
            }
            LoopEvent::Stop => stopped = self.console.suspend(Whom::Us)?,
            LoopEvent::GoOn => stopped = self.console.come_back()?,
            LoopEvent::Resized => {}
            LoopEvent::Touched { unseen, is_told } => {
                tell_unseen(follower, unseen);
                self.reader.worker.read(&follower.timeline, is_told)?;
            }
            LoopEvent::Reread(reread) => {
                let _ = follower.update(Msg::Read(reread.reading));
            }
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

/// Reads the files again, on a thread of its own.
struct Reader {
    worker: Worker,
    files: Arc<dyn Files>,
    /// None if saves are not waited for.
    watch: Option<Watch>,
}

impl Reader {
    fn start(sender: &Sender<LoopEvent>, files: Arc<dyn Files>) -> Result<Self> {
        Ok(Self {
            worker: Worker::start(sender, Arc::clone(&files), None)?,
            files,
            watch: None,
        })
    }

    /// Begins to wait for saves. The files may have been saved while they were opened.
    fn watch(&mut self, follower: &mut Follower, sender: &Sender<LoopEvent>) -> Result<()> {
        let (files, patience) = (self.files.watched(), Patience::of(&follower.timeline));
        if let Some((watch, unseen)) = Watch::begin(files, patience, sender)? {
            self.watch = Some(watch);
            tell_unseen(follower, unseen);
            self.worker.read(&follower.timeline, false)?;
        }
        Ok(())
    }

    /// Has the files read for the briefer or for the version of the presenter.
    fn read(&self, follower: &mut Follower, wanted: Wanted) -> Result<()> {
        let is_told = wanted == Wanted::Briefer;
        if self.files.watched().is_empty() {
            if is_told {
                let why = "what is shown is not a file".to_owned();
                let _ = follower.update(Msg::Read(app::reload::Reading::Refused(why)));
            }
            return Ok(());
        }
        let watch = self.watch.as_ref();
        if watch.is_some_and(|watch| watch.renew(is_told)) {
            return Ok(());
        }
        self.worker.read(&follower.timeline, is_told)
    }
}

fn tell_unseen(follower: &mut Follower, unseen: Option<String>) {
    if let Some(why) = unseen {
        let _ = follower.update(Msg::Unseen(visible(&why).into_owned()));
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
fn message(msg: &app::Msg) -> Option<Msg> {
    match *msg {
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
