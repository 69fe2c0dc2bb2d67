//! The words for references between objects of MISP (misp-objects, `relationships`), and what they are in a timeline.
//!
//! Where MISP has no word of its own, a wider one is written, with dateline's word as the comment of the reference.

use crate::timeline::term::{Aspect, LinkKind};

/// A reference as MISP writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct ReferenceWords {
    /// The relationship type.
    pub relation: &'static str,
    /// dateline's own word; may be empty.
    pub comment: &'static str,
}

const fn words(relation: &'static str, comment: &'static str) -> ReferenceWords {
    ReferenceWords { relation, comment }
}

/// From an event to an earlier one.
pub(in crate::formats) const AFTER: ReferenceWords = words("preceded-by", "");
/// From an event to a document that carries it as a whole.
pub(in crate::formats) const CARRIED_BY: ReferenceWords = words("references", "source");
/// From an event to a document that carries one of its claims.
pub(in crate::formats) const CLAIMED_IN: ReferenceWords = words("references", "source of a claim");
/// From an event to a technique.
pub(in crate::formats) const USES: ReferenceWords = words("uses", "");
/// From a document to another that it repeats.
pub(in crate::formats) const DERIVED_FROM: ReferenceWords = words("derived-from", "");
/// From an assessment to the document that it is about.
pub(in crate::formats) const ASSESSES: ReferenceWords = words("annotates", "");

/// From an event to a party of it.
pub(in crate::formats) const fn of_party(part: Aspect) -> ReferenceWords {
    match part {
        Aspect::Target => words("targets", ""),
        Aspect::Accused => words("mentions", "accused"),
        Aspect::Addressee => words("mentions", "addressee"),
        _ => words("attributed-to", ""),
    }
}

/// From an event to another that it is linked to.
pub(in crate::formats) const fn of_link(kind: LinkKind) -> ReferenceWords {
    match kind {
        LinkKind::CausedBy => words("caused-by", ""),
        LinkKind::PartOf => words("part-of", ""),
        LinkKind::SameAs => words("same-as", ""),
        LinkKind::RespondsTo => words("related-to", "responds-to"),
        LinkKind::AttributedBy => words("related-to", "attributed-by"),
        LinkKind::DisclosedBy => words("related-to", "disclosed-by"),
    }
}

/// What a reference between two events says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum EventRelation {
    Link(LinkKind),
    After,
}

/// What a reference between two events says, and whether the target of the reference is the event that states it.
pub(in crate::formats) fn between_events(
    relation: &str,
    comment: &str,
) -> Option<(EventRelation, bool)> {
    let found = LinkKind::ALL.iter().find(|kind| {
        let known = of_link(**kind);
        known.relation == relation && (known.comment.is_empty() || known.comment == comment)
    });
    if let Some(kind) = found {
        return Some((EventRelation::Link(*kind), false));
    }
    Some(match relation {
        "preceded-by" => (EventRelation::After, false),
        "followed-by" => (EventRelation::After, true),
        "causes" | "led-to" => (EventRelation::Link(LinkKind::CausedBy), true),
        "contains" | "includes" => (EventRelation::Link(LinkKind::PartOf), true),
        "contained-within" | "included-in" => (EventRelation::Link(LinkKind::PartOf), false),
        _ => return None,
    })
}

/// The role that a reference from an event gives to an entity.
pub(in crate::formats) fn to_party(relation: &str, comment: &str) -> Option<Aspect> {
    match (relation, comment) {
        ("mentions", "accused") => Some(Aspect::Accused),
        ("mentions", "addressee") => Some(Aspect::Addressee),
        ("attributed-to" | "performed-by", _) => Some(Aspect::Actor),
        ("targets" | "affects" | "impacts", _) => Some(Aspect::Target),
        _ => None,
    }
}

/// The role that a reference from an entity gives to it in an event.
pub(in crate::formats) fn from_party(relation: &str) -> Option<Aspect> {
    match relation {
        "performed" | "responsible-for" => Some(Aspect::Actor),
        "affected-by" | "targeted-by" | "is-targeted-by" | "impacted-by" => Some(Aspect::Target),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_and_role_is_read_as_it_is_written() {
        for kind in LinkKind::ALL {
            let words = of_link(*kind);
            let read = between_events(words.relation, words.comment);
            assert_eq!(read, Some((EventRelation::Link(*kind), false)));
        }
        for part in Aspect::PARTIES {
            let words = of_party(part);
            assert_eq!(to_party(words.relation, words.comment), Some(part));
        }
        let after = between_events(AFTER.relation, AFTER.comment);
        assert_eq!(after, Some((EventRelation::After, false)));
        assert_eq!(between_events("related-to", "by mail"), None);
        assert_eq!(to_party("mentions", ""), None);
    }
}
