//! Whatever a terminal sends, keys go on working and ctrl-c ends the program.

use super::given_back::{in_a_shell, is_given_back, is_ready, leaves};
use super::{SIZE, SMALL, SMALL_NAME, Terminal};
use crate::support::program::{self, Stage};

/// Sequences that terminals send unasked: late replies, and reports of modes that another program left on.
const UNASKED: &[&str] = &[
    "\x1b[?12;2$y",
    "\x1b[?997;1n",
    "\x1b[?6;1R",
    "\x1b[?62;22;52c",
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "\x1bP>|tmux 3.4\x1b\\",
];

/// A truncated mouse report, sequence and string.
const BROKEN: &[&str] = &["\x1b[<1;2", "\x1b[?", "\x1b]11;rgb:"];

#[test]
fn unasked_sequences_do_nothing_and_the_next_key_works() {
    let mut terminal = Terminal::with_first_frame(&[], &[]);
    terminal.rest();
    let all_events = program::ready("shipped").0.len();
    // A key right after a truncated sequence counts as its end, unless the key begins its own sequence.
    let all = UNASKED.iter().map(|unasked| (unasked, "j"));
    let all = all.chain(BROKEN.iter().map(|broken| (broken, "\x1b[B")));
    // The first screen selects event 19.
    for (number, (unasked, key)) in (20..).zip(all) {
        let before = terminal.parser.screen().contents();
        terminal.press(unasked);
        terminal.rest();
        assert_eq!(terminal.parser.screen().contents(), before, "{unasked:?}");
        terminal.press(key);
        terminal.wait_for_text(&format!(" {number} of {all_events}"));
        terminal.rest();
    }
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn control_c_ends_it_at_once_after_any_sequence() {
    for arguments in [
        &[SMALL][..],
        &["brief", SMALL],
        &["brief", "--follow", SMALL],
    ] {
        for unasked in UNASKED
            .iter()
            .chain(BROKEN)
            .chain(&["\x1b[200~paste", "\x1b", "\x1b[99;5u"])
        {
            let mut terminal = Terminal::start(arguments, &[]);
            terminal.wait_for("the terminal to be taken", |screen| {
                screen.alternate_screen() && !screen.contents().trim().is_empty()
            });
            terminal.press(unasked);
            // A briefing asks once; the last of the sequences is the first ctrl-c.
            if arguments == ["brief", SMALL] && *unasked != "\x1b[99;5u" {
                terminal.press("\x03");
                terminal.wait_for_text("again quits the briefing");
            }
            terminal.press("\x03");
            assert_eq!(terminal.ends().exit_code(), 0, "{arguments:?} {unasked:?}");
        }
    }
}

#[test]
fn control_z_suspends_it_after_any_sequence() {
    let mut terminal = in_a_shell();
    let all_events = format!(" of {}", program::ready(SMALL_NAME).0.len());
    for unasked in [
        "\x1b[?997;1n",
        "\x1b[<1;2",
        "\x1b]11;rgb:",
        "\x1b[200~paste",
    ] {
        terminal.press(unasked);
        terminal.press("\x1a");
        terminal.wait_for("the shell", |screen| {
            is_given_back(screen) && is_ready(screen)
        });
        terminal.press("fg\r");
        terminal.wait_for("the frame", |screen| {
            screen.alternate_screen() && screen.contents().contains(&all_events)
        });
    }
    leaves(terminal);
}

/// A network may deliver ESC alone and the rest later; the test sends enough pieces that some are read so.
#[test]
fn a_key_that_arrives_in_pieces_is_recognised() {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::start(&[], &[]);
    terminal.wait_for_frame(&stage);
    terminal.press("\r\x1b[B");
    stage.press("<enter><down>");
    terminal.wait_for_frame(&stage);
    for piece in ["\x1b", "[B", "\x1b", "[", "A"].repeat(30) {
        terminal.press(piece);
    }
    terminal.press("\x1b[B");
    stage.press("<down>");
    terminal.wait_for_frame(&stage);
    terminal.press("qq");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_paste_is_one_line_without_control_characters_or_keys() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.wait_for("bracketed paste", vt100::Screen::bracketed_paste);
    for piece in ["\x1b[200~qq\x1b[201~", "\x1b", "[200~qq\x1b", "[201~"] {
        terminal.press(piece);
    }
    terminal.wait_for_text("No line to paste into");
    terminal.press("/");
    terminal.press("\x1b[200~web\nshells\x07\t\u{202e}x\x1b[201~");
    terminal.wait_for_text("/ web shells ⟨U+202E⟩x");
    terminal.press("\x1b");
    terminal.wait_for("no prompt", vt100::Screen::hide_cursor);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// A connection may break in the middle of a paste.
#[test]
fn an_unfinished_paste_ends_after_a_while_and_then_keys_work() {
    let mut terminal = Terminal::with_first_frame(&[SMALL], &[]);
    terminal.wait_for("bracketed paste", vt100::Screen::bracketed_paste);
    terminal.press("/");
    terminal.wait_for_text("/");
    terminal.press("\x1b[200~web shells");
    terminal.wait_for_text("/ web shells");
    terminal.press("\x1b");
    terminal.wait_for("no prompt", vt100::Screen::hide_cursor);
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
