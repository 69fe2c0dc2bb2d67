//! The outside: the terminal, its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal: it draws, waits for something to happen, applies
//! all that has happened, and draws again. Other threads only wait, for keys, for signals and for the end
//! of the terminal, and one puts filters to the events: while nothing happens, nothing runs. The second
//! terminal of a briefing has a loop of its own.

mod channel;
mod clipboard;
mod console;
mod editor;
mod files;
mod follow;
mod input;
mod links;
mod loader;
mod modes;
mod session;
mod signals;
mod teller;
mod told;
mod trace;
mod translate;
mod watch;
mod worker;

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};

use anyhow::{Context, Result};
use ratatui::Frame;
use ratatui::layout::Size;

use crate::app::copy::Copied;
use crate::app::key::Input;
use crate::app::model::{Model, Notice};
use crate::app::{Effect, Msg, update};
use crate::timeline::Timeline;
use crate::ui::theme::Look;
pub use channel::Channel;
use console::Console;
pub use files::{Files, Found, Reread};
pub use follow::follow;
use signals::Whom;
use teller::Teller;
pub use trace::Fault;
use trace::Trace;
use watch::Watch;
use worker::Worker;

/// What can happen.
enum Happening {
    /// Something for the program.
    Msg(Msg),
    /// The system asks to end, with a signal.
    End(i32),
    /// The system asks to stop for a while.
    Stop,
    /// We were stopped, and go on.
    GoOn,
    /// The terminal may have another size.
    Resized,
    /// A file may say something else than it did.
    Touched,
    /// The files were read again.
    Reread(Reread),
    /// A thread that the program needs has ended.
    Lost(anyhow::Error),
}

/// The size of the terminal.
pub fn size() -> Result<Size> {
    let (width, height) =
        crossterm::terminal::size().context("cannot find out the size of the terminal")?;
    Ok(Size::new(width, height))
}

/// What is opened on the terminal.
pub struct Opening {
    /// The state at the beginning.
    pub model: Model,
    /// How meanings look.
    pub look: Look,
    /// What was asked of the world while the model was opened.
    pub asked: Vec<Effect>,
    /// How whoever follows a briefing hears of it.
    pub channel: Channel,
    /// The words of the command that opens the same without a terminal.
    pub words: Vec<String>,
    /// What the user would have done there to be where it begins.
    pub pressed: Vec<Input>,
    /// The files that the model is made of.
    pub files: Arc<dyn Files>,
    /// Whether to read them again when they are saved.
    pub watch: bool,
    /// Whether the terminal knows links and titles, or leaves out what it does not know.
    pub reads_strings: bool,
    /// The words for something to be copied; none for what only the terminal knows.
    pub copied: fn(&Timeline, &Copied) -> Option<String>,
    /// Where a test makes the program panic.
    pub fault: Option<Fault>,
}

/// How it ended.
pub struct Ended {
    /// The state at the end.
    pub model: Model,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
}

impl Ended {
    const fn of(model: Model, signal: Option<i32>) -> Self {
        Self { model, signal }
    }
}

/// Shows the model on the terminal until the user leaves. The terminal is given back however it ends.
pub fn run(opening: Opening) -> Result<Ended> {
    let Opening {
        mut model,
        look,
        asked,
        channel,
        words,
        pressed,
        files,
        watch,
        reads_strings,
        copied,
        fault,
    } = opening;
    let (sender, happenings) = mpsc::channel();
    let trace = Trace::new(words, pressed, model.size);
    let mut outside = Outside {
        console: Console::open(&sender, &trace, fault)?,
        worker: Worker::start(&sender, Arc::clone(&files), fault)?,
        touched: false,
        teller: Teller::new(channel),
        files,
        trace: trace.clone(),
        copied,
    };
    let _watch = outside.listen(&mut model, &sender, watch)?;
    let mut effects = asked;
    loop {
        for effect in effects.drain(..) {
            if outside.start(&mut model, effect)?.is_break() {
                return Ok(Ended::of(model, None));
            }
        }
        if reads_strings {
            let title = crate::ui::window_title(model.timeline.head());
            outside.console.entitle(title)?;
        }
        outside
            .console
            .draw(|frame| draw(&model, look, reads_strings, frame))?;
        let first = happenings
            .recv()
            .context("every thread that waits for events has ended")?;
        update(&mut model, Msg::Time(milliseconds()));
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            if let Happening::Msg(msg) = &happening {
                trace.record(msg);
                Fault::Main.trip(fault, msg);
            }
            match outside.take(&mut model, happening)? {
                ControlFlow::Continue(more) => effects.extend(more),
                ControlFlow::Break(signal) => {
                    return Ok(Ended::of(model, Some(signal)));
                }
            }
        }
    }
}

fn draw(model: &Model, look: Look, has_links: bool, frame: &mut Frame<'_>) {
    crate::ui::view(model, look, frame);
    if has_links {
        links::put(frame.buffer_mut(), &crate::ui::addresses(model));
    }
}

