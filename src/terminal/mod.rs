//! The outside: the terminal, its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal: it draws, waits for something to happen, applies
//! all that has happened, and draws again. Other threads wait, for keys, for signals, for the end of the terminal and
//! for saves of the files. One answers filters and searches, and one reads the files; another reports how far that is
//! while only their start is shown. While nothing happens, nothing runs, except that the clock of a briefing wakes its
//! follower.
//!
//! Another process, the guardian, restores the terminal if this one is killed.

mod briefing_status;
mod cell_writer;
mod clipboard;
mod clock;
mod crash_guardian;
mod event_translation;
mod external_editor;
mod file_source;
mod hyperlinks;
#[cfg(unix)]
mod input_parser;
mod input_reader;
#[cfg(unix)]
mod input_terminal;
mod input_thread;
#[cfg(unix)]
mod key_decoder;
mod loop_event;
mod owned_terminal;
mod panic_report;
mod path_watcher;
mod query_worker;
mod replay_log;
mod signals;
mod terminal_modes;
mod terminal_session;
mod test_panic;
mod threads;

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use ratatui::Frame;
use ratatui::layout::Size;

use crate::app::effect::CopyRequest;
use crate::app::effect::SourceSpot;
use crate::app::input::key::UserInput;
use crate::app::model::Model;
use crate::app::reload::ReloadEvent;
use crate::app::state::notice::Notice;
use crate::app::{Effect, Message, update};
use crate::timeline::Timeline;
use crate::ui::ScreenCursor;
use crate::ui::theme::ScreenAppearance;
pub use briefing_status::StatusStore;
use briefing_status::{PublishOutcome, StatusPublisher, subscribe};
pub use crash_guardian::{guard, is_guardian};
use file_source::FileSource;
pub use file_source::{EditorTarget, ReadControl, TimelineFiles};
use loop_event::LoopEvent;
use owned_terminal::{OwnedTerminal, StopOutcome};
use query_worker::QueryWorker;
use replay_log::ReplayLog;
use signals::StopTarget;
pub use test_panic::TestPanic;

/// The size of the terminal.
pub fn size() -> Result<Size> {
    let (width, height) =
        crossterm::terminal::size().context("cannot find out the size of the terminal")?;
    Ok(Size::new(width, height))
}

/// What is opened on the terminal.
pub struct SessionStart {
    /// The state at the beginning.
    pub model: Model,
    /// How meanings look.
    pub appearance: ScreenAppearance,
    /// What was asked of the world while the model was opened.
    pub asked: Vec<Effect>,
    /// Where the status of a briefing is published for its followers.
    pub store: StatusStore,
    /// The words of the command that opens the same without a terminal; empty if there is none.
    pub words: Vec<String>,
    /// What the user would have done there to be where it begins.
    pub pressed: Vec<UserInput>,
    /// The files that the model is made of.
    pub files: Arc<dyn TimelineFiles>,
    /// Whether to read them again when they are saved.
    pub watch: bool,
    /// Whether the terminal knows links and titles, or leaves out what it does not know.
    pub reads_strings: bool,
    /// The words for something to be copied; none for what only the terminal knows.
    pub copied: fn(&Timeline, &CopyRequest) -> Option<String>,
    /// Where a test makes the program panic.
    pub fault: Option<TestPanic>,
}

/// How it ended.
pub struct SessionEnd {
    /// The state at the end.
    pub model: Model,
    /// The signal that ended it, if one did.
    pub signal: Option<i32>,
}

impl SessionEnd {
    const fn of(model: Model, signal: Option<i32>) -> Self {
        Self { model, signal }
    }
}

