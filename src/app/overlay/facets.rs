//! The facets: the values of each field with how many events each would leave.

use crate::query::{FacetGroup, FacetValue, FilterField, ValueSpelling};

/// The state of the facets pane.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// The fields that have values, with them.
    pub groups: Vec<FacetGroup>,
    /// Whether they have been counted.
    pub is_counted: bool,
    /// The selected value, counted through all groups.
    pub selected: usize,
}

/// A row of the pane.
#[derive(Clone, Copy, Debug)]
pub enum FacetRow<'f> {
    /// The name of a field.
    Field(&'f FacetGroup),
    /// A value; its number among all values.
    Value(usize, &'f FacetValue),
    /// An empty line.
    Gap,
}

impl Facets {
    /// The rows, from top to bottom.
    pub fn rows(&self) -> Vec<FacetRow<'_>> {
        let mut rows = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            if !rows.is_empty() {
                rows.push(FacetRow::Gap);
            }
            rows.push(FacetRow::Field(group));
            for value in &group.values {
                rows.push(FacetRow::Value(number, value));
                number += 1;
            }
        }
        rows
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.values.len()).sum()
    }

    /// The selected value and its field.
    pub fn choice(&self) -> Option<(&'static FilterField, ValueSpelling)> {
        let values = self
            .groups
            .iter()
            .flat_map(|group| group.values.iter().map(|value| (group.field, value)));
        values
            .map(|(field, value)| (field, value.value.clone()))
            .nth(self.selected)
    }

    /// Takes new counts; the selection stays on its value if that is still there.
    pub fn take(&mut self, groups: Vec<FacetGroup>) {
        let before = self.choice();
        self.groups = groups;
        self.groups
            .iter_mut()
            .for_each(FacetGroup::leave_out_silence);
        self.groups.retain(|group| !group.values.is_empty());
        self.is_counted = true;
        let values = self
            .groups
            .iter()
            .flat_map(|group| group.values.iter().map(|value| (group.field, &value.value)));
        let same = |(field, value): (&'static FilterField, &ValueSpelling)| {
            before
                .as_ref()
                .is_some_and(|(old, text)| old.name == field.name && text == value)
        };
        let kept = values.into_iter().position(same);
        self.selected = kept
            .unwrap_or(self.selected)
            .min(self.count().saturating_sub(1));
    }

    /// To the first value of the next field, or of the one before.
    pub fn turn(&mut self, by: isize) {
        let mut firsts = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            firsts.push(number);
            number += group.values.len();
        }
        let here = firsts
            .iter()
            .rposition(|&first| first <= self.selected)
            .unwrap_or(0);
        let next = here
            .saturating_add_signed(by)
            .min(firsts.len().saturating_sub(1));
        self.selected = firsts.get(next).copied().unwrap_or(0);
    }
}
