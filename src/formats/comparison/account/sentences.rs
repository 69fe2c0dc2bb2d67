//! The sentences about what differs, topic by topic.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{
    ChangeKind, ClaimComparison, ComparedItem, Difference, ItemKind, ItemPresence,
    TimelineComparison,
};
use crate::timeline::{AccountLine, Claim, Event, Timeline};

/// What sentences are about, in the order in which a room hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AccountTopic {
    Marking,
    Date,
    Likelihood,
    Dispute,
    New,
    Withdrawn,
    Question,
    Claim,
    Sources,
    Scene,
    Other,
}

impl AccountTopic {
    /// The label of its sentences.
    const fn label(self) -> &'static str {
        match self {
            Self::Marking => "marking",
            Self::Date => "date",
            Self::Likelihood => "likelihood",
            Self::Dispute => "dispute",
            Self::New => "new",
            Self::Withdrawn => "withdrawn",
            Self::Question => "question",
            Self::Claim => "claims",
            Self::Sources => "sources",
            Self::Scene => "briefing",
            Self::Other => "also",
        }
    }

    /// The name of a layer that begins with it.
    pub const fn layer(self) -> &'static str {
        match self {
            Self::Marking => "markings",
            Self::Date => "dates",
            Self::Likelihood => "likelihoods",
            Self::Dispute => "disputes",
            Self::New => "new events",
            Self::Withdrawn => "withdrawn events",
            Self::Question => "questions",
            Self::Claim => "claims",
            Self::Sources => "sources",
            Self::Scene => "the briefing",
            Self::Other => "the rest",
        }
    }
}

/// Every sentence, the most important topic first.
pub(super) fn sentences(
    comparison: &TimelineComparison<'_>,
) -> Vec<(AccountTopic, Vec<AccountLine>)> {
    let mut account = AccountWriter {
        comparison,
        lines: BTreeMap::new(),
    };
    for item in &comparison.items {
        account.item(item);
    }
    account.others();
    let mut all: Vec<_> = account.lines.into_iter().collect();
    for (_, lines) in &mut all {
        // Wider markings come before stricter ones.
        lines.sort_by_key(|(kind, _)| *kind != Some(ChangeKind::Wider));
    }
    let sentences = |lines: Vec<(Option<ChangeKind>, AccountLine)>| {
        lines.into_iter().map(|(_, line)| line).collect()
    };
    all.into_iter()
        .map(|(topic, lines)| (topic, sentences(lines)))
        .collect()
}

struct AccountWriter<'c, 't> {
    comparison: &'c TimelineComparison<'t>,
    lines: BTreeMap<AccountTopic, Vec<(Option<ChangeKind>, AccountLine)>>,
}

impl AccountWriter<'_, '_> {
    fn add(&mut self, topic: AccountTopic, item: &ComparedItem, after: String) {
        self.add_kind(topic, None, item, after);
    }

    fn add_kind(
        &mut self,
        topic: AccountTopic,
        kind: Option<ChangeKind>,
        item: &ComparedItem,
        after: String,
    ) {
        let (before, title) = match item.kind {
            ItemKind::Event => (String::new(), item.title.as_str()),
            ItemKind::Timeline => ("The timeline".to_owned(), ""),
            kind if topic == AccountTopic::Marking => {
                (format!("The {} ", kind.as_str()), item.title.as_str())
            }
            _ => (String::new(), item.title.as_str()),
        };
        let line = AccountLine {
            topic: topic.label(),
            before,
            title: title.to_owned(),
            after,
            event: item.new,
        };
        self.lines.entry(topic).or_default().push((kind, line));
    }

    fn item(&mut self, item: &ComparedItem) {
        for difference in item.differences.iter().filter(|it| it.key == "tlp") {
            let words = marking(difference);
            self.add_kind(AccountTopic::Marking, Some(difference.kind), item, words);
        }
        match item.kind {
            ItemKind::Event => self.event(item),
            ItemKind::Question => self.question(item),
            ItemKind::Scene => self.scene(item),
            ItemKind::Timeline | ItemKind::View | ItemKind::Entity | ItemKind::Source => {}
        }
    }

    fn event(&mut self, item: &ComparedItem) {
        match item.presence {
            ItemPresence::New => {
                let when = item.new.map(|id| date(self.comparison.new.event(id)));
                let after = format!(", {}", when.unwrap_or_default());
                self.add(AccountTopic::New, item, after);
            }
            ItemPresence::Withdrawn => {
                let when = item.old.map(|id| date(self.comparison.old.event(id)));
                let after = format!(", {}", when.unwrap_or_default());
                self.add(AccountTopic::Withdrawn, item, after);
            }
            ItemPresence::Kept => self.kept_event(item),
        }
    }

