//! SARIF 2.1.0 (Static Analysis Results Interchange Format, an OASIS standard), for platforms that review code.

use std::fmt::Write as _;

use super::region::TextRegion;
use crate::diagnostic::{
    Diagnostic, FindingKind, Fix, KINDS, Severity, SourceText, TextEdit, TextPlace,
};
use crate::formats::writers::json_text::OrderedObject;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(findings: &[Diagnostic], texts: &[SourceText]) -> String {
    let mut run = OrderedObject::default();
    run.put_object("tool", object([("driver", driver())]));
    run.put("columnKind", "unicodeCodePoints");
    let results = findings.iter().map(|it| result(it, texts));
    run.keep_list("results", results.collect());
    let mut log = OrderedObject::default();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    log.put_list("runs", vec![run]);
    log.lines() + "\n"
}

fn object<const N: usize>(entries: [(&'static str, OrderedObject); N]) -> OrderedObject {
    let mut object = OrderedObject::default();
    for (key, value) in entries {
        object.put_object(key, value);
    }
    object
}

/// A message, which SARIF wraps in an object. Braces are for placeholders; two mean one (3.11.5).
fn message(text: &str) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("text", text.replace('{', "{{").replace('}', "}}"));
    object
}

fn driver() -> OrderedObject {
    let mut driver = OrderedObject::default();
    driver.put("name", "dateline");
    driver.put("version", env!("CARGO_PKG_VERSION"));
    driver.put("semanticVersion", env!("CARGO_PKG_VERSION"));
    driver.put("informationUri", env!("CARGO_PKG_REPOSITORY"));
    driver.put_list("rules", KINDS.iter().map(|kind| rule(kind)).collect());
    driver
}

fn rule(kind: &FindingKind) -> OrderedObject {
    let mut rule = OrderedObject::default();
    rule.put("id", kind.name);
    rule.put_object("shortDescription", message(kind.summary));
    rule.put_object("fullDescription", message(kind.explanation));
    let mut configuration = OrderedObject::default();
    configuration.put("level", kind.severity.as_str());
    rule.put_object("defaultConfiguration", configuration);
    if !kind.wrong.is_empty() {
        let example = format!("Instead of\n\n{}\nwrite\n\n{}", kind.wrong, kind.fixed);
        rule.put_object("help", message(&example));
    }
    rule
}

fn result(finding: &Diagnostic, texts: &[SourceText]) -> OrderedObject {
    let mut result = OrderedObject::default();
    result.put("ruleId", finding.kind.name);
    if let Some(index) = KINDS.iter().position(|kind| *kind == finding.kind) {
        result.put("ruleIndex", index);
    }
    result.put("level", level(finding.severity()));
    result.put_object("message", message(&words(finding)));
    let here = location(finding.place, texts);
    result.put_list("locations", here.into_iter().collect());
    if finding.more > 0 {
        result.put("occurrenceCount", finding.count());
    }
    let related = finding.related.iter().filter_map(|(place, what)| {
        let mut location = location(*place, texts)?;
        location.put_object("message", message(what));
        Some(location)
    });
    result.put_list("relatedLocations", related.collect());
    let fixes = finding.fixes.iter().filter(|fix| !fix.edits().is_empty());
    result.put_list("fixes", fixes.map(|it| fix(it, texts)).collect());
    result
}

/// SARIF has the words of dateline for levels.
const fn level(severity: Severity) -> &'static str {
    severity.as_str()
}

/// The message, what was expected, and the help, a sentence each.
fn words(finding: &Diagnostic) -> String {
    let mut words = finding.message.clone();
    for part in [&finding.label].into_iter().filter(|it| !it.is_empty()) {
        write!(words, "\n{part}").expect("a string takes everything");
    }
    for help in &finding.help {
        write!(words, "\nhelp: {help}").expect("a string takes everything");
    }
    words
}

fn location(place: TextPlace, texts: &[SourceText]) -> Option<OrderedObject> {
    let region = TextRegion::new(place, texts)?;
    let mut physical = OrderedObject::default();
    physical.put_object("artifactLocation", artifact(region.file));
    physical.put_object("region", region_object(&region));
    Some(object([("physicalLocation", physical)]))
}

fn region_object(region: &TextRegion<'_>) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("startLine", region.line);
    object.put("startColumn", region.column);
    object.put("endLine", region.end_line);
    object.put("endColumn", region.end_column);
    object
}

fn artifact(file: &str) -> OrderedObject {
    let mut artifact = OrderedObject::default();
    artifact.put("uri", uri(file));
    artifact
}

/// A path as a reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if is_plain {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a string takes everything");
        }
    }
    uri
}

fn fix(fix: &Fix, texts: &[SourceText]) -> OrderedObject {
    let mut written = OrderedObject::default();
    written.put_object("description", message(&fix.label));
    let edits = fix.edits();
    let files = edits.chunk_by(|a, b| a.place.file == b.place.file);
    let changes = files.filter_map(|edits| change(edits, texts));
    written.put_list("artifactChanges", changes.collect());
    written
}

/// The edits of one file.
fn change(edits: &[TextEdit], texts: &[SourceText]) -> Option<OrderedObject> {
    let file = TextRegion::new(edits.first()?.place, texts)?.file;
    let replacements = edits.iter().filter_map(|edit| {
        let region = TextRegion::new(edit.place, texts)?;
        let mut inserted = OrderedObject::default();
        inserted.keep("text", edit.text.as_str());
        let deleted = region_object(&region);
        Some(object([
            ("deletedRegion", deleted),
            ("insertedContent", inserted),
        ]))
    });
    let mut change = OrderedObject::default();
    change.put_object("artifactLocation", artifact(file));
    change.put_list("replacements", replacements.collect());
    Some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("cases/a b%.toml"), "cases/a%20b%25.toml");
        assert_eq!(uri("C:\\á.toml"), "C%3A%5C%C3%A1.toml");
        assert_eq!(uri("/tmp/x.toml"), "file:///tmp/x.toml");
    }
}
