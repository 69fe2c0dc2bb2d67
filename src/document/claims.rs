//! Claims as a table: who says what of which aspect, when, in which words, how surely, and where.
//!
//! Every claim is a row, denials too; nothing is merged. What differs is marked where it differs.

use std::collections::BTreeMap;

use super::block::Block;
use super::role::Role;
use super::run::{Run, date, join, plain, quiet, quote, run};
use super::subject::{Evidence, Subject};
use super::table::{Column, Fold, Row, Table};
use super::writer::Writer;
use crate::timeline::likelihood::{Term, Yardstick};
use crate::timeline::term::{Aspect, Stance, Standing};
use crate::timeline::{Claim, ClaimId, ClaimValue, Differences, SourceId, Timeline};

/// The mark of a cell in which claims differ.
pub(super) const DIFFERS: &str = "≠";

/// A column of a table of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Day,
    Speaker,
    Stance,
    About,
    AboutEvent,
    Value,
    Text,
    Answers,
    AnsweredBy,
    Words,
    Likelihood,
    Confidence,
    Source,
    At,
}

/// What is told of claims on an event: its title stands above them.
pub(super) const ON_EVENT: &[Part] = &[
    Part::Day,
    Part::Speaker,
    Part::Stance,
    Part::Value,
    Part::Text,
    Part::Answers,
    Part::AnsweredBy,
    Part::Words,
    Part::Likelihood,
    Part::Confidence,
    Part::Source,
    Part::At,
];

impl Part {
    const fn column(self) -> Column {
        let (label, under, fold, lead) = match self {
            Self::Day => ("said", false, Fold::Mark, ""),
            Self::Speaker => ("speaker", false, Fold::Body, ""),
            Self::Stance => ("stance", false, Fold::Body, " "),
            Self::About | Self::AboutEvent => ("about", false, Fold::Body, " the "),
            Self::Value => ("what they say", false, Fold::Body, ": "),
            Self::Text => ("author's words", true, Fold::Note(0), ""),
            Self::Answers => ("answers", true, Fold::Note(2), ""),
            Self::AnsweredBy => ("answered by", true, Fold::Note(3), ""),
            Self::Words => ("exact words", false, Fold::Note(1), ""),
            Self::Likelihood => ("on the speaker's yardstick", true, Fold::Note(1), ", "),
            Self::Confidence => ("confidence", false, Fold::Note(1), ", confidence "),
            Self::Source => ("source", false, Fold::Note(4), "in "),
            Self::At => ("place in it", true, Fold::Note(4), ", "),
        };
        Column {
            label,
            under,
            fold,
            lead,
        }
    }

    /// Who, when and where are told of every claim, and if only to say that it is not known.
    const fn is_wanted(self) -> bool {
        matches!(self, Self::Day | Self::Speaker | Self::Source)
    }
}

/// Claims with a heading of their own in the table; no heading, no group.
pub(super) struct Group {
    pub head: Vec<Run>,
    pub claims: Vec<ClaimId>,
}

/// A table of claims, in groups.
pub(super) fn table(writer: &Writer<'_>, parts: &[Part], groups: &[Group]) -> Block {
    let mut table = Table {
        columns: parts.iter().map(|part| part.column()).collect(),
        rows: Vec::new(),
    };
    // A place stands under its source; where the source is not told, it is a column of its own.
    if let (Some(Part::At), Some(last)) = (parts.last(), table.columns.last_mut()) {
        last.under = parts.contains(&Part::Source);
    }
    // What sets a claim apart is looked for among all claims on its event: once for all of them.
    let mut differences = BTreeMap::new();
    for group in groups {
        if !group.head.is_empty() {
            table.rows.push(Row::Group(group.head.clone()));
        }
        for &id in &group.claims {
            let event = writer.timeline.event(writer.timeline.claim(id).event);
            let on_event = differences.entry(event.id());
            let on_event = on_event.or_insert_with(|| event.differences_of_each());
            let differences = on_event.get(&id).copied().unwrap_or_default();
            let cells = (parts.iter()).map(|&part| cell(writer, part, (id, differences)));
            table.rows.push(Row::Cells(cells.collect()));
        }
    }
    let wanted: Vec<&str> = parts
        .iter()
        .filter(|part| part.is_wanted())
        .map(|part| part.column().label)
        .collect();
    table.without_empty_columns(|column| wanted.contains(&column.label));
    Block::Table(table)
}

