//! Packed files: whole, damaged, and larger than any that is read.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;

fn opened(source: ByteSource<'_>, size: Option<u64>) -> io::Result<UnpackedReader<'_>> {
    UnpackedReader::with_most(source, size, LARGEST)
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    opened(Box::new(Cursor::new(bytes)), None)?.read_to_end(&mut text)?;
    Ok(text)
}

#[test]
fn a_packed_text_is_read_as_the_text_itself() {
    let text = b"datetime,message\n".repeat(1000);
    assert_eq!(unpacked(text.clone()).expect("plain"), text);
    assert_eq!(unpacked(b"a".to_vec()).expect("plain"), b"a");
    assert_eq!(unpacked(Vec::new()).expect("plain"), b"");
    assert_eq!(unpacked(gzip(&text)).expect("gzip"), text);
    let twice = [gzip(&text), gzip(&text)].concat();
    assert_eq!(unpacked(twice).expect("two members").len(), 2 * text.len());
    let packed = compress_to_vec(text.as_slice(), CompressionLevel::Fastest);
    assert_eq!(unpacked(packed.clone()).expect("zstd"), text);
    let twice = [packed.clone(), packed].concat();
    assert_eq!(unpacked(twice).expect("two frames").len(), 2 * text.len());
}

#[test]
fn a_file_that_breaks_off_or_is_damaged_has_a_message_that_says_so() {
    let text = b"datetime,message\n".repeat(1000);
    let said = |bytes: &[u8]| {
        unpacked(bytes.to_vec())
            .expect_err("it is broken")
            .to_string()
    };
    let packed = compress_to_vec(text.as_slice(), CompressionLevel::Fastest);
    for (program, whole) in [("gzip", gzip(&text)), ("zstd", packed)] {
        let expected = |fault: &str| {
            format!(
                "it is packed with {program} and {fault}; fetch it again, and `{program} -t` shows more"
            )
        };
        let first = if program == "gzip" { 2 } else { 3 };
        for end in [first, 4, 6, whole.len() / 2, whole.len() - 1] {
            assert_eq!(
                said(&whole[..end]),
                expected("breaks off"),
                "{end} bytes of {program}"
            );
        }
        let and_more = [whole.as_slice(), b"more and more"].concat();
        assert_eq!(said(&and_more), expected("is damaged"));
        for at in 4..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            if let Err(error) = unpacked(changed) {
                let error = error.to_string();
                let is_known = error == expected("is damaged") || error == expected("breaks off");
                assert!(is_known || error.contains("itself reads"), "{error}");
            }
        }
    }
    let mut changed = gzip(&text);
    let sum = changed.len() - 5;
    changed[sum] ^= 1;
    assert!(said(&changed).contains("is damaged"));
    assert!(said(&[0x1f, 0x8b, 9, 9]).contains("packed with gzip"));
}

#[test]
fn zeros_behind_a_packed_text_are_nothing() {
    let text = b"datetime,message\n".repeat(1000);
    let padded = [gzip(&text), vec![0; 1 << 20]].concat();
    assert_eq!(unpacked(padded).expect("gzip"), text);
    let twice = [gzip(&text), vec![0; 512], gzip(&text)].concat();
    assert_eq!(unpacked(twice).expect("two members").len(), 2 * text.len());
}

#[test]
fn a_file_that_cannot_be_read_is_not_called_damaged() {
    struct FailingReader;
    impl Read for FailingReader {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let text = b"datetime,message\n".repeat(1000);
    let packed = compress_to_vec(text.as_slice(), CompressionLevel::Fastest);
    for whole in [gzip(&text), packed] {
        for half in [4, whole.len() / 2] {
            let torn = Cursor::new(whole[..half].to_vec()).chain(FailingReader);
            let mut source = opened(Box::new(torn), None).expect("its first bytes");
            let error = source.read_to_end(&mut Vec::new()).expect_err("it is torn");
            assert_eq!(error.to_string(), "the cable is out");
        }
    }
}

#[test]
fn a_small_file_may_not_unpack_to_anything() {
    let read = |always: u64| {
        let bomb = Cursor::new(gzip(&vec![0; 1 << 20]));
        let mut source = opened(Box::new(bomb), None).expect("bytes");
        source.always = always;
        source.read_to_end(&mut Vec::new())
    };
    let error = read(1 << 10).expect_err("it is a bomb");
    assert!(error.to_string().contains("more than"), "{error}");
    assert_eq!(read(1 << 20).expect("it fits"), 1 << 20);
    assert!(read((1 << 20) - 1).is_err());
    assert_eq!(limit(ALWAYS, 5 << 20), 500 << 20);
    assert_eq!(limit_of(1 << 40), LARGEST);
}
#[test]
fn a_bomb_is_refused_before_it_has_its_share_of_the_whole_file() {
    let (zeros, always) = (64 << 20, 1 << 20);
    let bomb = [gzip(&vec![0; zeros]), vec![0; 4 << 20]].concat();
    let size = bomb.len() as u64;
    assert!(
        size * TIMES > zeros as u64,
        "by its size alone it is not a bomb"
    );
    let mut source = opened(Box::new(Cursor::new(bomb)), Some(size)).expect("bytes");
    source.always = always;
    let mut text = Vec::new();
    assert!(source.read_to_end(&mut text).is_err());
    assert!(text.len() <= AT_ONCE * usize::try_from(TIMES).expect("it is small"));
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    struct UnreadFile;
    impl Read for UnreadFile {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("its size is known");
        }
    }
    let file = |first: Vec<u8>| Box::new(Cursor::new(first).chain(UnreadFile));
    let error = opened(file(b"date".to_vec()), Some(5 << 30)).err();
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(
        error.starts_with("it has 5120 MiB, and dateline reads at most 4095 MiB"),
        "{error}"
    );
    assert!(
        opened(file(vec![0x1f, 0x8b, 8, 0]), Some(5 << 30)).is_ok(),
        "it is packed"
    );
}
