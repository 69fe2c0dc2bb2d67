//! The parts of an XLSX workbook (ECMA-376) as one text, and the ZIP archive of them.
//!
//! A line `<!-- NAME -->` begins each part: no text of a timeline can have one, since `<` is escaped in it.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

const BEGINS: &str = "<!-- ";
const ENDS: &str = " -->";

/// 1 January 1980 at midnight, the first time that a ZIP archive can have: the same timeline gives the same bytes.
const FIRST_TIME: [u8; 4] = [0, 0, 0x21, 0];

/// Adds a part.
pub(super) fn put(out: &mut String, name: &str, xml: &str) {
    writeln!(out, "{BEGINS}{name}{ENDS}").expect("a string takes all that is written");
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    out.push_str(xml);
    out.push('\n');
}

/// The parts of a text, each with its name.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut parts: Vec<(&str, &str)> = Vec::new();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix(BEGINS);
        if let Some(name) = name.and_then(|name| name.strip_suffix(ENDS)) {
            starts.push((at, name));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    for ((start, name), end) in starts.iter().zip(ends) {
        let part = text.get(*start..end).unwrap_or_default();
        parts.push((name, part.split_once('\n').map_or("", |(_, xml)| xml)));
    }
    parts
}

/// The ZIP archive of the parts.
pub(in crate::formats::writers) fn pack(text: &str) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let parts = parts(text);
    for (name, xml) in &parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        let packed = encoder
            .write_all(xml.as_bytes())
            .and_then(|()| encoder.finish());
        let packed = packed.expect("a vector takes everything");
        let mut crc = Crc::new();
        crc.update(xml.as_bytes());
        let head = [
            &[20, 0, 0, 0, 8, 0][..],
            &FIRST_TIME,
            &crc.sum().to_le_bytes(),
            &short(packed.len()),
            &short(xml.len()),
            &[u8::try_from(name.len()).unwrap_or(0), 0, 0, 0],
        ]
        .concat();
        let at = short(out.len());
        out.extend([b"PK\x03\x04", &head[..], name.as_bytes(), &packed].concat());
        directory.extend(
            [
                b"PK\x01\x02\x14\0",
                &head[..],
                &[0; 10],
                &at,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let count = [u8::try_from(parts.len()).unwrap_or(0), 0];
    let ends = [
        b"PK\x05\x06\0\0\0\0",
        &count[..],
        &count,
        &short(directory.len()),
        &short(out.len()),
        &[0, 0],
    ];
    let ends = ends.concat();
    [out, directory, ends].concat()
}

/// Archives of more than 4 GiB would need another form; no timeline in memory makes one.
fn short(len: usize) -> [u8; 4] {
    u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes()
}
