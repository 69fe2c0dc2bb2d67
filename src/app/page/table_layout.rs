//! Lays out a table: wrapped cells side by side.

use super::column_widths::{TrackNeeds, need, share, share_evenly};
use super::page_parts::{DAY, PageLine, PagePiece, is_date, space, width_of};
use super::typesetter::PageTypesetter;
use crate::document::{FoldPlace, Role, Table, TableColumn, TableRow, TextRun};
use crate::text;

/// Narrower tables are folded, whatever they contain.
const LEAST: usize = 96;

/// Between two columns, in cells.
const GAP: usize = 2;

/// If rows have this many lines on average, an empty line separates them.
const TALL: usize = 3;

/// The tracks of a table, side by side.
pub(super) struct TableGrid {
    tracks: Vec<TableTrack>,
    /// Whether an empty line separates rows.
    is_airy: bool,
}

/// Columns that share one place, one under the other.
struct TableTrack {
    /// The first, and the end (excluded).
    columns: (usize, usize),
    width: usize,
}

impl TableGrid {
    /// `None` if the columns do not fit in the width.
    pub fn of(table: &Table, width: usize) -> Option<Self> {
        let spans = spans(&table.columns);
        let needs: Vec<TrackNeeds> = spans.iter().map(|&span| need(table, span)).collect();
        let room = width.checked_sub(GAP * spans.len().saturating_sub(1))?;
        let least: usize = needs.iter().map(|need| need.least).sum();
        if width < LEAST || least > room || spans.is_empty() {
            return None;
        }
        let widths = if table.is_comparison {
            share_evenly(&needs, room)
        } else {
            share(&needs, room)
        };
        let rows = needs[0].texts.len();
        let height = |row: usize| {
            needs
                .iter()
                .zip(&widths)
                .map(|(need, &width)| need.height(row, width))
                .max()
        };
        let lines: usize = (0..rows).filter_map(height).sum();
        let tracks = spans.into_iter().zip(widths);
        Some(Self {
            // The labels of a comparison separate its rows.
            is_airy: lines >= rows * TALL && !table.is_comparison,
            tracks: tracks
                .map(|(columns, width)| TableTrack { columns, width })
                .collect(),
        })
    }

    /// The width, gaps included.
    pub fn width(&self) -> usize {
        let gaps = GAP * self.tracks.len().saturating_sub(1);
        self.tracks.iter().map(|track| track.width).sum::<usize>() + gaps
    }
}

/// The ranges of columns that share a track.
fn spans(columns: &[TableColumn]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match spans.last_mut() {
            Some(last) if column.under => last.1 = at + 1,
            _ => spans.push((at, at + 1)),
        }
    }
    spans
}

impl PageTypesetter {
    /// Lays out a table. Its labels are below the head of the first group.
    pub(super) fn table(&mut self, table: &Table, grid: &TableGrid) {
        let labels = grid
            .tracks
            .iter()
            .map(|track| vec![label(table.columns[track.columns.0].label)]);
        let mut labels = Some(beside_one_another(grid, &labels.collect::<Vec<_>>()));
        let mut follows_row = false;
        for row in &table.rows {
            if self.is_full() {
                break;
            }
            match row {
                TableRow::Group(head) => {
                    self.page.lines.extend(follows_row.then(PageLine::default));
                    self.heading(head);
                }
                TableRow::Cells(cells) => {
                    self.page.lines.extend(labels.take());
                    self.page
                        .lines
                        .extend((follows_row && grid.is_airy).then(PageLine::default));
                    self.row(cells, &table.columns, grid);
                }
            }
            follows_row = row.cells().is_some();
        }
    }

    fn row(&mut self, cells: &[Vec<TextRun>], columns: &[TableColumn], grid: &TableGrid) {
        let first = self.page.lines.len();
        let mut tracks: Vec<Vec<Vec<PagePiece>>> = Vec::with_capacity(grid.tracks.len());
        for track in &grid.tracks {
            let mut lines = Vec::new();
            let (from, to) = track.columns;
            for (cell, column) in cells.iter().zip(columns).take(to).skip(from) {
                let mut set = self.wrapped(cell, track.width, first + lines.len());
                if let (FoldPlace::Mark, [only]) = (column.fold, set.as_mut_slice())
                    && is_date(cell)
                {
                    let indent = DAY.min(track.width).saturating_sub(width_of(cell));
                    only.insert(0, space(indent));
                }
                lines.extend(set.into_iter().filter(|_| !cell.is_empty()));
            }
            tracks.push(lines);
        }
        let height = tracks.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let line: Vec<Vec<PagePiece>> = tracks
                .iter_mut()
                .map(|lines| lines.get_mut(at).map(std::mem::take).unwrap_or_default())
                .collect();
            self.page.lines.push(beside_one_another(grid, &line));
        }
    }
}

fn label(text: &str) -> PagePiece {
    PagePiece {
        text: text.to_owned(),
        role: Role::Label,
        link: None,
    }
}

