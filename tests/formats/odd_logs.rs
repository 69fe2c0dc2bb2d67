//! Logs that are written oddly: every form of filter finds in their files what it finds of them in memory.

use std::collections::BTreeSet;

use dateline::query::quoted;
use dateline::query::search::SearchPhrase;
use dateline::text::canonical;
use unicode_normalization::UnicodeNormalization as _;

use super::all_ways::AllWays;

/// The header of a table with these names.
const HEADER: &str = "datetime,message,summary,notes,tag\n";

/// Rows of tables. Each is a log of its own, and all together are one.
const TABLES: &[&str] = &[
    "2021,\"two\r\nlines\",\"a\r\n\r\nb\",\"x\ry\",t\n",
    "2021,\u{feff}mark,\"\u{feff}quoted\",no\u{feff}te,t\n",
    "\u{feff}2021,begins with a mark,s,n,t\n",
    "\u{feff}\"2021\",\"begins with a mark\",s,n,t\n",
    "2021,nul\0inside,\0,a\0b\0,t\n",
    "2021,\"ab\"\"cd\",\"\"\"\",\"\"\"x\"\"y\",t\n",
    "2021,\"ab\"cd,\"ab\"\u{a0}cd,\"ab\" cd,t\n",
    "2021, \"ab\",\"ab\"\0cd,ab\"cd\"ef,t\n",
    "2021,\"ab\"\"\"\"cd\",\"ab\"-\"cd\",\"\"ab\"\",t\n",
    "2021,\"a,b\",\"a;b\",\"a\tb|c\",t\n",
    "2021,-,\\N,-,t\n",
    "2021,\u{a0},\u{a0}-\u{a0}, \\N ,t\n",
    "2021,(untitled),Untitled,un,t\n",
    "2021,,untitled,(,t\n",
    "2021,Stra\u{df}e STRASSE \u{1e9e},\u{130}stanbul \u{131}rmak i\u{307},\u{17f}ecret \u{212a}elvin \u{212b}ngstr\u{f6}m,t\n",
    "2021,\u{39f}\u{394}\u{39f}\u{3a3} \u{3bf}\u{3b4}\u{3bf}\u{3c2},\u{1c4}\u{1c5}\u{1c6} \u{fb01}le,\u{1fb3} \u{149} \u{390},t\n",
    "2021,caf\u{e9} cafe\u{301},Vi\u{1ec7}t Vie\u{323}\u{302}t Vie\u{302}\u{323}t,\u{ac01} \u{1100}\u{1161}\u{11a8},t\n",
    "2021,a\u{2260}b a=\u{338}b,\u{958} \u{915}\u{93c},\u{2126} \u{37e} \u{1fef} \u{f900},t\n",
    "2021,x\u{302}y k\u{301}k,\u{212a}\u{301}a,i\u{307}\u{301}s\u{307}\u{323},t\n",
    "2021,a\u{200d}b a\u{ad}b,\u{1f469}\u{200d}\u{1f4bb}x,\u{1f1e9}\u{1f1ea}\u{1f1eb},t\n",
    "2021,a\u{2028}b a\u{85}b,a\u{b}b\u{c}c,\u{3000}wide\u{3000}space,t\n",
    "2021,\"tabs\there\",\"  spaces   within  \",\"\t\",t\n",
    "Not set,stamp,s,n,t\nnever-mind,unread-stamp,s,n,t\n",
    "2021,marks,s,n,\"['a', 'b c', 3]\"\n2021,broken,s,n,\"[a, {b\"\n",
    "2021,short\n2021,long,s,n,t,more,and-more\n",
    "2021,open \"mark,\"s,n,t\n2021,next,s,n,t\n",
];

/// Rows of JSON.
const OBJECTS: &[&str] = &[
    r#"{"datetime":"2021","message":"\u0061b\u0063 \u00e9 e\u0301","notes":"\uD83D\uDE00x \ud83d\udc69\u200d\ud83d\udcbb"}"#,
    r#"{"datetime":"2021","message":"alone \ud800 here","notes":"\udc00\ud800","summary":"\ud83dx"}"#,
    r#"{"datetime":"2021","message":"first","message":"second","notes":"one","notes":"two","notes":"one"}"#,
    r#"{"datetime":"2021","message":"first\nline","Message":"other\nline","notes":"a\u0000b\tc\\d\/e\"f"}"#,
    r#"{"datetime":"2021","message":"","title":"a title","notes":""}"#,
    r#"{"datetime":"2021","mess\u0061ge":"named by an escape","n\u006ftes":"x","Notes":"y"}"#,
    r#"{"datetime":"2021","message":{"a\u0062":"c\u0064","e":[1,"f"]},"summary":{"a\u0062":"c\u0064 e"},"notes":["x\u0079",{"z":null}]}"#,
    r#"{"datetime":"2021","message":-0.50e+3,"summary":true,"notes":null,"more":false}"#,
    r#"  {  "datetime" : "2021" , "message" : "spaces" , "notes" : [ 1 ,  2 ] }  "#,
    r#"{"datetime":"2021","message":"\u017fecret \u212aelvin \u0130x \u0131y","notes":"\u017Fecret \u212Aelvin \u0130x \u0131y"}"#,
    r#"{"datetime":"2021","message":"Straße ſecret Kelvin İx ıy","notes":"≠ =\u0338 \u2260"}"#,
    r#"{"datetime":"Not set","message":"no date","notes":"n"}"#,
    r#"{"datetime":"soon","message":"unread stamp-x","notes":"n","tag":["a","b",3]}"#,
    r#"{"datetime":"2021","message":"control	tab","notes":"n"}"#,
    r#"{"datetime":"2021","message":"cut off","notes":"#,
    r#"{"datetime":"2021","message":"tail","notes":"n"} trailing"#,
    r#"[{"datetime":"2021","message":"a list"}]"#,
    r#"{"datetime":"2021","message":"a:b","summary":{"k:":":v","":"e"},"notes":"::x"}"#,
];

