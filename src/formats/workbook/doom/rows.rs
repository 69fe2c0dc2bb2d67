//! The rows of a spreadsheet of doom as a draft.

use super::names::DoomNames;
use super::sheet_kind::{DoomRow, DoomSheet, DoomTable, is};
use crate::date::foreign::DayMonthOrder;
use crate::date::{EventDate, Zone};
use crate::diagnostic::{Diagnostic, TextPlace};
use crate::formats::log::{file_name, read_stamp, title_of};
use crate::formats::toml::date_errors;
use crate::formats::toml::marking::read_marking;
use crate::timeline::draft::{
    DraftEvent, DraftQuestion, DraftSource, DraftTimeline, Located, LocatedText,
};
use crate::timeline::term::{EntityKind, QuestionStatus, Tlp, is_technique};

/// The values that the case, its sheets and their rows are made of so far.
pub(super) struct DoomDraft {
    draft: DraftTimeline,
    names: DoomNames,
    /// The id of the workbook as a source.
    workbook: String,
    /// The ids of evidence, as it is named in the rows of other sheets and as a source.
    evidence: Vec<(String, String)>,
    pub findings: Vec<Diagnostic>,
}

impl DoomDraft {
    pub fn new(name: &str, place: TextPlace) -> Self {
        let mut names = DoomNames::default();
        let title = file_name(name);
        let workbook = names.id(title, "workbook");
        let source = DraftSource {
            id: Located::new(workbook.as_str().into(), place),
            title: Some(Located::new(title.into(), place)),
            note: Some(Located::new("Spreadsheet of doom".into(), place)),
            ..DraftSource::default()
        };
        let mut draft = DraftTimeline::default();
        draft.sources.push(source);
        Self {
            draft,
            names,
            workbook,
            evidence: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Adds the rows of a sheet, whose text begins at a place.
    pub fn table(&mut self, table: &DoomTable<'_>, begin: TextPlace) {
        for row in table.rows() {
            let place = TextPlace::new(begin.file, row.range.clone()).behind(begin.start());
            match table.kind {
                DoomSheet::CaseInfo => self.case_info(&row, place),
                DoomSheet::Timeline => self.event(&row, place),
                DoomSheet::Systems => self.system(&row, place),
                DoomSheet::Accounts => self.account(&row, place),
                DoomSheet::Containment => self.containment(&row, place),
                DoomSheet::Evidence => self.source(&row, place),
                DoomSheet::Streams => self.question(&row, place),
            }
        }
    }

    pub fn end(mut self) -> (DraftTimeline, Vec<Diagnostic>) {
        self.draft.entities = self.names.entities;
        (self.draft, self.findings)
    }

    fn case_info(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        let (Some(name), Some(value)) = (row.get("meta"), row.get("meta-value")) else {
            return;
        };
        let text = || Some(Located::new(value.into(), place));
        let named = |wanted| is(name.trim_end_matches(':'), wanted);
        if named("CaseName") {
            self.draft.head.title = text();
        } else if named("TLP") {
            let (tlp, finding) = read_marking(value, place);
            self.draft.head.tlp = Some(Located::new(tlp.unwrap_or(Tlp::Red), place));
            self.draft.head.tlp_unread = tlp.is_none();
            self.findings.extend(finding);
        } else if named("IntrusionSet") {
            self.names.entity(value, EntityKind::IntrusionSet, place);
        } else if named("ThreatActor Name") {
            self.names.entity(value, EntityKind::ThreatActor, place);
        } else {
            let line = format!("{} {value}", name.trim());
            let before = self.draft.head.summary.take();
            let summary = before.map_or(line.clone(), |before| format!("{}\n{line}", before.value));
            self.draft.head.summary = Some(Located::new(summary.into(), place));
        }
    }

    fn system(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        let address = row.get("IPAddress");
        let Some(name) = row.get("HostName").or(address) else {
            return;
        };
        let aliases = address.filter(|address| *address != name);
        let entity = self.names.entity(name, EntityKind::System, place);
        entity
            .aliases
            .extend(aliases.map(|it| Located::new(it.into(), place)));
        entity.note = text(&row.rest(&["HostName", "IPAddress"]), place);
    }

    fn account(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        const USES: [(&str, &str); 2] = [
            ("First known compromised use", "first"),
            ("Last known compromised use", "last"),
        ];
        let Some(name) = row.get("AccountName").or_else(|| row.get("UserName")) else {
            return;
        };
        let alias = row.get("UserName").filter(|it| *it != name);
        let entity = self.names.entity(name, EntityKind::Individual, place);
        entity
            .aliases
            .extend(alias.map(|it| Located::new(it.into(), place)));
        entity.note = text(
            &row.rest(&["AccountName", "UserName", USES[0].0, USES[1].0]),
            place,
        );
        let id = entity.id.clone();
        for (column, which) in USES {
            let Some(written) = row.get(column) else {
                continue;
            };
            let when = self.date(written, place);
            let title = format!("{column} of the account {name}");
            let event = DraftEvent {
                when: when.map(|when| Located::new(when, place)),
                title: text(&title, place),
                targets: vec![id.clone()],
                ..self.blank(&format!("{name} {which} use"), place)
            };
            self.draft.events.push(event);
        }
    }

    fn source(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        let named = row.get("Evidence ID");
        let description = row
            .get("Evidence Description")
            .or_else(|| row.get("EvidenceType"));
        let Some(title) = named.or(description) else {
            return;
        };
        let id = self.names.id(title, "evidence");
        self.evidence
            .extend(named.map(|named| (named.to_owned(), id.clone())));
        let title = match description.filter(|it| *it != title) {
            Some(description) => format!("{title}: {}", first_line(description)),
            None => first_line(title),
        };
        let retrieved = row.get("Date Received");
        let retrieved = retrieved.and_then(|written| self.date(written, place));
        let taken = ["Evidence ID", "EvidenceSource", "Date Received"];
        self.draft.sources.push(DraftSource {
            id: Located::new(id.into(), place),
            title: text(&title, place),
            publisher: row.get("EvidenceSource").and_then(|it| text(it, place)),
            retrieved: retrieved.map(|date| Located::new(date, place)),
            note: text(&row.rest(&taken), place),
            ..DraftSource::default()
        });
    }

    fn event(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        let written = row.get("Timestamp_UTC_0");
        let Some(activity) = row.get("Activity").or_else(|| row.get("Notes")).or(written) else {
            return;
        };
        let when = written.and_then(|written| self.date(written, place));
        let title = title_of(activity);
        let mut summary = vec![];
        if title.is_some() {
            summary.push(activity.to_owned());
        }
        summary.extend(Self::rest_of_event(row));
        if when.is_none()
            && let Some(written) = written
        {
            summary.push(format!("Timestamp_UTC_0: {written}"));
        }
        let (techniques, others) = techniques(row.get("MITRE Techniques").unwrap_or_default());
        let mut tags: Vec<String> = row
            .get("MITRE Tactic")
            .map(str::to_owned)
            .into_iter()
            .collect();
        tags.extend(others);
        if row.get("Visualize").is_some_and(|it| is(it, "yes")) {
            tags.push("visualize".to_owned());
        }
        let words = |words: Vec<String>| words.iter().filter_map(|it| text(it, place)).collect();
        let mut event = DraftEvent {
            when: when.map(|when| Located::new(when, place)),
            title: text(title.as_deref().unwrap_or(activity), place),
            targets: self.systems(row, place),
            actors: self
                .names
                .ids(row.get("Suspect Account"), EntityKind::Individual, place),
            techniques: words(techniques),
            tags: words(tags),
            summary: text(&summary.join("\n"), place),
            ..self.blank(&format!("event {}", self.draft.events.len() + 1), place)
        };
        let prose = [activity, row.get("Notes").unwrap_or_default()].join("\n");
        let named = self
            .evidence
            .iter()
            .filter(|(name, _)| has_word(&prose, name));
        event
            .sources
            .extend(named.map(|(_, id)| Located::new(id.as_str().into(), place)));
        self.draft.events.push(event);
    }

    /// The systems of an event, each once.
    fn systems(&mut self, row: &DoomRow<'_>, place: TextPlace) -> Vec<LocatedText> {
        let cells = ["Event System", "Remote System"].map(|column| row.get(column));
        let cells = cells.into_iter().flatten().collect::<Vec<_>>().join("\n");
        self.names.ids(Some(&cells), EntityKind::System, place)
    }

    /// The lines of a summary: between which systems something happened, and the columns without another place.
    fn rest_of_event(row: &DoomRow<'_>) -> Vec<String> {
        const TAKEN: [&str; 9] = [
            "Timestamp_UTC_0",
            "<->",
            "Event System",
            "Remote System",
            "Suspect Account",
            "MITRE Techniques",
            "MITRE Tactic",
            "Activity",
            "Visualize",
        ];
        let mut lines = Vec::new();
        let systems = ["Event System", "<->", "Remote System"].map(|column| row.get(column));
        if let [Some(from), Some(arrow), Some(to)] = systems {
            lines.push(format!("{from} {arrow} {to}"));
        }
        let rest = row.rest(&TAKEN);
        lines.extend(Some(rest).filter(|rest| !rest.is_empty()));
        lines
    }

    fn containment(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        const WHEN: [&str; 3] = [
            "Timestamp of isolation",
            "Timestamp_UTC_0",
            "Timestamp of Isolation Requested",
        ];
        let Some(target) = row.get("TargetName") else {
            return;
        };
        let column = WHEN.into_iter().find(|column| row.get(column).is_some());
        let when = column.and_then(|column| self.date(row.get(column)?, place));
        let kind = match row.get("TargetType") {
            Some(kind) if is(kind, "account") || is(kind, "user") => EntityKind::Individual,
            _ => EntityKind::System,
        };
        let method = row.get("IsolationMethod").unwrap_or("isolated");
        let mut taken = vec!["TargetName", "IsolationMethod"];
        taken.extend(column.filter(|_| when.is_some()));
        let event = DraftEvent {
            when: when.map(|when| Located::new(when, place)),
            title: text(&first_line(&format!("{target}: {method}")), place),
            phase: text("response", place),
            targets: self.names.ids(Some(target), kind, place),
            summary: text(&row.rest(&taken), place),
            ..self.blank(
                &format!("containment {}", self.draft.events.len() + 1),
                place,
            )
        };
        self.draft.events.push(event);
    }

    fn question(&mut self, row: &DoomRow<'_>, place: TextPlace) {
        let Some(task) = row.get("Request / Task").or_else(|| row.get("Work Stream")) else {
            return;
        };
        let status = match row.get("CurrentStatus") {
            Some(status) if is_of(status, &["completed", "complete", "done", "closed"]) => {
                QuestionStatus::Answered
            }
            Some(status) if is_of(status, &["in progress", "started", "ongoing"]) => {
                QuestionStatus::Partly
            }
            _ => QuestionStatus::Open,
        };
        let rest = row.rest(&["Request / Task"]);
        let question = if rest.is_empty() {
            task.to_owned()
        } else {
            format!("{task}\n{rest}")
        };
        self.draft.questions.push(DraftQuestion {
            place,
            text: text(&question, place),
            status: Some(Located::new(status, place)),
            ..DraftQuestion::default()
        });
    }

    /// An event with its id and the workbook as its source.
    fn blank(&mut self, id: &str, place: TextPlace) -> DraftEvent {
        DraftEvent {
            place,
            id: Some(Located::new(self.names.id(id, "event").into(), place)),
            sources: vec![Located::new(self.workbook.as_str().into(), place)],
            ..DraftEvent::default()
        }
    }

    /// The date of a cell. Times are in UTC, as the columns of Kanvas say, which also writes a colon before microseconds.
    fn date(&mut self, written: &str, place: TextPlace) -> Option<EventDate> {
        let mut parts = written.rsplitn(2, ':');
        let (last, before) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        let is_fraction = last.len() == 6 && before.matches(':').count() == 2;
        let usual = if is_fraction {
            format!("{before}.{last}")
        } else {
            written.to_owned()
        };
        match read_stamp(&usual, DayMonthOrder::Unknown) {
            Ok(date) if date.lacks_zone() => Some(date.in_zone(&Zone::UTC, "")),
            Ok(date) => Some(date),
            Err(error) => {
                self.findings
                    .push(date_errors::finding(error, written, "", place));
                None
            }
        }
    }
}

fn text(text: &str, place: TextPlace) -> Option<LocatedText> {
    let text = text.trim();
    (!text.is_empty()).then(|| Located::new(text.into(), place))
}

fn first_line(words: &str) -> String {
    title_of(words).unwrap_or_else(|| words.to_owned())
}

fn is_of(status: &str, words: &[&str]) -> bool {
    words.iter().any(|word| is(status, word))
}

/// The ids of techniques in a cell such as `T1059.001 - PowerShell; T1003`, and the rest of it.
fn techniques(cell: &str) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut others) = (Vec::new(), Vec::new());
    for part in cell
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        let words = part.split(|it: char| !it.is_ascii_alphanumeric() && it != '.');
        let found: Vec<&str> = words.filter(|word| is_technique(word)).collect();
        if found.is_empty() {
            others.push(part.to_owned());
        }
        ids.extend(found.into_iter().map(str::to_owned));
    }
    ids.dedup();
    (ids, others)
}

/// Whether a text has a name as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (text.get(..at), text.get(at + name.len()..));
        let before = before.unwrap_or_default().chars().next_back();
        let behind = behind.unwrap_or_default().chars().next();
        ![before, behind]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn techniques_are_found_in_what_people_write() {
        let (ids, others) = techniques("T1059.001 - PowerShell; T1003, phishing");
        assert_eq!(
            (ids.join(" "), others.join(" ")),
            ("T1059.001 T1003".to_owned(), "phishing".to_owned())
        );
    }

    #[test]
    fn evidence_is_named_by_whole_words() {
        assert!(has_word("see EV-1.", "EV-1") && has_word("EV-1", "EV-1"));
        assert!(!has_word("see EV-12 and DEV-1", "EV-1"));
    }
}