/// How many of some claims say something, and how many do not.
pub(crate) fn counted(claims: usize, silent: usize) -> String {
    match (claims - silent, silent) {
        (saying, 0) => saying.to_string(),
        (saying, silent) => format!("{saying}, {silent} silent"),
    }
}

/// By the day on which they were said; those without one last.
pub(super) fn oldest_first(timeline: &Timeline, claims: &mut [ClaimId]) {
    claims.sort_by_key(|&id| timeline.claim(id).order_key());
}

fn cell(writer: &Writer<'_>, part: Part, (id, differences): (ClaimId, Differences)) -> Vec<Run> {
    let claim = writer.timeline.claim(id);
    let leads = Some(Subject::Evidence(Evidence::Claim(id)));
    match part {
        Part::Day => vec![Run {
            link: leads,
            ..day(claim)
        }],
        Part::Speaker => vec![speaker(writer, claim)],
        Part::Stance => vec![stance(claim.stance)],
        Part::AboutEvent => vec![quiet(&about_event(claim.about)), writer.event(claim.event)],
        Part::About => vec![quiet(about(claim.about))],
        Part::Value => marked(differences.value, value(writer, claim)),
        Part::Text => claim.text.as_deref().map(plain).into_iter().collect(),
        Part::Answers => answers(writer, claim),
        Part::AnsweredBy => answered_by(writer, claim),
        Part::Words => {
            let words = claim.words.as_deref().map(|words| Run {
                link: leads,
                ..quote(words)
            });
            marked(differences.words, words)
        }
        Part::Likelihood if claim.words.is_none() => marked(differences.words, likelihood(claim)),
        Part::Likelihood => likelihood(claim),
        Part::Confidence => claim
            .confidence
            .map(|level| plain(level.as_str()))
            .into_iter()
            .collect(),
        Part::Source => claim
            .source
            .map_or_else(|| vec![quiet("no source given")], |id| source(writer, id)),
        Part::At => claim.at.as_deref().map(quiet).into_iter().collect(),
    }
}

fn marked(differs: bool, cell: impl IntoIterator<Item = Run>) -> Vec<Run> {
    let mut cell: Vec<Run> = cell.into_iter().collect();
    if differs && !cell.is_empty() {
        cell.splice(0..0, [run(Role::Contested, DIFFERS), plain(" ")]);
    }
    cell
}

/// The day on which it was said.
pub(super) fn day(claim: &Claim) -> Run {
    claim
        .said
        .as_ref()
        .map_or_else(|| run(Role::Imprecise, "no date"), date)
}

/// Who speaks.
pub(super) fn speaker(writer: &Writer<'_>, claim: &Claim) -> Run {
    claim.by.map_or_else(
        || quiet("speaker not given"),
        |by| writer.entity(by, Role::Speaker),
    )
}

pub(super) fn stance(stance: Stance) -> Run {
    let role = match stance {
        Stance::Asserts => Role::Quiet,
        Stance::Denies | Stance::Doubts => Role::Denies,
        Stance::Silent => Role::Faint,
    };
    run(role, stance.as_str())
}

/// An aspect as what a claim is about.
pub(super) const fn about(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Event => "happening",
        Aspect::Date => "date",
        Aspect::Actor => "actor",
        Aspect::Target => "target",
        Aspect::Accused => "accused",
        Aspect::Addressee => "addressee",
        Aspect::Capacity => "capacity",
        Aspect::Number => "number",
        Aspect::Method => "method",
        Aspect::Effect => "effect",
        Aspect::Status => "status",
        Aspect::Reason => "reason",
        Aspect::Response => "response",
    }
}

/// The same before the title of an event, such as `reason for`.
pub(super) fn about_event(aspect: Aspect) -> String {
    let joint = match aspect {
        Aspect::Accused | Aspect::Addressee | Aspect::Capacity | Aspect::Number => "in",
        Aspect::Status => "after",
        Aspect::Reason => "for",
        Aspect::Response => "to",
        _ => "of",
    };
    format!("{} {joint} ", about(aspect))
}

pub(super) fn value(writer: &Writer<'_>, claim: &Claim) -> Option<Run> {
    Some(match claim.value.as_ref()? {
        ClaimValue::Entity(id) => writer.entity(*id, Role::of_part(claim.about)),
        ClaimValue::Date(when) => date(when),
        ClaimValue::Text(text) => plain(text),
    })
}

