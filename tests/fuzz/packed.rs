//! Packed files: any bytes are unpacked or refused, and intact files come back unchanged.

use std::io::Write as _;

use dateline::diagnostic::SourceText;
use dateline::formats::{InputFile, ReadFailure};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::random::Random;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

fn unpacked(packed: &[u8]) -> Result<SourceText, ReadFailure> {
    InputFile::new("t", Box::new(packed), Some(packed.len() as u64)).text()
}

/// Some bytes, with repetitions.
fn text(random: &mut Random) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..random.below(20) {
        let part: Vec<u8> = (0..random.below(30)).map(|_| random.byte()).collect();
        text.extend(part.repeat(1 + random.below(9)));
    }
    text
}

pub fn round(random: &mut Random) {
    let text = text(random);
    let is_gzip = random.one_in(2);
    let mut packed = if is_gzip {
        gzip(&text)
    } else {
        compress_to_vec(text.as_slice(), CompressionLevel::Fastest)
    };
    if random.one_in(4) {
        let again = unpacked(&packed).expect("the file is intact");
        let same = again == SourceText::from_bytes("t", text.clone());
        assert!(same, "gzip: {is_gzip}: {text:?}");
        return;
    }
    for _ in 0..=random.below(4) {
        let at = random.below(packed.len());
        match random.below(4) {
            0 => packed.truncate(at),
            1 => packed.insert(at, random.byte()),
            2 => packed.extend_from_within(at..),
            _ => packed
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte = random.byte()),
        }
    }
    // An unpacked text may be anything; only a refusal needs a message.
    if let Err(refusal) = unpacked(&packed) {
        assert!(!refusal.to_string().is_empty());
    }
}
