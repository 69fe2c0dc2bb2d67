//! How one event differs, in a few words for the scenes that show it.

use super::sentences::{AccountTopic, noun, topic_of};
use crate::change::{ChangeKind, ComparedItem, Difference, ItemPresence};
use crate::document::count;

/// The most differences that it names.
const MOST: usize = 3;

/// Such as `changed since 1 Aug 2023: date narrowed, 2 new claims`.
pub(super) fn remark(item: &ComparedItem, since: &str) -> String {
    if item.presence == ItemPresence::New {
        return format!("new since {since}");
    }
    let mut words = words(item);
    let others = words.len().saturating_sub(MOST);
    words.truncate(MOST);
    if others > 0 {
        words.push(format!("{others} more"));
    }
    format!("changed since {since}: {}", words.join(", "))
}

/// The differences, the most important first.
fn words(item: &ComparedItem) -> Vec<String> {
    let mut found: Vec<(Option<AccountTopic>, String)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for difference in &item.differences {
        match topic_of(difference) {
            Some(topic) => found.push((Some(topic), in_short(difference))),
            None if !others.contains(&difference.key) => others.push(difference.key),
            None => {}
        }
    }
    let of_claims = item.claims.iter().flat_map(|claim| &claim.differences);
    for difference in of_claims {
        let (topic, word) = match (difference.key, difference.kind) {
            ("tlp", kind) => (AccountTopic::Marking, format!("a claim {}", kind.name())),
            (
                _,
                kind @ (ChangeKind::Strengthened | ChangeKind::Weakened | ChangeKind::Reversed),
            ) => (
                AccountTopic::Likelihood,
                format!("a judgement {}", kind.name()),
            ),
            _ => (AccountTopic::Claim, "a claim changed".to_owned()),
        };
        if !found.iter().any(|(_, known)| *known == word) {
            found.push((Some(topic), word));
        }
    }
    for (presence, word) in [
        (ItemPresence::New, "new claim"),
        (ItemPresence::Withdrawn, "withdrawn claim"),
    ] {
        let claims = item.claims.iter();
        let number = claims.filter(|claim| claim.presence == presence).count();
        if number > 0 {
            found.push((Some(AccountTopic::Claim), count(number, word)));
        }
    }
    found.sort_by_key(|(topic, _)| *topic);
    let others = others.iter().map(|key| format!("other {key}"));
    found
        .into_iter()
        .map(|(_, word)| word)
        .chain(others)
        .collect()
}

/// Such as `date narrowed` or `actor contested now`.
fn in_short(difference: &Difference) -> String {
    let kind = difference.kind.name();
    match topic_of(difference) {
        Some(AccountTopic::Marking) => format!("marking {kind}"),
        Some(AccountTopic::Date) => format!("{} {kind}", noun(difference.key)),
        Some(AccountTopic::Dispute) => format!("{} {kind}", difference.key),
        _ => kind.to_owned(),
    }
}
