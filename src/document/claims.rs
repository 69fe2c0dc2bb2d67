//! Claims as a table: who says what about which aspect, when, in which words, how surely, and where.
//!
//! Every claim is a row, denials too; nothing is merged. Differences are marked where they are.

use std::collections::BTreeMap;

use super::block::DocumentBlock;
use super::claim_rows::{ClaimTableRow, fold_copies};
use super::role::Role;
use super::subject::{Evidence, PageSubject};
use super::table::{FoldPlace, Table, TableColumn, TableRow};
use super::text_run::{TextRun, date, join, plain, quiet, quote, run};
use super::words::yardstick;
use super::writer::DocumentWriter;
use crate::timeline::likelihood::LikelihoodTerm;
use crate::timeline::term::{Aspect, Stance, Standing};
use crate::timeline::{Claim, ClaimDifferences, ClaimId, ClaimValue, SourceId, Timeline, unique};

/// The mark of a cell in which claims differ.
pub(super) const DIFFERS: &str = "≠";

/// A column of a table of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClaimColumn {
    Day,
    Speaker,
    Stance,
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

/// The columns for claims on one event: its title is above them.
pub(super) const ON_EVENT: &[ClaimColumn] = &[
    ClaimColumn::Day,
    ClaimColumn::Speaker,
    ClaimColumn::Stance,
    ClaimColumn::Value,
    ClaimColumn::Text,
    ClaimColumn::Answers,
    ClaimColumn::AnsweredBy,
    ClaimColumn::Words,
    ClaimColumn::Likelihood,
    ClaimColumn::Confidence,
    ClaimColumn::Source,
    ClaimColumn::At,
];

impl ClaimColumn {
    const fn column(self) -> TableColumn {
        let (label, under, fold, lead) = match self {
            Self::Day => ("said", false, FoldPlace::Mark, ""),
            Self::Speaker => ("speaker", false, FoldPlace::Body, ""),
            Self::Stance => ("stance", false, FoldPlace::Body, " "),
            Self::AboutEvent => ("about", false, FoldPlace::Body, " the "),
            Self::Value => ("claim", false, FoldPlace::Body, ": "),
            Self::Text => ("paraphrase", true, FoldPlace::Note(0), ""),
            Self::Answers => ("answers", true, FoldPlace::Note(2), ""),
            Self::AnsweredBy => ("answered by", true, FoldPlace::Note(3), ""),
            Self::Words => ("exact words", false, FoldPlace::Note(1), ""),
            Self::Likelihood => ("likelihood", true, FoldPlace::Note(1), ", "),
            Self::Confidence => ("confidence", false, FoldPlace::Note(1), ", confidence "),
            Self::Source => ("source", false, FoldPlace::Note(4), "in "),
            Self::At => ("place", true, FoldPlace::Note(4), ", "),
        };
        TableColumn {
            label,
            under,
            fold,
            lead,
        }
    }

    /// Whether the column is shown even if it is empty: day, speaker and source are always stated, or shown as unknown.
    const fn is_required(self) -> bool {
        matches!(self, Self::Day | Self::Speaker | Self::Source)
    }
}

/// Claims under a heading. With an empty heading they form no group.
pub(super) struct ClaimGroup {
    head: Vec<TextRun>,
    rows: Vec<ClaimTableRow>,
}

impl ClaimGroup {
    /// A row for each claim.
    pub fn each(head: Vec<TextRun>, claims: &[ClaimId]) -> Self {
        let rows = claims.iter().map(|&id| ClaimTableRow::of(id));
        Self {
            head,
            rows: rows.collect(),
        }
    }

    /// A row for each claim, and one for what a speaker says in copies of one text.
    pub fn folded(timeline: &Timeline, head: Vec<TextRun>, claims: &[ClaimId]) -> Self {
        let rows = fold_copies(timeline, claims);
        Self { head, rows }
    }
}

