//! Every form of a key, every reply, cut anywhere.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::app::Message;
use crate::app::input::key::{Code, Key, MouseAct, UserInput};
use crate::terminal::event_translation::message;

/// The messages that bytes give, written as in `--keys`, and the parser with anything unfinished.
fn taken(bytes: &[u8]) -> (String, InputParser) {
    let mut splitter = InputParser::new();
    let events: Vec<Event> = bytes
        .iter()
        .filter_map(|&byte| splitter.take(byte))
        .collect();
    (written(&events), splitter)
}

fn written(events: &[Event]) -> String {
    let messages = events.iter().filter_map(message);
    messages
        .map(|message| match message {
            Message::Input(UserInput::Mouse(mouse)) => {
                let act = match mouse.act {
                    MouseAct::Click => "click",
                    MouseAct::Drag => "drag",
                    MouseAct::Release => "release",
                    MouseAct::WheelUp => "wheel-up",
                    MouseAct::WheelDown => "wheel-down",
                };
                format!("<{act}-{}-{}>", mouse.column, mouse.row)
            }
            Message::Input(input) => input.to_string(),
            Message::Paste(text) => format!("[{text}]"),
            other => panic!("no terminal sends {other:?}"),
        })
        .collect()
}

/// The same if nothing comes after the bytes.
fn all(bytes: &[u8]) -> String {
    let (mut written, mut splitter) = taken(bytes);
    written.push_str(&unfinished(&mut splitter));
    written
}

/// The event of anything unfinished, once nothing has come for long enough.
fn unfinished(splitter: &mut InputParser) -> String {
    let mut events = Vec::new();
    let mut pauses = 0;
    while splitter.wait().is_some() {
        events.extend(splitter.pause());
        pauses += 1;
        assert!(pauses <= 2, "{splitter:?} waits for ever");
    }
    written(&events)
}

/// Keys, mouse reports and pastes, in the forms of all terminals, and what they mean.
const KNOWN: &[(&[u8], &str)] = &[
    (b"j", "j"),
    (b"\r\t\x7f", "<enter><tab><backspace>"),
    (b"\x03\x1a\x0c", "<ctrl-c><ctrl-z><ctrl-l>"),
    ("é漢🇬🇧".as_bytes(), "é漢🇬🇧"),
    (b"\x1b", "<esc>"),
    (b"\x1b\x1b", "<esc><esc>"),
    (b"\x1b[A\x1b[B\x1b[C\x1b[D", "<up><down><right><left>"),
    (b"\x1bOA\x1bOB\x1bOC\x1bOD", "<up><down><right><left>"),
    (b"\x1b[H\x1b[F\x1bOH\x1bOF", "<home><end><home><end>"),
    (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "<home><end><home><end>"),
    (b"\x1b[5~\x1b[6~\x1b[3~", "<pgup><pgdn><delete>"),
    (b"\x1b[Z", "<backtab>"),
    // The first function key, also of rxvt and of the Linux console.
    (b"\x1bOP\x1b[P\x1b[11~\x1b[[A", "<f1><f1><f1><f1>"),
    // With shift and with ctrl, as xterm and as rxvt have them.
    (b"\x1b[1;2B\x1b[b", "<down><down>"),
    (
        b"\x1b[1;5B\x1bOb\x1bO5B",
        "<ctrl-down><ctrl-down><ctrl-down>",
    ),
    (b"\x1b[6;5~", "<ctrl-pgdn>"),
    // The keypad in its application mode.
    (b"\x1bOM\x1bOp\x1bOy\x1bOk", "<enter>09+"),
    // modifyOtherKeys of xterm.
    (b"\x1b[27;5;99~\x1b[27;2;74~", "<ctrl-c>J"),
    // The protocol of kitty, pressed, repeated and let go.
    (b"\x1b[99;5u\x1b[27u\x1b[13;1u", "<ctrl-c><esc><enter>"),
    (b"\x1b[106u\x1b[106;1:2u\x1b[106;1:3u", "jj"),
    (b"\x1b[106;2u\x1b[49:33;2u\x1b[55;2;47u", "J!/"),
    (
        b"\x1b[9;2u\x1b[57420u\x1b[57404u\x1b[57414u",
        "<backtab><down>5<enter>",
    ),
    (b"\x1b[106;65u\x1b[57358u\x1b[57441u", "j"),
    // With alt, or with super.
    (
        b"\x1bj\x1b\r\x1b\xc3\xa9\x1b[106;3u\x1b[106;9u\x1b[1;3A",
        "",
    ),
    // The mouse: SGR, urxvt, X10.
    (
        b"\x1b[<0;31;16M\x1b[<32;32;16M\x1b[<0;32;16m\x1b[<64;1;1M\x1b[<65;1;1M",
        "<click-30-15><drag-31-15><release-31-15><wheel-up-0-0><wheel-down-0-0>",
    ),
    (
        b"\x1b[32;31;16M\x1b[35;31;16M\x1b[97;1;1M",
        "<click-30-15><release-30-15><wheel-down-0-0>",
    ),
    (
        b"\x1b[M ?0\x1b[M#?0\x1b[Ma!!",
        "<click-30-15><release-30-15><wheel-down-0-0>",
    ),
    (
        b"\x1b[<2;31;16M\x1b[<35;31;16M\x1b[<0;0;0M\x1b[<0;99999;1M",
        "",
    ),
    (b"\x1b[200~qq\x1b[201~j", "[qq]j"),
    (b"\x1b[200~a\x1b[20\x1b\x1b[201~", "[a\x1b[20\x1b]"),
    (b"\x1b[200~\x03\x1b[A\x1b]\x1b[201~", "[\x03\x1b[A\x1b]]"),
];

