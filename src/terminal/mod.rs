//! The outside: the terminal, its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal: it draws, waits for something to happen, applies
//! all that has happened, and draws again. Two threads only wait, one for keys and one for signals,
//! and a third puts filters to the events: while nothing happens, nothing runs. The second terminal of a
//! briefing has a loop of its own.

mod channel;
mod follow;
mod session;
mod teller;
mod told;
mod translate;
mod worker;

use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::{Context, Result};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use crate::app::model::Model;
use crate::app::{Effect, Msg, update};
use crate::ui::theme::Look;
pub use channel::Channel;
pub use follow::follow;
use session::{Output, Session};
use teller::Teller;
use worker::Worker;

/// What can happen.
enum Happening {
    /// Something for the program.
    Msg(Msg),
    /// The system asks to end.
    Signal(i32),
    /// A thread that the program needs has ended.
    Lost(anyhow::Error),
}

/// The size of the terminal.
pub fn size() -> Result<Size> {
    let (width, height) =
        crossterm::terminal::size().context("cannot find out the size of the terminal")?;
    Ok(Size::new(width, height))
}

/// How it ended.
pub struct Ended {
    /// The state at the end.
    pub model: Model,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
}

/// Shows the model on the terminal until the user leaves. The terminal is given back however it ends.
/// What was asked of the world while it was opened is done first. Whoever follows a briefing hears of it
/// through the channel.
pub fn run(mut model: Model, look: Look, asked: Vec<Effect>, channel: Channel) -> Result<Ended> {
    let session = Session::enter().context("cannot take over the terminal")?;
    let (sender, happenings) = mpsc::channel();
    listen(&sender)?;
    let worker = Worker::start(sender)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(session.output()))?;
    let mut teller = Teller::new(channel);
    let mut effects = asked;
    loop {
        for effect in effects.drain(..) {
            match effect {
                Effect::Quit => {
                    return Ok(Ended {
                        model,
                        signal: None,
                    });
                }
                Effect::Tell(told) => {
                    if let Err(error) = teller.tell(told) {
                        model.notify(format!("nobody can follow: {error:#}"));
                    }
                }
                Effect::Mouse(on) => session.listen_to_mouse(on)?,
                Effect::Filter { .. } | Effect::Complete { .. } | Effect::AsOf { .. } => {
                    worker.ask(&model.timeline, effect)?;
                }
            }
        }
        draw(&mut terminal, &model, look)?;
        let first = happenings
            .recv()
            .context("every thread that waits for events has ended")?;
        update(&mut model, Msg::Time(milliseconds()));
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            match happening {
                Happening::Msg(msg) => effects.extend(update(&mut model, msg)),
                Happening::Signal(signal) => {
                    return Ok(Ended {
                        model,
                        signal: Some(signal),
                    });
                }
                Happening::Lost(error) => return Err(error),
            }
        }
    }
}

/// What time it is, in milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock of a briefing is read here and nowhere else"
)]
fn milliseconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |time| {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    })
}

fn draw(
    terminal: &mut Terminal<CrosstermBackend<Output>>,
    model: &Model,
    look: Look,
) -> Result<()> {
    terminal
        .draw(|frame| crate::ui::view(model, look, frame))
        .context("cannot draw on the terminal")?;
    Ok(())
}

/// Starts the threads that wait for keys and for signals.
fn listen(sender: &Sender<Happening>) -> Result<()> {
    listen_for_signals(sender.clone())?;
    let sender = sender.clone();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || listen_for_input(&sender))?;
    Ok(())
}

fn listen_for_input(sender: &Sender<Happening>) {
    loop {
        let happening = match crossterm::event::read() {
            Ok(event) => match translate::message(&event) {
                Some(msg) => Happening::Msg(msg),
                None => continue,
            },
            Err(error) => Happening::Lost(
                anyhow::Error::from(error).context("the terminal sends no more keys"),
            ),
        };
        let is_last = matches!(happening, Happening::Lost(_));
        if sender.send(happening).is_err() || is_last {
            return;
        }
    }
}

#[cfg(unix)]
fn listen_for_signals(sender: Sender<Happening>) -> Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let wait = move || {
        for signal in &mut signals {
            if sender.send(Happening::Signal(signal)).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(wait)?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_for_signals(_: Sender<Happening>) -> Result<()> {
    Ok(())
}
