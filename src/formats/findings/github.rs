//! Commands of GitHub's workflows: `::error file=…,line=…::message`.
//!
//! A command is a line. In its message `%` and line breaks are escaped, in its properties also `:` and `,`.

use std::fmt::Write as _;

use super::region::TextRegion;
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::text::visible;

pub(super) fn write(findings: &[Diagnostic], texts: &[SourceText]) -> String {
    let mut out = String::new();
    for finding in findings {
        let properties = properties(finding, texts);
        let message = message(finding).replace('%', "%25").replace('\n', "%0A");
        let command = command(finding.severity());
        writeln!(out, "::{command} {properties}::{message}").expect("a string takes everything");
    }
    out
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Columns only of a place on one line: GitHub takes them for nothing else.
fn properties(finding: &Diagnostic, texts: &[SourceText]) -> String {
    let mut properties = Vec::new();
    if let Some(region) = TextRegion::new(finding.place, texts) {
        properties.push(("file", region.file.to_owned()));
        properties.push(("line", region.line.to_string()));
        properties.push(("endLine", region.end_line.to_string()));
        if region.line == region.end_line {
            properties.push(("col", region.column.to_string()));
            properties.push(("endColumn", region.end_column.to_string()));
        }
    }
    properties.push(("title", finding.kind.name.to_owned()));
    let written = properties.iter().map(|(key, value)| {
        let value = one_line(value);
        let value = value.replace('%', "%25");
        let value = value.replace(':', "%3A").replace(',', "%2C");
        format!("{key}={value}")
    });
    written.collect::<Vec<_>>().join(",")
}

/// The message, what was expected, and each help on a line of its own.
fn message(finding: &Diagnostic) -> String {
    let mut lines = vec![one_line(&finding.message)];
    if !finding.label.is_empty() {
        lines.push(one_line(&finding.label));
    }
    lines.extend(
        finding
            .help
            .iter()
            .map(|help| format!("help: {}", one_line(help))),
    );
    if finding.more > 0 {
        lines.push(format!("and {} more", finding.more));
    }
    lines.join("\n")
}

/// Every character visible, on one line.
fn one_line(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    visible(&text).into_owned()
}
