//! The export format of the systemd journal (<https://systemd.io/JOURNAL_EXPORT_FORMATS>), read as the JSON that
//! `journalctl -o json` writes.
//!
//! A field is `NAME=value` on a line, or a name alone, the length of its value in eight bytes and the value as it is. A
//! blank line ends an entry. Each entry becomes an object over as many lines as the entry has, so that line numbers are
//! those of the file.

use std::io::{self, BufRead, BufReader, Read};

use memchr::memchr_iter;

/// The field that each entry of a journal has.
const STAMP: &[u8] = b"__REALTIME_TIMESTAMP=";

/// The bytes of a line without a break that are taken for a text of another kind.
const LONGEST_LINE: u64 = 1 << 26;

/// Whether a file begins with an entry of a journal.
pub(in crate::formats) fn begins_journal(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let is_name = |name: &[u8]| {
        let mut bytes = name.iter();
        !name.is_empty()
            && bytes.all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || *it == b'_')
    };
    let name = first.split(|byte| *byte == b'=').next();
    // The values of an entry may have any bytes, and its first fields are those of the journal itself.
    let entry = [first]
        .into_iter()
        .chain(lines)
        .take_while(|line| !line.is_empty());
    name.is_some_and(is_name)
        && first.contains(&b'=')
        && entry.take(64).any(|line| {
            let digits = line.strip_prefix(STAMP).unwrap_or_default();
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        })
}

/// The entries of a journal as objects of JSON.
pub(in crate::formats) struct JournalReader<R> {
    source: BufReader<R>,
    /// Converted and not yet read.
    ready: Vec<u8>,
    taken: usize,
    is_in_entry: bool,
    is_over: bool,
}

impl<R: Read> JournalReader<R> {
    pub fn new(source: R) -> Self {
        Self {
            source: BufReader::new(source),
            ready: Vec::new(),
            taken: 0,
            is_in_entry: false,
            is_over: false,
        }
    }

    /// Converts the next field, or the end of an entry.
    fn convert(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        let mut line = Vec::new();
        let mut bounded = self.source.by_ref().take(LONGEST_LINE);
        bounded.read_until(b'\n', &mut line)?;
        self.is_over = line.is_empty();
        let has_break = line.last() == Some(&b'\n');
        line.truncate(line.len() - usize::from(has_break));
        if line.is_empty() {
            if self.is_in_entry {
                self.ready.push(b'}');
            }
            self.is_in_entry = false;
            self.ready.push(b'\n');
            return Ok(());
        }
        let at = memchr::memchr(b'=', &line);
        let mut breaks = usize::from(has_break);
        let mut value = Vec::new();
        if let Some(at) = at {
            value = line.split_off(at + 1);
            line.truncate(at);
        } else {
            breaks += self.read_value(&mut value)?;
        }
        self.ready.push(if self.is_in_entry { b',' } else { b'{' });
        self.is_in_entry = true;
        for (text, behind) in [(&line, ":"), (&value, "")] {
            let text = String::from_utf8_lossy(text);
            self.ready
                .extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
            self.ready.extend_from_slice(behind.as_bytes());
        }
        self.ready.extend(std::iter::repeat_n(b'\n', breaks));
        Ok(())
    }

    /// Reads a value with its length, and the line break behind it. Returns how many line breaks all these bytes have.
    fn read_value(&mut self, value: &mut Vec<u8>) -> io::Result<usize> {
        let mut length = Vec::new();
        self.source.by_ref().take(8).read_to_end(&mut length)?;
        let bytes = length.iter().rev();
        let len = bytes.fold(0, |len: u64, byte| len << 8 | u64::from(*byte));
        // A length beyond the end of the file takes the rest of it.
        self.source.by_ref().take(len).read_to_end(value)?;
        let mut last = Vec::new();
        self.source.by_ref().take(1).read_to_end(&mut last)?;
        let all = [length.as_slice(), value, &last];
        Ok(all
            .iter()
            .map(|bytes| memchr_iter(b'\n', bytes).count())
            .sum())
    }
}

impl<R: Read> Read for JournalReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.taken >= self.ready.len() && !self.is_over {
            self.convert()?;
        }
        let left = self.ready.get(self.taken..).unwrap_or_default();
        let len = left.len().min(out.len());
        if let (Some(out), Some(left)) = (out.get_mut(..len), left.get(..len)) {
            out.copy_from_slice(left);
        }
        self.taken += len;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(journal: &[u8]) -> String {
        let mut text = String::new();
        let read = JournalReader::new(journal).read_to_string(&mut text);
        read.expect("the bytes are in memory, and JSON is UTF-8");
        text
    }

    #[test]
    fn an_entry_becomes_an_object_over_as_many_lines() {
        let journal = b"__REALTIME_TIMESTAMP=1\nMESSAGE=a=\"b\"\n\n\nMESSAGE=c\n";
        let expected = "{\"__REALTIME_TIMESTAMP\":\"1\"\n,\"MESSAGE\":\"a=\\\"b\\\"\"\n}\n\n{\"MESSAGE\":\"c\"\n}\n";
        assert_eq!(converted(journal), expected);
        assert_eq!(converted(b""), "\n");
    }

    #[test]
    fn a_value_may_have_any_bytes() {
        let journal = b"A=1\nMESSAGE\n\x0a\0\0\0\0\0\0\0one\n\ntwo\xff\x1b\nB=2\n\n";
        let expected = "{\"A\":\"1\"\n,\"MESSAGE\":\"one\\n\\ntwo\u{fffd}\\u001b\"\n\n\n\n\n,\"B\":\"2\"\n}\n\n";
        let found = converted(journal);
        assert_eq!(found, expected);
        let breaks = |text: &[u8]| memchr_iter(b'\n', text).count();
        // The end of the text adds a line.
        assert_eq!(breaks(found.as_bytes()), breaks(journal) + 1);
    }

    #[test]
    fn a_length_beyond_the_end_takes_the_rest() {
        let journal = b"A=1\nMESSAGE\n\xff\xff\xff\xff\xff\xff\xff\x7fabc";
        assert!(converted(journal).starts_with("{\"A\":\"1\"\n,\"MESSAGE\":\"abc\""));
    }

    #[test]
    fn a_journal_begins_with_fields_of_its_own() {
        assert!(begins_journal(
            b"__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=17\nMESSAGE=x\n"
        ));
        assert!(begins_journal(b"MESSAGE=x\n__REALTIME_TIMESTAMP=17"));
        for other in [
            &b"A=1\n\n__REALTIME_TIMESTAMP=17\n"[..],
            b"__REALTIME_TIMESTAMP=soon\n",
            b"__REALTIME_TIMESTAMP,MESSAGE\n17,x\n",
            b"title = \"x\"\n__REALTIME_TIMESTAMP=17\n",
            b"",
        ] {
            assert!(!begins_journal(other), "{}", String::from_utf8_lossy(other));
        }
    }
}
