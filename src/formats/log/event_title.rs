//! Shortens the messages of logs to titles.

use memchr::memchr2;

use crate::text::{beginning, trimmed};

/// The longest title, in code points. A longer message is cut for the title and shown whole below it.
const LONGEST: usize = 240;

/// The beginning of a message that has several lines or is too long for a title. None if the whole message is the
/// title.
pub(in crate::formats) fn title_of(message: &str) -> Option<String> {
    let message = trimmed(message);
    if message.len() <= LONGEST && memchr2(b'\n', b'\r', message.as_bytes()).is_none() {
        return None;
    }
    let first = message.lines().next().unwrap_or_default().trim_end();
    let start = beginning(first, LONGEST);
    (start.len() < message.len()).then(|| format!("{} …", start.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_not_long() {
        assert_eq!(title_of(" one line "), None);
        assert_eq!(title_of("first \r\nsecond").as_deref(), Some("first …"));
        assert_eq!(title_of(&"ä".repeat(LONGEST)), None);
        let cut = format!("{} …", "ä".repeat(LONGEST));
        assert_eq!(title_of(&"ä".repeat(LONGEST + 1)), Some(cut));
        let accented = "y".repeat(LONGEST - 1) + "e\u{301}";
        let cut = format!("{} …", "y".repeat(LONGEST - 1));
        assert_eq!(title_of(&accented), Some(cut));
    }
}
