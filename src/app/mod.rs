//! The state of the program and how it changes: one message at a time, without touching the world.
//!
//! What the *world* can do is a [`Msg`]; what the *user* can do is a row of [`command::COMMANDS`];
//! what the program asks of the world is an [`Effect`].

mod act;
pub mod axis;
pub mod command;
mod find;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod model;
mod mouse;
pub mod overlay;
pub mod overview;
pub mod page;
pub mod screen;

use ratatui::layout::Size;

use key::{Code, Input, Key};
use keymap::Meaning;
use model::Model;
use overlay::Overlay;

/// What the world can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The user pressed a key or moved the mouse.
    Input(Input),
    /// The terminal has another size.
    Resize(Size),
}

/// What the program asks of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Give the terminal back and end.
    Quit,
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
}

/// Applies a message to the state.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = match msg {
        Msg::Input(Input::Key(key)) => press(model, key),
        Msg::Input(Input::Mouse(mouse)) => mouse::act(model, mouse),
        Msg::Resize(size) => {
            model.size = size;
            Vec::new()
        }
    };
    model.settle();
    effects
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    model.pending.push(key);
    match keymap::meaning(model.mode(), &model.pending) {
        Meaning::Prefix => Vec::new(),
        Meaning::Command(command) => {
            model.pending.clear();
            (command.run)(model)
        }
        Meaning::Nothing => {
            let keys: String = model.pending.drain(..).map(|key| key.to_string()).collect();
            if !types(model, key) {
                model.notify(format!("{keys} does nothing here: ? shows the keys"));
            }
            Vec::new()
        }
    }
}

/// Gives a key to the line of text that is being edited. Says whether there is one.
fn types(model: &mut Model, key: Key) -> bool {
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => palette.edit(key),
        Some(Overlay::Search(search)) => {
            search.edit(key);
            find::follow(model);
        }
        Some(Overlay::Help(_) | Overlay::Problems(_)) => return key.code != Code::Esc,
        None => return false,
    }
    true
}
