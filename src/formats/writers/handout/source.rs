//! The list of sources.

use super::{HandoutBlock, HandoutBuilder, HandoutReference, own_marking};
use crate::document::source::{reliability_words, standing_words};
use crate::document::text_run::{date, join, plain, quiet, run};
use crate::document::{PageSubject, Role, TextRun, count, with_statements};
use crate::timeline::SourceId;

/// How much is said of each source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReferenceDetail {
    Whole,
    /// Enough to find it.
    Short,
}

impl HandoutBuilder<'_> {
    /// Every source that is cited, and those that they repeat; nothing if none is. The sources before a number have been
    /// listed before.
    pub(super) fn references(&mut self, title: &str, listed: usize) {
        let of = (listed == 0).then_some(PageSubject::Sources);
        let mut references = Vec::new();
        // A reference cites the sources that it repeats, which adds them to the list.
        while let Some(&id) = self.order.get(references.len()) {
            let mut reference = self.reference(id, ReferenceDetail::Whole);
            reference.of = reference.of.filter(|_| references.len() >= listed);
            references.push(reference);
        }
        if references.is_empty() {
            return;
        }
        let number = references.len().to_string();
        let remark = with_statements(self.timeline(), &number, &self.order);
        self.section(title, &remark, of);
        let all = self.timeline().sources().count();
        let more = match all - references.len() {
            0 => String::new(),
            more => format!(
                " Not cited: {} of the timeline.",
                count(more, "more source")
            ),
        };
        let words =
            format!("Sources that repeat one another count as one original statement.{more}");
        self.blocks
            .push(HandoutBlock::Paragraph(vec![quiet(&words)]));
        self.blocks.push(HandoutBlock::References(references));
    }

    /// Every source that has been cited so far, in short; nothing if none has. Returns how many there are.
    pub(super) fn short_references(&mut self) -> usize {
        let order = self.order.clone();
        if !order.is_empty() {
            let number = order.len().to_string();
            let remark = with_statements(self.timeline(), &number, &order);
            self.section("Sources", &remark, Some(PageSubject::Sources));
            let references = order.iter();
            let references = references.map(|&id| self.reference(id, ReferenceDetail::Short));
            let references = references.collect();
            self.blocks.push(HandoutBlock::References(references));
        }
        order.len()
    }

    fn reference(&mut self, id: SourceId, detail: ReferenceDetail) -> HandoutReference {
        let source = self.timeline().source(id);
        let mut body = vec![run(Role::Source, &source.title)];
        body.extend(own_marking(source.tlp));
        let publisher = source.publisher.as_deref();
        body.extend(publisher.map(|name| plain(&format!(", {name}"))));
        match &source.published {
            Some(when) => body.extend([plain(", "), date(when)]),
            None => body.push(quiet(", not dated")),
        }
        let of = Some(PageSubject::Source(id));
        let address = source.url.as_deref().map(plain);
        if detail == ReferenceDetail::Short {
            return HandoutReference {
                of,
                body,
                address,
                notes: Vec::new(),
            };
        }
        let mut notes: Vec<Vec<TextRun>> = Vec::new();
        let standing = source.standing.map(standing_words);
        let reliability = source.reliability.map(reliability_words);
        let kind: Vec<Vec<TextRun>> = standing
            .into_iter()
            .chain(reliability)
            .map(|words| vec![quiet(words)])
            .collect();
        notes.push(join(kind, "; "));
        let origins: Vec<Vec<TextRun>> = source
            .derives_from
            .iter()
            .map(|&origin| vec![self.cite(origin)])
            .collect();
        if !origins.is_empty() {
            let mut runs = vec![quiet("derives from ")];
            runs.extend(join(origins, ", "));
            notes.push(runs);
        }
        notes.extend(source.note.as_deref().map(|note| vec![plain(note)]));
        let retrieved = source.retrieved.as_ref();
        notes.extend(retrieved.map(|when| vec![quiet("retrieved "), date(when)]));
        notes.retain(|note| !note.is_empty());
        HandoutReference {
            of,
            body,
            address,
            notes,
        }
    }
}
