//! However the program ends or stops, it restores the terminal.

use std::io::Write;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use portable_pty::{CommandBuilder, native_pty_system};
use ratatui::layout::Size;
use vt100::MouseProtocolMode;

use super::{PATIENCE, SIZE, SMALL, Terminal};
use crate::support::program;

/// The path on which a shell finds the system's programs.
pub(super) const PATH: (&str, &str) = ("PATH", "/usr/bin:/bin");

#[test]
fn control_c_in_a_prompt_restores_the_terminal() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.press("/sanc");
    terminal.wait_for_text("/ sanc");
    terminal.press("\x03");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_window_has_the_title_and_the_marking_until_the_terminal_is_restored() {
    let head = program::ready("shipped").0.head();
    let title = format!("{} · TLP:CLEAR · dateline", head.title);
    let mut terminal = Terminal::with_first_frame(&[], &[]);
    assert_eq!(terminal.title(), title);
    terminal.press("j");
    terminal.wait_for_text(&after_one_move());
    assert_eq!(terminal.title(), title);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let terminal = Terminal::with_first_frame(&["tests/frames/timelines/marked.toml"], &[]);
    assert_eq!(terminal.title(), "TLP:RED · dateline");
    let terminal = Terminal::with_first_frame(&[], &[("TERM", "linux")]);
    assert_eq!(terminal.title(), super::OWN_TITLE);
}

#[test]
fn every_fatal_signal_restores_the_terminal() {
    for signal in [
        "TERM", "HUP", "INT", "QUIT", "USR1", "USR2", "ALRM", "XCPU", "ABRT", "PROF", "SYS",
        "TRAP", "VTALRM",
    ] {
        let terminal = Terminal::with_first_frame(&[SMALL], &[]);
        terminal.kill(signal);
        let status = terminal.ends();
        assert!(
            status.signal().is_some(),
            "SIG{signal}: the status does not show the signal: {status:?}"
        );
    }
}

#[test]
fn a_signal_ends_it_as_soon_as_it_has_the_terminal() {
    for _ in 0..10 {
        let mut terminal = Terminal::start(&[SMALL], &[]);
        terminal.wait_for("the terminal to be taken", vt100::Screen::alternate_screen);
        terminal.kill("TERM");
        assert!(terminal.ends().signal().is_some());
    }
}

/// As on a line that hangs: the terminal takes no output, and the frames of a large terminal exceed its buffer.
#[test]
fn a_signal_or_control_c_ends_it_even_if_the_terminal_takes_no_output() {
    assert_ends_without_output(|process, _| super::kill(process, "TERM"));
    assert_ends_without_output(|_, keyboard| {
        keyboard
            .write_all(b"\x03")
            .expect("the terminal takes keys");
    });
}

fn assert_ends_without_output(ask: impl FnOnce(u32, &mut dyn Write)) {
    let pair = native_pty_system().openpty(super::pty_size(Size::new(500, 200)));
    let pair = pair.expect("the system has terminals");
    let before = super::settings(pair.master.as_ref());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
    command.cwd(program::root());
    command.env_clear();
    command.env("TERM", "xterm-256color");
    let child = pair.slave.spawn_command(command);
    let mut child = child.expect("the program can be started");
    let deadline = Instant::now() + PATIENCE;
    while super::settings(pair.master.as_ref()) == before {
        assert!(
            Instant::now() < deadline,
            "the program does not take the terminal"
        );
        thread::yield_now();
    }
    let mut keyboard = pair.master.take_writer().expect("the terminal takes keys");
    ask(child.process_id().expect("the program runs"), &mut keyboard);
    let (send_end, ended) = mpsc::channel();
    thread::spawn(move || send_end.send(child.wait()));
    let status = ended.recv_timeout(PATIENCE).expect("the program ends");
    assert!(
        status
            .expect("the program can be waited for")
            .signal()
            .is_some()
    );
    assert_eq!(super::settings(pair.master.as_ref()), before);
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let Terminal {
        master,
        slave,
        mut keyboard,
        output,
        ended,
        ..
    } = Terminal::with_first_frame(&[SMALL], &[]);
    // The reading thread holds the terminal too, until the next output finds no receiver.
    drop(output);
    keyboard.write_all(b"j").expect("the terminal takes keys");
    drop((slave, keyboard, master));
    ended
        .recv_timeout(PATIENCE)
        .expect("the program ends without its terminal");
}

