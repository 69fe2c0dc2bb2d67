//! No sign of ASCII in a text of a timeline becomes markup: each written file is read back by a reader that is not
//! dateline's, and has every text as often as a plain one.

use std::fmt::Write as _;
use std::sync::LazyLock;

use dateline::change::TimelineComparison;
use dateline::cli::input::LoadedTimeline;
use dateline::formats::comparison::{COMPARISON_WRITERS, ComparedSides};
use dateline::formats::writers::WRITERS;
use html5gum::{Token, Tokenizer};
use quick_xml::events::Event as XmlEvent;
use regex::{Captures, Regex};

use super::{HandoutRequest, exported, html, markdown};
use crate::formats::records::is_computed;
use crate::support::program;

/// Groups of signs that begin or make markup, code or a formula somewhere.
const GROUPS: &[&str] = &[
    "1.",
    "12)",
    "- [ ]",
    "---",
    "***",
    "===",
    "~~~",
    "```",
    "| a |",
    "|---|",
    "||",
    "<!--",
    "-->",
    "&amp;",
    "&#42;",
    "&lt;b&gt;",
    "[x](y)",
    "![x](y)",
    "[x]: y",
    "[^1]",
    "[^1]: y",
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "~a~",
    "~~a~~",
    "`a`",
    "<b>",
    "</p>",
    "</text>",
    "<br>",
    "<?x?>",
    "<a@b.example>",
    "<ftp://a>",
    "https://a.b",
    "https://a.b",
    "www.a.example",
    "]]>",
    "<![CDATA[",
    "{{a}}",
    "{% a %}",
    "${a}",
    "$a$",
    "\\(a\\)",
    ":smile:",
    "@name",
    "#1",
    "[!NOTE]",
    "> [!NOTE]",
    "\\",
    "\\\\",
    "\\|",
    "\\*",
    "%0A",
    "%s",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "\"=1\"",
    ";=1",
    "|=1",
    "x;-1",
    "_x0041_",
    "&P",
    "&\"-,Bold\"",
    "\"\"",
    "'''",
    "\"\"\"",
    "\\n",
    "\\u0041",
    "::",
    "//",
    "/*",
    "*/",
    "--",
];

/// Texts with some signs, and a word that no other has.
struct Planted {
    /// With signs at its beginning, at its end, next to letters and alone.
    text: String,
    /// As long as the name of a lane may be, which a handout in Markdown cuts.
    lane: String,
    word: String,
}

/// Each sign and each group.
fn signs() -> impl Iterator<Item = String> {
    let signs = (b'!'..=b'~').filter(u8::is_ascii_punctuation);
    let signs = signs.map(|it| char::from(it).to_string());
    signs.chain(GROUPS.iter().map(|it| (*it).to_owned()))
}

/// The texts with signs; the first have none.
fn planted() -> Vec<Planted> {
    let all = std::iter::once("z".to_owned()).chain(signs());
    let of = |(number, signs): (usize, String)| {
        let word = format!("x{number}x");
        Planted {
            text: format!("{signs} {word} a{signs}b {signs}"),
            lane: format!("{signs} lane{word}"),
            word,
        }
    };
    (1000..).zip(all).map(of).collect()
}

/// A timeline whose title, summary and banner have each text, with an event, an entity, a source, a view, a scene and a
/// question of it.
fn timeline(all: &[Planted]) -> LoadedTimeline {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let joined: Vec<&str> = all.iter().map(|it| it.text.as_str()).collect();
    let joined = quoted(&joined.join(" "));
    let mut file = format!(
        "[timeline]\ntitle = {joined}\nsummary = {joined}\nbanner = {joined}\ntlp = \"CLEAR\"\n"
    );
    for (number, planted) in all.iter().enumerate() {
        let (text, lane) = (quoted(&planted.text), quoted(&planted.lane));
        let day = 1 + number % 28;
        writeln!(
            file,
            "[sources.s{number}]\ntitle = {text}\npublisher = {text}\nurl = {text}\nnote = {text}\n\
             [entities.e{number}]\nname = {text}\naliases = [{text}]\nnote = {text}\n\
             [[events]]\nid = \"a{number}\"\nwhen = \"2021-08-{day:02}\"\ntitle = {text}\nsummary = {text}\nlane = {lane}\n\
             phase = {text}\nactors = [\"e{number}\"]\ntags = [{text}]\ntechniques = [{text}, \"T1190\"]\n\
             sources = [\"s{number}\"]\n\
             claims = [\n\
             {{ by = \"e{number}\", source = \"s{number}\", at = {text}, about = \"effect\", value = {text}, text = {text}, words = {text} }},\n\
             {{ about = \"effect\", value = \"none\", stance = \"denies\" }},\n]\n\
             [views.v{number}]\ntitle = {text}\nfilter = \"id:a{number}\"\n\
             [[scenes]]\ntitle = {text}\nsay = {text}\nnotes = {text}\nselect = \"a{number}\"\n\
             [[questions]]\ntext = {text}\nstatus = \"open\"\nsettles = {text}\nevents = [\"a{number}\"]"
        )
        .expect("a string takes everything");
    }
    program::opened("x.toml", &file)
}

