//! Applies a message to the state: a key becomes a command or a character, an answer is stored.

mod mouse;
mod swap;

use std::collections::VecDeque;
use std::sync::Arc;

use tui_input::{Input as TextInput, InputRequest};

use super::commands::{self, baseline, briefing, drive, filter, follower, mark, promote, search};
use super::effect::Effect;
use super::effect_answers::answer;
use super::input::command::Command;
use super::input::key::{Code, Key, UserInput};
use super::input::keymap::KeyMeaning;
use super::input::mode::Mode;
use super::message::Message;
use super::model::Model;
use super::overlay::{self, Overlay};
use super::reload::{self, ReloadEvent};
use super::screen::PresenterReport;
use crate::text::visible;
use crate::timeline::VisitControl;

/// Applies a message, and the effects that `app` can answer without the outside. Returns the other effects.
pub fn run(model: &mut Model, msg: Message) -> Vec<Effect> {
    let asked = update(model, msg);
    answered(model, asked)
}

/// Applies the effects that `app` can answer without the outside, and those that follow from them. Returns the others.
pub(super) fn answered(model: &mut Model, asked: Vec<Effect>) -> Vec<Effect> {
    let mut rest = Vec::new();
    let mut asked = VecDeque::from(asked);
    while let Some(effect) = asked.pop_front() {
        match answer(&model.timeline, &effect, &VisitControl::default()) {
            Some(msg) => asked.extend(update(model, msg)),
            None => rest.push(effect),
        }
    }
    rest
}

pub fn update(model: &mut Model, msg: Message) -> Vec<Effect> {
    let mut effects = match msg {
        Message::Time(now) => {
            model.now = now;
            return Vec::new();
        }
        Message::TimeOfDay(time) => {
            model.time_of_day = Some(time);
            return Vec::new();
        }
        Message::Swapped(result) => swap::take(model, *result),
        Message::Files(event) => reload::take(model, event),
        Message::Baseline { name, outcome } => baseline::take(model, &name, outcome),
        Message::Promotion(outcome) => promote::take_plan(model, outcome),
        Message::MarksSaved(outcome) => mark::take_saved(model, outcome),
        Message::Written { write, outcome } => promote::take_written(model, write, outcome),
        Message::Presenter(report) => take_report(model, report),
        Message::Drive(request) => drive::take(model, request),
        Message::Input(UserInput::Key(key)) => press(model, key),
        Message::Input(UserInput::Mouse(mouse)) => mouse::act(model, mouse),
        Message::Paste(text) => paste(model, &text),
        Message::Resize(size) | Message::Input(UserInput::Resize(size)) => {
            model.view.size = size;
            Vec::new()
        }
        Message::Searched {
            timeline,
            needle,
            events,
        } => {
            search::take(model, &timeline, &needle, events);
            Vec::new()
        }
        Message::Working(work) => {
            model.work = work;
            Vec::new()
        }
        Message::Completed {
            text,
            cursor,
            completion,
        } => filter::take_completion(model, (text, cursor), completion),
        Message::Filtered {
            generation,
            matches,
            facets,
        } => {
            model.filtered(generation, matches, facets);
            Vec::new()
        }
    };
    model.forget_pages();
    effects.extend(follower::show_room(model));
    effects.extend(mark::hide_from_room(model));
    model.update_derived();
    effects.extend(model.take_new_status().map(Effect::PublishStatus));
    effects
}

/// Reloads the files if the presenter shows another version of them.
fn take_report(model: &mut Model, report: PresenterReport) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let screen = model.follower_mut();
    let is_other_version = screen.is_some_and(|screen| screen.take(report, &timeline));
    if is_other_version {
        reload::take(model, ReloadEvent::Recheck)
    } else {
        Vec::new()
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.files.reload.note_input();
    let notice = model.view.notice.take();
    let asked = model.input.asked;
    let effects = press_next(model, key);
    if let [Effect::Redraw] = effects[..] {
        // Nothing has changed except the terminal, so the notice is still valid.
        model.view.notice = notice;
    } else if asked.is_some() && asked == model.input.asked && model.input.pending.is_empty() {
        model.input.asked = None;
    }
    effects
}

/// Adds a key to the pending ones, and runs the command that they give together.
fn press_next(model: &mut Model, key: Key) -> Vec<Effect> {
    model.input.pending.push(key);
    match model
        .settings
        .keymap
        .meaning(model.mode(), &model.input.pending)
    {
        KeyMeaning::Prefix => Vec::new(),
        KeyMeaning::Command(command) => {
            model.input.pending.clear();
            model.input.pressed = Some(key);
            run_command(model, command)
        }
        KeyMeaning::Nothing => {
            // Esc cancels a sequence.
            if model.input.pending.len() > 1 && key.code == Code::Esc {
                model.input.pending.clear();
                return Vec::new();
            }
            if let Some(command) = everywhere(model, key) {
                model.input.pending.clear();
                model.input.pressed = Some(key);
                return run_command(model, command);
            }
            if let Some(effects) = explore_by(model, key) {
                return effects;
            }
            let keys: String = model
                .input
                .pending
                .drain(..)
                .map(|key| key.to_string())
                .collect();
            if model.view.overlay.is_some() {
                return types(model, key).unwrap_or_default();
            }
            types(model, key).unwrap_or_else(|| {
                let rest = model
                    .settings
                    .keymap
                    .says("does nothing here; {help} shows the keys");
                model.notify(format!("{keys} {rest}"));
                Vec::new()
            })
        }
    }
}

