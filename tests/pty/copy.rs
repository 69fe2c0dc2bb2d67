//! Copying, with the bytes that the terminal receives.

use dateline::app;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use super::given_back::is_drawn;
use super::{PATIENCE, SIZE, Terminal};
use crate::settings::home;
use crate::support::program::{self, Stage};

/// The escape sequences before and after the copied text, which is in base64.
const AROUND: (&str, &str) = ("\x1b]52;c;", "\x1b\\");

/// Presses keys, waits for words on the screen, and returns the text sent to the clipboard meanwhile.
fn copied(terminal: &mut Terminal, keys: &str, words: &str) -> Option<String> {
    terminal.rest();
    terminal.press(keys);
    let mut sent = Vec::new();
    while terminal.is_drawing() || !terminal.parser.screen().contents().contains(words) {
        let bytes = terminal.output.recv_timeout(PATIENCE).expect(words);
        terminal.parser.process(&bytes);
        sent.extend(bytes);
    }
    let sent = String::from_utf8(sent).expect("the output is UTF-8");
    let (_, from) = sent.split_once(AROUND.0)?;
    let (text, _) = from.split_once(AROUND.1)?;
    Some(decoded(text))
}

/// Decodes base64 (RFC 4648, 4).
fn decoded(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let sixes = four
            .iter()
            .map(|&it| LETTERS.find(char::from(it)).expect("a letter"));
        let bits = sixes.fold(0, |bits, six| bits << 6 | six) << (6 * (4 - four.len()));
        let three = u32::try_from(bits).expect("24 bits").to_be_bytes();
        bytes.extend(&three[1..four.len()]);
    }
    String::from_utf8(bytes).expect("the copy is text")
}

#[test]
fn each_key_sends_its_text_to_the_clipboard_of_the_terminal() {
    let file = "tests/frames/timelines/marked.toml";
    let mut terminal = Terminal::with_first_frame(&[file], &[]);
    let event = copied(&mut terminal, "y", "clipboard: the event").expect("the key copies");
    assert!(
        event.starts_with("Marking: TLP:RED.\n")
            && event.contains("August 2021 (day not stated). Mail server entered.")
            && event.contains("An informant said, on who did it: The intruder."),
        "{event}"
    );
    let sources = copied(&mut terminal, "gy", "clipboard: the sources").expect("the key copies");
    assert_eq!(
        sources,
        "Marking: TLP:RED.\nThe report, 1 February 2022\nA memo, 1 March 2022\n"
    );
    terminal.press("ftlp:green\r");
    terminal.wait_for_text("x clear");
    let filter = copied(&mut terminal, "gF", "clipboard: the filter").expect("the key copies");
    assert_eq!(filter, "tlp:green");
    let command = copied(&mut terminal, "gc", "clipboard: the command").expect("the key copies");
    assert_eq!(
        command,
        format!(
            "dateline frame {file} --size {}x{} --keys 'ygyftlp:green<enter>gF'",
            SIZE.width, SIZE.height
        )
    );
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_copy_that_is_too_long_is_refused() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-long.toml");
    let summary = "word ".repeat(16_000);
    let file = format!("[[events]]\ntitle = \"Long\"\nsummary = \"{summary}\"\n");
    std::fs::write(&path, file).expect("the file can be written");
    let path = path.display().to_string();
    let mut terminal = Terminal::with_first_frame(&[&path], &[]);
    let sent = copied(&mut terminal, "y", "Cannot copy the event");
    assert_eq!(sent, None);
    assert!(is_drawn(terminal.parser.screen()));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// A command is useless if its keys mean something else where it is run.
#[test]
fn the_command_names_the_settings_that_give_its_keys_their_meaning() {
    let home = home("copied", "[keys]\nhelp = \"~\"\n");
    let config = home.join("dateline").join("config.toml");
    let environment = [("XDG_CONFIG_HOME", home.to_str().expect("the path is UTF-8"))];
    let mut terminal = Terminal::with_first_frame(&["--theme", "light"], &environment);
    terminal.press("~");
    terminal.wait_for_text("Keys: list");
    terminal.press("\x1b");
    let command = copied(&mut terminal, "gc", "clipboard: the command").expect("the key copies");
    let config = config.display();
    assert!(
        command.starts_with(&format!(
            "dateline frame --config {config} --theme light --size "
        )) && command.ends_with(" --keys '~<esc>'"),
        "{command}"
    );
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// The command repeats the keys at the size they were pressed at, and keeps the audience of a briefing.
#[test]
fn the_command_gives_the_same_frame_after_a_resize_and_in_a_briefing() {
    let larger = Size::new(140, 42);
    let (plain, board) = (&[][..], &["brief", "--audience", "board"][..]);
    for (arguments, option, first) in [(plain, &[][..], ""), (board, &["--audience=board"], "b")] {
        let mut stage = Stage::open("shipped", SIZE);
        if arguments == board {
            app::open_briefing(&mut stage.model, Some("board"));
        }
        let mut terminal = Terminal::with_first_frame(arguments, &[]);
        for is_resized in [false, true] {
            if is_resized {
                terminal.resize(larger);
                stage.resize(larger);
                terminal.wait_for_frame(&stage);
            }
            terminal.press("\t");
            stage.press("<tab>");
            terminal.wait_for_frame(&stage);
        }
        let command =
            copied(&mut terminal, "gc", "clipboard: the command").expect("the key copies");
        let keys = format!("{first}<tab><resize-140-42><tab>");
        let words = [&["frame"], option, &["--size", "120x36", "--keys", &keys]].concat();
        assert_eq!(
            command.replace('\'', ""),
            format!("dateline {}", words.join(" "))
        );
        let printed = program::run(&words).stdout;
        assert_eq!(
            String::from_utf8_lossy(&printed),
            stage.frame(ScreenshotFormat::Text)
        );
        terminal.press("\x03\x03");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}
