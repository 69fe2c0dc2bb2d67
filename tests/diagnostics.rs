//! Findings: a bad file for each kind, and laws that hold for any text.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use dateline::cli::check::{check_texts, explain, print_findings, run};
use dateline::cli::status::ExitStatus;
use dateline::diagnostic::{Diagnostic, KINDS, SourceText};
use dateline::formats::progress::Progress;
use dateline::formats::toml::keys::{FILE_TABLES, FileTable, ValueShape};
use dateline::formats::{self, InputFile, TableOptions, read_and_check};
use proptest::prelude::*;
use toml::{Table, Value};

use crate::properties::seeds;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn source(path: &Path) -> SourceText {
    let name = path
        .file_name()
        .expect("a file has a name")
        .to_string_lossy();
    SourceText::from_bytes(name, fs::read(path).expect("the file can be read"))
}

fn printed(texts: &[SourceText]) -> String {
    let mut out = Vec::new();
    check_texts(texts, &mut out, false).expect("a vector takes everything");
    String::from_utf8(out).expect("findings are UTF-8")
}

fn report(texts: &[SourceText], findings: &[Diagnostic], colour: bool) -> String {
    let mut out = Vec::new();
    print_findings(texts, findings, &mut out, colour).expect("a vector takes everything");
    String::from_utf8(out).expect("findings are UTF-8")
}

/// The kinds of findings in an example, in which `\u{fffd}` replaces a byte that is not UTF-8.
fn kinds(example: &str) -> BTreeSet<&'static str> {
    let bytes = example
        .split('\u{fffd}')
        .map(str::as_bytes)
        .collect::<Vec<_>>()
        .join(&0xE9);
    let (_, findings) = formats::open(&[SourceText::from_bytes("a.toml", bytes)]);
    findings.iter().map(|finding| finding.kind.name).collect()
}

#[test]
fn every_bad_file_has_the_expected_report() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "diagnostics/snapshots" }, {
        insta::glob!("diagnostics/*.*", |path| {
            insta::assert_snapshot!("check", printed(&[source(path)]));
        });
    });
}

/// A checked file keeps only the lines that the report quotes.
#[test]
fn a_file_and_its_text_have_the_same_report() {
    for entry in fs::read_dir(folder()).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            continue;
        }
        let mut out = Vec::new();
        run(
            std::slice::from_ref(&path),
            &TableOptions::default(),
            &mut out,
            false,
        )
        .expect("the file can be read");
        let name = path.display().to_string();
        let text = SourceText::from_bytes(name, fs::read(&path).expect("the file can be read"));
        assert_eq!(String::from_utf8_lossy(&out), printed(&[text]));
    }
}

/// The report on a file that is read from bytes, and keeps only the lines that findings quote.
fn printed_of_file(name: &str, bytes: Vec<u8>) -> String {
    let [plain, _] = printed_in_both_looks(name, bytes);
    plain
}

/// The same report, and the one in colour.
fn printed_in_both_looks(name: &str, bytes: Vec<u8>) -> [String; 2] {
    let file = InputFile::new(name, Box::new(Cursor::new(bytes)), None);
    let reading = formats::open_files(vec![file], &Progress::default());
    let reading = reading.expect("bytes in memory can be read");
    [false, true].map(|colour| report(&reading.texts, &reading.findings, colour))
}

/// Replaces the line feeds whose number `is_windows` accepts by CR LF.
fn with_crlf(bytes: &[u8], is_windows: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut lines = bytes.split(|&byte| byte == b'\n').enumerate();
    let mut twin = lines
        .next()
        .map_or_else(Vec::new, |(_, line)| line.to_vec());
    for (number, line) in lines {
        twin.extend_from_slice(if is_windows(number) { b"\r\n" } else { b"\n" });
        twin.extend_from_slice(line);
    }
    twin
}

#[test]
fn findings_quote_their_lines_with_any_line_ending() {
    for entry in fs::read_dir(folder()).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            continue;
        }
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        let bytes = fs::read(&path).expect("the file can be read");
        let expected = printed_in_both_looks(&name, bytes.clone());
        let some_lines: [fn(usize) -> bool; 3] =
            [|_| true, |line| line % 2 == 0, |line| line % 2 == 1];
        for is_windows in some_lines {
            let twin = with_crlf(&bytes, is_windows);
            assert_eq!(printed_in_both_looks(&name, twin), expected, "{name}");
        }
    }
}

