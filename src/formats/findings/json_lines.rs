//! JSON lines: an object for each finding. `dateline help checks` documents the keys.

use super::region::TextRegion;
use crate::diagnostic::{Diagnostic, Fix, SourceText, TextEdit, TextPlace};
use crate::formats::writers::json_text::OrderedObject;

pub(super) fn write(findings: &[Diagnostic], texts: &[SourceText]) -> String {
    let lines = findings.iter().map(|it| finding(it, texts).line() + "\n");
    lines.collect()
}

fn finding(finding: &Diagnostic, texts: &[SourceText]) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("kind", finding.kind.name);
    object.put("severity", finding.severity().as_str());
    put_place(&mut object, finding.place, texts);
    object.put("message", finding.message.as_str());
    object.put("label", finding.label.as_str());
    object.put("help", finding.help.clone());
    if finding.more > 0 {
        object.put("more", finding.more);
    }
    let related = finding.related.iter().map(|(place, what)| {
        let mut object = OrderedObject::default();
        put_place(&mut object, *place, texts);
        object.put("message", what.as_str());
        object
    });
    object.put_list("related", related.collect());
    let fixes = finding.fixes.iter().filter(|fix| !fix.edits().is_empty());
    object.put_list("fixes", fixes.map(|it| fix(it, texts)).collect());
    object
}

fn fix(fix: &Fix, texts: &[SourceText]) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("label", fix.label.as_str());
    object.put("sure", fix.is_sure);
    let edit = |edit: &TextEdit| {
        let mut object = OrderedObject::default();
        put_place(&mut object, edit.place, texts);
        object.keep("text", edit.text.as_str());
        object
    };
    object.put_list("edits", fix.edits().iter().map(edit).collect());
    object
}

fn put_place(object: &mut OrderedObject, place: TextPlace, texts: &[SourceText]) {
    if let Some(region) = TextRegion::new(place, texts) {
        object.put("file", region.file);
        object.put("line", region.line);
        object.put("column", region.column);
        object.put("end-line", region.end_line);
        object.put("end-column", region.end_column);
    }
}
