//! Two events side by side, field by field: what differs in a table, and what is the same below it.

use super::block::DocumentBlock;
use super::claims;
use super::event::stated;
use super::role::Role;
use super::subject::{Evidence, PageSubject};
use super::table::{FoldPlace, Table, TableColumn, TableRow};
use super::text_run::{TextRun, join, plain, quiet, quote, run, when};
use super::verdict::{VerdictBlock, VerdictForm, verdict_blocks};
use super::writer::DocumentWriter;
use crate::change::EventPair;
use crate::date::DateOrder;
use crate::timeline::facts::{FactGroup, FactId};
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimId, Event, EventId, SourceId};

/// The names of the two events on the page.
const NAMES: [&str; 2] = ["A", "B"];

pub(super) fn write(writer: &mut DocumentWriter<'_>, one: EventId, other: EventId) {
    let timeline = writer.timeline;
    let events = [one, other].map(|id| timeline.event(id));
    writer.title("Two events side by side");
    writer.gap();
    for (name, event) in NAMES.into_iter().zip(events) {
        let title = writer.event(event.id());
        writer.fact(name, vec![title, quiet(", "), when(event)]);
    }
    writer.fact("order", order(events));
    let mut page = PairWriter {
        events,
        pair: EventPair::of(timeline, one, other),
        rows: Vec::new(),
        same: Vec::new(),
    };
    page.facts(writer);
    page.links();
    page.attributes();
    page.sources(writer);
    page.claims(writer);
    writer.gap();
    if page.rows.is_empty() {
        writer.block(DocumentBlock::Paragraph(vec![plain(
            "The two differ in nothing but their title.",
        )]));
    } else {
        writer.block(DocumentBlock::Table(Table {
            columns: columns(),
            rows: page.rows,
            is_comparison: true,
        }));
    }
    if !page.same.is_empty() {
        writer.heading(
            "The same in both",
            vec![quiet(&page.same.len().to_string())],
        );
        writer.block(DocumentBlock::Paragraph(join(page.same, "; ")));
    }
}

fn columns() -> Vec<TableColumn> {
    let column = |label, fold, lead| TableColumn {
        label,
        under: false,
        fold,
        lead,
    };
    vec![
        column("", FoldPlace::Mark, ""),
        column(NAMES[0], FoldPlace::Body, "A  "),
        column(NAMES[1], FoldPlace::Note(0), "B  "),
    ]
}

