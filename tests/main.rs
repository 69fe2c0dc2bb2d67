//! One integration binary: a module and a data folder for each subject.

mod dates;
mod diagnostics;
