//! The facets: the values of each field, with the number of events that each would show.

use tui_input::Input;

use crate::app::input::movement::MovementStep;
use crate::query::{FacetGroup, FacetValue, FilterField, ValueSpelling};
use crate::text::canonical;

#[derive(Clone, Debug, Default)]
pub struct FacetsPane {
    /// The fields that have values, and their values.
    pub groups: Vec<FacetGroup>,
    pub is_counted: bool,
    /// The index of the selected value among the values of all groups.
    pub selected: usize,
    /// The line that finds a value, while it is open.
    pub find: Option<FindLine>,
}

/// The line that finds a value: values without the typed text are left out.
#[derive(Clone, Debug, Default)]
pub struct FindLine {
    pub input: Input,
    /// The selected value when the line was opened.
    pub before: usize,
}

#[derive(Clone, Copy, Debug)]
pub enum FacetRow<'f> {
    Field(&'f FacetGroup),
    /// A value, with its index among the values of all groups.
    Value(usize, &'f FacetValue),
    Gap,
}

impl FacetsPane {
    pub fn rows(&self) -> Vec<FacetRow<'_>> {
        let mut rows = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            let numbered = (number..).zip(&group.values);
            let found = numbered.filter(|(_, value)| self.finds(value));
            let values: Vec<FacetRow<'_>> = found
                .map(|(number, value)| FacetRow::Value(number, value))
                .collect();
            number += group.values.len();
            if values.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(FacetRow::Gap);
            }
            rows.push(FacetRow::Field(group));
            rows.extend(values);
        }
        rows
    }

    /// Whether a value has the typed text, in any letter case.
    fn finds(&self, value: &FacetValue) -> bool {
        let typed = self.find.as_ref().map_or("", |find| find.input.value());
        let typed = canonical(typed.trim()).to_lowercase();
        typed.is_empty() || canonical(&value.label).to_lowercase().contains(&typed)
    }

    /// The numbers of the values that are shown.
    fn shown(&self) -> Vec<usize> {
        let rows = self.rows().into_iter();
        let numbers = rows.filter_map(|row| match row {
            FacetRow::Value(number, _) => Some(number),
            FacetRow::Field(_) | FacetRow::Gap => None,
        });
        numbers.collect()
    }

    /// Moves among the values that are shown.
    pub(in crate::app) fn step(&mut self, step: MovementStep, height: usize) {
        let shown = self.shown();
        let at = shown.iter().position(|&number| number == self.selected);
        let next = step.among(at.unwrap_or(0), height, shown.len());
        self.selected = shown.get(next).copied().unwrap_or(self.selected);
    }

    /// Opens the line that finds a value.
    pub fn open_find(&mut self) {
        self.find = Some(FindLine {
            before: self.selected,
            ..FindLine::default()
        });
    }

    /// Closes the line. The found value stays selected.
    pub fn accept_find(&mut self) {
        if self.shown().is_empty() {
            self.cancel_find();
        }
        self.find = None;
    }

    /// Closes the line, and selects the value from before.
    pub fn cancel_find(&mut self) {
        if let Some(find) = self.find.take() {
            self.selected = find.before.min(self.count().saturating_sub(1));
        }
    }

    /// Edits the line, and selects the first value that it finds.
    pub fn edit_find(&mut self, edit: impl FnOnce(&mut Input)) {
        let Some(find) = &mut self.find else { return };
        edit(&mut find.input);
        let shown = self.shown();
        if !shown.contains(&self.selected) {
            self.selected = shown.first().copied().unwrap_or(self.selected);
        }
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
