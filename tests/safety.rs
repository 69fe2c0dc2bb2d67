//! Any text, any terminal: a file cannot drive the terminal that shows it, and every text keeps to its cells.

mod ascii;
mod cells;
pub mod hostile;
mod writers;
