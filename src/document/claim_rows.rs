//! Rows of a table of claims: what a speaker says in copies of one text is one row.

use std::collections::{BTreeMap, BTreeSet};

use crate::date::{DateMeaning, EventDate};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, Stance, Standing, Tlp};
use crate::timeline::{
    Claim, ClaimId, ClaimValue, EntityId, Event, EventId, SourceId, Timeline, ValueMeaning,
};

/// The claims of a row: one, or several that say the same in copies of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClaimTableRow(Vec<ClaimId>);

impl ClaimTableRow {
    /// A row of one claim.
    pub fn of(claim: ClaimId) -> Self {
        Self(vec![claim])
    }

    /// The claim whose speaker, value, day, words and source are shown.
    pub fn first(&self) -> ClaimId {
        self.0[0]
    }

    /// All of them; at least one.
    pub fn claims(&self) -> &[ClaimId] {
        &self.0
    }

    /// In how many copies or reports of one text it is; `None` if in one.
    pub fn copies_in_words(&self, timeline: &Timeline) -> Option<String> {
        let sources = self.0.iter().filter_map(|&id| timeline.claim(id).source);
        let sources: BTreeSet<SourceId> = sources.collect();
        let is_report = |id: &SourceId| timeline.source(*id).standing == Some(Standing::Secondary);
        let count = sources.len();
        let words = if sources.iter().any(is_report) {
            format!(" ({count} reports of one text)")
        } else {
            format!(" ({count} copies of one text)")
        };
        (count > 1).then_some(words)
    }
}

/// What has to be equal in claims that are one row. Their places, the author's words and the claims that they answer may
/// differ.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct CopyKey {
    event: EventId,
    by: Option<EntityId>,
    about: Aspect,
    stance: Stance,
    value: Option<ValueMeaning>,
    said: Option<DateMeaning>,
    words: Option<String>,
    likelihood: Option<String>,
    yardstick: Yardstick,
    confidence: Option<Confidence>,
    tlp: Option<Tlp>,
    originals: BTreeSet<SourceId>,
}

/// The key of a claim; `None` if it is a row of its own: without a value its text is all that it says, and without known
/// originals nothing shows that it is a copy.
fn copy_key(timeline: &Timeline, claim: &Claim) -> Option<CopyKey> {
    Some(CopyKey {
        event: claim.event,
        by: claim.by,
        about: claim.about,
        stance: claim.stance,
        value: Some(claim.value.as_ref().map(ClaimValue::meaning)?),
        said: claim.said.as_ref().map(EventDate::meaning),
        words: claim.words.clone(),
        likelihood: claim.likelihood.clone(),
        yardstick: claim.yardstick,
        confidence: claim.confidence,
        tlp: claim.tlp,
        originals: timeline.originals(claim.source?)?,
    })
}

/// Rows for some claims, in their order. A row is where the first of its claims is.
pub(crate) fn fold_copies(timeline: &Timeline, claims: &[ClaimId]) -> Vec<ClaimTableRow> {
    let mut rows: Vec<ClaimTableRow> = Vec::new();
    let mut known: BTreeMap<CopyKey, usize> = BTreeMap::new();
    for &id in claims {
        let key = copy_key(timeline, timeline.claim(id));
        match key.map(|key| *known.entry(key).or_insert(rows.len())) {
            Some(at) if at < rows.len() => rows[at].0.push(id),
            _ => rows.push(ClaimTableRow::of(id)),
        }
    }
    rows
}

/// The claims about an event, aspect by aspect in the order in which readers ask, oldest first.
pub(crate) fn by_aspect(event: Event<'_>) -> Vec<(Aspect, Vec<ClaimId>)> {
    let mut of_each: BTreeMap<Aspect, Vec<ClaimId>> = BTreeMap::new();
    for (id, claim) in event.claims() {
        of_each.entry(claim.about).or_default().push(id);
    }
    let asked = Aspect::AS_ASKED.into_iter();
    asked
        .filter_map(|aspect| Some((aspect, of_each.remove(&aspect)?)))
        .collect()
}
