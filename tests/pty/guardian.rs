//! A program that is killed cannot restore the terminal; its guardian does.

#[cfg(target_os = "linux")]
use std::fs;
use std::process::Command;

#[cfg(target_os = "linux")]
use ratatui::layout::Size;
#[cfg(target_os = "linux")]
use rustix::process::{Pid, Resource, Rlimit, prlimit};

#[cfg(target_os = "linux")]
use super::given_back::is_drawn;
use super::given_back::{in_a_shell, in_a_shell_with, is_given_back, is_ready, stops};
#[cfg(target_os = "linux")]
use super::pty_size;
use super::{PATIENCE, SMALL, Terminal};

const NOTICE: &str = "dateline: ended without warning";

#[test]
fn the_terminal_is_restored_after_a_kill() {
    for command in ["", "brief", "brief --follow"] {
        let mut terminal = in_a_shell_with(&format!("{command} {SMALL}"), &[]);
        terminal.kill("KILL");
        wait_for_guardian(&mut terminal);
        assert_eq!(status(&mut terminal, "$?"), 128 + 9, "{command}");
        leaves_the_shell(terminal);
    }
}

/// The runtime takes the first SIGSEGV from another process for a stack overflow, checks it and survives.
#[test]
fn the_terminal_is_restored_after_a_crash() {
    let mut terminal = in_a_shell();
    let line = format!(
        "while kill -SEGV {} 2> /dev/null; do :; done",
        terminal.process
    );
    let sent = Command::new("sh").args(["-c", &line]).status();
    assert!(sent.is_ok(), "the system has a shell");
    wait_for_guardian(&mut terminal);
    assert_eq!(status(&mut terminal, "$?"), 128 + 11);
    leaves_the_shell(terminal);
}

/// A window of four million cells needs more memory than is left, and more than any arena of the allocator may hold.
#[cfg(target_os = "linux")]
#[test]
fn the_terminal_is_restored_after_memory_runs_out() {
    const LEFT: u64 = 1 << 20;
    let mut terminal = in_a_shell();
    let most = address_space(terminal.process) + LEFT;
    limit_address_space(terminal.process, most);
    let resized = terminal.master.resize(pty_size(Size::new(4_000, 1_000)));
    resized.expect("the terminal can be resized");
    wait_for_guardian(&mut terminal);
    assert_eq!(status(&mut terminal, "$?"), 128 + 6);
    leaves_the_shell(terminal);
}

#[cfg(target_os = "linux")]
fn limit_address_space(process: u32, bytes: u64) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    let limit = Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    prlimit(process, Resource::As, limit).expect("the process runs");
}

/// The address space of a process, in bytes.
#[cfg(target_os = "linux")]
fn address_space(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the program runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    let kibibytes: u64 = number.expect("Linux lists the size");
    kibibytes * 1024
}

/// After a normal exit the guardian has nothing to do, and ends before the program.
#[cfg(target_os = "linux")]
#[test]
fn a_normal_exit_ends_the_guardian_and_writes_nothing_twice() {
    let mut terminal = in_a_shell();
    let guardian = guardian(terminal.process).expect("the guardian waits");
    terminal.press("q");
    let mut written = String::new();
    while !(is_given_back(terminal.parser.screen()) && is_ready(terminal.parser.screen())) {
        let bytes = terminal.output.recv_timeout(PATIENCE).expect("a shell");
        terminal.parser.process(&bytes);
        written.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(!runs(guardian));
    assert_eq!(status(&mut terminal, "$?"), 0);
    assert_eq!(written.matches("\x1b[?1049l").count(), 1, "{written:?}");
    assert!(!terminal.parser.screen().contents().contains(NOTICE));
    leaves_the_shell(terminal);
}

/// A suspended program has restored the terminal, which belongs to the shell from then on.
#[cfg(target_os = "linux")]
#[test]
fn a_suspended_program_has_no_guardian_until_it_resumes() {
    let mut terminal = in_a_shell();
    let process = terminal.process;
    stops(&mut terminal);
    assert_eq!(guardian(process), None);
    terminal.press("fg\r");
    terminal.wait_for("the frame", is_drawn);
    assert!(guardian(process).is_some());
    stops(&mut terminal);
    terminal.kill("KILL");
    // The shell waits until every thread has ended, or reports an unknown job.
    terminal.press("fg\r");
    assert_eq!(status(&mut terminal, "$((6 * 7))"), 42);
    assert!(!terminal.parser.screen().contents().contains(NOTICE));
    leaves_the_shell(terminal);
}

/// The guardian ignores signals to everything on the terminal or in the session, which may precede the kill.
#[cfg(target_os = "linux")]
#[test]
fn a_guardian_outlives_signals_but_not_its_owner() {
    let mut terminal = in_a_shell();
    let guardian = guardian(terminal.process).expect("the guardian waits");
    // The first frame may be there before the guardian has begun.
    eventually(|| handles_the_last_signal(guardian), "the guardian begins");
    for signal in ["HUP", "INT", "QUIT", "TERM", "TSTP"] {
        super::kill(guardian, signal);
    }
    terminal.kill("KILL");
    wait_for_guardian(&mut terminal);
    ends(guardian);
    leaves_the_shell(terminal);
}

/// The guardian of a process: its only child.
#[cfg(target_os = "linux")]
fn guardian(owner: u32) -> Option<u32> {
    let processes = fs::read_dir("/proc").expect("Linux lists every process");
    let mut numbers = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    numbers.find(|&number| {
        let (_, parent) = state(number).unwrap_or_default();
        parent == owner
    })
}

/// Waits for the end of a process.
#[cfg(target_os = "linux")]
fn ends(process: u32) {
    eventually(|| !runs(process), "the guardian ends");
}

#[cfg(target_os = "linux")]
fn eventually(holds: impl Fn() -> bool, what: &str) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "waited until {what}");
        std::thread::yield_now();
    }
}

/// Whether a process handles SIGUSR2. It is the last signal that a guardian registers for, and its owner never does.
#[cfg(target_os = "linux")]
fn handles_the_last_signal(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (rustix::process::Signal::USR2.as_raw() - 1)) != 0)
}

/// Whether a process has not ended. An ended process may be listed until its new parent reads its status.
#[cfg(target_os = "linux")]
fn runs(process: u32) -> bool {
    state(process).is_some_and(|(state, _)| state != "Z" && state != "X")
}

/// The state of a process, and its parent.
#[cfg(target_os = "linux")]
fn state(process: u32) -> Option<(String, u32)> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the process may contain any character.
    let mut words = line.rsplit_once(") ")?.1.split(' ');
    Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
}

/// Waits until the guardian has done its work.
fn wait_for_guardian(terminal: &mut Terminal) {
    terminal.wait_for("the terminal to be restored", |screen| {
        is_given_back(screen) && screen.contents().contains(NOTICE)
    });
}

/// The exit status of the program from a variable of the shell. The prompt of the shell may have been lost with the
/// screen of the program.
fn status(terminal: &mut Terminal, variable: &str) -> i32 {
    terminal.press(&format!("echo it ended with {variable}.\r"));
    let said = |screen: &vt100::Screen| {
        let text = screen.contents();
        let (_, after) = text.rsplit_once("it ended with ")?;
        after.split_once('.')?.0.parse().ok()
    };
    terminal.wait_for("the status", |screen| said(screen).is_some());
    said(terminal.parser.screen()).expect("the status was waited for")
}

/// Ends the shell, and checks that the settings and the title are as before.
fn leaves_the_shell(mut terminal: Terminal) {
    terminal.press("exit\r");
    terminal.ends();
}
