//! JSON: one object per difference and line. What is on one side only is one difference.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::section::ComparedSides;
use crate::change::{ClaimComparison, ComparedItem, Difference, ItemPresence, TimelineComparison};
use crate::diagnostic::TextPlace;
use crate::text::unprintable_in;
use crate::timeline::term::Tlp;

pub(super) fn write(comparison: &TimelineComparison<'_>, _: &ComparedSides) -> String {
    let mut out = String::new();
    for item in &comparison.items {
        if item.presence != ItemPresence::Kept {
            put(&mut out, &whole(comparison, item));
        }
        for difference in &item.differences {
            put(&mut out, &one(comparison, item, None, difference));
        }
        for claim in &item.claims {
            match claim.presence {
                ItemPresence::Kept => {
                    for difference in &claim.differences {
                        put(&mut out, &one(comparison, item, Some(claim), difference));
                    }
                }
                presence => {
                    let mut object = base(comparison, item, Some(claim));
                    object["change"] = json!(presence.word());
                    put(&mut out, &object);
                }
            }
        }
    }
    out
}

fn put(out: &mut String, object: &Value) {
    let line = object.to_string();
    let mut written = 0;
    // In an object of JSON they are only within strings.
    for (at, character, _) in unprintable_in(&line) {
        out.push_str(line.get(written..at).unwrap_or_default());
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            let _ = write!(out, "\\u{unit:04x}");
        }
        written = at + character.len_utf8();
    }
    out.push_str(line.get(written..).unwrap_or_default());
    out.push('\n');
}

/// The strictest marking on either side: that of the claim may be stricter than that of its event.
fn marking(
    comparison: &TimelineComparison<'_>,
    item: &ComparedItem,
    claim: Option<&ClaimComparison>,
) -> Option<Tlp> {
    let old = claim.and_then(|claim| comparison.old.claim(claim.old?).tlp);
    let new = claim.and_then(|claim| comparison.new.claim(claim.new?).tlp);
    item.marking.max(old).max(new)
}

/// What every object has: the item, its title and marking, and the claim, if it is about one.
fn base(
    comparison: &TimelineComparison<'_>,
    item: &ComparedItem,
    claim: Option<&ClaimComparison>,
) -> Value {
    let place = |place: Option<TextPlace>| {
        place.map(|place| json!({"file": place.file.0, "byte": place.start()}))
    };
    let old = item.old.map(|id| comparison.old.event(id).place());
    let new = item.new.map(|id| comparison.new.event(id).place());
    let mut object = json!({"item": item.kind.as_str(), "title": item.title});
    let more = [
        ("id", Some(json!(item.key)).filter(|_| !item.key.is_empty())),
        (
            "claim",
            claim.map(|claim| json!(comparison.claim_label(claim))),
        ),
        (
            "tlp",
            marking(comparison, item, claim).map(|tlp| json!(tlp.as_str())),
        ),
        ("place_old", place(old)),
        ("place_new", place(new)),
    ];
    for (key, value) in more {
        if let Some(value) = value {
            object[key] = value;
        }
    }
    object
}

fn whole(comparison: &TimelineComparison<'_>, item: &ComparedItem) -> Value {
    let mut object = base(comparison, item, None);
    object["change"] = json!(item.presence.word());
    if let Some(older) = &item.perhaps {
        object["perhaps"] = json!(older);
    }
    object
}

fn one(
    comparison: &TimelineComparison<'_>,
    item: &ComparedItem,
    claim: Option<&ClaimComparison>,
    difference: &Difference,
) -> Value {
    let mut object = base(comparison, item, claim);
    object["key"] = json!(difference.key);
    object["change"] = json!(difference.kind.name());
    for (key, value) in [("old", &difference.old), ("new", &difference.new)] {
        if !value.is_empty() {
            object[key] = json!(value);
        }
    }
    if difference.is_computed {
        object["computed"] = json!(true);
    }
    object
}