#[test]
fn a_finding_quotes_the_line_that_it_points_to() {
    let quoted = [
        ("a.toml", "a,b,c\r\nx = \"y\r\n", "2 | x = \"y"),
        ("a.toml", "a\rb\n", "1 | a␍b"),
        (
            "a.csv",
            "datetime,message\r2021-13,x\r",
            "1 | datetime,message␍2021-13,x",
        ),
        (
            "a.csv",
            "\r\n\r\ndatetime,message\r\n2021-13,x\r\n",
            "4 | 2021-13,x",
        ),
        ("a.csv", "\r\ndatetime,message\r\n", "2 | datetime,message"),
        ("a.csv", "datetime,message", "1 | datetime,message"),
        (
            "a.csv",
            "\n\ntime,host,datetime\n",
            "3 | time,host,datetime",
        ),
        (
            "a.csv",
            "\u{feff}\r\ntime,host,datetime\r\n",
            "2 | time,host,datetime",
        ),
    ];
    for (name, text, line) in quoted {
        let printed = printed_of_file(name, text.into());
        assert!(
            printed.lines().any(|it| it.trim_end() == line),
            "{text:?}\n{printed}"
        );
        let names_break = |line: &str| line.contains('`') && line.contains(" ` ");
        assert!(!printed.lines().any(names_break), "{printed}");
    }
}

#[test]
fn a_log_without_rows_is_reported_at_its_header() {
    let printed = printed_of_file("a.csv", b"datetime,message\r\n".to_vec());
    assert!(
        printed.starts_with("warning[no-events]: the log has a header and no rows\n"),
        "{printed}"
    );
    assert!(printed.ends_with("a.csv: 1 warning\n"), "{printed}");
}

#[test]
fn every_kind_has_a_bad_file_that_triggers_it() {
    for kind in KINDS.iter().filter(|kind| !kind.wrong.is_empty()) {
        let paths = ["toml", "csv", "json"].map(|it| folder().join(kind.name).with_extension(it));
        let path = paths.iter().find(|path| path.exists());
        let path = path.unwrap_or_else(|| panic!("write tests/diagnostics/{}.toml", kind.name));
        let (_, found) = formats::open(&[source(path)]);
        assert!(
            found.iter().any(|it| it.kind == *kind),
            "the file of {} does not trigger it",
            kind.name
        );
    }
}

#[test]
fn the_wrong_example_of_a_kind_triggers_it_and_the_fixed_one_has_no_findings() {
    for kind in KINDS.iter().filter(|kind| !kind.wrong.is_empty()) {
        assert_eq!(
            kinds(kind.wrong),
            [kind.name].into(),
            "wrong example of {}",
            kind.name
        );
        let fixed = kinds(kind.fixed);
        assert!(
            fixed.is_empty(),
            "fixed example of {}: {fixed:?}",
            kind.name
        );
    }
}

/// The others have tests of their own: [`stopped_reading_reports_only_that`], and those of workbooks in
/// `tests/formats/workbooks.rs`, which are not text.
#[test]
fn every_kind_of_a_text_has_an_example() {
    let others = KINDS.iter().filter(|kind| kind.wrong.is_empty());
    let others: Vec<_> = others.map(|kind| kind.name).collect();
    let of_workbooks = ["sheet-not-read", "hidden-rows", "cell-without-value"];
    let of_marks = ["mark-without-row", "marks-of-other-files"];
    let expected = [&of_workbooks[..], &["reading-stopped"], &of_marks].concat();
    assert_eq!(others, expected);
}

#[test]
fn stopped_reading_reports_only_that() {
    let texts = [
        SourceText::new(
            "a.toml",
            "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nlinks = [{ to = \"y\", as = \"caused-by\" }]\n",
        ),
        SourceText::new("b.csv", "datetime,message\n2021,Y\n"),
        SourceText::new("c.jsonl", "{\"message\":\"Z\",\"datetime\":\"2021\"}\n"),
    ];
    let progress = Progress::default();
    progress.stop();
    let (timeline, findings) = formats::open_watched(&texts, &progress);
    let kinds_and_places: Vec<_> = (findings.iter())
        .map(|it| (it.kind.name, it.place.file.0, it.place.start()))
        .collect();
    let stopped = "reading-stopped";
    assert_eq!(
        kinds_and_places,
        [(stopped, 0, 0), (stopped, 1, 0), (stopped, 2, 0)]
    );
    assert!(timeline.is_empty());
}

#[test]
fn every_kind_has_an_explanation() {
    for kind in KINDS {
        let mut out = Vec::new();
        let status = explain(kind.name, &mut out).expect("the kind exists");
        assert_eq!(status, ExitStatus::Fine);
        assert!(String::from_utf8_lossy(&out).starts_with(kind.name));
    }
    assert!(explain("unknown-kye", &mut Vec::new()).is_err());
}