/// Shows the model on the terminal until the user leaves. The terminal is given back however it ends.
pub fn run(start: SessionStart) -> Result<SessionEnd> {
    let SessionStart {
        mut model,
        appearance,
        asked,
        store,
        words,
        pressed,
        files,
        watch,
        reads_strings,
        copied,
        fault,
    } = start;
    let (sender, happenings) = mpsc::channel();
    let trace = ReplayLog::new(words, pressed, model.size());
    let console = OwnedTerminal::open(&sender, &trace, appearance, fault)?;
    let (source, started) = FileSource::start(files, model.timeline(), watch, &sender)?;
    let mut runner = EffectRunner {
        console,
        worker: QueryWorker::start(&sender, fault)?,
        source,
        publisher: StatusPublisher::new(store.clone()),
        store,
        sender: sender.clone(),
        trace: trace.clone(),
        copied,
    };
    update(&mut model, Message::Time(clock::milliseconds()));
    let mut effects = VecDeque::from(update(&mut model, Message::Files(started)));
    effects.extend(asked);
    loop {
        while let Some(effect) = effects.pop_front() {
            match runner.start(&mut model, effect)? {
                ControlFlow::Continue(more) => effects.extend(more),
                ControlFlow::Break(signal) => return Ok(SessionEnd::of(model, signal)),
            }
        }
        runner.show(&model, appearance, reads_strings)?;
        let first = next_event(&happenings, model.next_change())?;
        update(&mut model, Message::Time(clock::milliseconds()));
        for happening in first.into_iter().chain(happenings.try_iter()) {
            if let LoopEvent::Message(msg) = &happening {
                trace.record(msg);
                TestPanic::Main.trip(fault, msg);
            }
            match runner.take(&mut model, happening)? {
                ControlFlow::Continue(more) => effects.extend(more),
                ControlFlow::Break(signal) => {
                    return Ok(SessionEnd::of(model, Some(signal)));
                }
            }
        }
    }
}

/// Waits for an event, or until a time in milliseconds since the machine was started.
fn next_event(events: &Receiver<LoopEvent>, until: Option<u64>) -> Result<Option<LoopEvent>> {
    let ended = "every thread that waits for events has ended";
    let Some(until) = until else {
        return Ok(Some(events.recv().context(ended)?));
    };
    let wait = until.saturating_sub(clock::milliseconds());
    match events.recv_timeout(Duration::from_millis(wait)) {
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(anyhow!(ended)),
    }
}

fn draw(
    model: &Model,
    appearance: ScreenAppearance,
    has_links: bool,
    frame: &mut Frame<'_>,
) -> ScreenCursor {
    let cursor = crate::ui::view(model, appearance, frame);
    if has_links {
        hyperlinks::put(frame.buffer_mut(), &crate::ui::addresses(model));
    }
    cursor
}

/// All that effects need.
struct EffectRunner {
    console: OwnedTerminal,
    worker: QueryWorker,
    source: FileSource,
    publisher: StatusPublisher,
    store: StatusStore,
    sender: Sender<LoopEvent>,
    trace: ReplayLog,
    copied: fn(&Timeline, &CopyRequest) -> Option<String>,
}

impl EffectRunner {
    /// Draws the program, and calls the window by what is open.
    fn show(
        &mut self,
        model: &Model,
        appearance: ScreenAppearance,
        reads_strings: bool,
    ) -> Result<()> {
        if reads_strings {
            let title = crate::ui::window_title(model);
            self.console.set_title(title)?;
        }
        self.console
            .draw(|frame| draw(model, appearance, reads_strings, frame))
    }