/// What a terminal sends that is not meant for us, each in full.
const REPLIES: &[&[u8]] = &[
    // Modes (DECRPM), the light or dark background, cursor positions, attributes, the state of the keyboard.
    b"\x1b[?12;2$y",
    b"\x1b[12;2$y",
    b"\x1b[?997;1n",
    b"\x1b[0n",
    b"\x1b[?6;1R",
    b"\x1b[6;1R",
    b"\x1b[?62;22;52c",
    b"\x1b[>41;380;0c",
    b"\x1b[?1u",
    b"\x1b[8;24;80t",
    b"\x1b[I",
    b"\x1b[O",
    // Function keys.
    b"\x1b[[B",
    b"\x1bOQ",
    b"\x1b[15~",
    b"\x1b[24;5~",
    // Colours, names of terminals, a clipboard, a string without a use.
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    "\x1b]l😀\u{9c}q\x1b\\".as_bytes(),
    b"\x1bP>|tmux 3.4\x1b\\",
    b"\x1bP1+r524742=38\x1b\\",
    b"\x1b]52;c;cXE=\x07",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b^q\x1b\\",
    b"\x1bXq\x1b\\",
    b"\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;27;28;29;30;31;32;33;34;35;36;37;38;39;40;41;42;43;44;45;46;47;48A",
];

