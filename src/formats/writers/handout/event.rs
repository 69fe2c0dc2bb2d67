//! One event: its facts, who says what about it, what is contested, what it is tied to, and its sources.

use super::{HandoutBlock, HandoutBuilder, HandoutHeading, line_break, own_marking};
use crate::date::Truth;
use crate::document::claim_rows::{ClaimTableRow, by_aspect, fold_copies};
use crate::document::text_run::{join, plain, quiet, run, when};
use crate::document::{
    self, Document, PageSubject, Role, Table, TableRow, TextRun, VerdictForm, statements,
    verdict_blocks,
};
use crate::timeline::{Event, EventId};

impl HandoutBuilder<'_> {
    /// Everything about an event.
    pub(super) fn event(&mut self, id: EventId, truth: Truth) {
        self.described.insert(id);
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
            is_on_one_page: false,
        }));
        if truth == Truth::Possibly {
            let words = "Possibly matches the filter.";
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(words)]));
        }
        self.verdict(id);
        self.opening(Document::above_sections(self.timeline(), id), &[]);
        self.log(event);
        self.claims(event);
        self.links(event);
        self.sources(event);
    }

    /// One layer of the event as the screen has it.
    fn layer(&self, event: Event<'_>, layer: &str) -> Vec<document::DocumentBlock> {
        let (document, _) = Document::layers(self.timeline(), event.id(), &[layer.to_owned()]);
        document.blocks
    }

    /// What a log says of the event, under the log's own names.
    fn log(&mut self, event: Event<'_>) {
        if event.attributes().len() == 0 {
            return;
        }
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

    /// The answer before the evidence: a line for each value that claims state.
    fn verdict(&mut self, id: EventId) {
        let verdicts = verdict_blocks(self.timeline(), id, VerdictForm::Whole);
        let items = verdicts.into_iter().map(|verdict| {
            let mut runs: Vec<TextRun> = verdict.label.clone();
            for (at, line) in verdict.lines(VerdictForm::Whole).iter().enumerate() {
                runs.push(if at == 0 { quiet(": ") } else { line_break() });
                runs.extend(line.iter().cloned());
            }
            runs
        });
        let items: Vec<Vec<TextRun>> = items.collect();
        if !items.is_empty() {
            let lead = vec![run(Role::Label, "What the claims say")];
            self.blocks.push(HandoutBlock::List(lead, items));
        }
    }

    /// The table of the screen, with sources by number, those of copies too, and with markings.
    fn claims(&mut self, event: Event<'_>) {
        let timeline = self.timeline();
        let of_each = by_aspect(event).into_iter();
        let rows = of_each.flat_map(|(_, claims)| fold_copies(timeline, &claims));
        let claimed: Vec<ClaimTableRow> = rows.collect();
        for block in Document::claims(timeline, event.id()).blocks {
            let document::DocumentBlock::Table(table) = block else {
                continue;
            };
            let mut table = self.cited(table);
            let rows = table.rows.iter_mut().filter_map(|row| match row {
                TableRow::Cells(cells) => Some(cells),
                TableRow::Group(_) => None,
            });
            for (cells, claims) in rows.zip(&claimed) {
                self.finish_row(cells, claims);
            }
            self.blocks.push(HandoutBlock::Table(table));
        }
    }

    /// Adds the sources of copies, and the marking.
    fn finish_row(&mut self, cells: &mut [Vec<TextRun>], row: &ClaimTableRow) {
        let timeline = self.timeline();
        let (first, copies) = (row.first(), &row.claims()[1..]);
        let is_source = |run: &TextRun| matches!(run.link, Some(PageSubject::Source(_)));
        let at = cells.iter().position(|cell| cell.iter().any(is_source));
        if let Some(at) = at {
            let sources = copies.iter().filter_map(|&id| timeline.claim(id).source);
            for source in sources {
                let cited = self.cite(source);
                cells[at].extend([quiet(", "), cited]);
            }
        }
        let tlp = timeline.claim(first).tlp;
        if let Some(last) = cells.iter_mut().rfind(|cell| !cell.is_empty()) {
            last.extend(own_marking(tlp));
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

/// The head of a section on the screen as the line before a list.
fn labelled(mut heading: Vec<TextRun>) -> Vec<TextRun> {
    for run in &mut heading {
        if run.role == Role::Heading {
            run.role = Role::Label;
        }
    }
    heading
}
