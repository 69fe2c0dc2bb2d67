//! Findings in the objects of other formats: STIX and Attack Flow.

use crate::diagnostic::FindingKind;
use crate::diagnostic::Severity::{Note, Warning};

kinds! {
    OBJECTS_NOT_READ = "objects-not-read", Note,
    "a bundle or flow has objects that no timeline has a place for",
    "Indicators, malware, assets and the like say nothing of when something happened. They are counted by type, and `dateline import` keeps the count as a comment. Objects that their author has revoked are not read either.",
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\"},\n{\"type\": \"indicator\", \"id\": \"indicator--1\"}\n]}\n" =>
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\"}\n]}\n";

    OBJECT_REPEATED = "object-repeated", Note,
    "a bundle has several versions of one object",
    "STIX allows an id twice, with another `modified`. The newest version is read, and the others are not.",
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\", \"modified\": \"2024-01-01T00:00:00Z\"},\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\", \"modified\": \"2024-02-01T00:00:00Z\", \"last_seen\": \"2021-09-01T00:00:00Z\"}\n]}\n" =>
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\", \"modified\": \"2024-02-01T00:00:00Z\", \"last_seen\": \"2021-09-01T00:00:00Z\"}\n]}\n";

    REFERENCE_NOT_IN_BUNDLE = "reference-not-in-bundle", Warning,
    "an object names another that the bundle lacks",
    "The name of a party or a technique is in its own object. Without it, the reference says nothing to a reader, and is left out.",
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\"},\n{\"type\": \"relationship\", \"id\": \"relationship--1\", \"relationship_type\": \"attributed-to\", \"source_ref\": \"campaign--1\", \"target_ref\": \"intrusion-set--1\"}\n]}\n" =>
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"campaign\", \"id\": \"campaign--1\", \"name\": \"Low Tide\", \"first_seen\": \"2021-08-14T10:22:33Z\"},\n{\"type\": \"relationship\", \"id\": \"relationship--1\", \"relationship_type\": \"attributed-to\", \"source_ref\": \"campaign--1\", \"target_ref\": \"intrusion-set--1\"},\n{\"type\": \"intrusion-set\", \"id\": \"intrusion-set--1\", \"name\": \"ALDER\"}\n]}\n";

    DATE_OUTSIDE_STAMPS = "date-outside-stamps", Warning,
    "the date of an event in words is not within its stamps",
    "dateline writes an imprecise date twice into STIX: as stamps with a fidelity, which every program reads, and as written. If a program has changed the stamps since, the words are out of date, and the stamps count.",
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"event\", \"id\": \"event--1\", \"name\": \"First access\", \"start_time\": \"2021-08-01T00:00:00Z\", \"start_time_fidelity\": \"month\", \"status\": \"occurred\", \"extensions\": {\"extension-definition--14eee460-4b83-4ae7-b7ed-db31450aace1\": {\"when\": \"2021-10\"}}}\n]}\n" =>
    "{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": [\n{\"type\": \"event\", \"id\": \"event--1\", \"name\": \"First access\", \"start_time\": \"2021-08-01T00:00:00Z\", \"start_time_fidelity\": \"month\", \"status\": \"occurred\", \"extensions\": {\"extension-definition--14eee460-4b83-4ae7-b7ed-db31450aace1\": {\"when\": \"late 2021-08\"}}}\n]}\n";
}
