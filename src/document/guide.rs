//! The pages of the guide: their Markdown as blocks.
//!
//! A table becomes a list: its first column is what each item is known by, the second says what it is, and the others
//! follow under it with their labels. So it fits a terminal of any width, and a page of the manual.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Document, DocumentBlock};
use super::role::Role;
use super::subject::PageSubject;
use super::text_run::{TextRun, link, plain, quiet, run};
use crate::guide::Topic;

/// The list of topics.
pub(super) fn contents() -> Document {
    let title = DocumentBlock::Title(vec![run(Role::Title, "The guide")]);
    let items = Topic::ALL.iter().map(|&topic| DocumentBlock::Item {
        mark: vec![link(PageSubject::Topic(topic), topic.name())],
        body: vec![plain(topic.summary())],
        notes: Vec::new(),
    });
    let blocks = [title, DocumentBlock::Gap].into_iter().chain(items);
    blocks.collect::<Vec<DocumentBlock>>().into()
}

/// A topic.
pub(super) fn topic(topic: Topic) -> Document {
    let mut reader = PageReader::default();
    for event in Parser::new_ext(topic.text(), Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.blocks.into()
}

/// Reads a page from top to bottom.
#[derive(Default)]
struct PageReader {
    blocks: Vec<DocumentBlock>,
    /// The words since the last block, or the last cell of a table.
    runs: Vec<TextRun>,
    /// The cells of the row of a table.
    cells: Vec<Vec<TextRun>>,
    /// The labels of the columns of a table.
    labels: Vec<String>,
    /// Where the link leads whose words follow.
    link: Option<PageSubject>,
    /// The number of the next item; none outside lists and in those without numbers.
    number: Option<u64>,
    /// How many lists lie around what follows.
    lists: usize,
    is_code: bool,
}

impl PageReader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => {
                let lines = text.lines().map(run_of_code);
                self.runs.extend(lines);
            }
            Event::Text(text) => self.push(&text, Role::Text),
            Event::Code(code) => self.push(&format!("`{code}`"), Role::Quote),
            Event::SoftBreak | Event::HardBreak => self.push(" ", Role::Text),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, role: Role) {
        self.runs.push(TextRun {
            link: self.link,
            ..run(
                if self.link.is_some() {
                    Role::Event
                } else {
                    role
                },
                text,
            )
        });
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } | Tag::Table(_) => self.gap(),
            Tag::Paragraph if self.lists == 0 => self.gap(),
            Tag::CodeBlock(_) => {
                self.gap();
                self.is_code = true;
            }
            Tag::List(number) => {
                self.finish_item();
                self.gap();
                self.number = number;
                self.lists += 1;
            }
            Tag::Link { dest_url, .. } => {
                let name = dest_url.strip_suffix(".md").unwrap_or_default();
                self.link = Topic::parse(name).map(PageSubject::Topic);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(HeadingLevel::H1) => self.heading(Role::Title, DocumentBlock::Title),
            TagEnd::Heading(_) => self.heading(Role::Heading, DocumentBlock::Heading),
            TagEnd::Paragraph if self.lists == 0 => self.block(DocumentBlock::Paragraph),
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.block(DocumentBlock::Verbatim);
            }
            TagEnd::Item => self.finish_item(),
            TagEnd::List(_) => self.lists -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.runs)),
            TagEnd::TableHead => {
                let labels = self.cells.drain(..);
                self.labels = labels.map(|cell| words(&cell)).collect();
            }
            TagEnd::TableRow => self.row(),
            _ => {}
        }
    }

    fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(DocumentBlock::Gap)) {
            self.blocks.push(DocumentBlock::Gap);
        }
    }

    fn block(&mut self, of: impl FnOnce(Vec<TextRun>) -> DocumentBlock) {
        let runs = std::mem::take(&mut self.runs);
        self.blocks.push(of(runs));
    }

    fn heading(&mut self, role: Role, of: impl FnOnce(Vec<TextRun>) -> DocumentBlock) {
        let runs = std::mem::take(&mut self.runs);
        self.blocks
            .push(of(runs.iter().map(|it| run(role, &it.text)).collect()));
    }

    /// The words since the last item, as an item; nothing where there are none.
    fn finish_item(&mut self) {
        let body = std::mem::take(&mut self.runs);
        if body.is_empty() {
            return;
        }
        let mark = match &mut self.number {
            Some(number) => {
                let mark = format!("{number}.");
                *number += 1;
                mark
            }
            None => "•".to_owned(),
        };
        self.blocks.push(DocumentBlock::Item {
            mark: vec![quiet(&mark)],
            body,
            notes: Vec::new(),
        });
    }

    fn row(&mut self) {
        let mut cells = self.cells.drain(..);
        let mark = words(&cells.next().unwrap_or_default()).replace('`', "");
        let body = cells.next().unwrap_or_default();
        let mut note = Vec::new();
        let labelled = self.labels.iter().skip(2).zip(cells);
        for (label, cell) in labelled.filter(|(_, cell)| !cell.is_empty()) {
            if !note.is_empty() {
                note.push(quiet(" · "));
            }
            note.push(quiet(&format!("{label}: ")));
            note.extend(cell);
        }
        self.blocks.push(DocumentBlock::Item {
            mark: vec![run(Role::Quote, &mark)],
            body,
            notes: [note].into_iter().filter(|note| !note.is_empty()).collect(),
        });
    }
}

fn words(runs: &[TextRun]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// A line of an example, with its spaces.
fn run_of_code(line: &str) -> TextRun {
    TextRun {
        text: crate::text::visible(line).into_owned(),
        role: Role::Quote,
        link: None,
    }
}
