//! Safety on any terminal: a file cannot control the terminal that shows it, and every text stays within its cells.

mod ascii;
mod cells;
pub mod hostile;
mod writers;
