//! Fixes: each removes its finding, causes no other, and changes nothing else in the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::diagnostic::{Diagnostic, FileId, Fix, SourceText, with_edits};
use dateline::formats;
use dateline::formats::toml::write_fixes;

/// Every file in TOML with findings.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .collect();
    paths.sort();
    paths
}

fn source(path: &Path) -> SourceText {
    SourceText::from_bytes("a.toml", fs::read(path).expect("the file can be read"))
}

fn findings(source: &SourceText) -> Vec<Diagnostic> {
    let (_, mut findings) = formats::open(std::slice::from_ref(source));
    write_fixes(&mut findings, FileId(0), source);
    findings
}

fn name(path: &Path) -> String {
    let name = path.file_stem().expect("a file has a name");
    name.to_string_lossy().into_owned()
}

/// How many findings there are of each kind.
fn counted(findings: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.kind.name).or_default() += finding.count();
    }
    counts
}

/// The comments of a text, for texts without `#` inside of strings.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.split_once('#'));
    lines.map(|(_, comment)| comment.trim()).collect()
}

/// The kinds with more findings after a fix than there should be: at least one of its own must go.
fn too_many(
    source: &SourceText,
    before: &[Diagnostic],
    finding: &Diagnostic,
    fix: &Fix,
) -> Vec<&'static str> {
    let text = with_edits(source.text(), fix.edits());
    let mut expected = counted(before);
    *expected.entry(finding.kind.name).or_default() -= 1;
    let after = counted(&findings(&SourceText::new("a.toml", text))).into_iter();
    after
        .filter(|(kind, count)| *count > expected.get(kind).copied().unwrap_or(0))
        .map(|(kind, _)| kind)
        .collect()
}

/// A file, the label of a fix, and a finding that was hidden before: a text that can be read shows further mistakes.
const REVEALED: [(&str, &str, &str); 6] = [
    ("roles", "write `answers`", "unknown-claim"),
    ("toml-syntax", "write `[sources.fcdo]`", "unused-source"),
    (
        "value-names-entity",
        "declare it as `[entities.zirconium]`",
        "unused-entity",
    ),
    ("wrong-heading", "write `[sources.fcdo]`", "unused-source"),
    ("wrong-heading", "write `[[events]]`", "duplicate-item"),
    ("wrong-heading", "write `[[events]]`", "wrong-type"),
];

#[test]
fn a_fix_removes_its_finding_and_causes_no_other() {
    let mut wrong = Vec::new();
    for path in files() {
        let source = source(&path);
        let before = findings(&source);
        for finding in &before {
            for fix in &finding.fixes {
                let kinds = too_many(&source, &before, finding, fix).into_iter();
                wrong.extend(kinds.map(|kind| (name(&path), fix.label.clone(), kind)));
            }
        }
    }
    let revealed = REVEALED.map(|(file, label, kind)| (file.to_owned(), label.to_owned(), kind));
    assert_eq!(wrong, revealed);
}

#[test]
fn a_fix_keeps_every_comment() {
    for path in files() {
        let source = source(&path);
        for finding in findings(&source) {
            for fix in &finding.fixes {
                let text = with_edits(source.text(), fix.edits());
                let kept = comments(&text);
                for comment in comments(source.text()) {
                    assert!(
                        kept.contains(&comment),
                        "{}, {}: {comment}",
                        name(&path),
                        fix.label
                    );
                }
            }
        }
    }
}

/// The lines that differ, with their numbers.
fn changes(before: &str, after: &str) -> String {
    let mut changes = String::new();
    for change in similar(before, after) {
        writeln!(changes, "    {change}").expect("a string");
    }
    changes
}

/// The lines between the first and the last that differ.
fn similar(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let head = same(&mut before.iter().zip(&after));
    let rest = before.len().min(after.len()) - head;
    let tail = same(&mut before.iter().rev().zip(after.iter().rev()).take(rest));
    let mark = |mark: char, lines: &[&str]| {
        let lines = &lines[head..lines.len() - tail];
        let numbered = lines.iter().zip(head + 1..);
        numbered
            .map(|(line, number)| format!("{mark} {number:2} {line}"))
            .collect::<Vec<_>>()
    };
    [mark('-', &before), mark('+', &after)].concat()
}

#[test]
fn every_fix_is_as_a_person_would_write_it() {
    let mut report = String::new();
    for path in files() {
        let source = source(&path);
        for finding in findings(&source) {
            for fix in &finding.fixes {
                let mark = if finding.sure_fix().is_some() {
                    "sure"
                } else {
                    "asks"
                };
                let text = with_edits(source.text(), fix.edits());
                let line = source.position(finding.place.start()).line;
                let file = name(&path);
                writeln!(
                    report,
                    "{file}:{line} {}, {mark}: {}",
                    finding.kind.name, fix.label
                )
                .expect("a string");
                report.push_str(&changes(source.text(), &text));
            }
        }
    }
    let lines: Vec<_> = report.lines().map(dateline::text::visible).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "diagnostics/snapshots" }, {
        insta::assert_snapshot!("fixes", lines.join("\n"));
    });
}

/// A text, a kind, and the text after the first fix of that kind.
#[track_caller]
fn check(before: &str, kind: &str, label: &str, after: &str) {
    let source = SourceText::new("a.toml", before);
    let found = findings(&source);
    let fixes = found
        .iter()
        .filter(|it| it.kind.name == kind)
        .flat_map(|it| &it.fixes);
    let labels: Vec<&str> = fixes.clone().map(|fix| fix.label.as_str()).collect();
    let mut fixes = fixes.filter(|fix| fix.label.starts_with(label));
    let fix = fixes
        .next()
        .unwrap_or_else(|| panic!("{kind} has {labels:?}"));
    assert_eq!(with_edits(source.text(), fix.edits()), after);
}

