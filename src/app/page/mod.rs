//! Lays out a document in lines of a given width, as a page that a screen scrolls.

mod column_widths;
mod page_parts;
mod run_cutter;
mod strip_layout;
mod table_layout;
mod typesetter;

use crate::document::{
    Document, DocumentBlock, FoldedRow, Role, Table, TableRow, TextRun, VerdictBlock, VerdictForm,
};
use crate::text;
use crate::timeline::term::Aspect;
use page_parts::{DAY, is_date, width_of};
pub use page_parts::{Page, PageLine, PageLink, PagePiece};
use typesetter::PageTypesetter;

/// The longest lines of text, in cells: longer ones are hard to read.
pub const MEASURE: u16 = 96;

/// The longest verdict lines, in cells: they are lines to look over, not prose.
const WIDE_MEASURE: u16 = 128;

/// Pages narrower than this, in cells, have the verdicts in brief: the first lines would take most of the page.
const NARROW: u16 = 60;

/// The indent of verbatim lines, in cells.
const VERBATIM_INDENT: usize = 4;

/// The widest column of labels or marks, in cells.
const WIDEST_MARK: usize = 26;

/// The widest date that a column of marks makes room for, in cells: a range of two months.
const WIDEST_DATE: usize = 20;

/// How a document is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// In cells.
    pub width: u16,
    /// The aspect whose details are shown.
    pub aspect: Option<Aspect>,
    /// The form of all verdicts; `None` for the form that each block has.
    pub form: Option<VerdictForm>,
}

impl PageOptions {
    /// The options for a document that was just opened.
    pub fn of(document: &Document, width: u16) -> Self {
        Self {
            width,
            aspect: document.opens_on,
            form: None,
        }
    }

    /// If a page has the claims of one aspect, the verdict on that aspect is in full and the others are in brief.
    fn form(self, document: &Document, verdict: &VerdictBlock) -> VerdictForm {
        let is_chosen = verdict.aspect.is_some() && verdict.aspect == self.aspect;
        let is_narrow = self.width < NARROW && verdict.form == VerdictForm::First;
        match self.form {
            Some(form) => form,
            None if is_narrow => VerdictForm::Brief,
            None if document.details.is_empty() => verdict.form,
            None if is_chosen => VerdictForm::Whole,
            None => VerdictForm::Brief,
        }
    }
}

impl Page {
    /// Lays out a document `width` cells wide: text up to [`MEASURE`], tables as wide as they need.
    pub fn set(document: &Document, width: u16) -> Self {
        Self::set_first(document, width, usize::MAX)
    }

    /// Lays out the first `most` lines of a document, at the cost of those only.
    pub fn set_first(document: &Document, width: u16, most: usize) -> Self {
        Self::set_with(document, PageOptions::of(document, width), most)
    }

    /// Like [`Self::set_first`], with other options.
    pub fn set_with(document: &Document, options: PageOptions, most: usize) -> Self {
        let full = usize::from(options.width).max(1);
        let width = full.min(usize::from(MEASURE));
        let blocks: Vec<&DocumentBlock> = document.blocks_on(options.aspect).collect();
        let grid = |block: &&DocumentBlock| match block {
            DocumentBlock::Table(table) => table_layout::TableGrid::of(table, full),
            _ => None,
        };
        let grids: Vec<Option<table_layout::TableGrid>> = blocks.iter().map(grid).collect();
        let widest = grids
            .iter()
            .flatten()
            .map(table_layout::TableGrid::width)
            .max();
        let mut typesetter = PageTypesetter {
            page: Self::default(),
            width,
            wide: full.min(usize::from(WIDE_MEASURE)),
            rule: widest.unwrap_or(0).max(width),
            // One more line: the last one may lack a part, and the others are then as on the whole page.
            most: most.saturating_add(1),
        };
        let mut grids = grids.iter();
        for group in blocks.chunk_by(|one, other| are_neighbours(one, other)) {
            let marks = mark_width(group.iter().copied(), width);
            for (block, grid) in group.iter().zip(&mut grids) {
                if typesetter.is_full() {
                    break;
                }
                match (block, grid) {
                    (DocumentBlock::Table(table), Some(grid)) => typesetter.table(table, grid),
                    (DocumentBlock::Verdict(verdict), _) => {
                        let lines = verdict.lines(options.form(document, verdict));
                        typesetter.verdict(verdict, lines, marks);
                    }
                    _ => typesetter.block(block, marks),
                }
            }
        }
        typesetter.page.is_whole = !typesetter.is_full();
        typesetter.page.lines.truncate(most);
        typesetter.page
    }
}

