//! Parses the bytes that a terminal sends into keys, mouse reports and pastes; everything else is dropped.
//!
//! A terminal sends more than keys: replies to questions that an earlier program asked, reports of modes that a
//! crashed one left on, and halves of either. All of it is consumed to its end by the grammar of ECMA-48
//! (5.4 control sequences, 5.6 control strings), known or not, so that the next key is a key again. Nothing is waited
//! for without a limit: [`InputParser::wait`] says how long the rest of a sequence may take.
//!
//! How the bytes are cut into reads makes no difference.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::key_decoder;

/// How long an ESC waits for the rest of a sequence before it is the key. A network may deliver ESC alone and the
/// rest after it; no one presses two keys in this time. Neovim waits as long by default (`ttimeoutlen`).
const ESCAPE: Duration = Duration::from_millis(50);

/// How long the rest of a sequence that has certainly begun may take. The keys of a typist come further apart, so
/// a sequence that breaks off costs one key at most.
const REST: Duration = Duration::from_millis(100);

/// How long a paste may pause. A connection that lost a packet pauses for less; if a paste were ended too early,
/// the rest of its text would be keys.
const PASTE_REST: Duration = Duration::from_secs(2);

/// The longest control sequence that is decoded. Longer ones are consumed and dropped.
const LONGEST_SEQUENCE: usize = 128;

/// How much of a paste is kept. It goes into a prompt of one line.
const LONGEST_PASTE: usize = 1 << 20;

/// The longest control string that is consumed: longer than any reply, the content of a clipboard included.
const LONGEST_STRING: usize = 1 << 20;

const ESC: u8 = 0x1b;
const BELL: u8 = 0x07;
/// What ctrl-c, ctrl-x and ctrl-z send. The last two cancel a sequence (ECMA-48, 8.3.6 and 8.3.148).
const INTERRUPT: u8 = 0x03;
const CANCEL: u8 = 0x18;
const SUSPEND: u8 = 0x1a;

/// What ends a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Where in the grammar the last byte left off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ParserState {
    Ground,
    /// After ESC, which may be the key.
    Escape,
    /// In a control sequence, after `ESC [`.
    Csi,
    /// After `ESC [ [`: a function key of the Linux console, one more byte.
    OwnedTerminal,
    /// After `ESC [ M`: three more bytes are a mouse report of the oldest form.
    Mouse,
    /// After `ESC O`.
    Ss3,
    /// In a control string, such as a colour that was asked for; this many bytes of it have come.
    String(usize),
    /// After ESC in a control string.
    StringEscape,
    /// In a bracketed paste.
    Paste {
        /// How many bytes of its end have come.
        ending: usize,
        /// Whether it has paused already.
        paused: bool,
    },
    /// In a character of this many bytes in UTF-8; with alt, it is dropped.
    Text {
        length: usize,
        with_alt: bool,
    },
}

/// Parses bytes into events.
#[derive(Debug)]
pub(super) struct InputParser {
    state: ParserState,
    /// The bytes of an unfinished sequence, paste or character.
    held: Vec<u8>,
}

impl InputParser {
    pub const fn new() -> Self {
        Self {
            state: ParserState::Ground,
            held: Vec::new(),
        }
    }

    /// How long to wait for the next byte before [`Self::pause`] is due; `None` between sequences.
    pub const fn wait(&self) -> Option<Duration> {
        match self.state {
            ParserState::Ground => None,
            ParserState::Escape | ParserState::Paste { paused: false, .. } => Some(ESCAPE),
            ParserState::Paste { paused: true, .. } => Some(PASTE_REST),
            _ => Some(REST),
        }
    }

