//! The matrix of confidence: the events per aspect and level of the claims about them.

use crate::query::{FIELDS, FacetGroup, FacetValue, FilterField, ValueSpelling};
use crate::timeline::term::Aspect;
use crate::timeline::{Level, Timeline};

/// The field of the filter that counts and chooses cells.
pub const FIELD: &str = "assessed";

#[derive(Clone, Debug, Default)]
pub struct ConfidenceMatrix {
    /// The cells, once they are counted.
    pub group: Option<FacetGroup>,
    /// The rows: the aspects that the timeline has claims about. Without claims, the four aspects of every event.
    pub aspects: Vec<Aspect>,
    /// The number of the selected row.
    pub aspect: usize,
    /// The number of the selected level in [`Level::ALL`].
    pub level: usize,
}

impl ConfidenceMatrix {
    pub fn new(timeline: &Timeline) -> Self {
        let has_claims = |aspect| timeline.claims().any(|(_, claim)| claim.about == aspect);
        let all = Aspect::ALL.iter().copied();
        let mut aspects: Vec<Aspect> = all.filter(|&aspect| has_claims(aspect)).collect();
        if aspects.is_empty() {
            aspects.extend([Aspect::Event, Aspect::Date, Aspect::Actor, Aspect::Target]);
        }
        Self {
            aspects,
            ..Self::default()
        }
    }

    pub fn field() -> &'static FilterField {
        let mut fields = FIELDS.iter();
        fields
            .find(|field| field.name == FIELD)
            .expect("the field is in the table")
    }

    /// The value of a cell in a filter.
    pub fn value(aspect: Aspect, level: Level) -> String {
        format!("{}-{}", aspect.as_str(), level.as_str())
    }

    /// The value of the selected cell in a filter.
    pub fn choice(&self) -> Option<ValueSpelling> {
        let aspect = *self.aspects.get(self.aspect)?;
        let level = *Level::ALL.get(self.level)?;
        Some(ValueSpelling::exact(&Self::value(aspect, level)))
    }

    /// The count of a cell, and whether it is in the filter; `None` until it is counted.
    pub fn cell(&self, aspect: Aspect, level: Level) -> Option<&FacetValue> {
        let wanted = Self::value(aspect, level);
        let values = &self.group.as_ref()?.values;
        values.iter().find(|value| value.label == wanted)
    }

    pub fn take(&mut self, groups: Vec<FacetGroup>) {
        self.group = groups.into_iter().find(|group| group.field.name == FIELD);
    }

    /// Moves the selection within the matrix.
    pub fn step(&mut self, aspects: isize, levels: isize) {
        let moved = |at: usize, by: isize, count: usize| {
            at.saturating_add_signed(by).min(count.saturating_sub(1))
        };
        self.aspect = moved(self.aspect, aspects, self.aspects.len());
        self.level = moved(self.level, levels, Level::ALL.len());
    }
}