/// The program has its own session, which receives no signal.
#[cfg(target_os = "linux")]
#[test]
fn it_ends_when_the_terminal_goes_away_without_a_signal() {
    let line = format!(
        "trap '' HUP; setsid -w '{}' {SMALL}",
        env!("CARGO_BIN_EXE_dateline")
    );
    let mut terminal = Terminal::start_program("/bin/sh", &["-c", &line], &[PATH]);
    terminal.wait_for("the first frame", is_drawn);
    let Terminal {
        master,
        slave,
        mut keyboard,
        output,
        ended,
        ..
    } = terminal;
    drop(output);
    keyboard.write_all(b"j").expect("the terminal takes keys");
    drop((slave, keyboard, master));
    ended
        .recv_timeout(PATIENCE)
        .expect("the program ends without its terminal");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_on_any_thread_restores_the_terminal_and_prints_the_keys() {
    for (thread, keys, code) in [("main", "j!", 101), ("input", "j!", 3), ("filter", "f", 3)] {
        let mut terminal = Terminal::with_first_frame(&[SMALL, "--panic-in", thread], &[]);
        terminal.press(keys);
        // Only the main thread is in step with the keys, so only its report has them.
        let reproduction = if thread == "main" { "--keys 'j!'" } else { "" };
        terminal.wait_for(thread, |screen| {
            let text = screen.contents();
            let text = text.replace('\n', "");
            is_given_back(screen)
                && text.contains(&format!("in thread `{thread}`"))
                && text.contains("a test made this panic, with an ␛[31mescape in it")
                && text.contains("issue tracker of dateline")
                && text.contains(&format!("dateline frame {SMALL} --size 120x36"))
                && text.contains(reproduction)
        });
        assert_eq!(terminal.ends().exit_code(), code, "{thread}");
    }
}

#[test]
fn a_key_suspends_it_and_it_resumes_at_the_new_size() {
    let mut terminal = in_a_shell();
    terminal.press("j");
    terminal.wait_for_text(MOVED);
    for size in [Size::new(80, 24), SIZE] {
        terminal.press("\x1a");
        terminal.wait_for("the shell", |screen| {
            is_given_back(screen) && is_ready(screen)
        });
        assert_eq!(terminal.title(), super::OWN_TITLE);
        terminal.resize(size);
        terminal.press("echo $((6 * 7))\r");
        terminal.wait_for_text("42");
        terminal.press("fg\r");
        terminal.wait_for("the same frame", |screen| {
            is_drawn(screen)
                && screen.contents().contains(MOVED)
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() != MouseProtocolMode::None
        });
        terminal.rest();
        assert!(terminal.title().ends_with("dateline"));
        let frame = super::rows(terminal.parser.screen());
        assert_eq!(frame.lines().count(), usize::from(size.height));
        assert!(
            frame
                .lines()
                .last()
                .is_some_and(|line| line.contains(MOVED)),
            "{frame}"
        );
    }
    leaves(terminal);
}

#[test]
fn a_signal_suspends_it_and_it_resumes() {
    let mut terminal = in_a_shell();
    for signal in ["TSTP", "STOP"] {
        terminal.kill(signal);
        // After SIGSTOP the shell writes where the cursor was: on the selection.
        terminal.wait_for("the shell", |screen| match signal {
            "STOP" => screen.contents().contains("ready>"),
            _ => is_given_back(screen) && is_ready(screen),
        });
        // SIGSTOP leaves the terminal in raw mode, in which return does not end a line.
        terminal.press("fg\n");
        terminal.wait_for("the frame", |screen| {
            is_drawn(screen) && !screen.contents().contains("ready>")
        });
    }
    leaves(terminal);
}

/// A shell resumes a stopped job that it kills, so that it can end; some shells need `bg` for that.
#[test]
fn a_suspended_program_that_is_killed_ends_in_the_background() {
    for follows in [false, true] {
        let mut terminal = if follows {
            in_a_shell_with(&format!("brief --follow {SMALL}"), &[])
        } else {
            in_a_shell()
        };
        stops(&mut terminal);
        terminal.press("kill %1; bg; wait %1; echo it ended with $?.\r");
        terminal.wait_for_text("it ended with 143.");
        assert!(is_given_back(terminal.parser.screen()));
        assert!(!terminal.parser.screen().contents().contains("tty output"));
        terminal.press("exit\r");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

/// In the background the program leaves the terminal to the shell until `fg`.
#[cfg(target_os = "linux")]
#[test]
fn a_program_resumed_in_the_background_stops_until_it_is_in_the_foreground() {
    let mut terminal = in_a_shell();
    stops(&mut terminal);
    terminal.press("bg; echo it went on\r");
    terminal.wait_for_text("it went on");
    let process = terminal.process;
    terminal.press(&format!(
        "until grep -q 'State:.T' /proc/{process}/status; do :; done; echo it is $((1 + 1))nd\r"
    ));
    terminal.wait_for_text("it is 2nd");
    assert!(is_given_back(terminal.parser.screen()));
    terminal.press("fg\r");
    terminal.wait_for("the frame", is_drawn);
    leaves(terminal);
}

/// Suspends the program with a key, and waits for the shell.
pub(super) fn stops(terminal: &mut Terminal) {
    terminal.press("\x1a");
    terminal.wait_for("the shell", |screen| {
        is_given_back(screen) && is_ready(screen)
    });
}

#[test]
fn it_does_not_suspend_without_a_shell_to_resume_it() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.press("\x1a");
    terminal.wait_for_text("Cannot suspend");
    terminal.kill("TSTP");
    terminal.press("j");
    terminal.wait_for_text(MOVED);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_frame_is_one_synchronised_update() {
    let mut terminal = Terminal::start(&[SMALL], &[]);
    let mut written = Vec::new();
    while !is_drawn(terminal.parser.screen()) {
        let bytes = terminal.output.recv_timeout(PATIENCE).expect("a frame");
        terminal.parser.process(&bytes);
        written.extend(bytes);
    }
    let written = String::from_utf8_lossy(&written).into_owned();
    assert!(written.contains("\x1b[?2026h"), "{written:?}");
    terminal.press("j");
    terminal.wait_for_text(MOVED);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// The position in the last row of [`SMALL`] after one move down from the start.
const MOVED: &str = " 2 of 3";

/// That of the shipped case.
fn after_one_move() -> String {
    format!(" 20 of {}", program::ready("shipped").0.len())
}

/// Starts a shell with job control, and the program in it.
pub(super) fn in_a_shell() -> Terminal {
    in_a_shell_with(SMALL, &[])
}

/// The same with arguments for the program, quoted for the shell, and with more environment variables.
pub(super) fn in_a_shell_with(arguments: &str, environment: &[(&str, &str)]) -> Terminal {
    let environment = [&[PATH, ("PS1", "ready> ")], environment].concat();
    let mut terminal = Terminal::start_program("/bin/sh", &["-i"], &environment);
    terminal.wait_for_text("ready>");
    let program = env!("CARGO_BIN_EXE_dateline");
    terminal.press(&format!(
        "sh -c 'echo process $$.; read go; exec \"{program}\" {arguments}'\r"
    ));
    let said = |screen: &vt100::Screen| {
        let text = screen.contents();
        let (_, after) = text.rsplit_once("process ")?;
        after.split_once('.')?.0.parse().ok()
    };
    terminal.wait_for("the number of the process", |screen| said(screen).is_some());
    terminal.process = said(terminal.parser.screen()).expect("the number was waited for");
    // The number must be read before the first frame replaces it.
    terminal.press("\r");
    terminal.wait_for("the first frame", is_drawn);
    terminal
}

/// Quits the program, and then the shell.
pub(super) fn leaves(mut terminal: Terminal) {
    terminal.press("q");
    terminal.wait_for("the shell", |screen| {
        is_given_back(screen) && is_ready(screen)
    });
    terminal.press("echo it left with $?.\r");
    terminal.wait_for_text("it left with 0.");
    terminal.press("exit\r");
    terminal.ends();
}

pub(super) fn is_ready(screen: &vt100::Screen) -> bool {
    screen.contents().trim_end().ends_with("ready>")
}

pub(super) fn is_drawn(screen: &vt100::Screen) -> bool {
    screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains(" of ")
}

pub(super) fn is_given_back(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}
