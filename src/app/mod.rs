//! The state of the program and how it changes: one message at a time, without access to anything outside.
//!
//! What arrives from outside is a [`Message`]; what the user can do is a row of [`commands::COMMANDS`]; what the
//! program requests from outside is an [`Effect`].

pub mod commands;
pub mod effect;
mod effect_answers;
pub mod input;
mod message;
pub mod model;
mod opening;
pub mod overlay;
pub mod overview;
pub mod page;
pub mod reload;
pub mod screen;
pub mod state;
mod update;

pub use commands::drive::keys_of as keys_of_request;
pub use commands::filter::stub as view_stub;
pub use effect::Effect;
pub use effect_answers::answer;
pub use message::Message;
pub use opening::{
    brief_for, compare_with, let_drive, offer_to_resume, open, open_briefing, open_follower,
    open_topic, open_undrawn, open_with, resume_briefing,
};
pub use update::{pasted_line, run, update};
