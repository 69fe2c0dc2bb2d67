//! Reads a project of the Attack Flow Builder (`.afb`): the actions of a flow as events, in their order.
//!
//! A flow has few dates. What it has is the order, which becomes the `after` of each event.

mod board;

use std::collections::{HashMap, HashSet};

use self::board::{FlowBlock, FlowBoard};
use super::flow_order::{in_order, predecessors};
use super::given_ids::GivenIds;
use super::json_object::{JsonEnd, begins_with, each_item};
use super::log::title_of;
use super::progress::{Progress, stopped};
use super::read_date::read_date;
use super::readers::format_reader::FileDraft;
use super::toml;
use super::unread_objects::unread_objects;
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, FileId, JSON_SYNTAX, SourceText, TextPlace};
use crate::timeline::draft::{
    DraftClaim, DraftEntity, DraftEvent, DraftSource, DraftTimeline, Located, LocatedText,
};
use crate::timeline::term::{Aspect, Confidence, EntityKind, Tlp, is_technique};

/// The blocks that only show the order.
const ORDER: [&str; 4] = ["AND_operator", "OR_operator", "condition", "flow"];

/// The year of stamps that count from the beginning of the flow, since a date is required and none is known.
const CLOCK_OF_FLOW: &str = "1970-01-0";

/// Whether the beginning of a text is that of a project.
pub(in crate::formats) fn begins(head: &str) -> bool {
    head.trim_start().starts_with('{')
        && begins_with(head, |name, first| {
            name == "schema" && first.starts_with("attack_flow_v2")
        })
}

/// Reads a text that begins as a project.
pub(in crate::formats) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
) -> FileDraft {
    let mut board = FlowBoard::default();
    let end = each_item(source, file, progress, "objects", |item| board.add(item));
    let mut findings = toml::findings_of_text(source, file);
    let mut unread = Vec::new();
    let mut flow = FlowDraft::new(&board);
    flow.add_actions();
    flow.add_campaigns();
    if let Err(end) = &end {
        unread.push(TextPlace::new(file, end.unread(source)));
        findings.push(match end {
            JsonEnd::Stopped { at } => stopped(file, *at),
            JsonEnd::Mistake { at, message } => {
                let place = TextPlace::new(file, *at..*at);
                flow.draft.head.tlp = Some(Located::new(Tlp::Red, place));
                flow.draft.head.tlp_unread = true;
                Diagnostic::new(&JSON_SYNTAX, place, message.clone())
                    .label("nothing from here on is read")
                    .help("save the flow again in the builder, or fix this place")
            }
        });
    }
    let start = source.text().len() - source.text().trim_start().len();
    findings.extend(board.wrong_types.findings());
    findings.extend(flow.not_read(TextPlace::new(file, start..start + 1)));
    findings.extend(flow.findings);
    FileDraft {
        draft: flow.draft,
        findings,
        unread,
        ..FileDraft::default()
    }
}

/// What was read of a flow so far.
struct FlowDraft<'b, 't> {
    board: &'b FlowBoard<'t>,
    draft: DraftTimeline,
    findings: Vec<Diagnostic>,
    ids: GivenIds,
    names: GivenIds,
    /// The entity of each block that is one, once it is named.
    parties: HashMap<String, LocatedText>,
    author: Option<LocatedText>,
    edges: Vec<(String, String)>,
    /// The blocks of the actors beside each block.
    actors: HashMap<String, Vec<String>>,
}

impl<'b, 't> FlowDraft<'b, 't> {
    fn new(board: &'b FlowBoard<'t>) -> Self {
        let mut flow = Self {
            board,
            draft: DraftTimeline::default(),
            findings: Vec::new(),
            ids: GivenIds::default(),
            names: GivenIds::default(),
            parties: HashMap::new(),
            author: None,
            edges: board.edges(),
            actors: HashMap::new(),
        };
        let actors: HashSet<&str> = board
            .of("threat_actor")
            .map(|actor| actor.instance.as_str())
            .collect();
        for (from, to) in &flow.edges {
            for (actor, other) in [(from, to), (to, from)] {
                if actors.contains(actor.as_str()) {
                    flow.actors
                        .entry(other.clone())
                        .or_default()
                        .push(actor.clone());
                }
            }
        }
        if let Some(head) = board.of("flow").next() {
            flow.draft.head.title = head.text("name");
            flow.draft.head.summary = head.text("description");
            flow.add_sources(head);
            let author = head
                .texts("author")
                .into_iter()
                .find(|(name, _)| name == "name");
            flow.author = author.map(|(_, author)| author);
        }
        flow
    }

