//! Invisible and control characters in a file: which are reported, and the finding for each.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FindingKind, TextPlace};
use crate::text::{UnprintableKind, push_picture, unprintable_in_lines};

/// Whether a control character is part of the layout: a tab or a line break.
pub(super) fn is_layout(text: &str, at: usize, character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        '\r' => text.as_bytes().get(at + 1) == Some(&b'\n'),
        _ => false,
    }
}

/// The unprintable characters that are not layout, each with its first byte.
pub(super) fn unseen_but_layout(
    text: &str,
) -> impl Iterator<Item = (usize, char, UnprintableKind)> {
    unprintable_in_lines(text).filter(|&(at, character, _)| !is_layout(text, at, character))
}

/// The finding about an unprintable character. Its label has the picture that the screen shows instead.
pub(super) fn unseen_finding(
    kind: &'static FindingKind,
    unseen: UnprintableKind,
    character: char,
    place: TextPlace,
) -> Diagnostic {
    let what = match unseen {
        UnprintableKind::Control => "a control character",
        UnprintableKind::Invisible => "an invisible character",
        UnprintableKind::LoneMark => "a mark without a character before it",
        UnprintableKind::SurplusMark => "a mark on a character that has thirty",
    };
    let code = u32::from(character);
    let mut picture = String::new();
    push_picture(&mut picture, character, unseen);
    let message = format!("{what} in the text: U+{code:04X}");
    Diagnostic::new(kind, place, message).label(format!("shown as `{picture}`"))
}

/// Where the escape sequence of a character, such as `\u001b`, is in a text before unescaping.
pub(super) fn escape_of(character: char, raw: &str) -> Option<Range<usize>> {
    let code = u32::from(character);
    let spellings = [
        format!("\\u{code:04x}"),
        format!("\\U{code:08x}"),
        format!("\\x{code:02x}"),
        "\\e".to_owned(),
        "\\b".to_owned(),
        "\\f".to_owned(),
    ];
    let lower = raw.to_ascii_lowercase();
    spellings.iter().find_map(|it| {
        lower
            .find(&it.to_ascii_lowercase())
            .map(|at| at..at + it.len())
    })
}