#[test]
fn every_form_of_a_key_is_read() {
    for (bytes, expected) in KNOWN {
        assert_eq!(all(bytes), *expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn replies_give_no_keys_and_a_key_behind_them_does() {
    for reply in REPLIES {
        let (written, splitter) = taken(reply);
        assert_eq!(written, "", "{}", reply.escape_ascii());
        assert_eq!(splitter.wait(), None, "{}", reply.escape_ascii());
        let behind = [reply, &b"\x1b[Bq"[..]].concat();
        assert_eq!(all(&behind), "<down>q", "{}", reply.escape_ascii());
    }
}

/// The interrupt is a key at once, wherever a sequence broke off; in a paste it is one when nothing comes after it.
#[test]
fn a_sequence_that_breaks_off_anywhere_takes_no_key_for_longer_than_the_wait() {
    let known = KNOWN.iter().map(|(bytes, _)| *bytes);
    for bytes in known.chain(REPLIES.iter().copied()) {
        for length in 0..=bytes.len() {
            let begun = bytes.get(..length).expect("it is not longer");
            let (_, mut splitter) = taken(begun);
            unfinished(&mut splitter);
            for key in [&b"q"[..], b"\x1b[A", b"\x03"] {
                let events: Vec<Event> = key.iter().filter_map(|&it| splitter.take(it)).collect();
                assert_eq!(written(&events), all(key), "{}", begun.escape_ascii());
            }
            for (byte, key) in [(INTERRUPT, "<ctrl-c>"), (SUSPEND, "<ctrl-z>")] {
                let (_, mut splitter) = taken(begun);
                let at_once: Vec<Event> = splitter.take(byte).into_iter().collect();
                let later = unfinished(&mut splitter);
                let heard = written(&at_once) + &later;
                assert_eq!(heard, key, "{}", begun.escape_ascii());
            }
        }
    }
}

#[test]
fn a_key_ends_a_sequence_that_broke_off() {
    for (bytes, expected) in [
        (&b"\x1b[<1;2\x1b[A"[..], "<up>"),
        (b"\x1b[<1;2\r", "<enter>"),
        (b"\x1b[M \x1b[A", "<up>"),
        (b"\x1bO\x1b[A", "<up>"),
        (b"\x1b]11;rgb:\x1b[A", "<up>"),
        (b"\x1b[1\xc3\xa9", "é"),
        (b"\xe6j", "j"),
        (b"\xe6\xc3\xa9\xff\x80", "é"),
    ] {
        assert_eq!(all(bytes), expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_without_an_end_is_one_when_nothing_more_comes() {
    let (written, mut splitter) = taken(b"\x1b[200~abcq\x1b[20");
    assert_eq!(written, "");
    assert_eq!(splitter.pause(), None, "a network may pause as long");
    assert_eq!(splitter.take(b'x'), None);
    assert_eq!(splitter.wait(), Some(ESCAPE), "it goes on");
    assert_eq!(unfinished(&mut splitter), "[abcq\x1b[20x]");
    assert_eq!(splitter.take(b'q'), Some(key(KeyCode::Char('q'))));
}

#[test]
fn what_never_ends_takes_little_room() {
    let mut splitter = InputParser::new();
    let long = || std::iter::repeat_n(b'1', 3 * LONGEST_PASTE);
    for begun in [&b"\x1b["[..], b"\x1bO", b"\x1b[200~", b"\x1b]"] {
        for byte in begun.iter().copied().chain(long()) {
            splitter.take(byte);
        }
        assert!(splitter.held.len() <= LONGEST_PASTE + 1);
        splitter.take(INTERRUPT);
        unfinished(&mut splitter);
        assert!(splitter.held.is_empty());
    }
    let paste: Vec<u8> = b"\x1b[200~".iter().copied().chain(long()).collect();
    let events = paste
        .iter()
        .chain(PASTE_END)
        .filter_map(|&it| splitter.take(it));
    let [Event::Paste(text)] = &events.collect::<Vec<_>>()[..] else {
        panic!("it is one paste");
    };
    assert_eq!(text.len(), LONGEST_PASTE);
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<Vec<u8>> = KNOWN.iter().map(|(bytes, _)| bytes.to_vec()).collect();
    let replies: Vec<Vec<u8>> = REPLIES.iter().map(|bytes| bytes.to_vec()).collect();
    let piece = prop_oneof![
        proptest::sample::select(known),
        proptest::sample::select(replies),
        vec(any::<u8>(), 1..4),
        vec(
            proptest::sample::select(b"\x1b[]OPM<?0;~u$\\\x07".to_vec()),
            1..6
        ),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_comes_the_keys_go_on_working(bytes in pieces()) {
        let (_, mut splitter) = taken(&bytes);
        unfinished(&mut splitter);
        let q = splitter.take(b'q');
        prop_assert_eq!(q, Some(key(KeyCode::Char('q'))));
    }

    #[test]
    fn whatever_comes_the_interrupt_is_heard(bytes in pieces()) {
        let (_, mut splitter) = taken(&bytes);
        let at_once: Vec<Event> = splitter.take(INTERRUPT).into_iter().collect();
        let heard = written(&at_once) + &unfinished(&mut splitter);
        let interrupt = UserInput::Key(Key { code: Code::Char('c'), ctrl: true });
        prop_assert_eq!(heard, interrupt.to_string());
    }
}
