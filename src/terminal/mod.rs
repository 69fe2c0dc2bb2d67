//! The terminal: its events, and the loop between them and the program.
//!
//! The main thread owns the model and the terminal. It draws, waits for an event, applies all events that have come,
//! and draws again. Other threads wait for keys, for signals, for the end of the terminal and for saves of the files.
//! One thread answers filters and searches, one reads the files, and others report the progress of long work. Nothing
//! runs between events, except that the clock of a briefing wakes its follower.
//!
//! Another process, the guardian, restores the terminal if this process is killed.

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
mod interruption;
#[cfg(unix)]
mod key_decoder;
mod loop_event;
mod owned_terminal;
mod panic_report;
mod path_watcher;
mod progress_line;
mod query_worker;
mod replay_log;
mod signals;
mod terminal_modes;
mod terminal_session;
mod test_panic;
mod threads;
mod time_of_day;

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
use briefing_status::{PublishOutcome, StatusPublisher, listen, send, subscribe};
pub use crash_guardian::{guard, is_guardian};
use file_source::FileSource;
pub use file_source::{EditorTarget, ReadControl, TimelineFiles};
pub use interruption::clean_up_before_end;
use loop_event::LoopEvent;
use owned_terminal::{OwnedTerminal, StopOutcome};
pub use progress_line::{ProgressLine, pause_line};
use query_worker::QueryWorker;
use replay_log::ReplayLog;
use signals::StopTarget;
pub use test_panic::TestPanic;

pub fn size() -> Result<Size> {
    let (width, height) =
        crossterm::terminal::size().context("cannot get the size of the terminal")?;
    Ok(Size::new(width, height))
}

/// The time, in milliseconds since the machine was started.
pub fn now() -> u64 {
    clock::milliseconds()
}

/// The start of a session on the terminal.
pub struct SessionStart {
    pub model: Model,
    /// How meanings look.
    pub appearance: ScreenAppearance,
    /// The effects that opening the model has requested.
    pub effects: Vec<Effect>,
    /// Where the status of a briefing is published for its followers.
    pub store: StatusStore,
    /// Whether a presenter takes steps from its followers.
    pub takes_steps: bool,
    /// The words of the `frame` command that opens the same; empty if there is none.
    pub words: Vec<String>,
    /// The keys that lead from the screen of that command to where the session begins.
    pub pressed: Vec<UserInput>,
    pub files: Arc<dyn TimelineFiles>,
    /// Whether to reload the files when they are saved.
    pub watch: bool,
    /// Whether the terminal supports links and titles, or at least skips them.
    pub reads_strings: bool,
    /// The text to copy. `None` for the command for a frame, which only the session knows.
    pub copied_text: fn(&Timeline, &CopyRequest) -> Option<String>,
    /// Where a test makes the program panic.
    pub fault: Option<TestPanic>,
}

/// The end of a session.
pub struct SessionEnd {
    pub model: Model,
    /// The signal that ended the session, if one did.
    pub signal: Option<i32>,
    /// How many edits of marks are lost, and why.
    pub lost_marks: Option<(usize, String)>,
}

impl SessionEnd {
    /// The end, once everything is written.
    fn of(model: Model, signal: Option<i32>, runner: &EffectRunner) -> Self {
        let unsaved = model.unsaved_edits();
        let lost = runner.source.finish_writes(&unsaved).err();
        Self {
            model,
            signal,
            lost_marks: lost.map(|why| (unsaved.len(), why)),
        }
    }
}

/// Shows the model on the terminal until the user quits. The terminal is restored however the session ends.
pub fn run(start: SessionStart) -> Result<SessionEnd> {
    let SessionStart {
        mut model,
        appearance,
        effects: first_effects,
        store,
        takes_steps,
        words,
        pressed,
        files,
        watch,
        reads_strings,
        copied_text,
        fault,
    } = start;
    progress_line::end_line();
    interruption::leave();
    let (sender, events) = mpsc::channel();
    let replay_log = ReplayLog::new(words, pressed, model.size());
    let console = OwnedTerminal::open(&sender, &replay_log, appearance, fault)?;
    let (source, started) = FileSource::start(files, model.timeline(), watch, &sender)?;
    let mut runner = EffectRunner {
        console,
        worker: QueryWorker::start(&sender, fault)?,
        source,
        publisher: publisher(&store, takes_steps, &sender)?,
        store,
        sender: sender.clone(),
        replay_log: replay_log.clone(),
        copied_text,
    };
    set_clocks(&mut model);
    let mut effects = VecDeque::from(update(&mut model, Message::Files(started)));
    effects.extend(first_effects);
    loop {
        while let Some(effect) = effects.pop_front() {
            match runner.run(&mut model, effect)? {
                ControlFlow::Continue(more) => effects.extend(more),
                ControlFlow::Break(signal) => return Ok(SessionEnd::of(model, signal, &runner)),
            }
        }
        runner.show(&model, appearance, reads_strings)?;
        let first = next_event(&events, model.next_change())?;
        set_clocks(&mut model);
        for event in first.into_iter().chain(events.try_iter()) {
            if let LoopEvent::Message(message) = &event {
                record(&replay_log, &model, message);
                TestPanic::Main.trip(fault, message);
            }
            match runner.apply(&mut model, event)? {
                ControlFlow::Continue(more) => effects.extend(more),
                ControlFlow::Break(signal) => {
                    return Ok(SessionEnd::of(model, Some(signal), &runner));
                }
            }
        }
    }
}

