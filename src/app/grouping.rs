//! What lanes stand for: the values of one field of the events.

use crate::timeline::term::Aspect;
use crate::timeline::{EntityId, Event, EventId, TermId, Timeline};

/// A field whose values are lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// The lanes of the file.
    #[default]
    Lane,
    /// The phases.
    Phase,
    /// Who acted.
    Actor,
    /// To whom it was done.
    Target,
    /// Whom it accuses.
    Accused,
    /// To whom it is addressed.
    Addressee,
    /// The tags.
    Tag,
}

impl Grouping {
    /// Every grouping, in the order in which one key goes through them.
    pub const ALL: &'static [Self] = &[
        Self::Lane,
        Self::Phase,
        Self::Actor,
        Self::Target,
        Self::Accused,
        Self::Addressee,
        Self::Tag,
    ];

    /// Its name in a file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lane => "lane",
            Self::Phase => "phase",
            Self::Actor => "actor",
            Self::Target => "target",
            Self::Accused => "accused",
            Self::Addressee => "addressee",
            Self::Tag => "tag",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|grouping| grouping.as_str() == name)
    }

    /// The grouping after this one, and after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL
            .iter()
            .position(|grouping| *grouping == self)
            .unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The part in events that the values of this grouping take; none if they are words.
    const fn part(self) -> Option<Aspect> {
        Some(match self {
            Self::Actor => Aspect::Actor,
            Self::Target => Aspect::Target,
            Self::Accused => Aspect::Accused,
            Self::Addressee => Aspect::Addressee,
            Self::Lane | Self::Phase | Self::Tag => return None,
        })
    }

    /// The values that an event has, as numbers, one after the other.
    fn each_value(self, event: Event<'_>, mut visit: impl FnMut(u32)) {
        let mut terms = |ids: &[TermId]| ids.iter().for_each(|id| visit(id.0));
        match self {
            Self::Lane => terms(event.lanes()),
            Self::Phase => terms(event.phase_id().as_slice()),
            Self::Tag => terms(event.tag_ids()),
            Self::Actor | Self::Target | Self::Accused | Self::Addressee => {
                let parties = self.part().map_or(&[][..], |part| event.parties(part));
                for id in parties {
                    visit(id.0);
                }
            }
        }
    }

    fn name(self, timeline: &Timeline, value: u32) -> &str {
        match self {
            Self::Lane => timeline.lanes().word(TermId(value)),
            Self::Phase => timeline.phases().word(TermId(value)),
            Self::Tag => timeline.tags().word(TermId(value)),
            Self::Actor | Self::Target | Self::Accused | Self::Addressee => {
                &timeline.entity(EntityId(value)).name
            }
        }
    }
}

/// The lanes of a timeline by one grouping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// What they stand for.
    pub grouping: Grouping,
    /// Their names, from top to bottom.
    pub names: Vec<String>,
    /// Whether they are those of what is left only, whatever they stand for.
    pub is_of_left: bool,
    /// The lane of each value; none of one that no event had of which the lanes were made.
    rows: Vec<Option<usize>>,
}

impl Lanes {
    /// The lanes of some events. Those of the file stand in its order, whatever is left of them; all
    /// others with the most events first.
    pub fn of(timeline: &Timeline, grouping: Grouping, events: &[EventId]) -> Self {
        let mut counts: Vec<usize> = Vec::new();
        let mut has_none = false;
        for &event in events {
            let event = timeline.event(event);
            let mut has_value = false;
            grouping.each_value(event, |value| {
                has_value = true;
                let value = value as usize;
                counts.resize(counts.len().max(value + 1), 0);
                counts[value] += 1;
            });
            has_none |= !has_value;
        }
        let mut values: Vec<usize> = (0..counts.len())
            .filter(|&value| counts[value] > 0)
            .collect();
        if grouping != Grouping::Lane {
            values.sort_by_key(|&value| std::cmp::Reverse(counts[value]));
        }
        let name =
            |&value: &usize| grouping.name(timeline, u32::try_from(value).unwrap_or(u32::MAX));
        let mut names: Vec<String> = values.iter().map(name).map(str::to_owned).collect();
        if has_none {
            let rest = if names.is_empty() {
                "all events".to_owned()
            } else {
                format!("no {}", grouping.as_str())
            };
            names.push(rest);
        }
        let mut rows = vec![None; counts.len()];
        for (row, value) in values.into_iter().enumerate() {
            rows[value] = Some(row);
        }
        Self {
            grouping,
            names,
            is_of_left: false,
            rows,
        }
    }

    /// The lanes on which an event lies, one after the other; a lane may come twice. An event with a value that
    /// has no lane lies on none for it, and never on that of another.
    pub fn each_row(&self, event: Event<'_>, mut visit: impl FnMut(usize)) {
        let mut has_value = false;
        self.grouping.each_value(event, |value| {
            has_value = true;
            if let Some(row) = self.rows.get(value as usize).copied().flatten() {
                visit(row);
            }
        });
        if let (false, Some(last)) = (has_value, self.names.len().checked_sub(1)) {
            visit(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::term::GROUPINGS;

    #[test]
    fn one_key_goes_through_every_grouping_and_comes_back() {
        let mut grouping = Grouping::default();
        for expected in Grouping::ALL {
            assert_eq!(grouping, *expected);
            assert_eq!(Grouping::parse(grouping.as_str()), Some(grouping));
            grouping = grouping.next();
        }
        assert_eq!(grouping, Grouping::default());
        let names = Grouping::ALL.iter().map(|it| it.as_str());
        assert!(
            names.eq(GROUPINGS.iter().copied()),
            "`check` knows every grouping"
        );
    }
}
