//! Rows of a lane: marks and their labels lie apart, and each label is whole and next to its own mark.

/// What a lane has to hold for one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowItem {
    /// From where to where its mark reaches.
    pub mark: (i32, i32),
    /// Its label next to the mark; `None` without a label.
    pub next_to: Option<LabelSize>,
    /// Its label above a mark that leaves it no room at its sides.
    pub above: LabelSize,
}

/// How much room a label takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LabelSize {
    pub width: i32,
    /// In rows.
    pub lines: usize,
}

/// Where an event lies in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowPlace {
    /// The row of its mark.
    pub row: usize,
    pub label: Option<LabelPlace>,
}

/// Where a label lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabelPlace {
    /// From where to where it reaches.
    pub span: (i32, i32),
    /// Its first row.
    pub row: usize,
    pub lines: usize,
    pub side: LabelSide,
}

/// Where a label is, seen from its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelSide {
    Right,
    Left,
    Above,
}

/// How much room a lane has, and how it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LaneRoom {
    pub left: i32,
    pub right: i32,
    /// Between a mark and its label, and between anything else in a row.
    pub gap: i32,
    /// Whether labels go to the left of their marks where that saves rows, not only where they must.
    pub is_tight: bool,
    pub most_rows: usize,
}

/// The places of the events of a lane, and the number of rows; `None` if it takes more than there are.
pub(super) fn place(items: &[RowItem], room: LaneRoom) -> Option<(Vec<RowPlace>, usize)> {
    let (mut places, count) = unordered_places(items, room)?;
    in_order(&mut places, items, count);
    Some((places, count))
}

/// The number of rows that [`place`] takes.
pub(super) fn row_count(items: &[RowItem], room: LaneRoom) -> Option<usize> {
    Some(unordered_places(items, room)?.1)
}

/// The places of the events, with the rows in no order yet, and the number of rows.
fn unordered_places(items: &[RowItem], room: LaneRoom) -> Option<(Vec<RowPlace>, usize)> {
    let labels = labels(items, room);
    // In the order of their left edges, first-fit takes as few rows as there are items side by side anywhere.
    let mut order: Vec<usize> = (0..items.len()).collect();
    let reach = |&index: &usize| reach(items[index], labels[index]);
    order.sort_by_key(|index| reach(index).0);
    let mut rows = TakenRows {
        rows: Vec::new(),
        gap: room.gap,
    };
    let mut places = vec![None; items.len()];
    for index in order {
        places[index] = Some(rows.take(items[index], labels[index]));
        if rows.rows.len() > room.most_rows {
            return None;
        }
    }
    let places: Option<Vec<RowPlace>> = places.into_iter().collect();
    Some((places?, rows.rows.len().max(1)))
}

/// Puts the rows in the order of the first mark of each. Rows that a label of several lines holds together stay so.
fn in_order(places: &mut [RowPlace], items: &[RowItem], count: usize) {
    let mut is_bound = vec![false; count];
    let mut first = vec![i32::MAX; count];
    for (place, item) in places.iter().zip(items) {
        first[place.row] = first[place.row].min(item.mark.0);
        let lines = place
            .label
            .map_or(place.row..place.row + 1, LabelPlace::rows);
        let (top, bottom) = (lines.start.min(place.row), lines.end.max(place.row + 1));
        // A row is bound to the one above it.
        is_bound[top + 1..bottom].fill(true);
    }
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for (row, is_bound) in is_bound.iter().enumerate() {
        match blocks.last_mut().filter(|_| *is_bound) {
            Some(block) => block.push(row),
            None => blocks.push(vec![row]),
        }
    }
    blocks.sort_by_key(|block| block.iter().map(|row| first[*row]).min());
    let mut moved = vec![0; count];
    for (to, from) in blocks.into_iter().flatten().enumerate() {
        moved[from] = to;
    }
    for place in places {
        place.row = moved[place.row];
        if let Some(label) = &mut place.label {
            label.row = moved[label.row];
        }
    }
}

