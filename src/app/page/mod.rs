//! A document set in lines of a given width: what a screen scrolls through and links move in.

mod cut;
mod strip;
mod table;

use std::borrow::Cow;

use crate::document::{
    Document, DocumentBlock, FoldedRow, Role, Subject, Table, TableRow, TextRun,
};
use crate::text::{self, visible};
use cut::Cutter;

/// Longer lines tire the eye: text is never set wider than this, in cells.
pub const MEASURE: u16 = 96;

/// How far lines that are kept as written are indented, in cells.
const VERBATIM_INDENT: usize = 4;

/// The widest column of labels or marks, in cells.
const WIDEST_MARK: usize = 26;

/// Words of one meaning on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, made visible: what is seen is what was measured.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// Which link of the page they belong to.
    pub link: Option<usize>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right, without gaps.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// The characters of the line.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

/// A link and the lines on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub to: Subject,
    /// Its words.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// The first and the last line, the last included.
    pub lines: (usize, usize),
}

impl Link {
    /// The run of the document that it is.
    pub fn run(&self) -> TextRun {
        TextRun {
            text: self.text.clone(),
            role: self.role,
            link: Some(self.to),
        }
    }
}

/// A document set in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// In reading order. Where the page is not whole, the last of them may be on lines that are not set yet.
    pub links: Vec<Link>,
    /// Whether these are all lines of the document.
    pub is_whole: bool,
}

impl Page {
    /// Sets a document `width` cells wide: text no wider than the measure, tables as wide as they need.
    pub fn set(document: &Document, width: u16) -> Self {
        Self::set_first(document, width, usize::MAX)
    }

    /// Sets at most so many lines of a document: what lies behind them costs nothing.
    pub fn set_first(document: &Document, width: u16, most: usize) -> Self {
        let full = usize::from(width).max(1);
        let width = full.min(usize::from(MEASURE));
        let blocks = &document.blocks;
        let grid = |block: &DocumentBlock| match block {
            DocumentBlock::Table(table) => table::Grid::of(table, full),
            _ => None,
        };
        let grids: Vec<Option<table::Grid>> = blocks.iter().map(grid).collect();
        let widest = grids.iter().flatten().map(table::Grid::width).max();
        let mut setter = Setter {
            page: Self::default(),
            width,
            rule: widest.unwrap_or(0).max(width),
            // What is cut off is cut off in the line after them, so that they are as on the whole page.
            most: most.saturating_add(1),
        };
        let mut grids = grids.iter();
        for group in blocks.chunk_by(are_neighbours) {
            let marks = mark_width(group, width);
            for (block, grid) in group.iter().zip(&mut grids) {
                if setter.is_full() {
                    break;
                }
                match (block, grid) {
                    (DocumentBlock::Table(table), Some(grid)) => setter.table(table, grid),
                    _ => setter.block(block, marks),
                }
            }
        }
        setter.page.is_whole = !setter.is_full();
        setter.page.lines.truncate(most);
        setter.page
    }
}

/// Whether blocks that follow one another are of one sort.
fn are_neighbours(one: &DocumentBlock, other: &DocumentBlock) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// Neighbouring facts share one column of labels, neighbouring items one column of marks.
fn mark_width(group: &[DocumentBlock], width: usize) -> usize {
    let widths = group.iter().map(mark_needs);
    widths.max().unwrap_or(0).min(WIDEST_MARK).min(width / 2)
}

/// How wide the label or the mark of a block is.
fn mark_needs(block: &DocumentBlock) -> usize {
    match block {
        DocumentBlock::Fact { label, .. } => text::width(label),
        DocumentBlock::Item { mark, .. } if is_date(mark) => width_of(mark).max(DAY),
        DocumentBlock::Item { mark, .. } => width_of(mark),
        _ => 0,
    }
}

struct Setter {
    page: Page,
    /// How wide text is.
    width: usize,
    /// How far the rules of headings run out.
    rule: usize,
    /// How many lines are wanted. There may be more, which are dropped in the end: of those, some may lack a part.
    most: usize,
}

impl Setter {
    fn is_full(&self) -> bool {
        self.page.lines.len() >= self.most
    }

