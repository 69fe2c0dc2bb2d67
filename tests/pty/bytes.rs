//! The exact bytes that are sent to a terminal without UTF-8, or with few colours.

use std::path::{Path, PathBuf};

use super::{HARBOUR, LULL, PATIENCE, Terminal};

/// A text whose UTF-8 bytes end a title (0x9C) or begin a control sequence (0x9B) in other encodings.
const TITLE: &str = "東⛛2J⛛31mPWN";

/// A timeline whose texts and file name all contain such bytes.
fn file(name: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-⛛31m.toml"));
    let text = format!(
        "[timeline]\ntitle = \"{TITLE}\"\n[[events]]\nid = \"e\"\nwhen = \"2021\"\ntitle = \"{TITLE}\"\n\
         summary = \"{TITLE}\"\nlane = \"{TITLE}\"\nsources = [\"s\"]\n\
         [sources.s]\ntitle = \"{TITLE}\"\nurl = \"https://東⛛.example/\"\n\
         [[scenes]]\ntitle = \"{TITLE}\"\nsay = \"{TITLE}\"\nnotes = \"{TITLE}\"\nevent = \"e\"\n"
    );
    std::fs::write(&file, text).expect("the file can be written");
    file
}

/// All bytes from the beginning to the end. The keys are pressed at the first frame.
fn sent(mut terminal: Terminal, keys: &str) -> Vec<u8> {
    const FRAME_ENDS: &[u8] = b"\x1b[?2026l";
    let mut sent = Vec::new();
    while !sent
        .windows(FRAME_ENDS.len())
        .any(|bytes| bytes == FRAME_ENDS)
    {
        let bytes = terminal.output.recv_timeout(PATIENCE);
        sent.extend(bytes.expect("the first frame"));
    }
    terminal.press(keys);
    // The program ends only if its output is read.
    let deadline = std::time::Instant::now() + PATIENCE;
    while terminal.ended.try_recv().is_err() {
        assert!(
            std::time::Instant::now() < deadline,
            "the program does not end"
        );
        sent.extend(terminal.output.recv_timeout(LULL).unwrap_or_default());
    }
    while let Ok(bytes) = terminal.output.recv_timeout(LULL) {
        sent.extend(bytes);
    }
    sent
}

#[test]
fn a_terminal_without_utf_8_receives_only_ascii() {
    let file = file("ascii");
    let file = file.to_str().expect("the path is UTF-8");
    let without = [
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", "en_GB.ISO-8859-1"),
        ("LC_CTYPE", "C"),
    ];
    let runs = [&[file][..], &["brief", file], &["brief", "--follow", file]];
    let mut cases: Vec<(Vec<&str>, (&str, &str))> = Vec::new();
    cases.extend(without.map(|locale| (vec![file], locale)));
    cases.extend(runs.map(|words| (words.to_vec(), without[0])));
    let utf_8 = ("LC_ALL", "C.UTF-8");
    cases.extend(runs.map(|words| ([words, &["--ascii"]].concat(), utf_8)));
    for (words, locale) in cases {
        // The briefing asks before it quits.
        let sent = sent(Terminal::start(&words, &[locale]), "qq");
        let shown = String::from_utf8_lossy(&sent);
        assert!(sent.is_ascii(), "{words:?} {locale:?}: {shown:?}");
        assert!(shown.contains("PWN . dateline\x07"), "{words:?}: {shown:?}");
    }
}

#[test]
fn a_terminal_with_utf_8_receives_the_title_unchanged() {
    let file = file("utf-8");
    let file = file.to_str().expect("the path is UTF-8");
    let sent = sent(Terminal::start(&[file], &[("LC_ALL", "C.UTF-8")]), "q");
    let title = format!("\x1b]0;{TITLE} · dateline\x07");
    assert!(String::from_utf8_lossy(&sent).contains(&title));
}

#[cfg(debug_assertions)]
#[test]
fn the_message_of_a_panic_is_ascii_too() {
    let file = file("panic");
    let file = file.to_str().expect("the path is UTF-8");
    let words = [file, "--panic-in", "main"];
    let sent = sent(Terminal::start(&words, &[("LC_ALL", "C")]), "!");
    let shown = String::from_utf8_lossy(&sent);
    assert!(shown.contains("a test made this panic"), "{shown:?}");
    assert!(shown.contains("panic-?31m.toml"), "{shown:?}");
    assert!(sent.is_ascii(), "{shown:?}");
}

/// A terminal with sixteen colours reads each parameter of the 256-colour form separately, and 5 makes characters
/// blink.
#[test]
fn a_terminal_with_sixteen_colours_receives_only_their_codes() {
    for term in ["linux", "screen", "xterm", "ansi"] {
        for theme in ["dark", "light", "contrast"] {
            let arguments = [HARBOUR, "--theme", theme];
            let sent = sent(Terminal::start(&arguments, &[("TERM", term)]), "jvqq");
            let sent = String::from_utf8_lossy(&sent);
            let codes = sent.split("\x1b[").skip(1).filter_map(|part| {
                let (codes, _) = part.split_once('m')?;
                let is_look = codes.bytes().all(|it| it.is_ascii_digit() || it == b';');
                is_look.then(|| codes.split(';').map(|code| code.parse().unwrap_or(0)))
            });
            let codes: Vec<u8> = codes.flatten().collect();
            let allowed =
                |code: &u8| matches!(code, 0..=4 | 7 | 30..=37 | 90..=97 | 40..=47 | 100..=107);
            assert!(codes.iter().all(allowed), "{term} {theme}: {codes:?}");
            assert!(
                codes.iter().any(|code| *code >= 30),
                "{term} {theme}: no colour"
            );
        }
    }
}
