//! How a date fits into formats whose times are units of the calendar: each end as the unit around it, or absent.

use crate::date::{DateShape, EventDate, Qualifier};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeFit {
    Exact,
    Wider,
    /// Neither its start nor its end fits.
    OnlyWords,
}

impl TimeFit {
    /// `ends` says of the start and of the end whether what is written is exactly it; `None` if it is absent.
    pub fn of(when: &EventDate, ends: [Option<bool>; 2]) -> Self {
        let [start, end] = ends;
        let is_start_exact = when.has_unknown_start() || start == Some(true);
        let is_end_exact = when.is_ongoing() || when.has_unknown_end() || end == Some(true);
        let is_clear = !when.is_vague()
            && when.qualifier() == Qualifier::default()
            && matches!(when.shape(), DateShape::Point | DateShape::Extent);
        match (start, end) {
            (None, None) => Self::OnlyWords,
            _ if is_clear && is_start_exact && is_end_exact => Self::Exact,
            _ => Self::Wider,
        }
    }
}