/// What of a text a reader of a format can know.
type Known = fn(&str) -> String;

/// Fails unless a file has each text as often as the first, which has no signs.
#[track_caller]
fn assert_has_each(format: &str, read: &str, all: &[Planted], known: Known) {
    let first = all.first().expect("there are texts");
    let count = |text: &str| read.matches(known(text).as_str()).count();
    let expected = [count(&first.text), count(&first.lane)];
    assert!(expected[0] > 0, "{format} has no text");
    for planted in all {
        let found = [count(&planted.text), count(&planted.lane)];
        if found != expected {
            let is_near = |line: &&str| line.contains(&planted.word) && !line.contains(&first.word);
            let near = read.lines().filter(is_near);
            let near: Vec<&str> = near.collect();
            panic!(
                "{format}: `{}` is there {found:?} times, not {expected:?}, in\n{}",
                planted.text,
                near.join("\n")
            );
        }
    }
}

/// The texts of XML.
fn of_xml(xml: &str) -> String {
    assert!(!xml.contains("]]>"), "XML has it only behind CDATA");
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut out = String::new();
    loop {
        match reader.read_event().expect("it is XML") {
            XmlEvent::Text(text) => out.push_str(&text),
            XmlEvent::GeneralRef(name) => {
                let numbered = name.resolve_char_ref().expect("it is a character");
                let named = quick_xml::escape::resolve_predefined_entity(&name);
                out.extend(numbered);
                out.push_str(named.unwrap_or_default());
            }
            XmlEvent::End(tag) if !matches!(tag.name().as_ref(), "tspan") => out.push('\n'),
            XmlEvent::Eof => return out,
            XmlEvent::CData(_) | XmlEvent::PI(_) | XmlEvent::DocType(_) => {
                panic!("none is written")
            }
            _ => {}
        }
    }
}

/// A text as pictures can be compared, which have their words on several lines.
fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The texts of JSON, one a line, but for those behind a key.
fn of_json(value: &serde_json::Value, except: &str, out: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        serde_json::Value::Array(items) => items.iter().for_each(|it| of_json(it, except, out)),
        serde_json::Value::Object(keys) => {
            let kept = keys.iter().filter(|(key, _)| *key != except);
            kept.for_each(|(_, it)| of_json(it, except, out));
        }
        _ => {}
    }
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn of_lines(text: &str) -> String {
    let mut out = String::new();
    text.lines()
        .for_each(|line| of_json(&json(line), "", &mut out));
    out
}

fn of_toml(text: &str) -> String {
    let root: toml::Table = text.parse().expect("it is TOML");
    let mut out = String::new();
    of_json(
        &serde_json::to_value(root).expect("tables are objects"),
        "",
        &mut out,
    );
    out
}

/// The texts of an event of MISP, whose report is Markdown.
fn of_misp(text: &str) -> String {
    let event = json(text);
    let mut out = String::new();
    of_json(&event, "EventReport", &mut out);
    let report = &event["Event"]["EventReport"][0]["content"];
    out + &markdown::read_gfm(report.as_str().expect("the report is a text"), &[])
}

/// The texts of the slides, which are HTML of paragraphs.
fn of_slides(text: &str) -> String {
    let mut html = String::new();
    of_json(&json(text), "", &mut html);
    let mut out = String::new();
    for token in Tokenizer::new(&html) {
        let Ok(token) = token;
        match token {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => {
                assert!(
                    matches!(&**tag.name, b"p" | b"br") && tag.attributes.is_empty(),
                    "{tag:?}"
                );
            }
            Token::EndTag(_) => out.push('\n'),
            other => panic!("{other:?} in\n{html}"),
        }
    }
    out
}

/// The cells of a workbook, one a line, without the headers of its pages. `_x0041_` is a character by its number.
fn of_workbook(parts: &str) -> String {
    static NUMBERED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("_x([0-9A-Fa-f]{4})_").expect("it is short"));
    let by_number = |found: &Captures<'_>| {
        let number = u32::from_str_radix(&found[1], 16).ok();
        number
            .and_then(char::from_u32)
            .map_or_else(String::new, String::from)
    };
    let lines = of_xml(parts);
    let lines = NUMBERED.replace_all(&lines, by_number);
    let cells = lines.lines().filter(|line| !line.starts_with("&C&"));
    of_cells(&cells.collect::<Vec<_>>().join("\n"))
}

/// The cells of a table, one a line.
fn of_table(text: &str, delimiter: u8) -> String {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false);
    let mut out = String::new();
    for row in reader.from_reader(text.as_bytes()).records() {
        for cell in &row.expect("the row is text") {
            out.push_str(cell);
            out.push('\n');
        }
    }
    out
}

