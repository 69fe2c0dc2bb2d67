//! Findings for programs: annotations of GitHub, JSON lines, and SARIF.

mod github;
mod json_lines;
mod region;
mod sarif;

use crate::diagnostic::{Diagnostic, SourceText};

/// A format of findings for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingsFormat {
    /// Commands of GitHub's workflows, which annotate the lines of a pull request.
    Github,
    /// An object of JSON for each finding, on a line of its own.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

/// The findings in some texts. Places are as true as the texts are whole: only the lines of places need to be there.
pub fn write_findings(
    format: FindingsFormat,
    findings: &[Diagnostic],
    texts: &[SourceText],
) -> String {
    match format {
        FindingsFormat::Github => github::write(findings, texts),
        FindingsFormat::Json => json_lines::write(findings, texts),
        FindingsFormat::Sarif => sarif::write(findings, texts),
    }
}
