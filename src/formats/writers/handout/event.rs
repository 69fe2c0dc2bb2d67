//! One event: its facts, who says what about it, what is contested, what it is tied to, and its sources.

use std::collections::HashSet;

use super::{HandoutBlock, HandoutBuilder, HandoutHeading, LINE_BREAK, own_marking};
use crate::date::Truth;
use crate::document::text_run::{date, join, plain, quiet, quote, run, when};
use crate::document::{self, Document, PageSubject, Role, Table, TableRow, TextRun, statements};
use crate::timeline::term::{Aspect, Stance};
use crate::timeline::{Claim, ClaimValue, Event, EventId};

impl HandoutBuilder<'_> {
    /// Everything about an event.
    pub(super) fn event(&mut self, id: EventId, truth: Truth) {
        let event = self.timeline().event(id);
        let title = if event.title().trim().is_empty() {
            "(untitled event)"
        } else {
            event.title()
        };
        self.blocks.push(HandoutBlock::Heading(HandoutHeading {
            mark: vec![when(event)],
            text: vec![run(Role::Heading, title)],
            of: Some(PageSubject::Event(id)),
        }));
        if truth == Truth::Possibly {
            let words = "Possibly matches the filter.";
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(words)]));
        }
        self.opening(
            Document::about(self.timeline(), PageSubject::Event(id)),
            &[],
        );
        self.log(event);
        self.claims(event);
        self.links(event);
        self.sources(event);
    }

    /// One layer of the event as the screen has it.
    fn layer(&self, event: Event<'_>, layer: &str) -> Vec<document::DocumentBlock> {
        Document::layers(self.timeline(), event.id(), &[layer.to_owned()]).blocks
    }

    /// What a log says of the event, under the log's own names.
    fn log(&mut self, event: Event<'_>) {
        let mut items = Vec::new();
        for block in Document::facts(self.timeline(), event.id()).blocks {
            if let document::DocumentBlock::Item { mark, body, notes } = block {
                let mut runs = [mark, vec![quiet(": ")], body].concat();
                for line in notes {
                    runs.push(line_break());
                    runs.extend(line);
                }
                items.push(runs);
            }
        }
        if !items.is_empty() {
            let lead = vec![run(Role::Label, "In the log")];
            self.blocks.push(HandoutBlock::List(lead, items));
        }
    }

    /// The table of the screen, with sources by number, markings, and in words what differs.
    fn claims(&mut self, event: Event<'_>) {
        let aspects = Aspect::ALL.iter().copied();
        let groups = aspects.map(|aspect| {
            let claims = event.claims().map(|(_, claim)| claim);
            claims.filter(|claim| claim.about == aspect).collect()
        });
        let groups: Vec<Vec<&Claim>> = groups.filter(|group: &Vec<_>| !group.is_empty()).collect();
        for block in self.layer(event, "claims") {
            let document::DocumentBlock::Table(mut table) = block else {
                continue;
            };
            let mut claims = groups.iter().flatten();
            let mut aspects = groups.iter();
            for row in &mut table.rows {
                match row {
                    TableRow::Group(head) => {
                        head.extend(
                            aspects
                                .next()
                                .map(|it| self.what_differs(it))
                                .unwrap_or_default(),
                        );
                    }
                    TableRow::Cells(cells) => {
                        let tlp = claims.next().and_then(|claim| claim.tlp);
                        if let Some(last) = cells.iter_mut().rfind(|cell| !cell.is_empty()) {
                            last.extend(own_marking(tlp));
                        }
                    }
                }
            }
            let table = self.cited(table);
            self.blocks.push(HandoutBlock::Table(table));
        }
    }

    /// A table with sources replaced by their numbers.
    fn cited(&mut self, mut table: Table) -> Table {
        for row in &mut table.rows {
            let TableRow::Cells(cells) = row else {
                continue;
            };
            for cited in cells.iter_mut().flatten() {
                if let Some(PageSubject::Source(id)) = cited.link {
                    *cited = self.cite(id);
                }
            }
        }
        table
    }

    /// In words, what claims on one aspect say where they differ.
    fn what_differs(&self, claims: &[&Claim]) -> Vec<TextRun> {
        let Some(first) = claims.first() else {
            return Vec::new();
        };
        let differences = self.timeline().event(first.event).differences(first.about);
        let mut parts: Vec<Vec<TextRun>> = Vec::new();
        if differences.value {
            let values = claims.iter().filter_map(|claim| self.value(claim));
            parts.push(distinct(values));
        }
        if differences.words {
            let words = claims
                .iter()
                .filter_map(|claim| claim.likelihood.as_deref());
            parts.push(distinct(words.map(quote)));
        }
        for (stance, one, several) in [
            (Stance::Denies, "one denies it", "deny it"),
            (Stance::Doubts, "one doubts it", "doubt it"),
        ] {
            match claims.iter().filter(|claim| claim.stance == stance).count() {
                0 => {}
                1 => parts.push(vec![plain(one)]),
                count => parts.push(vec![plain(&format!("{count} {several}"))]),
            }
        }
        if parts.is_empty() {
            return Vec::new();
        }
        let mut runs = vec![quiet(" (")];
        runs.extend(join(parts, "; "));
        runs.push(quiet(")"));
        runs
    }

    fn value(&self, claim: &Claim) -> Option<TextRun> {
        Some(match claim.value.as_ref()? {
            ClaimValue::Entity(id) => self.writer.entity(*id, Role::Actor),
            ClaimValue::Date(when) => date(when),
            ClaimValue::Text(text) => plain(text),
        })
    }

    /// The linked events, each with the time between.
    fn links(&mut self, event: Event<'_>) {
        let mut lead = Vec::new();
        let mut items = Vec::new();
        for block in self.layer(event, "links") {
            match block {
                document::DocumentBlock::Heading(heading) => lead = labelled(heading),
                document::DocumentBlock::Item { mark, body, notes } => {
                    let is_left_out = body.iter().any(|run| match run.link {
                        Some(PageSubject::Event(id)) => !self.events.contains(&id),
                        _ => false,
                    });
                    let mut runs = mark;
                    runs.push(quiet(" "));
                    runs.extend(body);
                    for note in notes {
                        runs.push(quiet(": "));
                        runs.extend(note);
                    }
                    if is_left_out {
                        runs.push(quiet(" (not in this handout)"));
                    }
                    items.push(runs);
                }
                _ => {}
            }
        }
        if !items.is_empty() {
            self.blocks.push(HandoutBlock::List(lead, items));
        }
    }

    fn sources(&mut self, event: Event<'_>) {
        let sources = event.sources();
        if sources.is_empty() {
            return;
        }
        let cited: Vec<Vec<TextRun>> = sources.iter().map(|&id| vec![self.cite(id)]).collect();
        let mut runs = vec![run(Role::Label, "Sources:"), plain(" ")];
        runs.extend(join(cited, ", "));
        let more = statements(self.timeline(), sources);
        runs.extend(more.map(|more| quiet(&format!(", {more}"))));
        self.blocks.push(HandoutBlock::Paragraph(runs));
    }
}

/// A run that ends a line of an item: text of a timeline has no line break in it by now.
fn line_break() -> TextRun {
    TextRun {
        text: LINE_BREAK.to_owned(),
        role: Role::Quiet,
        link: None,
    }
}

/// The head of a section on the screen as the line before a list.
fn labelled(mut heading: Vec<TextRun>) -> Vec<TextRun> {
    for run in &mut heading {
        if run.role == Role::Heading {
            run.role = Role::Label;
        }
    }
    heading
}

/// Each text once, in the order in which they come.
fn distinct(runs: impl Iterator<Item = TextRun>) -> Vec<TextRun> {
    let mut texts = HashSet::new();
    let known = runs.filter(|run| texts.insert(run.text.to_ascii_lowercase()));
    let known: Vec<TextRun> = known.collect();
    join(known.into_iter().map(|run| vec![run]).collect(), " / ")
}
