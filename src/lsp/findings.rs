//! Findings as diagnostics of the protocol: sent after a change, or asked for by the client.

use serde_json::{Value, json};

use super::client::{ClientCapabilities, ClientFeature};
use super::text_document::{CheckText, TextDocument};
use super::text_request::TextRequest;
use crate::diagnostic::{Diagnostic, Severity, UNUSED_ENTITY, UNUSED_SOURCE};
use crate::text::visible;

/// The parameters of `textDocument/publishDiagnostics`; `None` if the client shows no findings, and there are none.
pub(super) fn pushed(
    document: &mut TextDocument,
    client: ClientCapabilities,
    check: CheckText,
) -> Option<Value> {
    let is_timeline = document.is_timeline();
    if !is_timeline && !document.has_findings {
        return None;
    }
    let findings = if is_timeline {
        document.check(check);
        all(document, client)
    } else {
        Vec::new()
    };
    document.has_findings = !findings.is_empty();
    Some(json!({
        "uri": document.uri(),
        "version": document.version(),
        "diagnostics": findings,
    }))
}

/// The answer to `textDocument/diagnostic`.
pub(super) fn pulled(request: &mut TextRequest<'_>) -> Value {
    let client = request.client;
    let items = if request.document.is_timeline() {
        all(request.checked(), client)
    } else {
        Vec::new()
    };
    json!({ "kind": "full", "items": items })
}

fn all(document: &TextDocument, client: ClientCapabilities) -> Vec<Value> {
    let findings = document.checked().map(|checked| &checked.findings);
    let findings = findings.into_iter().flatten();
    findings
        .map(|finding| in_protocol(document, client, finding))
        .collect()
}

/// A finding as a diagnostic of the protocol.
pub(super) fn in_protocol(
    document: &TextDocument,
    client: ClientCapabilities,
    finding: &Diagnostic,
) -> Value {
    let mut diagnostic = json!({
        "range": document.place_range(finding.place),
        "severity": match finding.severity() {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Note => 3,
        },
        "code": finding.kind.name,
        "source": "dateline",
        "message": message(finding),
    });
    let is_unused = *finding.kind == UNUSED_SOURCE || *finding.kind == UNUSED_ENTITY;
    if client.has(ClientFeature::UnnecessaryTag) && is_unused {
        diagnostic["tags"] = json!([1]);
    }
    if client.has(ClientFeature::RelatedPlaces) && !finding.related.is_empty() {
        let related = finding.related.iter().map(|(place, what)| {
            json!({ "location": document.location(&place.range()), "message": visible(what) })
        });
        diagnostic["relatedInformation"] = related.collect();
    }
    diagnostic
}

/// The message, the label and the instructions, a line each.
fn message(finding: &Diagnostic) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(Some(finding.label.clone()).filter(|label| !label.is_empty()));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    if finding.more > 0 {
        lines.push(format!("and {} more like it", finding.more));
    }
    let lines = lines.iter().map(|line| visible(line));
    lines.collect::<Vec<_>>().join("\n")
}
