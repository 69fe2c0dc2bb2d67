//! Relationships: who did what to whom with which technique, and what connects events.

use super::bundle::BundleWriter;
use super::entity::{self, IDENTITY};
use super::options::StixProfile;
use super::subject::{event_id, follows_by_reference, incident_id};
use crate::formats::stix::stamps::OuterBounds;
use crate::timeline::term::{Aspect, Confidence, LinkKind, Stance, Tlp};
use crate::timeline::{ClaimValue, Entity, EntityId, Event};

const RELATIONSHIP: &str = "relationship";
/// Every object may have it.
const RELATED: &str = "related-to";

/// A relationship that is being written.
pub(super) struct Relation {
    kind: &'static str,
    from: String,
    to: String,
    description: &'static str,
    times: OuterBounds,
    confidence: Option<u8>,
}

impl Relation {
    pub fn new(kind: &'static str, from: String, to: String) -> Self {
        Self {
            kind,
            from,
            to,
            description: "",
            times: OuterBounds::default(),
            confidence: None,
        }
    }

    /// A relationship that only its description explains.
    fn related(from: String, to: String, description: &'static str) -> Self {
        Self {
            description,
            ..Self::new(RELATED, from, to)
        }
    }

    /// The same, at the time of an event.
    pub fn during(self, event: Event<'_>) -> Self {
        let when = event.when();
        Self {
            times: when.as_ref().map(OuterBounds::of).unwrap_or_default(),
            ..self
        }
    }
}

pub(super) fn add(
    writer: &mut BundleWriter<'_>,
    key: &[&str],
    relation: Relation,
    tlp: Option<Tlp>,
) {
    let mut object = writer.object(RELATIONSHIP, key, tlp);
    let members = &mut object.members;
    members.put("relationship_type", relation.kind);
    members.put("description", relation.description);
    members.put("source_ref", relation.from);
    members.put("target_ref", relation.to);
    members.put("start_time", relation.times.start);
    members.put("stop_time", relation.times.stop);
    members.put("confidence", relation.confidence);
    writer.add(object);
}

/// The id of the relationship between an event and an entity.
pub(super) fn party_id(
    writer: &BundleWriter<'_>,
    event: Event<'_>,
    part: Aspect,
    entity: EntityId,
) -> String {
    let key = &writer.timeline.entity(entity).key;
    writer.id(RELATIONSHIP, &[&event.key(), part.as_str(), key])
}

/// The type of the relationship with a party; `None` if STIX has none. `OpenCTI` refuses others.
pub(super) fn party_type(
    profile: StixProfile,
    part: Aspect,
    entity: &Entity,
) -> Option<&'static str> {
    let is_identity = entity::kind(entity) == IDENTITY;
    match (part, is_identity, profile) {
        (Aspect::Actor, false, _) => Some("attributed-to"),
        (Aspect::Actor, true, StixProfile::Incident) => Some(PERFORMED),
        (Aspect::Target, true, _) => Some("targets"),
        _ => None,
    }
}

/// From an identity to its event.
const PERFORMED: &str = "performed";

pub(super) fn add_party(
    writer: &mut BundleWriter<'_>,
    event: Event<'_>,
    part: Aspect,
    entity: EntityId,
) {
    let known = writer.timeline.entity(entity);
    let (incident, to) = (incident_id(writer, event), entity::id(writer, entity));
    let relation = match party_type(writer.options.profile, part, known) {
        Some(PERFORMED) => Relation::new(PERFORMED, to, event_id(writer, event)),
        Some(kind) => Relation::new(kind, incident, to),
        None => Relation::related(incident, to, part.as_str()),
    };
    let relation = Relation {
        confidence: stated_confidence(writer, event, part, entity),
        ..relation.during(event)
    };
    let level = writer.level(event.tlp()).max(entity::level(writer, entity));
    let key = [&event.key(), part.as_str(), known.key.as_str()];
    add(writer, &key, relation, level);
}

/// The confidence in a party, on the scale of STIX 2.1, appendix A ("None / Low / Med / High"): only if one claim speaks
/// to the aspect, names the party and states one. Never a likelihood.
fn stated_confidence(
    writer: &BundleWriter<'_>,
    event: Event<'_>,
    part: Aspect,
    entity: EntityId,
) -> Option<u8> {
    let about = event.claims().map(|(_, claim)| claim);
    let mut about = about.filter(|claim| claim.about == part && !claim.is_silent());
    let claim = about.next()?;
    let is_alone = about.next().is_none() && claim.stance == Stance::Asserts;
    let names_it = claim.value == Some(ClaimValue::Entity(entity));
    // A relationship is not marked more strictly for it.
    let is_open = writer.level(claim.tlp) <= writer.level(event.tlp());
    let confidence = claim.confidence.filter(|_| is_alone && names_it && is_open);
    confidence.map(|confidence| match confidence {
        Confidence::Low => 15,
        Confidence::Moderate => 50,
        Confidence::High => 85,
    })
}

/// The type of the relationship of a link, from which of the two events it leads, and whether it says all.
const fn link_type(profile: StixProfile, kind: LinkKind) -> Option<(&'static str, bool)> {
    match (profile, kind) {
        (StixProfile::Incident, LinkKind::CausedBy) => Some(("led-to", true)),
        (StixProfile::Incident, LinkKind::SameAs) => Some(("duplicate-of", false)),
        _ => None,
    }
}

/// Whether STIX has the link of an event.
pub(super) const fn has_link_type(profile: StixProfile, kind: LinkKind) -> bool {
    link_type(profile, kind).is_some()
}

/// Adds the links to exported events, and the stated order where no event has it.
pub(super) fn add_links(writer: &mut BundleWriter<'_>, event: Event<'_>) {
    let timeline = writer.timeline;
    let links = event.links().iter().filter(|link| !link.reversed);
    for link in links {
        if !writer.exported.contains(&link.to) {
            continue;
        }
        let other = timeline.event(link.to);
        let (this, that) = (incident_id(writer, event), incident_id(writer, other));
        let relation = match link_type(writer.options.profile, link.kind) {
            Some((kind, true)) => Relation::new(kind, that, this),
            Some((kind, false)) => Relation::new(kind, this, that),
            None => Relation::related(this, that, link.kind.as_str()),
        };
        let key = [&*event.key(), link.kind.as_str(), &*other.key()];
        let level = writer.level(event.tlp()).max(writer.level(other.tlp()));
        add(writer, &key, relation, level);
    }
    for &earlier in event.after() {
        let other = timeline.event(earlier);
        let is_named = writer.options.profile == StixProfile::Incident
            && follows_by_reference(timeline, event, other);
        if is_named || !writer.exported.contains(&earlier) {
            continue;
        }
        let (this, that) = (incident_id(writer, event), incident_id(writer, other));
        let key = [&*event.key(), "after", &*other.key()];
        let level = writer.level(event.tlp()).max(writer.level(other.tlp()));
        add(writer, &key, Relation::related(this, that, "after"), level);
    }
}
