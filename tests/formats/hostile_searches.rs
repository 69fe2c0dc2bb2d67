//! A search of a log in its file finds the same rows as a search of it in memory, however its texts are written.

use dateline::query::quoted;

use super::all_ways::AllWays;
use crate::properties::seeds;
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

/// Which characters a program writes in JSON as `\u` and digits.
#[derive(Clone, Copy)]
enum JsonEscapes {
    None,
    BeyondAscii,
    /// Some of any.
    Any,
}

/// A value in JSON.
fn json(text: &str, escapes: JsonEscapes, numbers: &mut Numbers) -> String {
    let string = string(text, escapes, numbers);
    match numbers.below(8) {
        0 => format!("{{\"ra\":{string}}}"),
        1 => format!("[{string}, -1.0e5]"),
        2 => "-10.10".to_owned(),
        _ => string,
    }
}

fn string(text: &str, escapes: JsonEscapes, numbers: &mut Numbers) -> String {
    let mut written = "\"".to_owned();
    for character in text.chars() {
        let is_escaped = match escapes {
            JsonEscapes::None => false,
            JsonEscapes::BeyondAscii => !character.is_ascii(),
            JsonEscapes::Any => numbers.once_in(4),
        };
        if is_escaped {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let escape = if numbers.once_in(2) {
                    format!("\\u{unit:04x}")
                } else {
                    format!("\\u{unit:04X}")
                };
                written.push_str(&escape);
            }
        } else if character == '\n' {
            written.push_str("\\n");
        } else {
            let has_backslash = matches!(character, '"' | '\\' | '/');
            written.extend(has_backslash.then_some('\\'));
            written.push(character);
        }
    }
    written + "\""
}

/// A log of a few rows, so that one row decides whether its page is read.
fn log(form: &str, texts: &[[String; 3]], numbers: &mut Numbers) -> String {
    let kinds = [
        JsonEscapes::None,
        JsonEscapes::BeyondAscii,
        JsonEscapes::Any,
    ];
    let escapes = kinds[numbers.below(kinds.len())];
    let mut log = match form {
        "csv" => "datetime,message,summary,notes\n".to_owned(),
        _ => String::new(),
    };
    for texts in texts {
        let row = if form == "csv" {
            let [title, summary, notes] = texts.each_ref().map(|it| cell(it, numbers));
            format!("2021-08-14T10:00:00Z,{title},{summary},{notes}\n")
        } else {
            let [title, summary, notes] = texts.each_ref().map(|it| json(it, escapes, numbers));
            format!(
                "{{\"datetime\":\"2021-08-14T10:00:00Z\",\"message\":{title},\"summary\":{summary},\"notes\":{notes}}}\n"
            )
        };
        log.push_str(&row);
    }
    log
}