/// A table of claims, in groups.
pub(super) fn table(
    writer: &DocumentWriter<'_>,
    parts: &[ClaimColumn],
    groups: &[ClaimGroup],
) -> DocumentBlock {
    let mut table = Table {
        columns: parts.iter().map(|part| part.column()).collect(),
        ..Table::default()
    };
    // The place in a source is under its source; if the source is not shown, it is a column of its own.
    if let (Some(ClaimColumn::At), Some(last)) = (parts.last(), table.columns.last_mut()) {
        last.under = parts.contains(&ClaimColumn::Source);
    }
    // Differences are computed among all claims on an event: once for each event.
    let mut differences = BTreeMap::new();
    for group in groups {
        if !group.head.is_empty() {
            table.rows.push(TableRow::Group(group.head.clone()));
        }
        for row in &group.rows {
            let event = writer
                .timeline
                .event(writer.timeline.claim(row.first()).event);
            let on_event = differences.entry(event.id());
            let on_event = on_event.or_insert_with(|| event.differences_of_each());
            let differences = on_event.get(&row.first()).copied().unwrap_or_default();
            let cells = (parts.iter()).map(|&part| cell(writer, part, (row, differences)));
            table.rows.push(TableRow::Cells(cells.collect()));
        }
    }
    let required: Vec<&str> = parts
        .iter()
        .filter(|part| part.is_required())
        .map(|part| part.column().label)
        .collect();
    table.without_empty_columns(|column| required.contains(&column.label));
    DocumentBlock::Table(table)
}

/// How many claims say something, and how many are silent.
pub(super) fn counted(claims: usize, silent: usize) -> String {
    match (claims - silent, silent) {
        (saying, 0) => saying.to_string(),
        (saying, silent) => format!("{saying}, {silent} silent"),
    }
}

/// Sorts claims by day; undated ones last.
pub(super) fn oldest_first(timeline: &Timeline, claims: &mut [ClaimId]) {
    claims.sort_by_key(|&id| timeline.claim(id).order_key());
}

fn cell(
    writer: &DocumentWriter<'_>,
    part: ClaimColumn,
    (row, differences): (&ClaimTableRow, ClaimDifferences),
) -> Vec<TextRun> {
    let id = row.first();
    let claim = writer.timeline.claim(id);
    let leads = Some(PageSubject::Evidence(Evidence::Claim(id)));
    match part {
        ClaimColumn::Day => vec![TextRun {
            link: leads,
            ..day(claim)
        }],
        ClaimColumn::Speaker => vec![speaker(writer, claim)],
        ClaimColumn::Stance => vec![stance(claim.stance)],
        ClaimColumn::AboutEvent => {
            vec![quiet(&about_event(claim.about)), writer.event(claim.event)]
        }
        ClaimColumn::Value => marked(differences.value, value(writer, claim)),
        ClaimColumn::Text => distinct(writer, row, |claim| claim.text.as_deref(), plain, " "),
        ClaimColumn::Answers => answers(writer, row.claims()),
        ClaimColumn::AnsweredBy => answered_by(writer, row.claims()),
        ClaimColumn::Words => {
            let words = claim.words.as_deref().map(|words| TextRun {
                link: leads,
                ..quote(words)
            });
            marked(differences.words, words)
        }
        ClaimColumn::Likelihood if claim.words.is_none() => {
            marked(differences.words, likelihood(claim))
        }
        ClaimColumn::Likelihood => likelihood(claim),
        ClaimColumn::Confidence => claim
            .confidence
            .map(|level| plain(level.as_str()))
            .into_iter()
            .collect(),
        ClaimColumn::Source => claim.source.map_or_else(
            || vec![quiet("no source given")],
            |source| {
                let copies = row.copies_in_words(writer.timeline).map(|words| TextRun {
                    link: leads,
                    ..quiet(&words)
                });
                let source = self::source(writer, source).into_iter();
                source.chain(copies).collect()
            },
        ),
        ClaimColumn::At => distinct(writer, row, |claim| claim.at.as_deref(), quiet, "; "),
    }
}

/// A text of each claim of a row, once.
fn distinct(
    writer: &DocumentWriter<'_>,
    row: &ClaimTableRow,
    text: fn(&Claim) -> Option<&str>,
    run: impl Fn(&str) -> TextRun,
    separator: &str,
) -> Vec<TextRun> {
    let claims = row.claims().iter().map(|&id| writer.timeline.claim(id));
    let texts = unique(claims.filter_map(text));
    join(
        texts.into_iter().map(|text| vec![run(text)]).collect(),
        separator,
    )
}

fn marked(differs: bool, cell: impl IntoIterator<Item = TextRun>) -> Vec<TextRun> {
    let mut cell: Vec<TextRun> = cell.into_iter().collect();
    if differs && !cell.is_empty() {
        cell.splice(0..0, [run(Role::Contested, DIFFERS), plain(" ")]);
    }
    cell
}

pub(super) fn day(claim: &Claim) -> TextRun {
    claim
        .said
        .as_ref()
        .map_or_else(|| run(Role::Imprecise, "no date"), date)
}

