//! A value that claims state: its speakers, and those who object to it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::claim_row::ClaimRow;
use super::independent_speakers::{IndependentSpeakers, OriginalsCache};
use super::wording::{WordedClaims, WordingRank};
use crate::timeline::term::Stance;
use crate::timeline::{ClaimId, ClaimValue, EntityId, Timeline, ValueMeaning};

/// What claims state of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueLine<'t> {
    /// The value, as it was first stated.
    pub value: &'t ClaimValue,
    /// The speakers who assert it; none if the value is only denied or doubted.
    pub speakers: Vec<SpeakerStatement<'t>>,
    /// How many of them are independent.
    pub independent: IndependentSpeakers,
    /// Those who deny or doubt it: denials first.
    pub objections: Vec<Objection<'t>>,
}

/// What one speaker says, in each wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerStatement<'t> {
    /// The speaker; `None` for all claims without one.
    pub speaker: Option<EntityId>,
    /// The wordings: flat first.
    pub wordings: Vec<WordedClaims<'t>>,
}

/// A denial or a doubt of one speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection<'t> {
    /// Whether the speaker denies or doubts.
    pub stance: Stance,
    /// The value that it names, if that is not the value of the line: the objection is there as an answer.
    pub named: Option<&'t ClaimValue>,
    /// The speaker and the wordings.
    pub statement: SpeakerStatement<'t>,
}

/// The claims on one line.
#[derive(Default)]
pub(super) struct LineClaims<'t> {
    pub assertions: Vec<ClaimRow<'t>>,
    pub objections: Vec<ClaimRow<'t>>,
}

impl<'t> LineClaims<'t> {
    /// The line. At least one claim names the value that `meaning` is of.
    pub fn line(
        self,
        meaning: &ValueMeaning,
        timeline: &'t Timeline,
        originals: &mut OriginalsCache,
    ) -> ValueLine<'t> {
        let value = self.first_stated(meaning);
        let independent = IndependentSpeakers::of(timeline, &self.assertions, originals);
        ValueLine {
            value: value.expect("a line has a claim that names its value"),
            speakers: statements(timeline, self.assertions),
            independent,
            objections: objections(timeline, self.objections, Some(meaning)),
        }
    }

    /// The value as the oldest claim states it: an assertion, or an objection if there are none.
    fn first_stated(&self, meaning: &ValueMeaning) -> Option<&'t ClaimValue> {
        let oldest = |rows: &[ClaimRow<'t>]| {
            let named = rows.iter().filter_map(|(_, claim)| {
                let value = claim.value.as_ref()?;
                (value.meaning() == *meaning).then_some((claim.order_key(), spelling(value), value))
            });
            let oldest = named.min_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
            oldest.map(|(_, _, value)| value)
        };
        oldest(&self.assertions).or_else(|| oldest(&self.objections))
    }
}

impl ValueLine<'_> {
    /// The order of lines: most independent speakers, then the day on which the value was first stated, then its name.
    pub(super) fn order_key(&self, timeline: &Timeline) -> impl Ord + use<> {
        let said = |statement: &SpeakerStatement<'_>| statement.first_said(timeline);
        let objecting = || self.objections.iter().map(|it| said(&it.statement)).min();
        let first = self.speakers.iter().map(said).min().or_else(objecting);
        let name = match self.value {
            ClaimValue::Entity(id) => name(timeline, Some(*id)),
            value => (true, spelling(value).to_owned(), String::new()),
        };
        (Reverse(self.independent.count), first, name)
    }
}

impl SpeakerStatement<'_> {
    /// Every claim of the statement.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> {
        self.wordings
            .iter()
            .flat_map(|worded| worded.claims.iter().copied())
    }

    fn first_said(&self, timeline: &Timeline) -> impl Ord + use<> {
        self.claims().map(|id| timeline.claim(id).order_key()).min()
    }
}

/// Claims speaker by speaker: flat ones first, then by the order of the wordings; speakers with one wording before those
/// with several that begin with it; then by day and name.
pub(super) fn statements<'t>(
    timeline: &'t Timeline,
    rows: Vec<ClaimRow<'t>>,
) -> Vec<SpeakerStatement<'t>> {
    let mut of_each: BTreeMap<Option<EntityId>, Vec<ClaimRow<'t>>> = BTreeMap::new();
    for row in rows {
        of_each.entry(row.1.by).or_default().push(row);
    }
    let statements = of_each.into_iter().map(|(speaker, rows)| SpeakerStatement {
        speaker,
        wordings: WordedClaims::group(rows),
    });
    let mut statements: Vec<SpeakerStatement<'t>> = statements.collect();
    statements.sort_by_cached_key(|it| {
        let rank = it.wordings.first().map(|it| it.wording.rank());
        let is_mixed = rank != Some(WordingRank::Unplaced) && it.wordings.len() > 1;
        let said = it.first_said(timeline);
        (rank, is_mixed, said, name(timeline, it.speaker))
    });
    statements
}

/// Objections stance by stance, and value by value if they name another than that of their line.
pub(super) fn objections<'t>(
    timeline: &'t Timeline,
    rows: Vec<ClaimRow<'t>>,
    on_line: Option<&ValueMeaning>,
) -> Vec<Objection<'t>> {
    let mut groups: BTreeMap<(Stance, Option<ValueMeaning>), Vec<ClaimRow<'t>>> = BTreeMap::new();
    for (id, claim) in rows {
        let named = claim.value.as_ref().map(ClaimValue::meaning);
        let named = named.filter(|named| Some(named) != on_line);
        groups
            .entry((claim.stance, named))
            .or_default()
            .push((id, claim));
    }
    let objections = groups.into_iter().flat_map(|((stance, named), rows)| {
        let value = named.and_then(|named| {
            let rows = LineClaims {
                assertions: Vec::new(),
                objections: rows.clone(),
            };
            rows.first_stated(&named)
        });
        let statements = statements(timeline, rows).into_iter();
        statements.map(move |statement| Objection {
            stance,
            named: value,
            statement,
        })
    });
    let mut objections: Vec<Objection<'t>> = objections.collect();
    objections.sort_by_cached_key(|it| {
        let named = it.named.map(|value| spelling(value).to_owned());
        let speaker = name(timeline, it.statement.speaker);
        (it.stance, it.statement.first_said(timeline), speaker, named)
    });
    objections
}

/// The name of a speaker, to sort by: claims without a speaker come last. Ids depend on the order of the file.
pub(super) fn name(timeline: &Timeline, speaker: Option<EntityId>) -> (bool, String, String) {
    speaker.map_or((true, String::new(), String::new()), |id| {
        let entity = timeline.entity(id);
        (false, entity.name.clone(), entity.key.clone())
    })
}

/// A value as it is written; empty for an entity, which is always the same.
fn spelling(value: &ClaimValue) -> &str {
    match value {
        ClaimValue::Entity(_) => "",
        ClaimValue::Date(when) => when.written(),
        ClaimValue::Text(text) => text,
    }
}
