//! The outside: the terminal, its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal: it draws, waits for something to happen, applies
//! all that has happened, and draws again. Other threads wait, for keys, for signals, for the end of the terminal and
//! for saves of the files. One puts filters to the events, and one reads the files again; two read the rest of files
//! whose beginning is shown, and tell how far that is. While nothing happens, nothing runs. The second terminal of a
//! briefing has a loop of its own.
//!
//! Another process, the guardian, restores the terminal if this one is killed.

mod backend;
mod briefing_status;
mod clipboard;
mod clock;
mod console;
mod editor;
mod files;
mod follow;
mod guardian;
mod input;
#[cfg(unix)]
mod keys;
mod links;
mod loader;
mod loop_event;
mod modes;
mod places;
mod reader;
mod reloader;
#[cfg(unix)]
mod sequences;
mod session;
mod signals;
mod threads;
mod trace;
mod translate;
#[cfg(unix)]
mod tty;
mod watch;
mod worker;

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};

use anyhow::{Context, Result};
use ratatui::Frame;
use ratatui::layout::Size;

use crate::app::commands::copy::Copied;
use crate::app::input::key::Input;
use crate::app::model::{Model, Notice};
use crate::app::{Effect, Msg, update};
use crate::text::visible;
use crate::timeline::Timeline;
use crate::ui::theme::Look;
pub use briefing_status::StatusStore;
use briefing_status::{PublishOutcome, StatusPublisher};
use console::{Console, Stopped};
pub use files::{Files, Found, Overtaken, Reread, RereadOutcome};
pub use follow::{Following, follow};
pub use guardian::{guard, is_guardian};
use loop_event::LoopEvent;
use signals::Whom;
pub use trace::Fault;
use trace::Trace;
use watch::{Patience, Watch};
use worker::Worker;

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
    /// Where the status of a briefing is published.
    pub store: StatusStore,
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
        store,
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
        console: Console::open(&sender, &trace, look, fault)?,
        worker: Worker::start(&sender, Arc::clone(&files), fault)?,
        watch: None,
        unseen: None,
        touched: false,
        publisher: StatusPublisher::new(store),
        files,
        trace: trace.clone(),
        copied,
    };
    outside.listen(&mut model, &sender, watch)?;
    let mut effects = asked;
    loop {
        for effect in effects.drain(..) {
            if let ControlFlow::Break(signal) = outside.start(&mut model, effect)? {
                return Ok(Ended::of(model, signal));
            }
        }
        outside.show(&model, look, reads_strings)?;
        let first = happenings
            .recv()
            .context("every thread that waits for events has ended")?;
        update(&mut model, Msg::Time(clock::milliseconds()));
        for happening in std::iter::once(first).chain(happenings.try_iter()) {
            if let LoopEvent::Msg(msg) = &happening {
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
    /// None if saves are not waited for.
    watch: Option<Watch>,
    /// Why a save is not seen, until the reading has come with which it is told.
    unseen: Option<String>,
    /// Whether a file was changed while it was being read.
    touched: bool,
    publisher: StatusPublisher,
    files: Arc<dyn Files>,
    trace: Trace,
    copied: fn(&Timeline, &Copied) -> Option<String>,
}

impl Outside {
    /// Draws the program, and calls the window by what is open.
    fn show(&mut self, model: &Model, look: Look, reads_strings: bool) -> Result<()> {
        if reads_strings {
            let title = crate::ui::window_title(&model.timeline);
            self.console.entitle(title)?;
        }
        self.console
            .draw(|frame| draw(model, look, reads_strings, frame))
    }

    /// Listens for saves, and has the rest of the files read, if only their beginning is shown.
    fn listen(
        &mut self,
        model: &mut Model,
        sender: &mpsc::Sender<LoopEvent>,
        watch: bool,
    ) -> Result<()> {
        let patience = Patience::of(&model.timeline);
        let files = self.files.watched();
        if watch && let Some((watch, unseen)) = Watch::begin(files, patience, sender)? {
            self.watch = Some(watch);
            if let Some(why) = &unseen {
                tell_unseen(model, why);
            }
            self.unseen = unseen;
            if !model.extent.grows() {
                // It may have been saved while it was opened.
                self.worker.read(&model.whole, false)?;
            }
        }
        if model.extent.grows() {
            loader::start(sender, &self.files)?;
        }
        Ok(())
    }

    /// Has the files read, since one of them may say something else; those that are being read, when that is done.
    fn touched(&mut self, model: &mut Model, unseen: Option<String>, is_told: bool) -> Result<()> {
        if let Some(why) = &unseen {
            tell_unseen(model, why);
        }
        self.unseen = unseen;
        if model.extent.grows() {
            self.touched = true;
            return Ok(());
        }
        self.worker.read(&model.whole, is_told)
    }

    /// Has the files read for the user, who may wish to be told that they are as they were. Where saves are waited for, it is first worked out anew what is to be
    /// watched for them, and what comes of that has the files read.
    fn read(&self, model: &mut Model, is_told: bool) -> Result<()> {
        if is_told && self.files.watched().is_empty() {
            model.notify("there is nothing to be read again: what is shown is no file");
            return Ok(());
        }
        let watch = self.watch.as_ref();
        if watch.is_some_and(|watch| watch.renew(is_told)) {
            return Ok(());
        }
        self.worker.read(&model.whole, is_told)
    }

    /// Lets something happen to the program, and returns what it asks for. Breaks with the signal that ends it.
    fn take(
        &mut self,
        model: &mut Model,
        happening: LoopEvent,
    ) -> Result<ControlFlow<i32, Vec<Effect>>> {
        let effects = match happening {
            LoopEvent::Msg(msg) => {
                let (was_growing, was_behind) = (model.extent.grows(), model.is_behind());
                let effects = update(model, msg);
                if was_growing && !model.extent.grows() && std::mem::take(&mut self.touched) {
                    self.worker.read(&model.whole, false)?;
                }
                if was_behind {
                    self.tell_unseen_again(model);
                }
                effects
            }
            LoopEvent::Touched { unseen, is_told } => {
                self.touched(model, unseen, is_told)?;
                Vec::new()
            }
            LoopEvent::Reread(reread) => {
                let effects = update(model, Msg::Read(Box::new(reread.reading)));
                self.tell_unseen_again(model);
                effects
            }
            LoopEvent::Stop | LoopEvent::GoOn => {
                let stopped = match happening {
                    LoopEvent::Stop => self.console.suspend(Whom::Us)?,
                    _ => self.console.come_back()?,
                };
                if let ControlFlow::Break(signal) = self.after(model, stopped)? {
                    return Ok(ControlFlow::Break(signal));
                }
                Vec::new()
            }
            LoopEvent::Resized => {
                self.resize(model)?;
                Vec::new()
            }
            LoopEvent::End(signal) => return Ok(ControlFlow::Break(signal)),
            LoopEvent::Lost(error) => return Err(error),
        };
        Ok(ControlFlow::Continue(effects))
    }

    /// Tells why a save is not seen behind what is told of the files that were read, once that is told.
    fn tell_unseen_again(&mut self, model: &mut Model) {
        if let Some(why) = self.unseen.take_if(|_| !model.is_behind()) {
            tell_unseen(model, &why);
        }
    }

    /// Does what the program asks for, or has it done. Breaks if that is to end, or with the signal that ends it.
    fn start(&mut self, model: &mut Model, effect: Effect) -> Result<ControlFlow<Option<i32>>> {
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(None)),
            Effect::Suspend => {
                let stopped = self.console.suspend(Whom::Job)?;
                if let ControlFlow::Break(signal) = self.after(model, stopped)? {
                    return Ok(ControlFlow::Break(Some(signal)));
                }
            }
            Effect::Redraw => self.console.redraw()?,
            Effect::Tell(told) => match self.publisher.publish(told) {
                PublishOutcome::AsBefore => {}
                PublishOutcome::Fails(error) => {
                    model.notify(format!("followers are cut off: {error:#}"));
                }
                PublishOutcome::WorksAgain => model.notify("followers are connected again"),
            },
            Effect::Copy(copied) => self.copy(model, &copied)?,
            Effect::Mouse(on) => self.console.listen_to_mouse(on)?,
            Effect::Read => self.read(model, true)?,
            Effect::StopLoading => self.files.stop(),
            Effect::Edit(spot) => {
                if editor::edit(&mut self.console, &*self.files, model, &spot)? {
                    self.resize(model)?;
                    if !spot.is_in_settings() {
                        self.read(model, false)?;
                    } else if model.notice.is_none() {
                        model.notify("the settings are read when dateline is started");
                    }
                }
            }
            Effect::Filter { .. }
            | Effect::Search { .. }
            | Effect::Complete { .. }
            | Effect::Show { .. } => self.worker.ask(&model.timeline, effect)?,
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Sends something to the clipboard of the terminal, and tells as much as can be known of it.
    fn copy(&mut self, model: &mut Model, copied: &Copied) -> Result<()> {
        let name = copied.name();
        let text = if let Some(text) = (self.copied)(&model.timeline, copied) {
            text
        } else {
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

    /// Goes on with what came of the wish to stop. Breaks with the signal that ends the program.
    fn after(&self, model: &mut Model, stopped: Stopped) -> Result<ControlFlow<i32>> {
        match stopped {
            Stopped::Ends(signal) => return Ok(ControlFlow::Break(signal)),
            Stopped::Back => self.resize(model)?,
            Stopped::Never => {
                model.notify("no shell to go back to: dateline was not started by one");
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Tells the program the size of the terminal as it is now.
    fn resize(&self, model: &mut Model) -> Result<()> {
        let resized = Msg::Resize(size()?);
        self.trace.record(&resized);
        update(model, resized);
        Ok(())
    }
}

/// Tells that a save is not seen, behind what is told already.
fn tell_unseen(model: &mut Model, why: &str) {
    let again = model.keymap.says("{reload} tries again");
    let told = format!("a save is not seen: {} ({again})", visible(why));
    let before = model.notice.take().map(|notice| notice.text);
    let before = before.filter(|before| !before.ends_with(&told));
    model.notice = Some(Notice {
        text: before.map_or_else(|| told.clone(), |before| format!("{before}; {told}")),
        is_error: true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reload::{Changes, Reading};

    #[test]
    fn why_a_save_is_not_seen_stands_behind_what_came_of_reading() {
        let mut model = Model::new(Arc::default(), Vec::new(), Size::new(80, 24));
        let text = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone());
        let told = "a save is not seen: no \u{241b} more (gr tries again)";
        tell_unseen(&mut model, "no \u{1b} more");
        tell_unseen(&mut model, "no \u{1b} more");
        assert_eq!(text(&model).as_deref(), Some(told));
        let reading = Reading::Read {
            timeline: Arc::default(),
            problems: Vec::new(),
            changes: Changes::default(),
        };
        crate::app::run(&mut model, Msg::Read(Box::new(reading)));
        tell_unseen(&mut model, "no \u{1b} more");
        let both = format!("read again: no event is different; {told}");
        assert_eq!(text(&model), Some(both));
    }
}