    fn block(&mut self, block: &DocumentBlock, mark_width: usize) {
        match block {
            DocumentBlock::Gap => self.page.lines.push(Line::default()),
            DocumentBlock::Title(runs) | DocumentBlock::Paragraph(runs) => self.runs(runs, 0),
            DocumentBlock::Heading(runs) => self.heading(runs),
            DocumentBlock::Fact { label, value } => {
                let label = TextRun {
                    text: (*label).to_owned(),
                    role: Role::Label,
                    link: None,
                };
                self.beside(&[label], mark_width, |setter, indent| {
                    setter.runs(value, indent);
                });
            }
            DocumentBlock::Item { mark, body, notes } => {
                self.beside(mark, mark_width, |setter, indent| {
                    setter.runs(body, indent);
                    for note in notes {
                        setter.runs(note, indent);
                    }
                });
            }
            DocumentBlock::Verbatim(lines) => {
                let indent = VERBATIM_INDENT.min(self.width / 4);
                for line in lines {
                    self.runs(std::slice::from_ref(line), indent);
                }
            }
            DocumentBlock::Table(table) => self.folded(table),
            DocumentBlock::Strip(strip) => self.strip(strip),
        }
    }

    /// A table for which there is no room: its rows as items, the heads of its groups as headings.
    fn folded(&mut self, table: &Table) {
        let mut items = Vec::new();
        for row in &table.rows {
            match row {
                TableRow::Group(head) => {
                    items.extend((!items.is_empty()).then_some(DocumentBlock::Gap));
                    items.push(DocumentBlock::Heading(head.clone()));
                }
                TableRow::Cells(cells) => {
                    let FoldedRow { mark, body, notes } = table.fold(cells);
                    items.push(DocumentBlock::Item { mark, body, notes });
                }
            }
        }
        let marks = items.iter().map(mark_needs).max();
        let mark_width = marks.unwrap_or(0).min(WIDEST_MARK).min(self.width / 2);
        for item in &items {
            if self.is_full() {
                break;
            }
            self.block(item, mark_width);
        }
    }

    /// The head of a section runs out into a rule.
    fn heading(&mut self, runs: &[TextRun]) {
        self.runs(runs, 0);
        let Some(line) = self.page.lines.last_mut() else {
            return;
        };
        let used = text::width(&line.text());
        if let Some(left) = self.rule.checked_sub(used + 1).filter(|&left| left > 1) {
            let rule = format!(" {}", "─".repeat(left));
            line.pieces.push(Piece {
                text: rule,
                role: Role::Faint,
                link: None,
            });
        }
    }

    /// Sets `mark` in a column of its own and the rest to the right of it; where the column would
    /// leave too little room, the mark stands on a line of its own.
    fn beside(&mut self, mark: &[TextRun], mark_width: usize, rest: impl FnOnce(&mut Self, usize)) {
        let long = width_of(mark);
        if self.width < 2 * mark_width || long > mark_width {
            self.runs(mark, 0);
            rest(self, 2.min(self.width / 4));
            return;
        }
        let first = self.page.lines.len();
        let indent = mark_width + 2;
        let links = self.number_links(mark, first);
        rest(self, indent);
        if self.page.lines.len() == first {
            self.page.lines.push(Line::default());
        }
        let before = if is_date(mark) {
            mark_width.min(DAY).saturating_sub(long)
        } else {
            0
        };
        let mut pieces = vec![space(before)];
        pieces.extend(mark.iter().zip(links).map(|(run, link)| piece(run, link)));
        pieces.push(space(indent - long - before));
        pieces.retain(|piece| !piece.text.is_empty());
        let line = &mut self.page.lines[first];
        if line
            .pieces
            .first()
            .is_some_and(|piece| piece.text.trim().is_empty())
        {
            line.pieces.remove(0);
        }
        line.pieces.splice(0..0, pieces);
    }

    /// Sets runs from `indent` to the right edge, in as many lines as they need.
    fn runs(&mut self, runs: &[TextRun], indent: usize) {
        let first = self.page.lines.len();
        let width = self.width.saturating_sub(indent).max(1);
        for mut pieces in self.wrapped(runs, width, first) {
            if indent > 0 {
                pieces.insert(0, space(indent));
            }
            self.page.lines.push(Line { pieces });
        }
    }