/// The claims that a claim answers: who made each, on what if that is not what the answer is about, and what it says.
pub(crate) fn answers(writer: &Writer<'_>, claim: &Claim) -> Vec<Run> {
    let each = claim.answers.iter().map(|&id| {
        let other = writer.timeline.claim(id);
        let mut runs = vec![speaker_of(writer, id)];
        if other.stance.objects() {
            runs.extend([quiet(" "), stance(other.stance)]);
        }
        if other.event != claim.event {
            runs.push(quiet(&format!(", the {}", about_event(other.about))));
            runs.push(writer.event(other.event));
        } else if other.about != claim.about {
            runs.push(quiet(&format!(", the {}", about(other.about))));
        }
        let said = gist(writer, other).map(|gist| [quiet(": "), gist]);
        runs.extend(said.into_iter().flatten());
        runs
    });
    led("answers ", join(each.collect(), "; "))
}

/// Who answers a claim, and in which event if that is another one.
pub(crate) fn answered_by(writer: &Writer<'_>, claim: &Claim) -> Vec<Run> {
    let each = claim.answered_by.iter().map(|&id| {
        let event = writer.timeline.claim(id).event;
        let mut runs = vec![speaker_of(writer, id)];
        if event != claim.event {
            runs.extend([quiet(" in "), writer.event(event)]);
        }
        runs
    });
    led("answered by ", join(each.collect(), ", "))
}

fn led(lead: &str, mut runs: Vec<Run>) -> Vec<Run> {
    if !runs.is_empty() {
        runs.insert(0, quiet(lead));
    }
    runs
}

/// Who makes a claim, as a link to it.
fn speaker_of(writer: &Writer<'_>, id: ClaimId) -> Run {
    let link = Some(Subject::Evidence(Evidence::Claim(id)));
    Run {
        link,
        ..speaker(writer, writer.timeline.claim(id))
    }
}

/// What a claim says, at its shortest: its exact words, else its value, else the author's words.
fn gist(writer: &Writer<'_>, claim: &Claim) -> Option<Run> {
    match (claim.words.as_deref(), &claim.value) {
        (Some(words), _) => Some(quote(words)),
        (None, Some(ClaimValue::Text(text))) => Some(plain(&format!("“{}”", text.trim()))),
        (None, Some(_)) => value(writer, claim),
        (None, None) => claim.text.as_deref().map(plain),
    }
}

/// Where a term stands on the speaker's own yardstick: as a range, with the name of the yardstick. The
/// term itself is told where the exact words are others.
fn likelihood(claim: &Claim) -> Vec<Run> {
    let Some(likelihood) = claim.likelihood.as_deref() else {
        return Vec::new();
    };
    let is_said = claim
        .words
        .as_deref()
        .is_some_and(|words| words.trim().eq_ignore_ascii_case(likelihood.trim()));
    let mut runs = Vec::new();
    if !is_said {
        runs.push(plain(likelihood));
    }
    if let Some(term) = claim.likelihood_term() {
        runs.extend((!is_said).then(|| plain(" ")));
        let range = format!(
            " {} to {} % on {}",
            term.from,
            term.to,
            yardstick(claim.yardstick)
        );
        runs.extend([run(Role::Quiet, &bar(term)), quiet(&range)]);
    }
    runs
}

/// What people call a yardstick.
pub(crate) const fn yardstick(yardstick: Yardstick) -> &'static str {
    match yardstick {
        Yardstick::Phia => "PHIA",
        Yardstick::Icd203 => "ICD 203",
        Yardstick::None => "no yardstick",
    }
}

/// The range of a term on the whole of its yardstick, ten per cent a cell and five a half.
fn bar(term: &Term) -> String {
    let holds = |half: u8| (term.from..term.to).contains(&(half * 5 + 2));
    let cell = |cell: u8| match (holds(cell * 2), holds(cell * 2 + 1)) {
        (true, true) => '█',
        (true, false) => '▌',
        (false, true) => '▐',
        (false, false) => '·',
    };
    let cells: String = (0..10).map(cell).collect();
    format!("▕{cells}▏")
}

/// A document; a reader is told when it is not the issuing body's own.
pub(super) fn source(writer: &Writer<'_>, id: SourceId) -> Vec<Run> {
    let standing = match writer.timeline.source(id).standing {
        None | Some(Standing::Primary) => None,
        Some(Standing::Copy) => Some(quiet(" (copy)")),
        Some(Standing::Secondary) => Some(quiet(" (secondary)")),
    };
    std::iter::once(writer.source(id)).chain(standing).collect()
}
