//! The loop of the second terminal.
//!
//! Unlike the presenter it wakes by itself, a few times a second, to look for news and since a clock runs.
//! It writes only what has changed.

use std::ops::ControlFlow;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::channel::Channel;
use super::console::{Console, Stopped};
use super::signals::Whom;
use super::trace::Trace;
use super::{Happening, milliseconds, size};
use crate::app;
use crate::app::follow::{Follower, Msg};
use crate::app::key::{Code, Input, Key};
use crate::ui::theme::Look;

/// How often it looks for news.
const PAUSE: Duration = Duration::from_millis(200);

/// Shows the second terminal until the briefer leaves, or a signal ends it: that is returned.
pub fn follow(
    mut follower: Follower,
    look: Look,
    channel: &Channel,
    words: Vec<String>,
    reads_strings: bool,
) -> Result<Option<i32>> {
    let (sender, happenings) = mpsc::channel();
    let trace = Trace::new(words, Vec::new(), follower.size);
    let mut console = Console::open(&sender, &trace, look, None)?;
    console.listen_to_mouse(false)?;
    if reads_strings {
        console.entitle(title(&follower))?;
    }
    let mut drawn = None;
    loop {
        let news = [Msg::Time(milliseconds()), Msg::Heard(channel.hear())];
        for msg in news {
            let _ = follower.update(msg);
        }
        let cells = cells(&follower, look);
        if drawn.as_ref() != Some(&cells) {
            show(&mut console, &cells)?;
            drawn = Some(cells);
        }
        let first = match happenings.recv_timeout(PAUSE) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(anyhow!("every thread that waits for events has ended"));
            }
        };
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            let mut stopped = Stopped::Never;
            match happening {
                Happening::Msg(msg) => {
                    let left = message(&msg).map(|msg| follower.update(msg));
                    if left == Some(ControlFlow::Break(())) {
                        return Ok(None);
                    }
                    if msg == app::Msg::Input(SUSPEND) {
                        stopped = console.suspend(Whom::Job)?;
                    }
                }
                Happening::Stop => stopped = console.suspend(Whom::Us)?,
                Happening::GoOn => stopped = console.come_back()?,
                Happening::Resized | Happening::Touched { .. } | Happening::Reread(_) => {}
                Happening::End(signal) => return Ok(Some(signal)),
                Happening::Lost(error) => return Err(error),
            }
            match stopped {
                Stopped::Never => {}
                Stopped::Back => drawn = None,
                Stopped::Ends(signal) => return Ok(Some(signal)),
            }
        }
        let _ = follower.update(Msg::Resize(size()?));
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