/// How the dates lie to each other, and the time between the beginnings.
fn order([one, other]: [Event<'_>; 2]) -> Vec<TextRun> {
    let (Some(first), Some(second)) = (one.when(), other.when()) else {
        return vec![run(Role::Imprecise, "open: an event without a date")];
    };
    let order = first.order_to(&second);
    let [a, b] = NAMES;
    let lag = if matches!(
        order,
        DateOrder::After | DateOrder::OverlappedBy | DateOrder::AfterOrTogether
    ) {
        format!("{a} began {}", second.lag_to(&first).later())
    } else {
        format!("{b} began {}", first.lag_to(&second).later())
    };
    vec![plain(&format!("{}; {lag}", order.words(a, b)))]
}

struct PairWriter<'t> {
    events: [Event<'t>; 2],
    pair: EventPair,
    /// What differs.
    rows: Vec<TableRow>,
    /// What is the same, each with its label.
    same: Vec<Vec<TextRun>>,
}

impl PairWriter<'_> {
    /// Adds a field: a row if the two differ in it. A field that neither states is left out.
    fn field(&mut self, label: &str, differs: bool, cells: [Vec<TextRun>; 2]) {
        let [one, other] = &cells;
        if one.is_empty() && other.is_empty() {
            return;
        }
        if !differs && one == other {
            let mut runs = vec![quiet(&format!("{label} "))];
            runs.extend(one.iter().cloned());
            self.same.push(runs);
            return;
        }
        let mut row = vec![vec![run(Role::Label, label)]];
        row.extend(cells.map(|cell| {
            if cell.is_empty() {
                vec![quiet("not stated")]
            } else {
                cell
            }
        }));
        self.rows.push(TableRow::Cells(row));
    }

    /// The facts in the order of an event's page; prose is last.
    fn facts(&mut self, writer: &DocumentWriter<'_>) {
        let all = FactId::all().filter(|fact| fact.row().group != FactGroup::Sources);
        let mut all: Vec<FactId> = all.collect();
        all.sort_by_key(|fact| {
            let group = fact.row().group;
            (group == FactGroup::Prose, group)
        });
        for id in all {
            let fact = id.row();
            let cells = self.events.map(|event| stated(writer, event, id));
            // The evidence of one event is not that of the other.
            let cells = cells.map(without_evidence);
            let differs = self.pair.differs_in(fact.key.unwrap_or(fact.name));
            self.field(fact.label, differs, cells);
        }
    }

    /// What differs in the claims, below a heading.
    fn claims(&mut self, writer: &DocumentWriter<'_>) {
        let before = self.rows.len();
        self.verdicts(writer);
        self.judgements(writer);
        if self.rows.len() > before {
            let head = vec![run(Role::Heading, "What claims say")];
            self.rows.insert(before, TableRow::Group(head));
        }
    }

    /// What the claims say, aspect by aspect, and on which aspects they differ.
    fn verdicts(&mut self, writer: &DocumentWriter<'_>) {
        let timeline = writer.timeline;
        let blocks = self
            .events
            .map(|event| verdict_blocks(timeline, event.id(), VerdictForm::First));
        for &aspect in Aspect::ALL {
            let cells = blocks.each_ref().map(|blocks| {
                let mut blocks = blocks.iter();
                let block = blocks.find(|block| block.aspect == Some(aspect));
                block.map_or_else(Vec::new, verdict)
            });
            self.field(aspect.question(), false, cells);
        }
        let disputed = self.events.map(|event| {
            let aspects = event.contested();
            let words: Vec<&str> = aspects.iter().map(|aspect| aspect.as_str()).collect();
            let words = (!words.is_empty()).then(|| run(Role::Contested, &words.join(", ")));
            words.into_iter().collect()
        });
        self.field("claims differ on", false, disputed);
    }

    /// Each judgement in its speaker's words, on the speaker's own yardstick: nothing is converted.
    fn judgements(&mut self, writer: &DocumentWriter<'_>) {
        let cells = self.events.map(|event| {
            let judged = event.claims().filter(|(_, claim)| {
                claim.words.is_some() || claim.likelihood.is_some() || claim.confidence.is_some()
            });
            let each = judged.map(|(id, claim)| judgement(writer, id, claim));
            join(each.collect(), "; ")
        });
        self.field("judgements", false, cells);
    }

    /// The sources of one event only, and how many both have.
    fn sources(&mut self, writer: &DocumentWriter<'_>) {
        let [one, other] = self.events.map(Event::sources);
        let cell = |own: &[SourceId], others: &[SourceId]| {
            let alone = own.iter().filter(|id| !others.contains(id));
            let titles: Vec<_> = alone.map(|&id| vec![writer.source(id)]).collect();
            match (own, titles.len()) {
                ([], _) => Vec::new(),
                (_, 0) => vec![quiet("no others")],
                _ => join(titles, "; "),
            }
        };
        let cells = [cell(one, other), cell(other, one)];
        if cells[0] != cells[1] {
            self.field("sources", true, cells);
        }
        let both = one.iter().filter(|id| other.contains(id)).count();
        if both > 0 {
            self.same.push(vec![plain(&super::count(both, "source"))]);
        }
    }

    /// The links from one of the two to the other.
    fn links(&mut self) {
        let [one, other] = self.events;
        let cell = |from: Event<'_>, to: Event<'_>, name: &str| {
            let links = from.links().iter().filter(|link| link.to == to.id());
            let words = links.map(|link| vec![plain(&format!("{} {name}", link.reads()))]);
            join(words.collect(), ", ")
        };
        let cells = [cell(one, other, NAMES[1]), cell(other, one, NAMES[0])];
        self.field("link", true, cells);
    }

    /// The attributes from a log, by name.
    fn attributes(&mut self) {
        let [one, other] = self.events;
        let mut names: Vec<String> = Vec::new();
        for event in [one, other] {
            for (name, _) in event.attributes() {
                if !names.iter().any(|known| *known == *name) {
                    names.push(name.to_string());
                }
            }
        }
        for name in names {
            let cells = [one, other].map(|event| {
                let mut all = event.attributes();
                let value = all.find(|(other, _)| **other == *name);
                value.map(|(_, value)| plain(value)).into_iter().collect()
            });
            self.field(&name, false, cells);
        }
    }
}

/// The line of a verdict without the evidence behind it, and with a separator that can be read aloud.
fn verdict(block: &VerdictBlock) -> Vec<TextRun> {
    let line = block.lines(VerdictForm::First).first();
    let runs = line.map_or_else(Vec::new, |line| without_evidence(line.clone()));
    let spoken = runs
        .into_iter()
        .map(|run| match run.text.strip_prefix(" · ") {
            Some(rest) => TextRun {
                text: format!("; {rest}"),
                ..run
            },
            None => run,
        });
    spoken.collect()
}

fn without_evidence(runs: Vec<TextRun>) -> Vec<TextRun> {
    let runs = runs.into_iter().map(|run| TextRun {
        link: run
            .link
            .filter(|to| !matches!(to, PageSubject::Evidence(_))),
        ..run
    });
    runs.collect()
}