    fn add_sources(&mut self, head: &FlowBlock<'_>) {
        let mut ids = GivenIds::default();
        for reference in head.items("external_references") {
            let (name, words) = (reference.text("source_name"), reference.text("description"));
            let url = reference.text("url");
            let Some(title) = words
                .clone()
                .or_else(|| name.clone())
                .or_else(|| url.clone())
            else {
                continue;
            };
            let id = name
                .as_ref()
                .map_or(title.value.as_str(), |name| name.value.as_str());
            self.draft.sources.push(DraftSource {
                id: Located::new(ids.give(id, "source").into(), title.place),
                publisher: name.filter(|_| words.is_some()),
                title: Some(title),
                url,
                ..DraftSource::default()
            });
        }
    }

    /// The actions, each behind those that it follows.
    fn add_actions(&mut self) {
        let board = self.board;
        let actions: Vec<&FlowBlock<'_>> = board.of("action").collect();
        let nodes: Vec<&str> = actions
            .iter()
            .map(|action| action.instance.as_str())
            .collect();
        let pairs = predecessors(&nodes, &self.edges);
        let mut events: Vec<Option<DraftEvent>> = Vec::new();
        for action in &actions {
            let event = self.action(action);
            events.push(Some(self.with_actors(event, action)));
        }
        let ids: Vec<Option<LocatedText>> = events
            .iter()
            .map(|event| event.as_ref().and_then(|event| event.id.clone()))
            .collect();
        for &(later, earlier) in &pairs {
            if let (Some(event), Some(id)) = (&mut events[later], &ids[earlier]) {
                event
                    .after
                    .push(Located::new(id.value.clone(), event.place));
            }
        }
        let order = in_order(events.len(), &pairs);
        let ordered = order.into_iter().filter_map(|row| events[row].take());
        self.draft.events.extend(ordered);
    }

    /// The actors beside a block.
    fn with_actors(&mut self, mut event: DraftEvent, block: &FlowBlock<'_>) -> DraftEvent {
        for actor in self
            .actors
            .get(&block.instance)
            .cloned()
            .unwrap_or_default()
        {
            if let Some(party) = self.party(&actor)
                && event.actors.iter().all(|known| known.value != party.value)
            {
                event.actors.push(party);
            }
        }
        event
    }

    fn action(&mut self, action: &FlowBlock<'_>) -> DraftEvent {
        let mut event = self.blank(action, "action");
        let ends = ["execution_start", "execution_end"].map(|name| action.text(name));
        let is_relative = |end: &LocatedText| end.value.starts_with(CLOCK_OF_FLOW);
        if ends.iter().flatten().any(is_relative) {
            let ends: Vec<_> = ends
                .iter()
                .flatten()
                .map(|end| end.value.as_str())
                .collect();
            let line = format!("On the clock of the flow: {}", ends.join(" to "));
            add_line(&mut event, &line, action.place);
        } else {
            event.when = self.time(ends);
        }
        let mut terms = action.texts("ttp");
        for name in ["technique_id", "tactic_id"] {
            terms.extend(action.text(name).map(|text| (name.into(), text)));
        }
        for (_, term) in terms {
            let list = if is_technique(&term.value) {
                &mut event.techniques
            } else {
                &mut event.tags
            };
            if list.iter().all(|known| known.value != term.value) {
                list.push(term);
            }
        }
        if let Some(word) = action.text("confidence") {
            let claim = self.claim(&word);
            event.claims.push(claim);
        }
        event
    }

    /// The author of the flow, on how sure it is of an action.
    fn claim(&mut self, word: &LocatedText) -> DraftClaim {
        let level = match word.value.as_str() {
            "speculative" | "very-doubtful" => Some(Confidence::Low),
            "doubtful" | "even-odds" => Some(Confidence::Moderate),
            "probable" | "very-probable" | "certain" => Some(Confidence::High),
            _ => None,
        };
        DraftClaim {
            place: word.place,
            by: self.author(),
            source: self.draft.sources.first().map(|source| source.id.clone()),
            about: Some(Located::new(Aspect::Event, word.place)),
            text: Some(at(&format!("confidence: {}", word.value), word.place)),
            confidence: level.map(|level| Located::new(level, word.place)),
            ..DraftClaim::default()
        }
    }

