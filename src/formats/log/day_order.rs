//! The order of day and month in the dates of a table. One date with a number above 12 shows it for its whole column;
//! it is never guessed.

use std::ops::Range;

use super::mapping::TableMapping;
use super::row_builder::RowBuilder;
use super::row_fields::FieldValue;
use super::table_sample::TableSample;
use crate::date::foreign::{DayMonthOrder, OrderEvidence, order_evidence};
use crate::diagnostic::{DAY_OR_MONTH, Diagnostic, ORDER_MIXED};
use crate::text::trimmed;

/// What the first rows of a table show of the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShownOrder {
    /// No date needs an order.
    None,
    Known(DayMonthOrder),
    /// Dates that could be two days, and none that shows the order; or some that contradict each other.
    Open,
}

/// The order that the dates of a table show.
pub(super) fn shown(mapping: &TableMapping, sample: &TableSample) -> ShownOrder {
    let values = mapping.date_columns().flat_map(|name| sample.values(name));
    let mut shown = ShownOrder::None;
    for evidence in values.filter_map(order_evidence) {
        shown = match (shown, evidence) {
            (ShownOrder::None | ShownOrder::Open, OrderEvidence::Shown(order)) => {
                ShownOrder::Known(order)
            }
            (ShownOrder::Known(known), OrderEvidence::Shown(other)) if known != other => {
                return ShownOrder::Open;
            }
            (ShownOrder::None, OrderEvidence::Open) => ShownOrder::Open,
            (other, _) => other,
        };
    }
    shown
}

/// The word for an order on the command line.
const fn word(order: DayMonthOrder) -> &'static str {
    match order {
        DayMonthOrder::MonthFirst => "month",
        DayMonthOrder::DayFirst | DayMonthOrder::Unknown => "day",
    }
}

impl RowBuilder<'_> {
    /// Reports a date in another order than that of its table.
    pub(super) fn compare_order(&mut self, row: &Range<usize>, value: FieldValue<'_>) {
        if value.text.as_bytes().get(4) == Some(&b'-') {
            return;
        }
        let Some(OrderEvidence::Shown(own)) = order_evidence(value.text) else {
            return;
        };
        let order = match self.mapping.order {
            DayMonthOrder::Unknown => *self.first_order.get_or_insert(own),
            order => order,
        };
        if own == order || self.findings.count_again(&ORDER_MIXED) {
            return;
        }
        let message = format!(
            "`{}` has the {} first, and other dates of the table the {}",
            trimmed(value.text),
            word(own),
            word(order)
        );
        let finding = Diagnostic::new(&ORDER_MIXED, self.part(row, value), message)
            .label("read as the only day that it can be")
            .help("check the dates of this column: the day and the month of some may be swapped");
        self.findings.add(finding);
    }

    /// The finding about a date that could be two days, with both readings.
    pub(super) fn order_unknown(
        &mut self,
        row: &Range<usize>,
        value: FieldValue<'_>,
    ) -> Diagnostic {
        let text = trimmed(value.text);
        let read = |order| {
            let date = super::timestamp::read(text, order);
            date.map(|date| date.written().to_owned())
                .unwrap_or_default()
        };
        let (day, month) = (
            read(DayMonthOrder::DayFirst),
            read(DayMonthOrder::MonthFirst),
        );
        let message = format!("`{text}` could be two days");
        Diagnostic::new(&DAY_OR_MONTH, self.part(row, value), message)
            .label("expected a column in which one day is above 12")
            .help(format!(
                "`--dates dmy` reads it as `{day}`, `--dates mdy` as `{month}`: say which the table has"
            ))
    }
}