/// All that effects need.
struct Outside {
    console: Console,
    worker: Worker,
    /// Whether a file was changed while it was being read.
    touched: bool,
    teller: Teller,
    files: Arc<dyn Files>,
    trace: Trace,
    copied: fn(&Timeline, &Copied) -> Option<String>,
}

impl Outside {
    /// Has the rest of the files read, if only their beginning is shown, and listens for saves.
    fn listen(
        &self,
        model: &mut Model,
        sender: &mpsc::Sender<Happening>,
        watch: bool,
    ) -> Result<Option<Watch>> {
        if model.extent.grows() {
            loader::start(sender, &self.files)?;
        }
        if !watch {
            return Ok(None);
        }
        Ok(
            Watch::begin(&self.files.watched(), sender).unwrap_or_else(|error| {
                model.notify(format!("a save is not seen: {error:#}"));
                None
            }),
        )
    }

    /// Lets something happen to the program, and returns what it asks for. Breaks with the signal that ends it.
    fn take(
        &mut self,
        model: &mut Model,
        happening: Happening,
    ) -> Result<ControlFlow<i32, Vec<Effect>>> {
        let effects = match happening {
            Happening::Msg(msg) => {
                let was_growing = model.extent.grows();
                let mut effects = update(model, msg);
                if was_growing && !model.extent.grows() && std::mem::take(&mut self.touched) {
                    effects.push(Effect::Read);
                }
                effects
            }
            Happening::Touched if model.extent.grows() => {
                self.touched = true;
                Vec::new()
            }
            Happening::Touched => vec![Effect::Read],
            Happening::Reread(reread) => update(model, Msg::Read(Box::new(reread.reading))),
            Happening::Stop => {
                self.suspend(model, Whom::Us)?;
                Vec::new()
            }
            Happening::GoOn => {
                self.console.retake()?;
                resize(model)?;
                Vec::new()
            }
            Happening::Resized => {
                resize(model)?;
                Vec::new()
            }
            Happening::End(signal) => return Ok(ControlFlow::Break(signal)),
            Happening::Lost(error) => return Err(error),
        };
        Ok(ControlFlow::Continue(effects))
    }

    /// Does what the program asks for, or has it done. Breaks if that is to end.
    fn start(&mut self, model: &mut Model, effect: Effect) -> Result<ControlFlow<()>> {
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(())),
            Effect::Suspend => self.suspend(model, Whom::Job)?,
            Effect::Tell(told) => {
                if let Err(error) = self.teller.tell(told) {
                    model.notify(format!("nobody can follow: {error:#}"));
                }
            }
            Effect::Copy(copied) => self.copy(model, &copied)?,
            Effect::Mouse(on) => self.console.listen_to_mouse(on)?,
            Effect::Read => self.worker.ask(&model.whole, effect)?,
            Effect::StopLoading => self.files.stop(),
            Effect::Edit(spot) => {
                if editor::edit(&mut self.console, &*self.files, model, &spot)? {
                    resize(model)?;
                    self.worker.ask(&model.whole, Effect::Read)?;
                }
            }
            Effect::Filter { .. }
            | Effect::Search { .. }
            | Effect::Complete { .. }
            | Effect::AsOf { .. } => self.worker.ask(&model.timeline, effect)?,
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Sends something to the clipboard of the terminal, and tells as much as can be known of it.
    fn copy(&mut self, model: &mut Model, copied: &Copied) -> Result<()> {
        let name = copied.name();
        let text = if let Some(text) = (self.copied)(&model.timeline, copied) {
            text
        } else {
            self.trace.record(&Msg::Resize(model.size));
            let asked = model.keymap.keys_of("copy-command");
            let (command, leads_here) = self.trace.command_before(asked);
            if !leads_here {
                model.notify("too much was done: the command would lead elsewhere");
                return Ok(());
            }
            command
        };
        let is_sent = self.console.copy(&text)?;
        let told = if is_sent {
            let length = text.chars().count();
            format!("sent to the terminal's clipboard: {name}, {length} characters")
        } else {
            let (length, longest) = (text.len(), clipboard::LONGEST);
            format!(
                "{name} is too long for the terminal's clipboard: {length} bytes, and {longest} fit"
            )
        };
        model.notice = Some(Notice {
            text: told,
            is_error: !is_sent,
        });
        Ok(())
    }

    fn suspend(&mut self, model: &mut Model, whom: Whom) -> Result<()> {
        if self.console.suspend(whom)? {
            resize(model)
        } else {
            model.notify("no shell to go back to: dateline was not started by one");
            Ok(())
        }
    }
}

/// Tells the program the size of the terminal as it is now.
fn resize(model: &mut Model) -> Result<()> {
    update(model, Msg::Resize(size()?));
    Ok(())
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