    /// Lets something happen to the program, and returns what it asks for. Breaks with the signal that ends it.
    fn take(
        &mut self,
        model: &mut Model,
        happening: LoopEvent,
    ) -> Result<ControlFlow<i32, Vec<Effect>>> {
        let effects = match happening {
            LoopEvent::Message(msg) => update(model, msg),
            LoopEvent::Stop | LoopEvent::GoOn => {
                let stopped = match happening {
                    LoopEvent::Stop => self.console.suspend(StopTarget::Process)?,
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

    /// Does what the program asks for, or has it done, and returns what it asks for then. Breaks if that is to end, or
    /// with the signal that ends it.
    fn start(
        &mut self,
        model: &mut Model,
        effect: Effect,
    ) -> Result<ControlFlow<Option<i32>, Vec<Effect>>> {
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(None)),
            Effect::Suspend => {
                let stopped = self.console.suspend(StopTarget::Job)?;
                if let ControlFlow::Break(signal) = self.after(model, stopped)? {
                    return Ok(ControlFlow::Break(Some(signal)));
                }
            }
            Effect::Redraw => self.console.redraw()?,
            Effect::PublishStatus(status) => match self.publisher.publish(status) {
                PublishOutcome::AsBefore => {}
                PublishOutcome::Fails(error) => {
                    model.notify(format!("followers are cut off: {error:#}"));
                }
                PublishOutcome::WorksAgain => model.notify("followers are connected again"),
            },
            Effect::Follow => subscribe(self.store.clone(), &self.sender)?,
            Effect::Copy(copied) => self.copy(model, &copied)?,
            Effect::Mouse(on) => self.console.listen_to_mouse(on)?,
            Effect::Files(request) => self.source.request(request)?,
            Effect::Fail(why) => return Err(anyhow!(why)),
            Effect::Edit(spot) => return Ok(ControlFlow::Continue(self.edit(model, &spot)?)),
            Effect::Filter { .. }
            | Effect::Search { .. }
            | Effect::Complete { .. }
            | Effect::Swap(_) => self.worker.ask(model.timeline(), effect)?,
        }
        Ok(ControlFlow::Continue(Vec::new()))
    }

    /// Opens the user's editor, and has the files read when it has ended.
    fn edit(&mut self, model: &mut Model, spot: &SourceSpot) -> Result<Vec<Effect>> {
        if !external_editor::edit(&mut self.console, self.source.files(), model, spot)? {
            return Ok(Vec::new());
        }
        self.resize(model)?;
        if !spot.is_in_settings() {
            return Ok(update(model, Message::Files(ReloadEvent::Recheck)));
        }
        if model.notice().is_none() {
            model.notify("Settings take effect when dateline starts");
        }
        Ok(Vec::new())
    }

    /// Sends something to the clipboard of the terminal, and reports what is known about it.
    fn copy(&mut self, model: &mut Model, copied: &CopyRequest) -> Result<()> {
        let name = copied.name();
        let text = if let Some(text) = (self.copied)(model.timeline(), copied) {
            text
        } else {
            let asked = model.keymap().keys_of("copy-command");
            let (command, leads_here) = self.trace.command_before(asked);
            if !leads_here {
                model.notify("Cannot copy the command: too many keys to replay");
                return Ok(());
            }
            command
        };
        let is_sent = self.console.copy(&text)?;
        let text = if is_sent {
            let length = text.chars().count();
            format!("Sent to the terminal's clipboard: {name}, {length} characters")
        } else {
            let (length, longest) = (text.len(), clipboard::LONGEST);
            format!(
                "Cannot copy {name}: {length} bytes, at most {longest} fit the terminal's clipboard"
            )
        };
        model.show_notice(Notice {
            text,
            is_error: !is_sent,
        });
        Ok(())
    }

    /// Continues after a request to stop. Breaks with the signal that ends the program.
    fn after(&self, model: &mut Model, stopped: StopOutcome) -> Result<ControlFlow<i32>> {
        match stopped {
            StopOutcome::Ends(signal) => return Ok(ControlFlow::Break(signal)),
            StopOutcome::Back => self.resize(model)?,
            StopOutcome::Never => {
                model.notify("Cannot suspend: not started from a shell");
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reports the present size of the terminal to the program.
    fn resize(&self, model: &mut Model) -> Result<()> {
        let resized = Message::Resize(size()?);
        self.trace.record(&resized);
        update(model, resized);
        Ok(())
    }
}
