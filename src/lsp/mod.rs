//! The language server: what an editor asks about a timeline while it is written (LSP 3.17).
//!
//! The text in the editor counts, saved or not: no file is read. `server` takes messages one by one and hands each
//! request to the file of its kind. A `text_document` is a text with its lines, its outline and its findings;
//! `mentions` are the places of ids in it.
//!
//! It knows nothing of screens. A text that is not a timeline gets no finding and no answer.

mod actions;
mod caret;
mod client;
mod completion;
mod connection;
mod definition;
mod findings;
mod hints;
mod hover;
mod line_index;
mod mentions;
mod outline_symbols;
mod rename;
mod server;
mod text_document;
mod text_request;

pub use connection::{serve, serve_stdio};
pub use server::ServerEnd;