    /// Runs in lines of a width, of which the first will be line `first` of the page.
    fn wrapped(&mut self, runs: &[TextRun], width: usize, first: usize) -> Vec<Vec<Piece>> {
        let links = self.number_links(runs, first);
        let shown: Vec<Cow<'_, str>> = runs.iter().map(|run| visible(&run.text)).collect();
        let mut set = Vec::new();
        let mut cutter = Cutter::new(runs, &shown, &links);
        let most = self.most.saturating_sub(self.page.lines.len()).max(1);
        for (number, range) in (first..).zip(text::first_lines(&shown, width, most)) {
            let pieces = cutter.cut(range);
            for link in pieces.iter().filter_map(|piece| piece.link) {
                self.page.links[link].lines.1 = number;
            }
            set.push(pieces);
        }
        set
    }

    /// Gives the links of some runs their numbers on the page.
    fn number_links(&mut self, runs: &[TextRun], first: usize) -> Vec<Option<usize>> {
        let mut links = Vec::with_capacity(runs.len());
        for run in runs {
            links.push(run.link.map(|to| {
                self.page.links.push(Link {
                    to,
                    text: run.text.clone(),
                    role: run.role,
                    lines: (first, first),
                });
                self.page.links.len() - 1
            }));
        }
        links
    }
}

/// How wide a day with its month and year is: shorter dates are set right to it, so that years stand
/// under years.
const DAY: usize = "25 Mar 2024".len();

fn width_of(runs: &[TextRun]) -> usize {
    let shown = runs.iter().map(|run| visible(&run.text));
    shown.map(|shown| text::width(&shown)).sum()
}

fn is_date(mark: &[TextRun]) -> bool {
    mark.iter()
        .all(|run| matches!(run.role, Role::Date | Role::Imprecise))
}

fn piece(run: &TextRun, link: Option<usize>) -> Piece {
    Piece {
        text: visible(&run.text).into_owned(),
        role: run.role,
        link,
    }
}

fn space(width: usize) -> Piece {
    Piece {
        text: " ".repeat(width),
        role: Role::Text,
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::EntityId;

    fn words(text: &str, link: bool) -> TextRun {
        let link = link.then_some(Subject::Entity(EntityId(0)));
        TextRun {
            text: text.to_owned(),
            role: Role::Text,
            link,
        }
    }

    fn lines(blocks: Vec<DocumentBlock>, width: u16) -> Vec<String> {
        Page::set(&Document { blocks }, width)
            .lines
            .iter()
            .map(Line::text)
            .collect()
    }

    #[test]
    fn words_are_kept_whole_across_runs() {
        let runs = vec![
            words("one ", false),
            words("two", true),
            words(", three", false),
        ];
        assert_eq!(
            lines(vec![DocumentBlock::Paragraph(runs)], 9),
            ["one two,", "three"]
        );
    }

    #[test]
    fn labels_share_a_column_and_values_hang_in_theirs() {
        let fact = |label, value: &str| DocumentBlock::Fact {
            label,
            value: vec![words(value, false)],
        };
        let blocks = vec![fact("who", "a b c d e f"), fact("where", "g")];
        assert_eq!(
            lines(blocks, 14),
            ["who    a b c d", "       e f", "where  g"]
        );
    }

    #[test]
    fn a_mark_too_long_for_its_column_stands_above() {
        let item = DocumentBlock::Item {
            mark: vec![words("a rather long remark indeed, is it", false)],
            body: vec![words("body", false)],
            notes: vec![],
        };
        assert_eq!(
            lines(vec![item], 40),
            ["a rather long remark indeed, is it", "  body"]
        );
    }

    #[test]
    fn a_link_knows_every_line_it_stands_on() {
        let page = Page::set(
            &Document {
                blocks: vec![DocumentBlock::Paragraph(vec![
                    words("see ", false),
                    words("a long name", true),
                ])],
            },
            8,
        );
        assert_eq!(page.links.len(), 1);
        assert_eq!(page.links[0].lines, (0, 2));
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for width in 1..30 {
            let runs = vec![words(
                "事件タイムライン and averyverylongwordthatcannotfit",
                false,
            )];
            for line in lines(vec![DocumentBlock::Paragraph(runs)], width) {
                let wide = text::width(&line);
                assert!(
                    wide <= usize::from(width).max(2),
                    "{line:?} is {wide} cells in {width}"
                );
            }
        }
    }
}
