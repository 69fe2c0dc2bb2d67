//! What a panic prints, after it has given the terminal back: where it was, and the command that leads there.

use std::io::Write as _;
use std::panic::{self, PanicHookInfo};

use super::replay_log::ReplayLog;
use super::terminal_session::give_back;
use crate::text::visible;
use crate::ui::glyphs::ascii;

/// Where to report a crash.
const TRACKER: &str = match env!("CARGO_PKG_REPOSITORY").as_bytes() {
    [] => "in the issue tracker of dateline",
    _ => concat!("at ", env!("CARGO_PKG_REPOSITORY"), "/issues"),
};

/// Makes a panic on any thread give the terminal back first, so that its report can be read. `is_ascii`: whether the
/// report is ASCII too, like everything else on this terminal.
pub(super) fn report_panics(log: &ReplayLog, is_ascii: bool) {
    let log = log.clone();
    panic::set_hook(Box::new(move |info| {
        give_back();
        let report = report(info, log.command_soon().as_deref());
        let report = if is_ascii {
            ascii(&report)
        } else {
            report.into()
        };
        let _ = std::io::stderr().lock().write_all(report.as_bytes());
    }));
}

fn report(info: &PanicHookInfo<'_>, command: Option<&str>) -> String {
    let message = info.payload_as_str().unwrap_or("no message");
    let thread = std::thread::current();
    let place = info.location().map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    let mut report = format!(
        "dateline crashed (this is a bug) in thread `{}`{place}: {}\n\
         Please report it {TRACKER}, with the line above",
        thread.name().unwrap_or("unnamed"),
        visible(message),
    );
    match command {
        Some(command) => {
            report.push_str(" and the command that leads there:\n  ");
            report.push_str(command);
            report.push('\n');
        }
        None => report.push_str(".\n"),
    }
    report
}
