//! The matrix of confidence: for each aspect of the events, how sure the claims about it are.

use crate::query::{FIELDS, FacetGroup, FacetValue, FilterField, ValueSpelling};
use crate::timeline::term::Aspect;
use crate::timeline::{Level, Timeline};

/// The field by which a cell is asked for.
pub const FIELD: &str = "assessed";

/// The state of the matrix.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The counts of the cells, once they are known.
    pub group: Option<FacetGroup>,
    /// The rows: the aspects that claims of the timeline are about. If there are no claims, what every event has.
    pub aspects: Vec<Aspect>,
    /// The selected aspect, by its number among these.
    pub aspect: usize,
    /// The selected level, by its number among all.
    pub level: usize,
}

impl Matrix {
    /// The matrix of a timeline.
    pub fn new(timeline: &Timeline) -> Self {
        let is_spoken_of = |aspect| timeline.claims().any(|(_, claim)| claim.about == aspect);
        let all = Aspect::ALL.iter().copied();
        let mut aspects: Vec<Aspect> = all.filter(|&aspect| is_spoken_of(aspect)).collect();
        if aspects.is_empty() {
            aspects.extend([Aspect::Event, Aspect::Date, Aspect::Actor, Aspect::Target]);
        }
        Self {
            aspects,
            ..Self::default()
        }
    }

    /// The field by which a cell is asked for.
    pub fn field() -> &'static FilterField {
        let mut fields = FIELDS.iter();
        fields
            .find(|field| field.name == FIELD)
            .expect("the field is in the table")
    }

    /// What a filter calls a cell.
    pub fn value(aspect: Aspect, level: Level) -> String {
        format!("{}-{}", aspect.as_str(), level.as_str())
    }

    /// What a filter calls the selected cell.
    pub fn choice(&self) -> Option<ValueSpelling> {
        let aspect = *self.aspects.get(self.aspect)?;
        let level = *Level::ALL.get(self.level)?;
        Some(ValueSpelling::exact(&Self::value(aspect, level)))
    }

    /// How many events a cell has, and whether the filter names it; none while it is not known.
    pub fn cell(&self, aspect: Aspect, level: Level) -> Option<&FacetValue> {
        let wanted = Self::value(aspect, level);
        let values = &self.group.as_ref()?.values;
        values.iter().find(|value| value.label == wanted)
    }

    /// Takes new counts.
    pub fn take(&mut self, groups: Vec<FacetGroup>) {
        self.group = groups.into_iter().find(|group| group.field.name == FIELD);
    }

    /// Moves the selection; it stays in the matrix.
    pub fn step(&mut self, aspects: isize, levels: isize) {
        let moved = |at: usize, by: isize, count: usize| {
            at.saturating_add_signed(by).min(count.saturating_sub(1))
        };
        self.aspect = moved(self.aspect, aspects, self.aspects.len());
        self.level = moved(self.level, levels, Level::ALL.len());
    }
}
