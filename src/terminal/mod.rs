//! The outside: the terminal, its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal: it draws, waits for something to happen, applies
//! all that has happened, and draws again. Two threads only wait, one for keys and one for signals:
//! while nothing happens, nothing runs.

mod session;
mod translate;

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::{Context, Result};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use crate::app::model::Model;
use crate::app::{Effect, Msg, update};
use crate::ui::theme::Theme;
use session::{Output, Session};

/// What can happen.
enum Happening {
    /// Something for the program.
    Msg(Msg),
    /// The system asks to end.
    Signal(i32),
    /// No more keys will come.
    InputLost(io::Error),
}

/// The size of the terminal.
pub fn size() -> Result<Size> {
    let (width, height) =
        crossterm::terminal::size().context("cannot find out the size of the terminal")?;
    Ok(Size::new(width, height))
}

/// Shows the model on the terminal until the user leaves. The terminal is given back however it ends.
///
/// Returns the signal that ended it, if one did.
pub fn run(mut model: Model, theme: Theme) -> Result<Option<i32>> {
    let session = Session::enter().context("cannot take over the terminal")?;
    let happenings = listen()?;
    let mut terminal = Terminal::new(CrosstermBackend::new(session.output()))?;
    loop {
        draw(&mut terminal, &model, theme)?;
        let first = happenings
            .recv()
            .context("every thread that waits for events has ended")?;
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            match happening {
                Happening::Msg(msg) => {
                    for effect in update(&mut model, msg) {
                        match effect {
                            Effect::Quit => return Ok(None),
                            Effect::Mouse(on) => session.listen_to_mouse(on)?,
                        }
                    }
                }
                Happening::Signal(signal) => return Ok(Some(signal)),
                Happening::InputLost(error) => {
                    return Err(error).context("the terminal sends no more keys");
                }
            }
        }
    }
}

fn draw(
    terminal: &mut Terminal<CrosstermBackend<Output>>,
    model: &Model,
    theme: Theme,
) -> Result<()> {
    terminal
        .draw(|frame| crate::ui::view(model, theme, frame))
        .context("cannot draw on the terminal")?;
    Ok(())
}

/// Starts the threads that wait for keys and for signals.
fn listen() -> Result<Receiver<Happening>> {
    let (sender, receiver) = mpsc::channel();
    listen_for_signals(sender.clone())?;
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || listen_for_input(&sender))?;
    Ok(receiver)
}

fn listen_for_input(sender: &Sender<Happening>) {
    loop {
        let happening = match crossterm::event::read() {
            Ok(event) => match translate::message(&event) {
                Some(msg) => Happening::Msg(msg),
                None => continue,
            },
            Err(error) => Happening::InputLost(error),
        };
        let is_last = matches!(happening, Happening::InputLost(_));
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