/// Where the label of each item is, seen from its mark; the rows are still to be found.
fn labels(items: &[RowItem], room: LaneRoom) -> Vec<Option<LabelPlace>> {
    let sides = items.iter().map(|item| {
        let size = item.next_to?;
        Some((item.right(size, room), item.left(size, room)))
    });
    let sides: Vec<Option<(Option<LabelPlace>, Option<LabelPlace>)>> = sides.collect();
    let first = items.iter().zip(&sides).map(|(item, sides)| {
        sides.map(|(right, left)| right.or(left).unwrap_or_else(|| item.above(room)))
    });
    let mut labels: Vec<Option<LabelPlace>> = first.collect();
    if !room.is_tight {
        return labels;
    }
    let mut crowd = Crowd::new(room);
    for (item, label) in items.iter().zip(&labels) {
        crowd.add(reach(*item, *label), 1);
    }
    for _ in 0..ROUNDS {
        for (index, item) in items.iter().enumerate() {
            let Some((Some(right), Some(left))) = sides[index] else {
                continue;
            };
            crowd.add(reach(*item, labels[index]), -1);
            let cost = |label| crowd.cost(reach(*item, Some(label)));
            let label = if cost(left) < cost(right) {
                left
            } else {
                right
            };
            crowd.add(reach(*item, Some(label)), 1);
            labels[index] = Some(label);
        }
    }
    labels
}

/// How often each label may change its side.
const ROUNDS: usize = 3;

/// From where to where an item reaches with its label.
fn reach(item: RowItem, label: Option<LabelPlace>) -> (i32, i32) {
    let (from, to) = item.mark;
    label.map_or((from, to), |label| {
        (from.min(label.span.0), to.max(label.span.1))
    })
}

impl RowItem {
    fn right(self, size: LabelSize, room: LaneRoom) -> Option<LabelPlace> {
        let from = self.mark.1 + room.gap;
        let label = LabelPlace::new((from, from + size.width), LabelSide::Right, size);
        (label.span.1 <= room.right).then_some(label)
    }

    fn left(self, size: LabelSize, room: LaneRoom) -> Option<LabelPlace> {
        let to = self.mark.0 - room.gap;
        let label = LabelPlace::new((to - size.width, to), LabelSide::Left, size);
        (label.span.0 >= room.left).then_some(label)
    }

    fn above(self, room: LaneRoom) -> LabelPlace {
        let size = self.above;
        let from = self.mark.0.min(room.right - size.width).max(room.left);
        LabelPlace::new((from, from + size.width), LabelSide::Above, size)
    }
}

impl LabelPlace {
    const fn rows(self) -> std::ops::Range<usize> {
        self.row..self.row + self.lines
    }

    const fn new(span: (i32, i32), side: LabelSide, room: LabelSize) -> Self {
        Self {
            span,
            row: 0,
            lines: room.lines,
            side,
        }
    }
}

/// How many items lie side by side, along a lane.
struct Crowd {
    left: i32,
    counts: Vec<i32>,
}

/// The length of a stretch that is counted.
const STRETCH: i32 = 8;

impl Crowd {
    fn new(room: LaneRoom) -> Self {
        let stretches = usize::try_from((room.right - room.left) / STRETCH).unwrap_or(0);
        Self {
            left: room.left,
            counts: vec![0; stretches + 2],
        }
    }

    fn range(&self, (from, to): (i32, i32)) -> std::ops::RangeInclusive<usize> {
        let last = self.counts.len() - 1;
        let stretch = |x: i32| {
            let stretch = usize::try_from((x - self.left) / STRETCH).unwrap_or(0);
            stretch.min(last)
        };
        stretch(from)..=stretch(to).max(stretch(from))
    }

    fn add(&mut self, reach: (i32, i32), change: i32) {
        let range = self.range(reach);
        for count in &mut self.counts[range] {
            *count += change;
        }
    }

    /// How crowded it is where an item reaches: first where it is worst, then altogether.
    fn cost(&self, reach: (i32, i32)) -> (i32, i32) {
        let (mut worst, mut sum) = (0, 0);
        for &count in &self.counts[self.range(reach)] {
            worst = count.max(worst);
            sum += count;
        }
        (worst, sum)
    }
}

