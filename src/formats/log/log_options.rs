//! What the user states about tables.

use std::sync::Arc;

use super::mapping::{TableMapping, argument, read};
use crate::date::Zone;
use crate::date::foreign::DayMonthOrder;
use crate::diagnostic::{Diagnostic, SourceText};

/// What the user states about the tables of one command: the zone of times that name none, the order of day and month,
/// and a mapping of columns.
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    pub zone: Option<Zone>,
    pub(super) order: Option<DayMonthOrder>,
    pub(super) mapping: Option<Arc<TableMapping>>,
}

impl TableOptions {
    pub(in crate::formats) fn has_mapping(&self) -> bool {
        self.mapping.is_some()
    }

    /// Only a zone.
    pub fn in_zone(zone: Option<Zone>) -> Self {
        Self {
            zone,
            ..Self::default()
        }
    }

    /// With the order of day and month in dates that could be two days.
    #[must_use]
    pub fn with_order(self, order: Option<DateOrder>) -> Self {
        let order = order.map(|order| match order {
            DateOrder::DayFirst => DayMonthOrder::DayFirst,
            DateOrder::MonthFirst => DayMonthOrder::MonthFirst,
        });
        Self { order, ..self }
    }

    /// With the mapping that tables are read by if they have its columns.
    #[must_use]
    pub fn with_mapping(self, mapping: Option<GivenMapping>) -> Self {
        let mapping = mapping.map(|it| it.0);
        Self { mapping, ..self }
    }
}

/// The order of day and month in dates such as `04/08/2021`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// A mapping of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenMapping(Arc<TableMapping>);

impl GivenMapping {
    /// Reads a mapping file. With an error among the findings, the mapping is not whole.
    pub fn read(text: &SourceText) -> (Self, Vec<Diagnostic>) {
        let (mut mapping, findings) = read::read(text);
        if mapping.needs.is_empty() {
            let columns = mapping.columns();
            mapping.needs = columns.map(|name| vec![name.to_owned().into()]).collect();
        }
        (Self(Arc::new(mapping)), findings)
    }

    /// Reads a mapping as it is written on the command line.
    ///
    /// # Errors
    /// The mistake, and what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        argument::parse(text).map(|mapping| Self(Arc::new(mapping)))
    }
}