fn are_neighbours(one: &DocumentBlock, other: &DocumentBlock) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// The width of the column that adjacent facts have for their labels, or adjacent items for their marks.
fn mark_width<'b>(group: impl Iterator<Item = &'b DocumentBlock>, width: usize) -> usize {
    let widths = group.map(mark_needs);
    widths.max().unwrap_or(0).min(WIDEST_MARK).min(width / 2)
}

fn mark_needs(block: &DocumentBlock) -> usize {
    match block {
        DocumentBlock::Fact { label, .. } => text::width(label),
        // A rare longer date is above its item, so that the others keep their column.
        DocumentBlock::Item { mark, .. } if is_date(mark) && width_of(mark) > WIDEST_DATE => DAY,
        DocumentBlock::Item { mark, .. } if is_date(mark) => width_of(mark).max(DAY),
        DocumentBlock::Item { mark, .. } => width_of(mark),
        DocumentBlock::Verdict(verdict) => width_of(&verdict.label),
        _ => 0,
    }
}

impl PageTypesetter {
    fn block(&mut self, block: &DocumentBlock, mark_width: usize) {
        match block {
            DocumentBlock::Gap => self.page.lines.push(PageLine::default()),
            DocumentBlock::Title(runs) | DocumentBlock::Paragraph(runs) => self.runs(runs, 0),
            DocumentBlock::Heading(runs) => self.heading(runs),
            DocumentBlock::Fact { label, value } => {
                let label = TextRun {
                    text: (*label).to_owned(),
                    role: Role::Label,
                    link: None,
                };
                self.beside(&[label], mark_width, |typesetter, indent| {
                    typesetter.runs(value, indent);
                });
            }
            DocumentBlock::Item { mark, body, notes } => {
                self.beside(mark, mark_width, |typesetter, indent| {
                    typesetter.runs(body, indent);
                    for note in notes {
                        typesetter.runs(note, indent);
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
            DocumentBlock::Verdict(verdict) => {
                self.verdict(verdict, verdict.lines(verdict.form), mark_width);
            }
            DocumentBlock::Strip(strip) => self.strip(strip),
        }
    }

    /// Lays out a table that does not fit: its rows as items, the heads of its groups as headings.
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
        let mark_width = mark_width(items.iter(), self.width);
        for item in &items {
            if self.is_full() {
                break;
            }
            self.block(item, mark_width);
        }
    }

    /// A verdict: each of its lines has a hanging indent.
    fn verdict(&mut self, verdict: &VerdictBlock, lines: &[Vec<TextRun>], mark_width: usize) {
        let prose = std::mem::replace(&mut self.width, self.wide);
        self.beside(&verdict.label, mark_width, |typesetter, indent| {
            for line in lines {
                typesetter.hanging(line, indent);
            }
        });
        self.width = prose;
    }

    /// A heading ends in a rule.
    fn heading(&mut self, runs: &[TextRun]) {
        self.runs(runs, 0);
        let Some(line) = self.page.lines.last_mut() else {
            return;
        };
        let used = text::width(&line.text());
        if let Some(left) = self.rule.checked_sub(used + 1).filter(|&left| left > 1) {
            let rule = format!(" {}", "─".repeat(left));
            line.pieces.push(PagePiece {
                text: rule,
                role: Role::Faint,
                link: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageSubject;
    use crate::timeline::EntityId;

    fn words(text: &str, link: bool) -> TextRun {
        let link = link.then_some(PageSubject::Entity(EntityId(0)));
        TextRun {
            text: text.to_owned(),
            role: Role::Text,
            link,
        }
    }

    fn lines(blocks: Vec<DocumentBlock>, width: u16) -> Vec<String> {
        Page::set(&blocks.into(), width)
            .lines
            .iter()
            .map(PageLine::text)
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
    fn the_flag_of_what_is_contested_stays_with_its_words() {
        let flag = TextRun {
            role: Role::Contested,
            ..words(" ⚑ claims differ", false)
        };
        let runs = vec![words("Hubei State Security Department", false), flag];
        for width in 20..60 {
            let lines = lines(vec![DocumentBlock::Paragraph(runs.clone())], width);
            assert!(
                lines.iter().any(|line| line.contains("⚑ claims differ")),
                "{lines:?}"
            );
        }
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
    fn a_mark_too_long_for_its_column_is_above() {
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
    fn a_link_knows_all_its_lines() {
        let page = Page::set(
            &vec![DocumentBlock::Paragraph(vec![
                words("see ", false),
                words("a long name", true),
            ])]
            .into(),
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
