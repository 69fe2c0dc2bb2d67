//! A search of a log in its file finds the same rows as a search of it in memory, however its texts are written.

use dateline::query::quoted;

use super::left_in_file::AllWays;
use crate::support::synthetic::Numbers;

/// Parts of texts: each could be written, compared or cut in a way that a search of the bytes overlooks.
const PIECES: [&str; 34] = [
    "ra", "re", "S", "k", "10", ".", "-", "_", ":", "::", "=", "@", "/", "\\", "\\u002d", "\"",
    "\"\"", "'", ",", ";", "|", "\u{e9}", "e\u{301}", "\u{df}", "\u{17f}", "\u{212a}", "\u{130}",
    "\u{131}", "\u{fb01}", "\u{338}", "\n", " ", "untitled", "",
];

fn text(numbers: &mut Numbers) -> String {
    let count = numbers.below(5);
    (0..count)
        .map(|_| PIECES[numbers.below(PIECES.len())])
        .collect()
}

/// A value in a table: as RFC 4180 says, without its quotation marks, or with some that have no partners.
fn cell(text: &str, numbers: &mut Numbers) -> String {
    match numbers.below(5) {
        0 => text.replace(['\n', ','], ""),
        1 => format!("\"{}", text.replace('\n', "")),
        2 => format!("\"{text}\"re"),
        _ => format!("\"{}\"", text.replace('"', "\"\"")),
    }
}

/// A value in JSON, some of whose characters are escaped.
fn json(text: &str, numbers: &mut Numbers) -> String {
    match numbers.below(8) {
        0 => return format!("{{\"ra\":{}}}", string(text, numbers)),
        1 => return format!("[{}, -1.0e5]", string(text, numbers)),
        2 => return "-10.10".to_owned(),
        _ => {}
    }
    string(text, numbers)
}

fn string(text: &str, numbers: &mut Numbers) -> String {
    let mut written = "\"".to_owned();
    for character in text.chars() {
        let must = matches!(character, '"' | '\\' | '\n');
        if must || numbers.once_in(4) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let escape = if numbers.once_in(2) {
                    format!("\\u{unit:04x}")
                } else {
                    format!("\\u{unit:04X}")
                };
                written.push_str(&escape);
            }
        } else if character == '/' {
            written.push_str("\\/");
        } else {
            written.push(character);
        }
    }
    written + "\""
}

/// A log of a few rows, so that one row decides whether its page is read.
fn log(form: &str, texts: &[[String; 3]], numbers: &mut Numbers) -> String {
    let mut log = match form {
        "csv" => "datetime,message,summary,notes\n".to_owned(),
        _ => String::new(),
    };
    for texts in texts {
        let row = if form == "csv" {
            let [title, summary, notes] = texts.each_ref().map(|it| cell(it, numbers));
            format!("2021-08-14T10:00:00Z,{title},{summary},{notes}\n")
        } else {
            let [title, summary, notes] = texts.each_ref().map(|it| json(it, numbers));
            format!(
                "{{\"datetime\":\"2021-08-14T10:00:00Z\",\"message\":{title},\"summary\":{summary},\"notes\":{notes}}}\n"
            )
        };
        log.push_str(&row);
    }
    log
}

#[test]
fn hostile_texts_are_found_in_a_file_as_in_memory() {
    let numbers = &mut Numbers::new(22);
    let mut found = 0;
    for round in 0..600 {
        let form = if round % 2 == 0 { "csv" } else { "jsonl" };
        let count = 1 + numbers.below(3);
        let texts: Vec<[String; 3]> = (0..count).map(|_| [0; 3].map(|_| text(numbers))).collect();
        let log = log(form, &texts, numbers);
        let log = AllWays::new(&format!("{log:?}.{form}"), log.as_bytes());
        for _ in 0..6 {
            let part = if numbers.once_in(2) {
                texts[numbers.below(count)][numbers.below(3)].clone()
            } else {
                text(numbers)
            };
            let part: String = part.chars().skip(numbers.below(2)).collect();
            if part.trim().is_empty() {
                continue;
            }
            for field in ["text:", "title:", "summary:"] {
                found += usize::from(log.same_matches(&format!("{field}{}", quoted(&part))) > 0);
            }
        }
    }
    assert!(found > 1000, "{found}");
}

/// Values of a name with many values are not in memory.
#[test]
fn hostile_values_of_attributes_are_found_in_a_file_as_in_memory() {
    let numbers = &mut Numbers::new(7);
    let mut found = 0;
    for round in 0..120 {
        let form = if round % 2 == 0 { "csv" } else { "jsonl" };
        let texts = [0; 3].map(|_| text(numbers));
        let mut log = log(form, std::slice::from_ref(&texts), numbers);
        for filler in 0..100 {
            let row = match form {
                "csv" => format!("2022-01-01T00:00:00Z,w,w,w{filler}w\n"),
                _ => format!(
                    "{{\"datetime\":\"2022-01-01T00:00:00Z\",\"message\":\"w\",\"notes\":\"w{filler}w\"}}\n"
                ),
            };
            log.push_str(&row);
        }
        let log = AllWays::new(&format!("{:?}.{form}", log.get(..400)), log.as_bytes());
        let value = format!("notes={}", texts[2].trim());
        found += log.same_matches(&format!("attribute:{}", quoted(&value)));
        for piece in ["ra", "re", "s", "k", "i", "10", "-", "_", "=", "@", "w7w"] {
            found += log.same_matches(&format!("attribute:notes=*{piece}*"));
        }
    }
    assert!(found > 200, "{found}");
}
