//! Whether the rest of a timeline may mark the whole of it.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::statements::{TABLES, heading};

/// How much of the rest is in memory at once, in bytes. It may have gigabytes.
const AT_ONCE: usize = 1 << 20;

/// The name of the table that marks the whole.
const HEAD: &str = "timeline";

/// Whether a line may begin a table that marks the whole, even with a slip in its heading or inside a text. `rest` begins
/// with a line, behind the first event: no key there is one of the whole.
///
/// # Errors
/// The rest cannot be read.
pub(in crate::formats) fn may_mark_all(rest: &mut dyn Read) -> io::Result<bool> {
    let mut buffer = vec![0; AT_ONCE];
    let mut filled = 0;
    loop {
        let read = rest.read(buffer.get_mut(filled..).unwrap_or_default())?;
        filled += read;
        let text = buffer.get(..filled).unwrap_or_default();
        let whole = match memrchr(b'\n', text) {
            _ if read == 0 => filled,
            Some(at) => at + 1,
            // Such a line is not one of a timeline as people or programs write it.
            None if filled == buffer.len() => return Ok(true),
            None => continue,
        };
        let lines = text.get(..whole).unwrap_or_default();
        let mut starts = [0]
            .into_iter()
            .chain(memchr_iter(b'\n', lines).map(|at| at + 1));
        if starts.any(|at| begins_marking(lines, at)) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
    }
}

/// Whether a line may begin a table that marks the whole. The table of an event, a source or the like marks only itself.
fn begins_marking(text: &[u8], at: usize) -> bool {
    let line = text.get(at..).unwrap_or_default();
    let Some(first) = line.iter().position(u8::is_ascii_graphic) else {
        return false;
    };
    let line = line.get(first..).unwrap_or_default();
    match line {
        [b'[', ..] => {}
        // A heading whose first bracket is missing, or the wrong one.
        [b']', ..] => return true,
        _ => return line.starts_with(HEAD.as_bytes()),
    }
    let end = memchr_iter(b'\n', line).next().unwrap_or(line.len());
    let line = String::from_utf8_lossy(line.get(..end).unwrap_or_default());
    let keys = heading(&line);
    let is_other = |first: &&str| *first != HEAD && TABLES.contains(first);
    !keys.first().is_some_and(is_other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, SourceText};
    use crate::formats::progress::Progress;

    const EVENT: &str = "[[events]]\nwhen = \"2021\"\ntitle = \"A\"\n";

    fn may_mark(rest: &str) -> bool {
        may_mark_all(&mut rest.as_bytes()).expect("the rest is in memory")
    }

    #[test]
    fn only_a_heading_that_may_be_that_of_the_whole_marks_it() {
        let other = "tlp = \"RED\"\n  [[events.claims]] # timeline\n[sources.timeline]\ntitle = \"timeline\"\n\n";
        assert!(!may_mark(other));
        assert!(!may_mark(&other.repeat(40_000)), "longer than the buffer");
        for line in [
            "[timeline]",
            "[ timeline ] # a",
            "\u{1}[[timeline]]",
            "[timelin]",
            "[tlp]",
            "[x]",
            "timeline]",
            "][timeline]",
            "\u{a0}[timeline]",
            "['timeline']",
        ] {
            assert!(may_mark(line), "{line}");
            assert!(may_mark(&format!("{other}{line}\n{other}")), "{line}");
            let late = format!("{}{line}", other.repeat(40_000));
            assert!(may_mark(&late), "{line} is at the end");
        }
        assert!(may_mark(&"a".repeat(AT_ONCE + 1)));
    }

    /// Whether anything marks the whole of a text.
    fn is_marked(text: &str) -> bool {
        let source = SourceText::new("a.toml", text);
        let texts = [(FileId(0), &source)].into_iter();
        let reading = crate::formats::toml::read(texts, &Progress::default());
        let head = &reading.draft.head;
        reading.has_head() || head.tlp.is_some() || head.tlp_unread
    }

    /// What random texts are made of.
    const PARTS: [&str; 24] = [
        "[timeline]",
        "[[timeline]]",
        "[timelime]",
        "[[events]]",
        "[events]",
        "[tlp]",
        "[sources.a]",
        "timeline",
        "[",
        "]",
        "\"",
        "\"\"\"",
        "'",
        "tlp = \"RED\"",
        "tlp = 1",
        "tlp: RED",
        "a = [",
        "a = { b = 1",
        "# ",
        "\n",
        "\n",
        "\u{1}",
        "=",
        ".",
    ];

    #[test]
    fn whatever_marks_the_whole_is_found_before_it_is_read() {
        let mut numbers = 1_u64;
        let mut next = |limit: usize| {
            numbers = numbers
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(numbers >> 33).unwrap_or(0) % limit
        };
        let mut unmarked = 0;
        for _ in 0..3_000 {
            let mut rest = EVENT.to_owned();
            for _ in 0..=next(5) {
                rest.extend((0..=next(4)).map(|_| PARTS[next(PARTS.len())]));
                rest.push('\n');
            }
            if !may_mark(&rest) {
                unmarked += 1;
                let text = format!("format = 1\n{EVENT}{rest}");
                assert!(!is_marked(&text), "{text}");
            }
        }
        assert!(unmarked > 300, "only {unmarked} have no marking");
    }
}
