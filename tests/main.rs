//! One integration binary: a module and a data folder for each subject.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read their data from files"
)]

mod attribution;
mod beginning;
mod breaks;
mod cases;
mod changes;
mod cli;
mod completions;
mod cursor;
mod dates;
mod diagnostics;
mod distribution;
mod documents;
mod engine_query;
mod exports;
mod facts;
mod findings;
mod fit;
mod fixes;
mod fixing;
mod follower;
mod formats;
mod frames;
mod fuzz;
mod habits;
mod late;
mod layers;
mod linear;
mod lsp;
mod marking;
mod marks;
mod newcomer;
mod opening;
mod order;
mod orientation;
mod packaging;
mod pages;
mod paper;
mod pictures;
mod promotion;
mod properties;
#[cfg(unix)]
mod pty;
mod queries;
mod rehearsal;
mod reload;
mod room;
mod safety;
mod schema;
mod screens;
mod settings;
mod since;
mod stacks;
mod support;
mod verdicts;
mod voice;
mod withhold;
