//! The facets: the values of each field, with the number of events that each would show.

use crate::query::{FacetGroup, FacetValue, FilterField, ValueSpelling};

#[derive(Clone, Debug, Default)]
pub struct FacetsPane {
    /// The fields that have values, and their values.
    pub groups: Vec<FacetGroup>,
    pub is_counted: bool,
    /// The number of the selected value among those of all groups.
    pub selected: usize,
}

#[derive(Clone, Copy, Debug)]
pub enum FacetRow<'f> {
    Field(&'f FacetGroup),
    /// The number is that among the values of all groups.
    Value(usize, &'f FacetValue),
    Gap,
}

impl FacetsPane {
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

    /// The number of values in all groups.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.values.len()).sum()
    }

    pub fn choice(&self) -> Option<(&'static FilterField, ValueSpelling)> {
        let values = self
            .groups
            .iter()
            .flat_map(|group| group.values.iter().map(|value| (group.field, value)));
        values
            .map(|(field, value)| (field, value.value.clone()))
            .nth(self.selected)
    }

    /// Stores new counts; the same value stays selected, if there still is one.
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

    /// Selects the first value of another field.
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
