//! How the program speaks in a conversation.

use crate::formats::linear::sentence;

/// A sentence on a line.
pub(super) fn line(text: &str) -> String {
    sentence(text) + "\n"
}

pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// A message of another part of the program, as it is read aloud: it begins with a capital letter, and names are in
/// quotation marks instead of backticks.
pub(super) fn spoken(message: &str) -> String {
    let mut out = String::new();
    for (index, part) in message.split('`').enumerate() {
        match index {
            0 => {}
            _ if index % 2 == 1 => out.push('“'),
            _ => out.push('”'),
        }
        out.push_str(part);
    }
    let mut letters = out.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    sentence(&first.chain(letters).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_message_is_a_sentence_without_backticks_and_control_characters() {
        assert_eq!(spoken("did you mean `when`?"), "Did you mean “when”?");
        assert_eq!(spoken("`a` is not `b\u{1b}[2J`"), "“a” is not “b␛[2J”.");
        assert_eq!(spoken(""), "");
    }
}