/// One line of each track, padded to the beginning of the next.
fn beside_one_another(grid: &TableGrid, parts: &[Vec<PagePiece>]) -> PageLine {
    let mut line = PageLine::default();
    let mut owed = 0;
    for (track, pieces) in grid.tracks.iter().zip(parts) {
        let pieces = pieces.iter().filter(|piece| !piece.text.is_empty());
        let mut used = 0;
        for piece in pieces {
            if owed > 0 {
                line.pieces.push(space(std::mem::take(&mut owed)));
            }
            used += text::width(&piece.text);
            line.pieces.push(piece.clone());
        }
        owed += track.width.saturating_sub(used) + GAP;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::page::Page;
    use crate::document::{DocumentBlock, PageSubject};
    use crate::timeline::EntityId;

    fn column(label: &'static str, under: bool, fold: FoldPlace) -> TableColumn {
        TableColumn {
            label,
            under,
            fold,
            lead: " ",
        }
    }

    fn run(text: &str, role: Role) -> Vec<TextRun> {
        vec![TextRun {
            text: text.to_owned(),
            role,
            link: None,
        }]
    }

    /// A table of a day, a name that is a link, and a text with a place under it.
    fn table(rows: &[[&str; 4]]) -> Table {
        let row = |row: &[&str; 4]| {
            let mut name = run(row[1], Role::Speaker);
            name[0].link = Some(PageSubject::Entity(EntityId(0)));
            let under = if row[3].is_empty() {
                Vec::new()
            } else {
                run(row[3], Role::Quiet)
            };
            TableRow::Cells(vec![
                run(row[0], Role::Date),
                name,
                run(row[2], Role::Text),
                under,
            ])
        };
        Table {
            columns: vec![
                column("said", false, FoldPlace::Mark),
                column("speaker", false, FoldPlace::Body),
                column("source", false, FoldPlace::Note(0)),
                column("place", true, FoldPlace::Note(0)),
            ],
            rows: rows.iter().map(row).collect(),
            is_comparison: false,
        }
    }

    fn set(table: Table, width: u16) -> Page {
        Page::set(&vec![DocumentBlock::Table(table)].into(), width)
    }

    fn lines(page: &Page) -> Vec<String> {
        page.lines.iter().map(PageLine::text).collect()
    }

    #[test]
    fn cells_are_under_their_labels_and_shorter_days_to_the_right() {
        let page = set(
            table(&[
                ["25 Mar 2024", "NCSC", "statement", "page 2"],
                ["1 May 2024", "China", "reply", ""],
            ]),
            100,
        );
        let expected = [
            "said         speaker  source",
            "25 Mar 2024  NCSC     statement",
            "                      page 2",
            " 1 May 2024  China    reply",
        ];
        assert_eq!(lines(&page), expected);
    }

    #[test]
    fn the_head_of_a_group_is_above_its_rows() {
        let mut table = table(&[["1 May 2024", "China", "reply", ""]]);
        table
            .rows
            .insert(0, TableRow::Group(run("Who did it", Role::Heading)));
        let rule = "─".repeat(85);
        assert_eq!(
            lines(&set(table.clone(), 100)),
            [
                &format!("Who did it {rule}"),
                "said         speaker  source",
                " 1 May 2024  China    reply"
            ]
        );
        assert_eq!(
            lines(&set(table, 40)),
            [
                "Who did it ─────────────────────────────",
                " 1 May 2024  China",
                "             reply"
            ]
        );
    }

    #[test]
    fn a_table_is_folded_where_there_is_no_room_for_it() {
        let page = set(table(&[["25 Mar 2024", "NCSC", "statement", "page 2"]]), 95);
        assert_eq!(
            lines(&page),
            ["25 Mar 2024  NCSC", "             statement page 2"]
        );
        assert_eq!(page.links.len(), 1);
    }

    #[test]
    fn a_link_in_a_cell_knows_its_lines() {
        let long = "one two three four five ".repeat(8);
        let page = set(
            table(&[
                ["25 Mar 2024", "NCSC", "short", ""],
                ["1 May 2024", &long, &long, ""],
            ]),
            96,
        );
        assert_eq!(page.links[0].lines, (1, 1));
        let (first, last) = page.links[1].lines;
        let on = |at: usize| {
            page.lines[at]
                .pieces
                .iter()
                .any(|piece| piece.link == Some(1))
        };
        assert!(
            last > first && (first..=last).all(on) && !on(first - 1),
            "{:?}",
            lines(&page)
        );
        assert!(page.lines.get(last + 1).is_none() || !on(last + 1));
    }

    #[test]
    fn no_line_is_wider_than_the_page_and_columns_do_not_touch() {
        let long = "事件タイムライン andaverylongwordthatcannotfitanywhere and more".repeat(4);
        for width in 1..220 {
            let page = set(
                table(&[
                    ["25 Mar 2024", &long, &long, &long],
                    ["2024", "x", "y", "z"],
                ]),
                width,
            );
            for line in lines(&page) {
                assert!(
                    text::width(&line) <= usize::from(width).max(2),
                    "{line:?} in {width}"
                );
            }
        }
    }
}
