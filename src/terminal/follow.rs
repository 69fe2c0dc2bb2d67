//! The loop of the second terminal.
//!
//! Unlike the presenter it wakes by itself, a few times a second, to look for news and since a clock runs.
//! It writes only what has changed.

use std::ops::ControlFlow;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::channel::Channel;
use super::session::Session;
use super::{Happening, listen, milliseconds};
use crate::app;
use crate::app::follow::{Follower, Msg};
use crate::app::key::Input;
use crate::ui::theme::Look;

/// How often it looks for news.
const PAUSE: Duration = Duration::from_millis(200);

/// Shows the second terminal until the briefer leaves, or a signal ends it: that is returned.
pub fn follow(mut follower: Follower, look: Look, channel: &Channel) -> Result<Option<i32>> {
    let session = Session::enter().context("cannot take over the terminal")?;
    session.listen_to_mouse(false)?;
    let (sender, happenings) = mpsc::channel();
    listen(&sender)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(session.output()))?;
    let mut drawn = None;
    loop {
        let news = [Msg::Time(milliseconds()), Msg::Heard(channel.hear())];
        for msg in news {
            let _ = follower.update(msg);
        }
        let cells = cells(&follower, look);
        if drawn.as_ref() != Some(&cells) {
            terminal
                .draw(|frame| {
                    let area = cells.area.intersection(frame.area());
                    for position in area.positions() {
                        frame.buffer_mut()[position] = cells[position].clone();
                    }
                })
                .context("cannot draw on the terminal")?;
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
            match happening {
                Happening::Msg(msg) => {
                    let left = message(&msg).map(|msg| follower.update(msg));
                    if left == Some(ControlFlow::Break(())) {
                        return Ok(None);
                    }
                }
                Happening::Signal(signal) => return Ok(Some(signal)),
                Happening::Lost(error) => return Err(error),
            }
        }
    }
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