    /// Takes the next byte. Returns the event that it completes.
    pub fn take(&mut self, byte: u8) -> Option<Event> {
        match self.state {
            ParserState::Ground => self.begin(byte),
            ParserState::Escape => self.after_escape(byte),
            ParserState::Csi => self.csi(byte),
            ParserState::OwnedTerminal => self.last_of_console(byte),
            ParserState::Mouse => self.mouse(byte),
            ParserState::Ss3 => self.ss3(byte),
            ParserState::String(length) => self.string(byte, length),
            ParserState::StringEscape if byte == b'\\' => self.drop_all(),
            ParserState::StringEscape => {
                self.state = ParserState::Escape;
                self.after_escape(byte)
            }
            ParserState::Paste { ending, .. } => self.paste(byte, ending),
            ParserState::Text { length, with_alt } => self.text(byte, length, with_alt),
        }
    }

    /// Ends what is unfinished, since nothing came for as long as [`Self::wait`] says. Returns the event that it gives.
    pub fn pause(&mut self) -> Option<Event> {
        match self.state {
            ParserState::Escape => {
                self.drop_all();
                Some(key(KeyCode::Esc))
            }
            ParserState::Paste { ending, paused } => {
                // Pasted text goes on at once after such a byte; a user who gets no answer waits.
                if let Some(&last @ (INTERRUPT | SUSPEND)) = self.held.last()
                    && ending == 0
                {
                    self.drop_all();
                    return control(last);
                }
                if paused {
                    self.hold(PASTE_END.get(..ending).unwrap_or_default());
                    return Some(self.pasted());
                }
                self.state = ParserState::Paste {
                    ending,
                    paused: true,
                };
                None
            }
            _ => self.drop_all(),
        }
    }

    fn drop_all(&mut self) -> Option<Event> {
        self.state = ParserState::Ground;
        self.held.clear();
        None
    }

    /// Drops what has come and begins anew with this byte.
    fn begin_again(&mut self, byte: u8) -> Option<Event> {
        self.drop_all();
        self.begin(byte)
    }

