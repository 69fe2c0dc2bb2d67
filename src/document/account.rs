//! What differs from an earlier version, as the room sees it.

use super::block::{Document, DocumentBlock};
use super::role::Role;
use super::subject::PageSubject;
use super::text_run::{TextRun, link, plain, run};
use crate::timeline::{AccountLine, SceneAccount};

impl Document {
    /// A part of an account: the label of each topic once, and its sentences next to it.
    pub fn account(account: &SceneAccount, part: usize) -> Self {
        let mut blocks = Vec::new();
        let mut before = "";
        for line in account.parts.get(part).into_iter().flatten() {
            let label = if line.topic == before { "" } else { line.topic };
            before = line.topic;
            let value = runs(line);
            blocks.push(DocumentBlock::Fact { label, value });
        }
        blocks.into()
    }
}

fn runs(line: &AccountLine) -> Vec<TextRun> {
    let AccountLine {
        before,
        title,
        after,
        ..
    } = line;
    if title.is_empty() {
        return vec![plain(&format!("{before}{after}"))];
    }
    let title = match line.event {
        Some(event) => link(PageSubject::Event(event), title),
        None => run(Role::Event, title),
    };
    vec![
        plain(&format!("{before}“")),
        title,
        plain(&format!("”{after}")),
    ]
}