/// A key without a command in a scene but with one on the list opens the timeline and runs that command there.
fn explore_by(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    if model.mode() != Mode::Scene {
        return None;
    }
    match model
        .settings
        .keymap
        .meaning(Mode::List, &model.input.pending)
    {
        KeyMeaning::Command(command) => {
            model.input.pending.clear();
            model.input.pressed = Some(key);
            let mut effects = briefing::explore(model);
            // The command may scroll: it needs the size of the list.
            model.update_derived();
            effects.extend(run_command(model, command));
            Some(effects)
        }
        KeyMeaning::Prefix => Some(Vec::new()),
        KeyMeaning::Nothing => None,
    }
}

/// Runs a command. `accept` in the palette chooses another command, which runs next.
fn run_command(model: &mut Model, command: Command) -> Vec<Effect> {
    let mut effects = commands::run(model, command);
    if let Some(chosen) = model.input.chosen.take() {
        // No slip of a finger chooses a command by its name, so it need not ask. `:q` is a habit from other programs:
        // it asks all the same.
        let is_asking = chosen.name == "quit";
        model.input.is_by_name = true;
        if !is_asking {
            model.input.asked = Some(chosen.name);
        }
        effects.extend(commands::run(model, chosen));
        if !is_asking {
            model.input.asked = None;
        }
        model.input.is_by_name = false;
    }
    effects
}

/// The command of a key that works everywhere, even in the middle of a sequence.
fn everywhere(model: &Model, key: Key) -> Option<Command> {
    match model.settings.keymap.meaning(model.mode(), &[key]) {
        KeyMeaning::Command(command) if command.modes == Mode::ALL => Some(command),
        _ => None,
    }
}

/// The most characters that one paste adds: a longer filter does not fit its line.
const LONGEST_PASTE: usize = 2000;

/// Inserts a text into the line that is being edited, as one change and as one line. Nothing in it is a key.
fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.view.notice = None;
    model.input.asked = None;
    model.input.pending.clear();
    let (line, rest) = pasted_line(text);
    let done = edits(model, |input| {
        for character in line.chars() {
            input.handle(InputRequest::InsertChar(character));
        }
    });
    if done.is_none() {
        let notice = format!("No line to paste into{}", lines_to_open(model));
        model.notify_keys(&notice);
    } else if rest > 0 {
        model.notify(format!(
            "Pasted text is too long: {rest} characters left out"
        ));
    }
    done.unwrap_or_default()
}

/// Names the commands that open a line to type in, if they can be given here.
fn lines_to_open(model: &Model) -> String {
    let mode = match model.mode() {
        // A command of the list leaves the scene and runs there.
        Mode::Scene => Mode::List,
        mode => mode,
    };
    let is_here = |name: &str| {
        let mut commands = model.settings.keymap.commands();
        commands.any(|it| it.name == name && it.modes.contains(&mode))
    };
    let lines = [
        ("search", "{search} searches"),
        ("filter", "{filter} filters"),
    ];
    let lines = lines.into_iter().filter(|(name, _)| is_here(name));
    let words: Vec<&str> = lines.map(|(_, words)| words).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("; {}", words.join(", "))
    }
}

/// A pasted text as one line, and the number of characters that were cut off.
pub fn pasted_line(text: &str) -> (String, usize) {
    let words = text.split(|it: char| it.is_whitespace() || it.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let line = visible(&line);
    let rest = line.chars().count().saturating_sub(LONGEST_PASTE);
    (line.chars().take(LONGEST_PASTE).collect(), rest)
}

/// Gives a key to the line that is being edited; `None` if there is none.
fn types(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    edits(model, |input| overlay::edit(input, key))
}

/// Edits the line that is being edited, and updates what depends on it; `None` if there is none.
fn edits(model: &mut Model, edit: impl Fn(&mut TextInput)) -> Option<Vec<Effect>> {
    let overlay = model.view.overlay.as_mut()?;
    if !overlay.edit_line(edit) {
        return None;
    }
    Some(match overlay {
        Overlay::Search(_) => search::follow(model),
        Overlay::Filter(_) => filter::follow_prompt(model),
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::app::commands::COMMANDS;
    use crate::app::input::key;

    fn after(keys: &str) -> Model {
        let mut model = crate::app::open(Arc::default(), Vec::new(), Size::new(80, 24));
        for input in key::parse(keys).expect("keys") {
            run(&mut model, Message::Input(input));
        }
        model
    }

    /// Tries every beginning of a sequence on several screens and overlays.
    #[test]
    fn commands_of_all_modes_work_in_the_middle_of_a_sequence() {
        let rows: Vec<String> = COMMANDS
            .iter()
            .flat_map(|command| command.keys.iter().map(|keys| (*keys).to_owned()))
            .collect();
        let mut begun = 0;
        for ways in ["", "E", "?", ":", "f"] {
            for keys in &rows {
                let first = key::parse(keys).expect("keys")[0];
                let mut ends = |last: &str| {
                    let mut model = after(&format!("{ways}{first}"));
                    begun += usize::from(!model.input.pending.is_empty());
                    let last = key::parse(last).expect("a key")[0];
                    let effects = run(&mut model, Message::Input(last));
                    assert_eq!(model.input.pending, [], "{ways} {first} {last}");
                    effects
                };
                assert!(
                    matches!(ends("<ctrl-c>")[..], [Effect::Quit]),
                    "{ways} {first}"
                );
                assert!(
                    matches!(ends("<ctrl-z>")[..], [Effect::Suspend]),
                    "{ways} {first}"
                );
                assert!(
                    matches!(ends("<ctrl-l>")[..], [Effect::Redraw]),
                    "{ways} {first}"
                );
            }
        }
        assert!(begun > 20, "{begun} sequences were begun");
    }
}