#[test]
fn a_declaration_is_written_where_the_others_are() {
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nsources = [\"a\", \"ö\"]\n";
    check(
        event,
        "unknown-source",
        "declare",
        &format!("[sources.a]\n\n{event}"),
    );
    let head = "# The file.\n\n# The event.\n";
    check(
        &format!("{head}{event}"),
        "unknown-source",
        "declare",
        &format!("# The file.\n\n[sources.a]\n\n# The event.\n{event}"),
    );
    check(
        &format!("{event}\n[sources.a]"),
        "unknown-source",
        "declare",
        &format!("{event}\n[sources.a]\n\n[sources.\"ö\"]\n"),
    );
    let windows = |text: &str| text.replace('\n', "\r\n");
    check(
        &windows(&format!("[sources.a]\ntitle = \"A\" # a\n\n{event}")),
        "unknown-source",
        "declare",
        &windows(&format!(
            "[sources.a]\ntitle = \"A\" # a\n\n[sources.\"ö\"]\n\n{event}"
        )),
    );
}

#[test]
fn an_item_goes_without_a_trace_and_comments_stay() {
    let list =
        |items: &str| format!("[[events]]\nwhen = \"2021\"\ntitle = \"X\"\ntags = [{items}]\n");
    let cases = [
        ("\"a\", \"a\"", "\"a\""),
        ("\"a\", \"a\", \"b\"", "\"a\", \"b\""),
        (
            "\n  \"a\", # one\n  \"a\", # two\n",
            "\n  \"a\", # one\n  # two\n",
        ),
        ("\n  \"a\",\n  \"a\",\n  \"b\",\n", "\n  \"a\",\n  \"b\",\n"),
        ("\n  \"a\",\n  \"a\"\n", "\n  \"a\",\n"),
    ];
    for (before, after) in cases {
        check(&list(before), "duplicate-item", "delete", &list(after));
    }
    check(
        &list("\"\""),
        "empty-value",
        "leave",
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n",
    );
}

#[test]
fn an_unused_table_goes_with_its_blank_line_unless_it_has_a_comment() {
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n";
    let source = "[sources.a]\ntitle = \"A\"\n";
    check(
        &format!("{event}\n{source}"),
        "unused-source",
        "delete",
        event,
    );
    check(
        &format!("{source}\n# X\n{event}"),
        "unused-source",
        "delete",
        &format!("# X\n{event}"),
    );
    let text = format!("[sources.a] # mine\ntitle = \"A\"\n\n{event}");
    let found = findings(&SourceText::new("a.toml", text));
    assert!(found.iter().all(|it| it.fixes.is_empty()), "{found:#?}");
}

#[test]
fn a_source_that_alone_names_another_is_not_deleted() {
    let text = "[sources.a]\nderives-from = [\"b\"]\n[sources.b]\ntitle = \"B\"\n\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n";
    let found = findings(&SourceText::new("a.toml", text));
    let kinds: Vec<_> = found
        .iter()
        .map(|it| (it.kind.name, it.fixes.len()))
        .collect();
    assert_eq!(kinds, [("unused-source", 0)]);
}

#[test]
fn a_key_above_the_first_heading_is_put_below_its_own() {
    let event = "\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n";
    check(
        &format!("format = 1\ntlp = \"RED\" # all\n{event}"),
        "unknown-key",
        "put it below",
        &format!("format = 1\n[timeline]\ntlp = \"RED\" # all\n{event}"),
    );
}

/// A fix of a marking never makes it wider: an unreadable marking counts as `RED` until its author says otherwise.
#[test]
fn no_sure_fix_deletes_or_guesses_a_marking() {
    for marking in ["", "AMBR", "OFFICIAL", "TLP:AMBER-STRICT"] {
        let text = format!(
            "[timeline]\ntlp = \"{marking}\"\n\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n"
        );
        let found = findings(&SourceText::new("a.toml", text));
        assert_eq!(found[0].kind.name, "unknown-marking");
        assert!(found[0].sure_fix().is_none(), "{marking}");
    }
    let twice = "[timeline]\ntlp = \"RED\"\ntlp = \"CLEAR\"\n\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n";
    let found = findings(&SourceText::new("a.toml", twice));
    assert!(found.iter().all(|it| it.fixes.is_empty()), "{found:#?}");
}

/// How many findings say the same as one of them.
fn alike(findings: &[Diagnostic], one: &Diagnostic) -> usize {
    let is_it = |it: &&Diagnostic| it.kind == one.kind && it.message == one.message;
    findings.iter().filter(is_it).count()
}

/// A slip of the fingers in a good file: a character is missing.
#[test]
fn a_fix_of_any_slip_removes_its_finding() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/every-key.toml");
    let good: Vec<char> = source(&path).text().chars().collect();
    let mut fixes = 0;
    let mut useless = Vec::new();
    for at in (0..good.len()).step_by(11) {
        let mut text = good.clone();
        text.remove(at);
        let source = SourceText::new("a.toml", text.into_iter().collect::<String>());
        let before = findings(&source);
        for (finding, fix) in before
            .iter()
            .flat_map(|it| it.fixes.iter().map(move |fix| (it, fix)))
        {
            let edited = with_edits(source.text(), fix.edits());
            let after = findings(&SourceText::new("a.toml", edited));
            fixes += 1;
            if alike(&after, finding) >= alike(&before, finding) {
                useless.push(format!("{at}: {}, {}", finding.message, fix.label));
            }
        }
    }
    assert!(fixes > 50, "{fixes}");
    assert!(useless.is_empty(), "{useless:#?}");
}