/// A speaker, the aspect, and the words with the range on the speaker's yardstick.
fn judgement(writer: &DocumentWriter<'_>, id: ClaimId, claim: &Claim) -> Vec<TextRun> {
    let speaker = TextRun {
        link: Some(PageSubject::Evidence(Evidence::Claim(id))),
        ..claims::speaker(writer, claim)
    };
    let mut runs = vec![
        speaker,
        quiet(&format!(" on the {}: ", claims::about(claim.about))),
    ];
    let words = claim.words.as_deref().map(|words| vec![quote(words)]);
    let confidence = claim.confidence.map(|level| {
        let words = format!("confidence {}", level.as_str());
        vec![plain(&words)]
    });
    let likelihood = Some(claims::likelihood(claim)).filter(|runs| !runs.is_empty());
    let parts = [words, likelihood, confidence].into_iter().flatten();
    runs.extend(join(parts.collect(), ", "));
    runs
}

#[cfg(test)]
mod tests {
    use super::super::block::Document;
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;

    const FILE: &str = r#"
        [entities.team]
        name = "Team"
        [entities.agency]
        name = "Agency"
        [sources.one]
        title = "First report"
        [sources.two]
        title = "Second report"
        [[events]]
        id = "a"
        title = "Alarm"
        when = "2021-03"
        phase = "disclosure"
        lane = "North"
        sources = ["one", "two"]
        [[events.claims]]
        by = "team"
        source = "one"
        about = "actor"
        value = "Mudlark"
        words = "likely"
        likelihood = "likely"
        yardstick = "phia"
        [[events]]
        id = "b"
        title = "Answer"
        when = "2021-05-02"
        phase = "response"
        lane = "North"
        sources = ["one"]
        links = [{ to = "a", as = "responds-to" }]
        [[events.claims]]
        by = "agency"
        source = "one"
        about = "actor"
        value = "Mudlark"
        likelihood = "likely"
        yardstick = "icd203"
        confidence = "low"
    "#;

    fn timeline(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    fn pair(timeline: &Timeline, one: &str, other: &str) -> Document {
        let id = |key| timeline.find_event(key).expect("the event").id();
        Document::about(timeline, PageSubject::Pair(id(one), id(other)))
    }

    fn text(runs: &[TextRun]) -> String {
        runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The rows of the table, each with its cells.
    fn rows(document: &Document) -> Vec<Vec<String>> {
        let tables = document.blocks.iter().filter_map(|block| match block {
            DocumentBlock::Table(table) => Some(&table.rows),
            _ => None,
        });
        let cells = tables.flatten().filter_map(TableRow::cells);
        cells
            .map(|cells| cells.iter().map(|cell| text(cell)).collect())
            .collect()
    }

    #[test]
    fn what_differs_is_in_rows_and_what_is_the_same_is_folded() {
        let timeline = timeline(FILE);
        let document = pair(&timeline, "a", "b");
        let rows = rows(&document);
        let row = |label: &str| rows.iter().find(|row| row[0] == label).cloned();
        let expected = |cells: [&str; 3]| Some(cells.map(str::to_owned).to_vec());
        assert_eq!(row("phase"), expected(["phase", "disclosure", "response"]));
        assert_eq!(
            row("sources"),
            expected(["sources", "Second report", "no others"])
        );
        assert_eq!(
            row("link").map(|row| row[2].clone()),
            Some("responds to A".to_owned())
        );
        assert_eq!(row("lane"), None);
        let Some(DocumentBlock::Paragraph(same)) = document.blocks.last() else {
            panic!("the last block says what is the same");
        };
        let same = text(same);
        assert!(
            same.contains("lane North") && same.contains("1 source"),
            "{same}"
        );
    }

    #[test]
    fn each_judgement_is_on_its_own_yardstick() {
        let timeline = timeline(FILE);
        let rows = rows(&pair(&timeline, "a", "b"));
        let judged = rows.iter().find(|row| row[0] == "judgements");
        let judged = judged.expect("they differ");
        assert!(
            judged[1].starts_with("Team on the actor: “likely”")
                && judged[1].ends_with("% on PHIA"),
            "{judged:?}"
        );
        assert!(
            judged[2].starts_with("Agency on the actor: likely")
                && judged[2].ends_with("% on ICD 203, confidence low"),
            "{judged:?}"
        );
    }

    #[test]
    fn the_order_of_the_dates_is_said_with_the_time_between() {
        let timeline = timeline(FILE);
        let order = |one, other| {
            let document = pair(&timeline, one, other);
            let facts = document.blocks.iter().find_map(|block| match block {
                DocumentBlock::Fact {
                    label: "order",
                    value,
                } => Some(text(value)),
                _ => None,
            });
            facts.expect("the page says it")
        };
        assert_eq!(
            order("a", "b"),
            "A was over before B began; B began 1 to 3 months later"
        );
        assert_eq!(
            order("b", "a"),
            "B was over before A began; A began 1 to 3 months later"
        );
    }
}