    fn kept_event(&mut self, item: &ComparedItem) {
        let mut others = BTreeSet::new();
        for difference in &item.differences {
            match topic_of(difference) {
                Some(AccountTopic::Marking) => {}
                Some(topic) => self.add(topic, item, words(difference)),
                None => {
                    others.insert(difference.key);
                }
            }
        }
        self.claims(item, &mut others);
        if !others.is_empty() {
            let keys: Vec<&str> = others.into_iter().collect();
            let after = format!(": other {}", keys.join(", "));
            self.add(AccountTopic::Other, item, after);
        }
    }

    fn claims(&mut self, item: &ComparedItem, others: &mut BTreeSet<&'static str>) {
        for claim in &item.claims {
            let Some(speaker) = self.speaker(claim) else {
                continue;
            };
            for difference in &claim.differences {
                // A term is often given twice, as its exact words and on the yardstick.
                let is_again = difference.key == "words"
                    && claim.differences.iter().any(|it| it.key == "likelihood");
                if is_again {
                    continue;
                }
                let (topic, said) = match difference.key {
                    "tlp" => (AccountTopic::Marking, marking(difference)),
                    "likelihood" | "words" | "stance" | "confidence" => {
                        let words = judgement(difference);
                        (AccountTopic::Likelihood, format!(": {words}"))
                    }
                    "value" => {
                        let words = replaced(difference);
                        (AccountTopic::Claim, format!(": {words}"))
                    }
                    _ => {
                        others.insert("details of claims");
                        continue;
                    }
                };
                let after = format!(": {speaker}{said}");
                self.add_kind(topic, Some(difference.kind), item, after);
            }
        }
        for (presence, word) in [
            (ItemPresence::New, "new"),
            (ItemPresence::Withdrawn, "withdrawn"),
        ] {
            let claims = item.claims.iter().filter(|it| it.presence == presence);
            let aspects: Vec<&str> = claims
                .filter_map(|claim| Some(self.claim(claim)?.1.about.as_str()))
                .collect();
            if aspects.is_empty() {
                continue;
            }
            let number = match aspects.len() {
                1 => format!("a {word} claim"),
                number => format!("{number} {word} claims"),
            };
            let mut named: Vec<&str> = Vec::new();
            for aspect in aspects {
                if !named.contains(&aspect) {
                    named.push(aspect);
                }
            }
            let after = format!(" has {number}, on the {}", listed(&named));
            self.add(AccountTopic::Claim, item, after);
        }
    }

    fn question(&mut self, item: &ComparedItem) {
        match item.presence {
            ItemPresence::New => self.add(AccountTopic::Question, item, " is new".to_owned()),
            ItemPresence::Withdrawn => {
                self.add(AccountTopic::Question, item, " is withdrawn".to_owned());
            }
            ItemPresence::Kept => {
                for difference in &item.differences {
                    if matches!(difference.kind, ChangeKind::Answered | ChangeKind::Reopened) {
                        let after = format!(" is {} now, not {}", difference.new, difference.old);
                        self.add(AccountTopic::Question, item, after);
                    }
                }
            }
        }
    }

    fn scene(&mut self, item: &ComparedItem) {
        match item.presence {
            ItemPresence::New => self.add(AccountTopic::Scene, item, " is new".to_owned()),
            ItemPresence::Withdrawn => {
                self.add(AccountTopic::Scene, item, " is withdrawn".to_owned());
            }
            ItemPresence::Kept => {
                let moved = item.differences.iter();
                for moved in moved.filter(|it| it.kind == ChangeKind::Moved) {
                    let after = format!(" is {} now, not {}", moved.new, moved.old);
                    self.add(AccountTopic::Scene, item, after);
                }
            }
        }
    }

    /// The number of items that no sentence is about.
    fn others(&mut self) {
        let kinds = [
            (ItemKind::View, "view", "views"),
            (ItemKind::Entity, "entity", "entities"),
            (ItemKind::Source, "source", "sources"),
        ];
        let counts = kinds.into_iter().filter_map(|(kind, one, many)| {
            let items = self.comparison.items.iter();
            match items.filter(|item| item.kind == kind).count() {
                0 => None,
                1 => Some(format!("1 {one}")),
                number => Some(format!("{number} {many}")),
            }
        });
        let counts: Vec<String> = counts.collect();
        if counts.is_empty() {
            return;
        }
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        let line = AccountLine {
            topic: AccountTopic::Other.label(),
            after: format!("{} differ or are new", listed(&counts)),
            ..AccountLine::default()
        };
        self.lines
            .entry(AccountTopic::Other)
            .or_default()
            .push((None, line));
    }