/// What readers may type of a text in a log.
fn needles(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let part = |from: usize, len: usize| text.chars().skip(from).take(len).collect::<String>();
    let count = text.chars().count();
    let whole = words.join(" ");
    let mut all = vec![part(1, 3), part(count.saturating_sub(2), 2)];
    all.extend(words.first().map(|&it| it.to_owned()));
    if !text.is_ascii() {
        let decomposed = whole.nfd().collect();
        let composed = canonical(&whole).into_owned();
        all.extend([
            composed,
            decomposed,
            whole.to_lowercase(),
            whole.to_uppercase(),
        ]);
    }
    all.push(whole);
    all.retain(|it| !it.trim().is_empty());
    all.sort();
    all.dedup();
    all
}

/// Compares what each form of filter leaves for each text of a log. Returns how many events are found in all.
fn check(name: &str, bytes: &[u8]) -> usize {
    let log = AllWays::new(name, bytes);
    log.same_events();
    let is_plain = |it: &str| it.trim().is_empty() || it.starts_with('w') && it.ends_with('w');
    let texts: BTreeSet<&str> = log.texts().filter(|it| !is_plain(it)).collect();
    let mut found = 0;
    for text in &texts {
        let words = quoted(text);
        let whole = log.same_matches(&format!("text:{words}"));
        assert!(whole > 0, "{name}: {text:?}");
        found += log.same_matches(&format!("title:{words} or -summary:{words}"));
        let phrase = SearchPhrase::new(text).expect("there are words");
        assert!(phrase.is_in(text), "{name}: {text:?}");
        log.same_hits(text);
    }
    for needle in texts.into_iter().flat_map(needles).collect::<BTreeSet<_>>() {
        found += log.same_matches(&format!("text:{}", quoted(&needle)));
    }
    let attributes = log.attributes().into_iter();
    for (name, value) in attributes.filter(|(_, value)| !is_plain(value)) {
        let whole = quoted(&format!("{name}={value}"));
        found += log.same_matches(&format!("attribute:{whole}"));
        let parts = needles(&value).into_iter();
        for part in parts.filter(|part| quoted(part) == *part) {
            found += log.same_matches(&format!("attribute:*=*{part}*"));
        }
    }
    found
}

/// Rows whose name has too many values to keep in memory.
fn more(form: &str) -> String {
    let row = |number: usize| match form {
        "csv" => format!("2022-01-01,w,w,w{number}w,w\n"),
        _ => {
            format!("{{\"datetime\":\"2022-01-01\",\"message\":\"w\",\"notes\":\"w{number}w\"}}\n")
        }
    };
    (0..52).map(row).collect()
}

#[test]
fn odd_rows_are_found_in_a_file_as_in_memory() {
    let mut found = 0;
    // Few rows are in a log: if many had parts of each text, none of them would be left out.
    for rows in TABLES.chunks(4) {
        let log = format!("{HEADER}{}{}", rows.concat(), more("csv"));
        found += check(&format!("{rows:?}.csv"), log.as_bytes());
    }
    for rows in OBJECTS.chunks(4) {
        let log = format!("{}\n{}", rows.join("\n"), more("jsonl"));
        found += check(&format!("{rows:?}.jsonl"), log.as_bytes());
    }
    assert!(found > 10, "{found}");
}

/// All rows of a form in one log, in notations of other systems.
#[test]
fn odd_logs_say_the_same_however_they_are_encoded() {
    for (form, text) in [
        ("csv", HEADER.to_owned() + &TABLES.concat()),
        ("jsonl", OBJECTS.join("\n")),
    ] {
        let windows = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let marked = format!("\u{feff}{text}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let damaged = text
            .replace("caf\u{e9}", "caf\u{1}")
            .replace("\u{df}", "\u{1}")
            .into_bytes();
        let damaged: Vec<u8> = damaged
            .iter()
            .map(|&it| if it == 1 { 0xe9 } else { it })
            .collect();
        let repeated = format!("{text}{}", text.replace("2021", "2023").repeat(5));
        for (name, bytes) in [
            ("windows", windows.as_bytes()),
            ("marked", marked.as_bytes()),
            ("wide", &wide),
            ("damaged", &damaged),
            ("repeated", repeated.as_bytes()),
        ] {
            let log = AllWays::of_logs(&format!("{name}.{form}"), &[bytes], 4_000);
            log.same_events();
            for words in [
                "ecret",
                "CAF\u{c9}",
                "\u{2026}",
                "=",
                "lines",
                "x",
                "-",
                "\u{fffd}",
            ] {
                let words = quoted(words);
                for field in ["text:", "title:", "summary:", "attribute:notes="] {
                    log.same_matches(&format!("{field}{words}"));
                }
            }
            log.same_facets("x");
        }
    }
}