/// The texts of cells. Some are lists in JSON.
fn of_cells(cells: &str) -> String {
    let mut out = String::new();
    for cell in cells.lines() {
        match serde_json::from_str::<Vec<serde_json::Value>>(cell) {
            Ok(list) => of_json(&list.into(), "", &mut out),
            Err(_) => writeln!(out, "{cell}").expect("a string takes everything"),
        }
    }
    out
}

/// The texts of a table, without the guards before what a spreadsheet would compute with some list separator.
fn of_guarded(table: &str) -> String {
    for delimiter in *b",;\t|" {
        let cells = of_table(table, delimiter);
        let computed: Vec<&str> = cells.lines().filter(|cell| is_computed(cell)).collect();
        assert!(computed.is_empty(), "{computed:?}");
    }
    without_guards(&of_cells(&of_table(table, b',')))
}

fn without_guards(text: &str) -> String {
    text.replace('\'', "")
}

/// Each form of reading a file in a format, and what it can know of a text.
fn read_back(format: &str, written: &str) -> (Vec<String>, Known) {
    let plain: Known = str::to_owned;
    match format {
        "markdown" => {
            let read = vec![markdown::read(written), markdown::read_gfm(written, &[])];
            (read, plain)
        }
        "html" => (vec![without_spaces(&html::read(written))], without_spaces),
        "svg" => (vec![without_spaces(&of_xml(written))], without_spaces),
        "timesketch-csv" => (vec![of_cells(&of_table(written, b','))], plain),
        "csv" => (vec![of_guarded(written)], without_guards),
        "jsonl" => (vec![of_lines(written)], plain),
        "toml" => (vec![of_toml(written)], plain),
        "json" | "stix" | "navigator" => (vec![of_lines(&json(written).to_string())], plain),
        "misp" => (vec![of_misp(written)], plain),
        "timelinejs" => (vec![of_slides(written)], plain),
        "xlsx" => (vec![of_workbook(written)], plain),
        name => panic!("{name}: say here how another program reads it"),
    }
}

#[test]
fn no_sign_of_ascii_becomes_markup_in_any_format() {
    let all = planted();
    let opened = timeline(&all);
    let request = HandoutRequest {
        notes: true,
        ..HandoutRequest::default()
    };
    for writer in WRITERS {
        let written = exported(&opened, writer.name, request);
        let (read, known) = read_back(writer.name, &written);
        for read in read {
            assert_has_each(writer.name, &read, &all, known);
        }
    }
}

#[test]
fn no_sign_of_ascii_becomes_markup_in_a_comparison() {
    let all = planted();
    let old = (2000..).take(all.len()).map(|number| {
        let word = format!("x{number}x");
        Planted {
            text: word.clone(),
            lane: word.clone(),
            word,
        }
    });
    let old: Vec<Planted> = old.collect();
    let [old, new] = [&old, &all].map(|all| timeline(all).timeline);
    let comparison = TimelineComparison::between(&old, &new);
    let sides = ComparedSides {
        old: "old.toml".to_owned(),
        new: "new.toml".to_owned(),
    };
    for writer in COMPARISON_WRITERS {
        let written = (writer.write)(&comparison, &sides);
        let read = match writer.name {
            // Without markup.
            "text" => continue,
            "markdown" => markdown::read_gfm(&written, &[]),
            "json" => of_lines(&written),
            name => panic!("{name}: say here how another program reads it"),
        };
        assert_has_each(writer.name, &read, &all, str::to_owned);
    }
}

/// A text of signs alone could be a line of its own that underlines, rules off or continues another.
#[test]
fn no_text_of_signs_alone_changes_the_structure_of_a_handout() {
    let alone = |signs: String| Planted {
        text: signs.clone(),
        lane: signs,
        word: String::new(),
    };
    // A source may declare an address, which is a link then.
    let of_signs = signs().filter(|it| !it.starts_with("https:"));
    let of_signs: Vec<Planted> = of_signs.map(alone).collect();
    let plain = (0..of_signs.len()).map(|number| alone(format!("x{number}x")));
    let plain: Vec<Planted> = plain.collect();
    let [of_signs, plain] = [of_signs, plain].map(|all| timeline(&all));
    let exported = |opened: &LoadedTimeline, format| {
        let request = HandoutRequest {
            notes: true,
            ..HandoutRequest::default()
        };
        exported(opened, format, request)
    };
    for (format, parts) in [
        ("markdown", markdown::parts as fn(&str) -> Vec<String>),
        ("html", html::parts),
    ] {
        let written = exported(&of_signs, format);
        let (found, expected) = (parts(&written), parts(&exported(&plain, format)));
        let pairs = found.iter().zip(&expected);
        let alike = pairs
            .take_while(|(found, expected)| found == expected)
            .count();
        assert!(
            alike == found.len() && alike == expected.len(),
            "{format}: {:?}, not {:?}, behind {:?} in\n{written}",
            found.get(alike),
            expected.get(alike),
            found.get(alike.saturating_sub(4)..alike),
        );
    }
}