pub(super) fn speaker(writer: &DocumentWriter<'_>, claim: &Claim) -> TextRun {
    claim.by.map_or_else(
        || quiet("speaker not given"),
        |by| writer.entity(by, Role::Speaker),
    )
}

pub(super) fn stance(stance: Stance) -> TextRun {
    let role = match stance {
        Stance::Asserts => Role::Quiet,
        Stance::Denies | Stance::Doubts => Role::Denies,
        Stance::Silent => Role::Faint,
    };
    run(role, stance.as_str())
}

/// An aspect as the subject of a claim.
pub(super) const fn about(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Event => "event",
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
        Aspect::Event => return "event ".to_owned(),
        Aspect::Accused | Aspect::Addressee | Aspect::Capacity | Aspect::Number => "in",
        Aspect::Status => "after",
        Aspect::Reason => "for",
        Aspect::Response => "to",
        _ => "of",
    };
    format!("{} {joint} ", about(aspect))
}

pub(super) fn value(writer: &DocumentWriter<'_>, claim: &Claim) -> Option<TextRun> {
    Some(match claim.value.as_ref()? {
        ClaimValue::Entity(id) => writer.entity(*id, Role::of_part(claim.about)),
        ClaimValue::Date(when) => date(when),
        ClaimValue::Text(text) => plain(text),
    })
}

/// The claims that some claims of one speaker answer: the speaker, the aspect if it differs, and the words.
pub(crate) fn answers(writer: &DocumentWriter<'_>, claims: &[ClaimId]) -> Vec<TextRun> {
    let Some(claim) = claims.first().map(|&id| writer.timeline.claim(id)) else {
        return Vec::new();
    };
    let answered = claims
        .iter()
        .flat_map(|&id| &writer.timeline.claim(id).answers);
    let each = unique(answered.copied()).into_iter().map(|id| {
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

/// The speakers who answer some claims on one event, with the event if it is another one.
pub(crate) fn answered_by(writer: &DocumentWriter<'_>, claims: &[ClaimId]) -> Vec<TextRun> {
    let on = claims.first().map(|&id| writer.timeline.claim(id).event);
    let answering = claims
        .iter()
        .flat_map(|&id| &writer.timeline.claim(id).answered_by);
    let each = unique(answering.copied()).into_iter().map(|id| {
        let event = writer.timeline.claim(id).event;
        let mut runs = vec![speaker_of(writer, id)];
        if Some(event) != on {
            runs.extend([quiet(" in "), writer.event(event)]);
        }
        runs
    });
    led("answered by ", join(each.collect(), ", "))
}

fn led(lead: &str, mut runs: Vec<TextRun>) -> Vec<TextRun> {
    if !runs.is_empty() {
        runs.insert(0, quiet(lead));
    }
    runs
}

/// The speaker as a link to the claim.
fn speaker_of(writer: &DocumentWriter<'_>, id: ClaimId) -> TextRun {
    let link = Some(PageSubject::Evidence(Evidence::Claim(id)));
    TextRun {
        link,
        ..speaker(writer, writer.timeline.claim(id))
    }
}

/// The shortest form of a claim: its exact words, otherwise its value, otherwise the author's paraphrase.
fn gist(writer: &DocumentWriter<'_>, claim: &Claim) -> Option<TextRun> {
    match (claim.words.as_deref(), &claim.value) {
        (Some(words), _) => Some(quote(words)),
        (None, Some(ClaimValue::Text(text))) => Some(plain(&format!("“{}”", text.trim()))),
        (None, Some(_)) => value(writer, claim),
        (None, None) => claim.text.as_deref().map(plain),
    }
}

/// The range of a term on the speaker's own yardstick, with the name of the yardstick. The term itself is shown if the
/// exact words differ.
pub(super) fn likelihood(claim: &Claim) -> Vec<TextRun> {
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

/// The range of a term on the scale of its yardstick: a cell for ten per cent, half a cell for five.
fn bar(term: &LikelihoodTerm) -> String {
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

/// A document, marked if it is not the issuing body's own.
pub(super) fn source(writer: &DocumentWriter<'_>, id: SourceId) -> Vec<TextRun> {
    let standing = match writer.timeline.source(id).standing {
        None | Some(Standing::Primary) => None,
        Some(Standing::Copy) => Some(quiet(" (copy)")),
        Some(Standing::Secondary) => Some(quiet(" (secondary)")),
    };
    std::iter::once(writer.source(id)).chain(standing).collect()
}