    /// A claim of the newer timeline, or else of the older one.
    fn claim(&self, claim: &ClaimComparison) -> Option<(&Timeline, &Claim)> {
        let (old, new) = (self.comparison.old, self.comparison.new);
        let of_new = claim.new.map(|id| (new, new.claim(id)));
        of_new.or_else(|| claim.old.map(|id| (old, old.claim(id))))
    }

    /// Who speaks about what.
    fn speaker(&self, claim: &ClaimComparison) -> Option<String> {
        let (timeline, claim) = self.claim(claim)?;
        let speaker = claim.by.map(|id| timeline.entity(id).name.as_str());
        let source = claim.source.map(|id| timeline.source(id).title.as_str());
        let who = speaker.or(source).unwrap_or("an unnamed speaker");
        Some(format!("{who} on the {}", claim.about.as_str()))
    }
}

/// The topic of a difference of an event; `None` if no sentence is about it.
pub(super) fn topic_of(difference: &Difference) -> Option<AccountTopic> {
    Some(match difference.kind {
        _ if difference.key == "tlp" => AccountTopic::Marking,
        ChangeKind::Narrowed
        | ChangeKind::Widened
        | ChangeKind::Shifted
        | ChangeKind::Moved
        | ChangeKind::Dated
        | ChangeKind::Undated
        | ChangeKind::MoreCertain
        | ChangeKind::LessCertain => AccountTopic::Date,
        ChangeKind::ContestedNow | ChangeKind::SettledNow => AccountTopic::Dispute,
        ChangeKind::BetterFounded | ChangeKind::LessFounded => AccountTopic::Sources,
        _ => return None,
    })
}

/// What is said of a difference of an event, behind its title.
fn words(difference: &Difference) -> String {
    let Difference { key, old, new, .. } = difference;
    let noun = noun(key);
    match difference.kind {
        ChangeKind::Narrowed => format!(": {noun} narrower, {new}, not {old}"),
        ChangeKind::Widened => format!(": {noun} wider, {new}, not {old}"),
        ChangeKind::Dated => format!(": {noun} known now, {new}"),
        ChangeKind::Undated => format!(": {noun} no longer known; it was {old}"),
        ChangeKind::MoreCertain => format!(": {noun} less in doubt, {new}, not {old}"),
        ChangeKind::LessCertain => format!(": {noun} more in doubt, {new}, not {old}"),
        ChangeKind::ContestedNow => format!(": claims on the {key} differ now"),
        ChangeKind::SettledNow => format!(": claims on the {key} no longer differ"),
        ChangeKind::BetterFounded | ChangeKind::LessFounded => {
            let before = old.split(' ').next().unwrap_or_default();
            format!(" rests on {new}, not {before}")
        }
        kind => format!(": {noun} {}, {new}, not {old}", kind.name()),
    }
}

/// The name of a date of an event.
pub(super) fn noun(key: &str) -> &'static str {
    match key {
        "discovered" => "day of discovery",
        "disclosed" => "day of disclosure",
        "attributed" => "day of attribution",
        _ => "date",
    }
}

fn marking(difference: &Difference) -> String {
    let Difference { old, new, .. } = difference;
    match difference.kind {
        ChangeKind::Wider => format!(" is marked {new}, not {old}: more people may see it"),
        ChangeKind::Stricter => format!(" is marked {new}, not {old}: fewer people may see it"),
        ChangeKind::Unstated => format!(" is no longer marked {old}"),
        _ => format!(" is marked {new}"),
    }
}

/// How a judgement differs.
fn judgement(difference: &Difference) -> String {
    let Difference { key, old, new, .. } = difference;
    let name = match *key {
        "confidence" => "confidence ",
        _ => "",
    };
    match difference.kind {
        ChangeKind::Strengthened => format!("{new}, stronger than {old}"),
        ChangeKind::Weakened => format!("{new}, weaker than {old}"),
        ChangeKind::Raised => format!("confidence {new}, higher than {old}"),
        ChangeKind::Lowered => format!("confidence {new}, lower than {old}"),
        ChangeKind::Stated => format!("{name}{new}, which is new"),
        ChangeKind::Unstated => format!("no longer {name}{old}"),
        _ => replaced(difference),
    }
}

fn replaced(difference: &Difference) -> String {
    match (difference.old.as_str(), difference.new.as_str()) {
        ("", new) => format!("{new}, which is new"),
        (old, "") => format!("no longer {old}"),
        (old, new) => format!("{new}, not {old}"),
    }
}

/// The date of an event in words.
fn date(event: Event<'_>) -> String {
    let when = event.when();
    when.map_or_else(|| "undated".to_owned(), |when| when.to_string())
}

/// Words with commas, and `and` before the last one.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
