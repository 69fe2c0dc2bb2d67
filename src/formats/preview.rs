//! The first events of a long file, to show them while the rest is read.

use std::io::{self, Read};

use super::log::TableOptions;
use super::readers::recognise::{self, Recognition};
use super::source::ByteSource;
use super::unpack::{LARGEST, UnpackedReader};
use crate::diagnostic::SourceText;

/// How much text is read, in bytes: some hundred events, in a few milliseconds.
const PREVIEW_BYTES: u64 = 256 << 10;

/// The complete events in the first bytes of a file of `size` bytes; `None` if nothing can be shown before the whole file
/// is read.
///
/// # Errors
/// The file cannot be read or unpacked.
pub fn preview(
    name: &str,
    file: ByteSource<'_>,
    size: u64,
    options: &TableOptions,
) -> io::Result<Option<SourceText>> {
    let mut bytes = Vec::new();
    let mut unpacked = UnpackedReader::with_most(file, Some(size), u64::MAX)?;
    unpacked
        .by_ref()
        .take(PREVIEW_BYTES)
        .read_to_end(&mut bytes)?;
    // The last line may break off, even in the middle of a character.
    let Some(end) = bytes.iter().rposition(|&byte| byte == b'\n') else {
        return Ok(None);
    };
    let last_line = bytes.split_off(end + 1);
    let text = SourceText::from_bytes(name, bytes);
    if text.is_utf16() {
        return Ok(None);
    }
    Ok(match recognise::by_text(&text, options) {
        // A file that is read as a whole is refused if it has more.
        Recognition::Read(reader, _) if reader.is_read_by_row || size <= LARGEST => {
            let mut rest = last_line.as_slice().chain(unpacked);
            (reader.preview)(&text, options, &mut rest)
        }
        Recognition::Read(..) | Recognition::Refused(_) | Recognition::Undecided => None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_log_of_any_size_has_a_preview_and_a_timeline_that_is_too_large_has_none() {
        let has_preview = |text: &str, size| {
            let source = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
            let found = preview("t", source, size, &TableOptions::default());
            found.expect("it can be read").is_some()
        };
        let log = "datetime,message\n2024-01-02T03:04:05Z,in\n";
        let timeline = "[timeline]\ntitle = \"t\"\n\n[[events]]\ntitle = \"e\"\n\n[[events]]\n";
        for (size, expected) in [(1 << 20, [true, true]), (15 << 30, [true, false])] {
            let found = [log, timeline].map(|text| has_preview(text, size));
            assert_eq!(found, expected, "{size}");
        }
    }

    fn of(bytes: &[u8]) -> Option<String> {
        let text = preview(
            "t",
            Box::new(bytes),
            bytes.len() as u64,
            &TableOptions::default(),
        )
        .expect("the bytes are in memory");
        text.map(|text| text.text().to_owned())
    }

    #[test]
    fn a_log_begins_with_its_whole_lines() {
        let text = "message,datetime,timestamp_desc\na,2021-01-01T00:00:00Z,x\nb,2021";
        let whole = "message,datetime,timestamp_desc\na,2021-01-01T00:00:00Z,x\n";
        assert_eq!(of(text.as_bytes()).as_deref(), Some(whole));
        assert_eq!(of(b"message,datetime"), None, "no line is whole");
        assert_eq!(
            of(b"\xFF\xFEa\0\n\0b\0"),
            None,
            "half a character may be left"
        );
        assert_eq!(of(b"{\"a\":1}\n"), None, "its format is unknown");
    }

    #[test]
    fn a_timeline_begins_with_its_marking_and_its_whole_events() {
        let event = "[[events]]\nwhen = \"2021\"\ntitle = \"a\"\n";
        let head = "[timeline]\ntlp = \"RED\"\n";
        let text = format!("{head}{event}{event}");
        assert_eq!(of(text.as_bytes()), Some(format!("{head}{event}")));
        let text = format!("{event}{event}{head}");
        assert_eq!(of(text.as_bytes()), None, "its marking comes last");
        assert_eq!(of(head.as_bytes()), None, "there is nothing to show");
    }

    #[test]
    fn a_timeline_without_a_head_begins_with_its_whole_events() {
        let event = "[[events]]\nwhen = \"2021\"\ntitle = \"a\"\n";
        let long = event.repeat(20_000);
        assert!(long.len() as u64 > 2 * PREVIEW_BYTES);
        let found = of(long.as_bytes()).expect("nothing marks the whole");
        assert!(long.starts_with(&found) && found.len() > 200_000);
        assert_eq!(found.len() % event.len(), 0, "the last event is whole");
        let marked = format!("{long}[timeline]\ntlp = \"RED\"\n");
        assert_eq!(of(marked.as_bytes()), None, "its marking comes last");
    }

    #[test]
    fn a_packed_file_begins_with_what_its_first_bytes_unpack_to() {
        let mut text = "message,datetime\n".to_owned();
        for number in 0..200_000_u32 {
            let unlike = number.wrapping_mul(2_654_435_761);
            text.push_str(&unlike.to_string());
            text.push_str(",2021-01-01T00:00:00Z\n");
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder
            .write_all(text.as_bytes())
            .expect("a vector takes everything");
        let packed = encoder.finish().expect("a vector takes everything");
        assert!(
            packed.len() as u64 > PREVIEW_BYTES,
            "the file is longer than its beginning"
        );
        let found = of(&packed).expect("there are whole lines");
        assert!(
            text.starts_with(&found) && found.len() > 100_000,
            "{}",
            found.len()
        );
        let zstd = ruzstd::encoding::compress_to_vec(
            text.as_bytes(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        let found = of(&zstd).expect("there are whole lines");
        assert!(
            text.starts_with(&found) && found.len() > 100_000,
            "{}",
            found.len()
        );
        let broken = preview(
            "t",
            Box::new(&[0x28, 0xb5, 0x2f, 0xfd][..]),
            4,
            &TableOptions::default(),
        );
        assert!(
            broken.is_err(),
            "the error is reported when it is read whole"
        );
    }
}
