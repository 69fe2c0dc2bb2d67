//! Translates the terminal's events into the program's messages.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Size;

use crate::app::Message;
use crate::app::input::key::{Code, Key, Mouse, MouseAct, UserInput};

/// The message for an event, if it means anything to the program.
pub(super) fn message(event: &Event) -> Option<Message> {
    match *event {
        Event::Paste(ref text) => Some(Message::Paste(text.clone())),
        Event::Key(event) if !event.is_release() => {
            key(event).map(|key| Message::Input(UserInput::Key(key)))
        }
        Event::Mouse(event) => mouse(event).map(|mouse| Message::Input(UserInput::Mouse(mouse))),
        Event::Resize(width, height) => Some(Message::Resize(Size::new(width, height))),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(character) if ctrl => Code::Char(character.to_ascii_lowercase()),
        KeyCode::Char(character) => Code::Char(character),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::F(1) => Code::F1,
        _ => return None,
    };
    Some(Key { code, ctrl })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let act = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAct::Click,
        MouseEventKind::Drag(MouseButton::Left) => MouseAct::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseAct::Release,
        MouseEventKind::ScrollUp => MouseAct::WheelUp,
        MouseEventKind::ScrollDown => MouseAct::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        act,
        column: event.column,
        row: event.row,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Message> {
        message(&Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn a_key_with_ctrl_is_the_same_with_and_without_shift() {
        let expected = Some(Message::Input(UserInput::Key(Key {
            code: Code::Char('d'),
            ctrl: true,
        })));
        assert_eq!(pressed(KeyCode::Char('d'), KeyModifiers::CONTROL), expected);
        assert_eq!(
            pressed(
                KeyCode::Char('D'),
                KeyModifiers::CONTROL | KeyModifiers::SHIFT
            ),
            expected
        );
    }

    #[test]
    fn an_event_that_the_program_does_not_know_gives_no_message() {
        assert_eq!(pressed(KeyCode::F(9), KeyModifiers::NONE), None);
        assert_eq!(pressed(KeyCode::Char('x'), KeyModifiers::ALT), None);
        assert_eq!(message(&Event::FocusGained), None);
    }
}