/// The publisher of a briefing's status. `takes_steps`: also listens to the requests of followers.
fn publisher(
    store: &StatusStore,
    takes_steps: bool,
    sender: &Sender<LoopEvent>,
) -> Result<StatusPublisher> {
    let mut publisher = StatusPublisher::new(store.clone());
    if takes_steps {
        let driver = clock::milliseconds() << 32 | u64::from(std::process::id());
        listen(store.clone(), driver, sender)?;
        publisher.accept_requests(driver);
    }
    Ok(publisher)
}

/// Records what the user did, and what a follower asked for, as keys that do the same.
fn record(log: &ReplayLog, model: &Model, message: &Message) {
    match message {
        Message::Drive(request) => {
            log.record_keys(crate::app::keys_of_request(model, *request));
        }
        _ => log.record(message),
    }
}

/// Sets the clocks of the model. Only a follower shows the time of day.
fn set_clocks(model: &mut Model) {
    update(model, Message::Time(clock::milliseconds()));
    if model.is_follower() {
        update(model, Message::TimeOfDay(clock::time_of_day()));
    }
}

/// Waits for an event, or until a time in milliseconds since the machine was started.
fn next_event(events: &Receiver<LoopEvent>, until: Option<u64>) -> Result<Option<LoopEvent>> {
    let ended = "every thread that sends events has ended";
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

/// Runs the effects of the program, and applies the events to it.
struct EffectRunner {
    console: OwnedTerminal,
    worker: QueryWorker,
    source: FileSource,
    publisher: StatusPublisher,
    store: StatusStore,
    sender: Sender<LoopEvent>,
    replay_log: ReplayLog,
    copied_text: fn(&Timeline, &CopyRequest) -> Option<String>,
}

impl EffectRunner {
    /// Draws the program, and sets the title of the window.
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

    /// Applies an event, and returns the effects that the program requests. Breaks with the signal that ends it.
    fn apply(
        &mut self,
        model: &mut Model,
        event: LoopEvent,
    ) -> Result<ControlFlow<i32, Vec<Effect>>> {
        let effects = match event {
            LoopEvent::Message(Message::Input(input)) => {
                let mut effects = Vec::new();
                for input in crate::ui::inputs(model, input) {
                    effects.extend(update(model, Message::Input(input)));
                }
                effects
            }
            LoopEvent::Message(msg) => update(model, msg),
            LoopEvent::Stop | LoopEvent::GoOn => {
                let stopped = match event {
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

    /// Runs an effect, or hands it to a thread, and returns the effects that follow. Breaks if the program ends, with
    /// the signal that ends it.
    fn run(
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
                    model.notify(format!("Followers are cut off: {error:#}"));
                }
                PublishOutcome::WorksAgain => model.notify("Followers are connected again"),
            },
            Effect::Drive(request) => {
                if let Err(error) = send(&self.store, request) {
                    model.notify_error(format!("Cannot take a step from here: {error:#}"));
                }
            }
            Effect::Follow => subscribe(self.store.clone(), &self.sender)?,
            Effect::Copy(copied) => self.copy(model, &copied)?,
            Effect::Mouse(on) => self.console.listen_to_mouse(on)?,
            Effect::Files(request) => self.source.request(request)?,
            Effect::ReadBaseline(request) => self.source.read_baseline(request)?,
            Effect::Promote(request) => self.source.plan_promotion(request)?,
            Effect::SaveMarks(edits) => self.source.save_marks(edits)?,
            Effect::WriteFile(write) => self.source.write(write)?,
            Effect::Fail(why) => return Err(anyhow!(why)),
            Effect::Edit(spot) => return Ok(ControlFlow::Continue(self.edit(model, &spot)?)),
            Effect::Filter { .. }
            | Effect::Search { .. }
            | Effect::Complete { .. }
            | Effect::Swap(_) => self.worker.ask(model.timeline(), effect)?,
            Effect::StopQuery(kind) => self.worker.stop(kind),
        }
        Ok(ControlFlow::Continue(Vec::new()))
    }

    /// Opens the user's editor, and reloads the files when the editor has ended.
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

    /// Sends a text to the clipboard of the terminal. The terminal does not confirm it, so the notice only says `Sent`.
    fn copy(&mut self, model: &mut Model, copied: &CopyRequest) -> Result<()> {
        let name = copied.name();
        let text = if let Some(text) = (self.copied_text)(model.timeline(), copied) {
            text
        } else {
            let keys = model.keymap().keys_of("copy-command");
            let (command, leads_here) = self.replay_log.command_before(keys);
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
        self.replay_log.record(&resized);
        update(model, resized);
        Ok(())
    }
}