    fn begin(&mut self, byte: u8) -> Option<Event> {
        match byte {
            ESC => self.state = ParserState::Escape,
            0x00..=0x1f | 0x7f => return control(byte),
            0x20..=0x7e => return Some(key(KeyCode::Char(char::from(byte)))),
            0xc2..=0xf4 => {
                self.held.push(byte);
                let length = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    _ => 4,
                };
                self.state = ParserState::Text {
                    length,
                    with_alt: false,
                };
            }
            // No character in UTF-8 begins with it.
            _ => {}
        }
        None
    }

    fn after_escape(&mut self, byte: u8) -> Option<Event> {
        self.state = match byte {
            b'[' => ParserState::Csi,
            b'O' => ParserState::Ss3,
            // DCS, SOS, OSC, PM and APC.
            b'P' | b'X' | b']' | b'^' | b'_' => ParserState::String(0),
            // The first one is the key: terminals repeat it while it is held down.
            ESC => return Some(key(KeyCode::Esc)),
            INTERRUPT | CANCEL | SUSPEND => return self.begin_again(byte),
            // A key with alt.
            _ => {
                self.begin_again(byte);
                if let ParserState::Text { with_alt, .. } = &mut self.state {
                    *with_alt = true;
                }
                return None;
            }
        };
        None
    }

    fn csi(&mut self, byte: u8) -> Option<Event> {
        match byte {
            b'[' if self.held.is_empty() => self.state = ParserState::OwnedTerminal,
            b'M' if self.held.is_empty() => self.state = ParserState::Mouse,
            b'~' if self.held == b"200" => {
                self.held.clear();
                self.state = ParserState::Paste {
                    ending: 0,
                    paused: false,
                };
            }
            // Parameters and what may come between them and the end.
            0x20..=0x3f => {
                if self.held.len() <= LONGEST_SEQUENCE {
                    self.held.push(byte);
                }
            }
            0x40..=0x7e => {
                let is_whole = self.held.len() <= LONGEST_SEQUENCE;
                let event = is_whole
                    .then(|| key_decoder::of_csi(&self.held, byte))
                    .flatten();
                self.drop_all();
                return event;
            }
            _ => return self.begin_again(byte),
        }
        None
    }

    fn last_of_console(&mut self, byte: u8) -> Option<Event> {
        match byte {
            b'A' => {
                self.drop_all();
                Some(key(KeyCode::F(1)))
            }
            0x20..=0x7e => self.drop_all(),
            _ => self.begin_again(byte),
        }
    }

    fn mouse(&mut self, byte: u8) -> Option<Event> {
        if byte < 0x20 {
            return self.begin_again(byte);
        }
        self.held.push(byte);
        let &[button, column, row] = &self.held[..] else {
            return None;
        };
        self.drop_all();
        key_decoder::of_old_mouse(button, column, row)
    }

    fn ss3(&mut self, byte: u8) -> Option<Event> {
        match byte {
            // Modifiers, in old forms.
            b'0'..=b'9' | b';' if self.held.len() < LONGEST_SEQUENCE => {
                self.held.push(byte);
                None
            }
            0x20..=0x7e => {
                let event = key_decoder::of_ss3(&self.held, byte);
                self.drop_all();
                event
            }
            _ => self.begin_again(byte),
        }
    }

    fn string(&mut self, byte: u8, length: usize) -> Option<Event> {
        match byte {
            ESC => self.state = ParserState::StringEscape,
            BELL => return self.drop_all(),
            INTERRUPT | CANCEL | SUSPEND => return self.begin_again(byte),
            _ if length == LONGEST_STRING => return self.drop_all(),
            _ => self.state = ParserState::String(length + 1),
        }
        None
    }

    fn paste(&mut self, byte: u8, ending: usize) -> Option<Event> {
        let mut ending = ending;
        if PASTE_END.get(ending) == Some(&byte) {
            ending += 1;
        } else {
            self.hold(PASTE_END.get(..ending).unwrap_or_default());
            ending = usize::from(byte == ESC);
            if ending == 0 {
                self.hold(&[byte]);
            }
        }
        if ending == PASTE_END.len() {
            return Some(self.pasted());
        }
        self.state = ParserState::Paste {
            ending,
            paused: false,
        };
        None
    }

    /// Keeps bytes of a paste, unless it is too long already. The last one is always kept, since it may be a key.
    fn hold(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.held.truncate(LONGEST_PASTE);
            self.held.push(byte);
        }
    }

    fn pasted(&mut self) -> Event {
        self.held.truncate(LONGEST_PASTE);
        let text = String::from_utf8_lossy(&self.held).into_owned();
        self.drop_all();
        Event::Paste(text)
    }

    fn text(&mut self, byte: u8, length: usize, with_alt: bool) -> Option<Event> {
        if !matches!(byte, 0x80..=0xbf) {
            return self.begin_again(byte);
        }
        self.held.push(byte);
        if self.held.len() < length {
            return None;
        }
        let character = std::str::from_utf8(&self.held)
            .ok()
            .and_then(|text| text.chars().next());
        self.drop_all();
        let character = character.filter(|_| !with_alt);
        character.map(|character| key(KeyCode::Char(character)))
    }
}

fn key(code: KeyCode) -> Event {
    Event::Key(code.into())
}

/// The key that sends a control character.
fn control(byte: u8) -> Option<Event> {
    let code = match byte {
        b'\r' => KeyCode::Enter,
        b'\t' => KeyCode::Tab,
        0x7f => KeyCode::Backspace,
        0x00 => return Some(with_control(' ')),
        0x01..=0x1a => return Some(with_control(char::from(byte - 1 + b'a'))),
        0x1c..=0x1f => return Some(with_control(char::from(byte - 0x1c + b'4'))),
        _ => return None,
    };
    Some(key(code))
}

fn with_control(character: char) -> Event {
    let key = KeyEvent::new(KeyCode::Char(character), KeyModifiers::CONTROL);
    Event::Key(key)
}

#[cfg(test)]
mod tests;
