//! The object templates of MISP that are written (misp-objects, June 2026).

/// A template, and what identifies it.
#[derive(Debug)]
pub(super) struct ObjectTemplate {
    pub name: &'static str,
    pub uuid: &'static str,
    pub version: &'static str,
    pub description: &'static str,
    /// The relations that are not of the type `text`, with their types.
    types: &'static [(&'static str, &'static str)],
}

impl ObjectTemplate {
    /// The type of an attribute with a relation.
    pub fn type_of(&self, relation: &str) -> &'static str {
        let found = self.types.iter().find(|(known, _)| *known == relation);
        found.map_or("text", |(_, kind)| kind)
    }
}

/// The category that MISP gives an attribute of a type.
pub(super) fn category_of(kind: &str) -> &'static str {
    match kind {
        "link" => "External analysis",
        "target-org" => "Targeting data",
        "full-name" => "Person",
        _ => "Other",
    }
}

pub(super) static EVENT: ObjectTemplate = ObjectTemplate {
    name: "event",
    uuid: "3853b726-6a9c-43b3-8ffb-23839b07d5a9",
    version: "1",
    description: "Event object as described in STIX 2.1 Incident object extension.",
    types: &[("start_time", "datetime"), ("end_time", "datetime")],
};

pub(super) static INTRUSION_SET: ObjectTemplate = ObjectTemplate {
    name: "intrusion-set",
    uuid: "bfe96eae-e37a-4ecf-8012-1cdb478571a5",
    version: "1",
    description: "A object template describing an Intrusion Set as defined in STIX 2.1.",
    types: &[],
};

pub(super) static ORGANIZATION: ObjectTemplate = ObjectTemplate {
    name: "organization",
    uuid: "f750e12b-127a-432c-b022-b3f9153c4e2a",
    version: "9",
    description: "An object which describes an organization.",
    types: &[],
};

pub(super) static PERSON: ObjectTemplate = ObjectTemplate {
    name: "person",
    uuid: "a15b0477-e9d1-4b9c-9546-abe78a4f4248",
    version: "21",
    description: "An object which describes a person or an identity.",
    types: &[("full-name", "full-name")],
};

pub(super) static VICTIM: ObjectTemplate = ObjectTemplate {
    name: "victim",
    uuid: "a8806e40-39ad-435f-be02-ac2a13d6fc7d",
    version: "10",
    description: "Victim object describes the target of an attack or abuse.",
    types: &[("name", "target-org")],
};

pub(super) static IDENTITY: ObjectTemplate = ObjectTemplate {
    name: "identity",
    uuid: "ae85b960-b507-4de2-a32c-9cfb8f25f990",
    version: "1",
    description: "Identities can represent actual individuals, organizations, or groups (e.g., ACME, Inc.) as well as classes of individuals, organizations, systems or groups (e.g., the finance sector).",
    types: &[],
};

pub(super) static REPORT: ObjectTemplate = ObjectTemplate {
    name: "report",
    uuid: "70a68471-df22-4e3f-aa1a-5a3be19f82df",
    version: "8",
    description: "Report object to describe a report along with its metadata.",
    types: &[("link", "link")],
};

pub(super) static ASSESSMENT: ObjectTemplate = ObjectTemplate {
    name: "intelligence-source-assessment",
    uuid: "2d3a5895-6c54-50b5-bd25-ce33e974c50a",
    version: "1",
    description: "Object template to capture source reliability, information credibility and evaluation details supporting an INTREP or similar intelligence report.",
    types: &[],
};