    fn author(&mut self) -> Option<LocatedText> {
        let author = self.author.clone()?;
        let key = "author of the flow".to_owned();
        if let Some(id) = self.parties.get(&key) {
            return Some(id.clone());
        }
        let id = at(&self.names.give(&author.value, "author"), author.place);
        self.draft.entities.push(DraftEntity {
            id: id.clone(),
            name: Some(author),
            ..DraftEntity::default()
        });
        self.parties.insert(key, id.clone());
        Some(id)
    }

    /// The entity of a block, if it is one.
    fn party(&mut self, instance: &str) -> Option<LocatedText> {
        if let Some(id) = self.parties.get(instance) {
            return Some(id.clone());
        }
        let mut actors = self.board.of("threat_actor");
        let block = actors.find(|block| block.instance == instance)?;
        let name = block.text("name")?;
        let id = at(&self.names.give(&name.value, "threat-actor"), name.place);
        let own = name.value.clone();
        let aliases = block.texts("aliases").into_iter().map(|(_, alias)| alias);
        self.draft.entities.push(DraftEntity {
            id: id.clone(),
            name: Some(name),
            kind: Some(Located::new(EntityKind::ThreatActor, block.place)),
            aliases: aliases.filter(|alias| alias.value != own).collect(),
            note: block.text("description"),
            ..DraftEntity::default()
        });
        self.parties.insert(instance.to_owned(), id.clone());
        Some(id)
    }

    fn add_campaigns(&mut self) {
        let board = self.board;
        for campaign in board.of("campaign") {
            let mut event = self.blank(campaign, "campaign");
            event.when = self.time(["first_seen", "last_seen"].map(|name| campaign.text(name)));
            if let Some(objective) = campaign.text("objective") {
                add_line(
                    &mut event,
                    &format!("Objective: {}", objective.value),
                    campaign.place,
                );
            }
            let event = self.with_actors(event, campaign);
            self.draft.events.push(event);
        }
    }

    fn blank(&mut self, block: &FlowBlock<'_>, nameless: &str) -> DraftEvent {
        let name = block
            .text("name")
            .unwrap_or_else(|| at(nameless, block.place));
        let short = title_of(&name.value);
        let sources = self.draft.sources.iter().map(|source| &source.id);
        let mut event = DraftEvent {
            place: block.place,
            id: Some(at(&self.ids.give(&name.value, nameless), block.place)),
            title: Some(
                short
                    .as_ref()
                    .map_or_else(|| name.clone(), |short| at(short, name.place)),
            ),
            summary: block.text("description"),
            sources: sources
                .map(|id| Located::new(id.value.clone(), block.place))
                .collect(),
            ..DraftEvent::default()
        };
        if short.is_some() {
            add_line(&mut event, &name.value, name.place);
        }
        event
    }

    /// From one stamp to another. If only one is known, the other end is unknown.
    fn time(&mut self, [start, end]: [Option<LocatedText>; 2]) -> Option<Located<EventDate>> {
        let place = start.as_ref().or(end.as_ref())?.place;
        let first = start.map_or_else(|| "..".into(), |start| start.value);
        let last = end.map(|end| end.value).unwrap_or_default();
        let written = if first == last {
            first.to_string()
        } else {
            format!("{first}/{last}")
        };
        let both = read_date(&mut self.findings, &written, place);
        // An end before the start is reported, and the start is kept.
        both.or_else(|| read_date(&mut self.findings, &format!("{first}/"), place))
    }

    fn not_read(&self, whole: TextPlace) -> Option<Diagnostic> {
        let mut kinds = self.board.kinds();
        kinds.retain(|kind, _| {
            !ORDER.contains(&kind.as_str()) && !["action", "campaign"].contains(&kind.as_str())
        });
        let named = self.parties.keys().filter(|id| {
            self.board
                .of("threat_actor")
                .any(|block| block.instance == **id)
        });
        let named = named.count();
        if let Some(count) = kinds.get_mut("threat_actor") {
            *count -= named.min(*count);
        }
        kinds.retain(|_, count| *count > 0);
        unread_objects(&kinds, 0, whole)
    }
}

fn at(text: &str, place: TextPlace) -> LocatedText {
    Located::new(text.into(), place)
}

fn add_line(event: &mut DraftEvent, line: &str, place: TextPlace) {
    let words = match event.summary.take() {
        Some(summary) => format!("{}\n{line}", summary.value),
        None => line.to_owned(),
    };
    event.summary = Some(at(&words, place));
}
