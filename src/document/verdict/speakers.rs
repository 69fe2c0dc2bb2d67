//! The speakers of a verdict: their names, and who of them says the same.

use std::collections::BTreeMap;

use crate::timeline::term::EntityKind;
use crate::timeline::{ClaimId, EntityId, EventId, Timeline};
use crate::verdict::{AspectVerdict, Objection, SpeakerStatement, WordedClaims};

/// The longest name that counts as an abbreviation, in characters.
const LONGEST_ABBREVIATION: usize = 6;

/// The names of the speakers on an event: an abbreviation for an organisation that has one, such as `FCDO`.
pub(super) struct SpeakerNames<'t> {
    timeline: &'t Timeline,
    abbreviations: BTreeMap<EntityId, &'t str>,
}

impl<'t> SpeakerNames<'t> {
    /// Two speakers who share an abbreviation have their whole names.
    pub fn of(timeline: &'t Timeline, event: EventId) -> Self {
        let claims = timeline.event(event).claims();
        let speakers = claims.filter_map(|(_, claim)| claim.by);
        let short = speakers.filter_map(|id| Some((id, abbreviation(timeline, id)?)));
        let mut abbreviations: BTreeMap<EntityId, &str> = short.collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for short in abbreviations.values() {
            *uses.entry(short).or_default() += 1;
        }
        abbreviations.retain(|_, short| uses[short] == 1);
        Self {
            timeline,
            abbreviations,
        }
    }

    /// The name of a speaker; `None` if the file gives none.
    pub fn name(&self, speaker: Option<EntityId>) -> Option<&'t str> {
        let id = speaker?;
        let short = self.abbreviations.get(&id).copied();
        Some(short.unwrap_or(&self.timeline.entity(id).name))
    }

    /// The speakers of some claims in order, each with the exact words of all of them.
    pub fn voices(&self, claims: &[ClaimId]) -> Vec<SpeakerVoice<'t>> {
        let mut voices: Vec<SpeakerVoice<'t>> = Vec::new();
        for &id in claims {
            let claim = self.timeline.claim(id);
            let words = claim.words.as_deref().map(str::trim);
            let known = voices.iter_mut().find(|voice| voice.speaker == claim.by);
            match (known, words) {
                (Some(voice), Some(words)) if !voice.words.contains(&words) => {
                    voice.words.push(words);
                }
                (Some(_), _) => {}
                (None, words) => voices.push(SpeakerVoice {
                    speaker: claim.by,
                    words: words.into_iter().collect(),
                }),
            }
        }
        voices
    }
}

/// What a speaker says without a value; a silent one has no words.
pub(super) struct SpeakerVoice<'t> {
    pub speaker: Option<EntityId>,
    pub words: Vec<&'t str>,
}

/// Where a silent speaker is silent: in another text, if the same speaker says something about the aspect.
pub(super) fn where_silent(verdict: &AspectVerdict<'_>, speaker: Option<EntityId>) -> &'static str {
    let objections = verdict.lines.iter().flat_map(|line| &line.objections);
    let objections = objections
        .chain(&verdict.objections)
        .map(|it| &it.statement);
    let statements = verdict.lines.iter().flat_map(|line| &line.speakers);
    let mut speaking = statements.chain(objections);
    if speaking.any(|statement| statement.speaker == speaker) {
        " in another text"
    } else {
        ""
    }
}

/// The first other name of an organisation that is an abbreviation: a few capital letters.
fn abbreviation(timeline: &Timeline, id: EntityId) -> Option<&str> {
    let entity = timeline.entity(id);
    let is_body = matches!(
        entity.kind,
        Some(EntityKind::Organization | EntityKind::Group)
    );
    let is_short = |name: &&String| {
        let length = 2..=LONGEST_ABBREVIATION;
        length.contains(&name.len()) && name.bytes().all(|it| it.is_ascii_uppercase())
    };
    let name = entity.aliases.iter().find(is_short);
    name.filter(|_| is_body).map(String::as_str)
}

/// Speakers who say the same in the same wordings.
pub(super) struct SpeakerGroup<'v, 't> {
    pub speakers: Vec<&'v SpeakerStatement<'t>>,
    pub wordings: &'v [WordedClaims<'t>],
}

impl<'v, 't> SpeakerGroup<'v, 't> {
    /// Groups neighbours.
    pub fn all(verdict: &AspectVerdict<'_>, statements: &'v [SpeakerStatement<'t>]) -> Vec<Self> {
        let groups = statements.chunk_by(|one, other| is_worded_alike(verdict, one, other));
        let groups = groups.map(|group| Self {
            speakers: group.iter().collect(),
            wordings: &group[0].wordings,
        });
        groups.collect()
    }

    /// Groups neighbours who object to the same thing; each group with the first of its objections.
    pub fn objecting(
        verdict: &AspectVerdict<'_>,
        objections: &'v [Objection<'t>],
    ) -> Vec<(&'v Objection<'t>, Self)> {
        let groups = objections.chunk_by(|one, other| {
            (one.stance, one.named) == (other.stance, other.named)
                && is_worded_alike(verdict, &one.statement, &other.statement)
        });
        let groups = groups.map(|group| {
            let speakers = group.iter().map(|it| &it.statement).collect();
            let wordings = &group[0].statement.wordings;
            (&group[0], Self { speakers, wordings })
        });
        groups.collect()
    }
}

fn is_worded_alike(
    verdict: &AspectVerdict<'_>,
    one: &SpeakerStatement<'_>,
    other: &SpeakerStatement<'_>,
) -> bool {
    let is_alike = |(one, other): (&WordedClaims<'_>, &WordedClaims<'_>)| {
        one.wording == other.wording && verdict.is_later(one) == verdict.is_later(other)
    };
    let mut pairs = one.wordings.iter().zip(&other.wordings);
    one.wordings.len() == other.wordings.len() && pairs.all(is_alike)
}
