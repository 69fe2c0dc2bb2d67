//! In and out: the forms in which a timeline is read and written.

mod address;
pub mod export;
pub mod handout;
pub mod html;
pub mod linear;
mod lost;
pub mod markdown;
pub mod text;
pub mod toml;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::query;
use crate::timeline::draft::Draft;
use crate::timeline::{Timeline, build, check};
use lost::Lost;

/// Reads the texts of one timeline and says everything that is wrong with them, in the order of the
/// texts. The number of a text in the slice is its [`FileId`](crate::diagnostic::FileId).
pub fn read_and_check(texts: &[SourceText]) -> (Draft, Vec<Diagnostic>) {
    let reading = toml::read(texts);
    let mut findings = reading.findings;
    let lost = Lost::new(texts, &findings, &reading.unread);
    let of_the_whole = check::check(&reading.draft).into_iter();
    findings.extend(of_the_whole.filter(|it| !lost.explains(it)));
    findings.sort_by_key(|it| (it.place, it.kind.name));
    (reading.draft, findings)
}

/// Whether a text says how it is marked.
pub fn has_marking(text: &SourceText) -> bool {
    let reading = toml::read(std::slice::from_ref(text));
    reading.draft.head.tlp.is_some()
}

/// Reads the texts of one timeline and builds it. What is wrong includes what only shows once it is
/// built: views that cannot be used on it.
pub fn open(texts: &[SourceText]) -> (Timeline, Vec<Diagnostic>) {
    let (draft, mut findings) = read_and_check(texts);
    let views = draft.views.clone();
    let timeline = build(draft);
    findings.extend(query::views::check(&timeline, &views));
    findings.sort_by_key(|it| (it.place, it.kind.name));
    (timeline, findings)
}