/// What is taken of each row, from where to where.
struct TakenRows {
    rows: Vec<Vec<(i32, i32)>>,
    gap: i32,
}

impl TakenRows {
    /// Takes the first rows that have room for a mark and its label.
    fn take(&mut self, item: RowItem, label: Option<LabelPlace>) -> RowPlace {
        let first = self.first_row(item, label);
        let row = mark_row(label, first);
        self.take_span(row, item.mark);
        let label = label.map(|label| {
            for row in first..first + label.lines {
                self.take_span(row, label.span);
            }
            LabelPlace {
                row: first,
                ..label
            }
        });
        RowPlace { row, label }
    }

    fn first_row(&self, item: RowItem, label: Option<LabelPlace>) -> usize {
        let fits = |first: &usize| {
            let is_label_free = label.is_none_or(|label| {
                (*first..*first + label.lines).all(|row| self.is_free(row, label.span))
            });
            is_label_free && self.is_free(mark_row(label, *first), item.mark)
        };
        // The row after the last is free.
        (0..=self.rows.len()).find(fits).unwrap_or(self.rows.len())
    }

    fn is_free(&self, row: usize, (from, to): (i32, i32)) -> bool {
        let taken = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        // The last ones are the nearest.
        let mut taken = taken.iter().rev();
        taken.all(|&(first, last)| last + self.gap <= from || to + self.gap <= first)
    }

    fn take_span(&mut self, row: usize, span: (i32, i32)) {
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        self.rows[row].push(span);
    }
}

/// The row of a mark whose label or, without one, itself begins at a row.
fn mark_row(label: Option<LabelPlace>, first: usize) -> usize {
    let above = label.filter(|label| label.side == LabelSide::Above);
    first + above.map_or(0, |label| label.lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: LaneRoom = LaneRoom {
        left: 100,
        right: 400,
        gap: 5,
        is_tight: false,
        most_rows: 9,
    };

    fn item(from: i32, to: i32, width: i32) -> RowItem {
        let size = LabelSize { width, lines: 1 };
        RowItem {
            mark: (from, to),
            next_to: Some(size),
            above: size,
        }
    }

    #[test]
    fn a_label_is_to_the_right_else_to_the_left_else_above() {
        let items = [item(110, 120, 80), item(380, 390, 80), item(100, 400, 80)];
        let (places, rows) = place(&items, ROOM).expect("it fits");
        // The rows are in the order of their first marks: the third is above.
        let sides: Vec<LabelSide> = (places.iter())
            .filter_map(|it| Some(it.label?.side))
            .collect();
        assert_eq!(sides, [LabelSide::Right, LabelSide::Left, LabelSide::Above]);
        assert_eq!((places[2].row, rows), (1, 3), "its mark is below its label");
        assert_eq!(places[2].label.map(|it| it.row), Some(0));
    }

    #[test]
    fn what_would_overlap_goes_to_another_row_or_nowhere() {
        let items = [item(110, 120, 80), item(150, 160, 80), item(220, 230, 80)];
        let (places, rows) = place(&items, ROOM).expect("it fits");
        let of_marks: Vec<usize> = places.iter().map(|it| it.row).collect();
        assert_eq!((of_marks, rows), (vec![0, 1, 0], 2));
        let room = LaneRoom {
            most_rows: 1,
            ..ROOM
        };
        assert_eq!(place(&items, room), None);
    }

    #[test]
    fn where_rows_are_scarce_a_label_goes_to_the_left_to_save_one() {
        let rows = |items: &[RowItem], is_tight| {
            let room = LaneRoom { is_tight, ..ROOM };
            place(items, room).expect("it fits").1
        };
        let items = [item(200, 210, 60), item(230, 240, 60)];
        assert_eq!((rows(&items, false), rows(&items, true)), (2, 1));
        let alike = [item(200, 210, 60), item(200, 210, 60)];
        assert_eq!((rows(&alike, false), rows(&alike, true)), (2, 2));
    }
}