#[test]
fn ten_mistakes_are_ten_findings() {
    let (_, found) = read_and_check(&[source(&folder().join("ten-mistakes.toml"))]);
    let kinds: Vec<_> = found.iter().map(|it| it.kind.name).collect();
    assert_eq!(kinds.len(), 10, "{kinds:?}");
}

#[test]
fn three_lines_are_a_clean_file() {
    let text = "[[events]]\nwhen = \"2021-08\"\ntitle = \"First access\"\n";
    assert_eq!(
        printed(&[SourceText::new("a.toml", text)]),
        "a.toml: no findings\n"
    );
}

#[test]
fn a_missing_file_and_a_directory_are_failures() {
    let failure = |path: PathBuf| {
        let failure = run(&[path], &TableOptions::default(), &mut Vec::new(), false)
            .expect_err("the path is not a file");
        format!("{failure:#}")
    };
    assert!(failure(folder()).ends_with("is a directory"));
    assert!(failure(folder().join("missing")).starts_with("cannot read `"));
}

#[test]
fn files_opened_together_share_their_names() {
    let first = "[sources.a]\ntitle = \"A\"\n\n[entities.b]\nname = \"B\"\n";
    let second =
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nsources = [\"a\"]\nactors = [\"b\"]\n";
    let texts = [
        SourceText::new("1.toml", first),
        SourceText::new("2.toml", second),
    ];
    assert_eq!(printed(&texts), "2 files: no findings\n");
    let twice = [texts[0].clone(), texts[1].clone(), texts[0].clone()];
    let kinds: Vec<_> = read_and_check(&twice)
        .1
        .iter()
        .map(|it| it.kind.name)
        .collect();
    assert_eq!(kinds, ["duplicate-id", "duplicate-id"]);
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let text =
        fs::read_to_string(folder().join("ten-mistakes.toml")).expect("the file can be read");
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let positions = |text: &str| {
        let source = SourceText::new("a.toml", text);
        let (_, found) = read_and_check(std::slice::from_ref(&source));
        found
            .iter()
            .map(|it| (it.kind.name, source.position(it.place.start())))
            .collect::<Vec<_>>()
    };
    assert_eq!(positions(&windows), positions(&text));
}

#[test]
fn thousands_of_events_are_read() {
    let event =
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\ntags = [\"\"\"\n[[events]]\n\"\"\"]\n\n";
    let text = format!("{}[[scenes]]\nsay = \"x\"\n", event.repeat(9000));
    let (draft, found) = read_and_check(&[SourceText::new("a.toml", text)]);
    assert_eq!(
        (draft.events.len(), draft.scenes.len(), found.len()),
        (9000, 1, 0)
    );
}

#[test]
fn a_mistake_deep_in_a_long_file_has_the_right_kind_and_line() {
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n\n";
    let slip = "[[events]]\nwhen = 2021-08\ntitle = \"X\"\n\n[timeline]\ntitle = \"again\"\n";
    let text = format!(
        "[timeline]\ntitle = \"T\"\n{}{slip}{}",
        event.repeat(8000),
        event.repeat(90)
    );
    let source = SourceText::new("a.toml", text);
    let (draft, found) = read_and_check(std::slice::from_ref(&source));
    let kinds_and_lines: Vec<_> = (found.iter())
        .map(|it| (it.kind.name, source.position(it.place.start()).line))
        .collect();
    assert_eq!(
        kinds_and_lines,
        [("unquoted-date", 32004), ("duplicate-key", 32007)]
    );
    assert_eq!(draft.events.len(), 8091);
    assert_eq!(
        draft.head.title.map(|title| title.value).as_deref(),
        Some("T")
    );
}

/// Checks that every place is in the text, on character boundaries, and that the report has no invisible characters.
fn check_laws(text: &str) -> Result<(), TestCaseError> {
    let texts = [SourceText::new("a.toml", text)];
    let (_, found) = formats::open(&texts);
    for finding in &found {
        let related = finding.related.iter().map(|(place, _)| place);
        for place in related.chain([&finding.place]) {
            let inside = texts[0].text().get(place.range()).is_some();
            prop_assert!(inside, "{} at {:?}", finding.kind.name, place);
        }
    }
    let report = report(&texts, &found, false);
    let unseen = dateline::text::unprintable_in(&report).find(|&(_, it, _)| it != '\n');
    prop_assert_eq!(unseen, None);
    Ok(())
}

fn good() -> String {
    fs::read_to_string(folder().join("every-key.toml")).expect("the file can be read")
}

#[test]
fn one_slip_causes_few_findings() {
    let good: Vec<char> = good().chars().collect();
    let mut single_findings = 0;
    let mut slips = 0;
    for seed in seeds(320) {
        // A third of all characters are tried before one is tried again.
        let third = seed.wrapping_mul(3) % good.len().div_ceil(3) as u64;
        let at = 3 * usize::try_from(third).expect("it is in the file");
        let mut text = good.clone();
        let lost = text.remove(at);
        let source = SourceText::new("a.toml", text.into_iter().collect::<String>());
        let (_, found) = read_and_check(&[source]);
        assert!(found.len() <= 4, "without {lost:?} at {at}: {found:#?}");
        slips += 1;
        single_findings += usize::from(found.len() <= 1);
    }
    assert!(
        single_findings * 100 >= slips * 95,
        "{single_findings} of {slips}"
    );
}

proptest! {
    #![proptest_config(crate::properties::cases(150))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_laws(&text)?;
    }

    #[test]
    fn anything_that_looks_like_toml_is_read(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "[[events]]\n", "[events]\n", "when = ", "title", "=", "\"", "\"\"\"", "'''", "\n", "[", "]", "{", "}",
                ",", "2021", "2021-08-14", "é", "\\", "#", "links = [{ to = \"a\", as = ", "[sources.a]\n", "🏽", "\r",
                "claims", ".", " ", "\u{1b}", "\u{202e}", "minutes = 1e9\n", "true", "[[scenes]]\n",
            ]),
            0..40,
        ),
    ) {
        check_laws(&parts.concat())?;
    }

    #[test]
    fn a_damaged_file_is_read(at in any::<prop::sample::Index>(), length in 0_usize..40, put in "[\\PC\n]{0,4}") {
        let mut text: Vec<char> = good().chars().collect();
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        text.splice(start..end, put.chars());
        check_laws(&text.into_iter().collect::<String>())?;
    }
}