/// Values, each with words that a search of its bytes does not see as they are, and how many values have the words between
/// stars. Those are compared in lower case, and `\u{17f}` is in lower case already.
const OVERLOOKED: [(&str, &str, &str, usize); 7] = [
    ("jsonl", r#""ra\/re""#, "a/re", 1),
    ("jsonl", r#""\u0072are""#, "rare", 1),
    ("jsonl", r#""re\u017F10""#, "res10", 0),
    ("jsonl", r#""\u212are""#, "kre", 1),
    ("csv", r#""ra"re"#, "rare", 1),
    ("csv", "\"re\u{17f}\"re", "esre", 0),
    ("csv", "\"\u{212a}\"re", "kre", 1),
];

#[test]
fn values_that_a_search_of_bytes_may_overlook_are_found() {
    let log = |form: &str, written: &str| {
        let log = if form == "csv" {
            format!("datetime,message,summary,notes\n2021,w,w,{written}\n")
        } else {
            format!("{{\"datetime\":\"2021\",\"message\":\"w\",\"notes\":{written}}}\n")
        };
        let log = log + &many_notes(form);
        AllWays::new(&format!("{written}.{form}"), log.as_bytes())
    };
    for (form, written, words, of_value) in OVERLOOKED {
        let log = log(form, written);
        let found = log.same_matches(&format!("text:{words}"));
        assert_eq!(found, 1, "{written}: {words}");
        let found = log.same_matches(&format!("attribute:notes=*{words}*"));
        assert_eq!(found, of_value, "{written}: notes=*{words}*");
    }
    let dotted = log("csv", "re\u{130}10");
    assert_eq!(dotted.same_matches("attribute:notes=*ei*"), 1);
    let missing = AllWays::new("missing.csv", b"datetime,message,notes\n2021,w,-\n");
    assert_eq!(missing.same_matches("text:-"), 0);
    for (form, row) in [
        ("csv", "datetime,message\n2021,\n"),
        ("jsonl", "{\"datetime\":\"2021\",\"message\":\"\"}\n"),
    ] {
        let untitled = AllWays::new(&format!("untitled.{form}"), row.as_bytes());
        assert_eq!(untitled.same_matches("text:untitled"), 1);
        assert_eq!(untitled.same_matches("title:untitled"), 1);
    }
}

/// A reader copies a title as the screen shows it: with a sign at its end that is not in the file.
#[test]
fn a_shortened_title_is_found_as_it_is_shown() {
    let cut_in_words = "logon of the service ".repeat(20) + "cafe\u{301}";
    let accented = "y".repeat(239) + "e\u{301} end";
    for message in [cut_in_words.as_str(), &accented, "first line\nsecond line"] {
        let in_json = serde_json::to_string(message).expect("a text");
        for (form, written) in [
            (
                "csv",
                format!("datetime,message,notes\n2021,\"{message}\",w\n2022,w,w\n"),
            ),
            (
                "csv",
                format!("datetime,message,summary\n2021,\"{message}\",w\n2022,w,w\n"),
            ),
            (
                "jsonl",
                format!("{{\"datetime\":\"2021\",\"message\":{in_json}}}\n"),
            ),
        ] {
            let log = AllWays::new(&format!("{written}.{form}"), written.as_bytes());
            let title = log.texts().find(|it| it.ends_with('\u{2026}'));
            let title = title.expect("it is shortened").to_owned();
            let words: Vec<&str> = title.split_whitespace().collect();
            let end = words[words.len() - 2..].join(" ");
            for words in [&*title, &end, "\u{2026}"] {
                log.same_hits(words);
                for (field, count) in [("text:", 1), ("title:", 1), ("summary:", 0)] {
                    let found = log.same_matches(&format!("{field}{}", quoted(words)));
                    assert_eq!(found, count, "{written}: {field}{words}");
                }
            }
        }
    }
}

/// Rows whose name has too many values to keep in memory.
fn many_notes(form: &str) -> String {
    let row = |number: usize| match form {
        "csv" => format!("2022-01-01T00:00:00Z,w,w,w{number}w\n"),
        _ => format!(
            "{{\"datetime\":\"2022-01-01T00:00:00Z\",\"message\":\"w\",\"notes\":\"w{number}w\"}}\n"
        ),
    };
    (0..52).map(row).collect()
}

/// A part of one of some texts, or of another text. Its letters may be written in another way that is searched alike.
fn needle(texts: &[&str], numbers: &mut Numbers) -> String {
    let whole = if numbers.once_in(6) {
        text(numbers)
    } else {
        texts[numbers.below(texts.len())].to_owned()
    };
    let characters = whole.chars().skip(numbers.below(3));
    let part: String = characters.take(1 + numbers.below(9)).collect();
    if numbers.once_in(2) {
        return part;
    }
    let alike = |character: char| match character {
        '\u{130}' => 'i',
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => character.to_ascii_lowercase(),
    };
    part.chars().map(alike).collect()
}

#[test]
fn hostile_texts_are_found_in_a_file_as_in_memory() {
    let (mut found, mut rounds) = (0, 0);
    for seed in seeds(300) {
        let numbers = &mut Numbers::new(seed);
        let form = if seed % 2 == 0 { "csv" } else { "jsonl" };
        let count = 1 + numbers.below(3);
        let texts: Vec<[String; 3]> = (0..count).map(|_| [0; 3].map(|_| text(numbers))).collect();
        let log = log(form, &texts, numbers);
        let log = AllWays::new(&format!("{log:?}.{form}"), log.as_bytes());
        let mut texts: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
        texts.extend(log.texts());
        for _ in 0..10 {
            let needle = needle(&texts, numbers);
            if needle.trim().is_empty() {
                continue;
            }
            let fields = ["text:", "text:", "title:", "summary:"];
            let field = fields[numbers.below(fields.len())];
            let filter = format!("{field}{}", quoted(&needle));
            found += log.same_matches(&filter);
            if numbers.once_in(8) {
                log.same_unread(&filter);
            }
        }
        rounds += 1;
    }
    assert!(found > 2 * rounds, "{found} in {rounds}");
}

/// Values of a name with many values are not in memory.
#[test]
fn hostile_values_of_attributes_are_found_in_a_file_as_in_memory() {
    let (mut found, mut rounds) = (0, 0);
    for seed in seeds(120) {
        let numbers = &mut Numbers::new(seed);
        let form = if seed % 2 == 0 { "csv" } else { "jsonl" };
        let texts = ["w".to_owned(), "w".to_owned(), text(numbers)];
        let mut log = log(form, std::slice::from_ref(&texts), numbers);
        log.push_str(&many_notes(form));
        let log = AllWays::new(&format!("{:?}.{form}", log.get(..400)), log.as_bytes());
        let mut said: Vec<&str> = log.texts().filter(|it| !it.starts_with('w')).collect();
        said.push("w7w");
        let whole = format!("notes={}", texts[2].trim());
        let parts = (0..6).map(|_| needle(&said, numbers));
        // In quotation marks a star is a star.
        let parts = parts.filter(|part| quoted(part) == *part);
        let values = parts.map(|part| format!("notes=*{part}*"));
        for value in [quoted(&whole)].into_iter().chain(values) {
            let filter = format!("attribute:{value}");
            found += log.same_matches(&filter);
            log.same_unread(&filter);
        }
        rounds += 1;
    }
    assert!(found > 2 * rounds, "{found} in {rounds}");
}