/// The search for each of them once went through the whole text, which took hours.
#[test]
fn a_text_of_escapes_is_one_finding() {
    let escapes = "\\u001b\\u202e".repeat(100_000);
    let text = format!("[[events]]\nwhen = \"2021\"\ntitle = \"{escapes}\"\n");
    let (_, found) = read_and_check(&[SourceText::new("a.toml", text)]);
    let kinds: Vec<_> = found.iter().map(|it| it.kind.name).collect();
    assert_eq!(kinds, ["control-character", "invisible-character"]);
}

#[test]
fn a_repeated_item_is_one_finding_with_a_count() {
    let text = format!(
        "[[events]]\nwhen = \"2021\"\ntitle = \"A\"\ntags = [{}]\n",
        "\"a\",".repeat(50_000)
    );
    let (_, found) = read_and_check(&[SourceText::new("a.toml", text)]);
    let [only] = &found[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(
        (only.message.as_str(), only.count()),
        ("`a` is 50000 times in `tags`", 49_999)
    );
}

/// The tables of a value with a given shape: inside lists, and behind the ids of their headings.
fn tables<'v>(value: &'v Value, shape: &ValueShape) -> Vec<&'v Table> {
    match (value, shape) {
        (Value::Table(table), ValueShape::NamedTables(_)) => {
            table.values().filter_map(Value::as_table).collect()
        }
        (Value::Table(table), _) => vec![table],
        (Value::Array(items), _) => items.iter().filter_map(Value::as_table).collect(),
        _ => Vec::new(),
    }
}

/// The keys that are missing from the given tables of a file, nested tables included.
fn missing_keys(given: &[&Table], table: &dyn FileTable) -> Vec<String> {
    let mut missing = Vec::new();
    for key in table.keys() {
        let values = given.iter().filter_map(|given| given.get(key.name));
        let values: Vec<&Value> = values.collect();
        if values.is_empty() {
            missing.push(format!("{} {}", table.heading(), key.name));
        }
        let (ValueShape::Table(inner)
        | ValueShape::TableList(inner)
        | ValueShape::NamedTables(inner)) = key.shape
        else {
            continue;
        };
        let given = values.iter().flat_map(|value| tables(value, &key.shape));
        missing.extend(missing_keys(&given.collect::<Vec<_>>(), inner));
    }
    missing
}

#[test]
fn the_good_file_has_every_key() {
    let file: Table = good().parse().expect("the file is TOML");
    let [root, ..] = FILE_TABLES;
    assert_eq!(missing_keys(&[&file], root), Vec::<String>::new());
}

#[test]
fn a_good_file_with_every_key_has_no_findings() {
    assert_eq!(
        printed(&[source(&folder().join("every-key.toml"))]),
        "every-key.toml: no findings\n"
    );
}
