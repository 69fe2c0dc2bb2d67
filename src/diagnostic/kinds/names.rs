//! Findings on names and what they stand for, on links, answers and claims.

use crate::diagnostic::FindingKind;
use crate::diagnostic::Severity::{Error, Note, Warning};

kinds! {
    // Names and what they stand for.
    DUPLICATE_EVENT_ID = "duplicate-event-id", Error,
    "two events have one id",
    "Links, scenes and questions find an event by its id, so each id is given once, over all files that are opened together.",
    "[[events]]\nid    = \"access\"\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events]]\nid    = \"access\"\nwhen  = \"2021-10\"\ntitle = \"Second access\"\n" =>
    "[[events]]\nid    = \"access\"\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events]]\nid    = \"second-access\"\nwhen  = \"2021-10\"\ntitle = \"Second access\"\n";

    DUPLICATE_ID = "duplicate-id", Error,
    "two sources, entities, views or claims have one id",
    "Files that are opened together share their sources, entities, views and the ids of claims, so each id is given once. The first is used.",
    "[sources.advisory]\ntitle = \"Advisory\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n\n[sources.advisory]\ntitle = \"Second advisory\"\n" =>
    "[sources.advisory]\ntitle = \"Advisory\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\", \"second-advisory\"]\n\n[sources.second-advisory]\ntitle = \"Second advisory\"\n";

    IDS_READ_ALIKE = "ids-read-alike", Error,
    "two ids differ only in how Unicode spells their accents",
    "`é` is one character, or an `e` and an accent (NFC and NFD): text that is copied from a PDF often has the second. No reader can distinguish the two, so both are one id, and the first table is used. Everywhere else either form does.",
    "[entities.\"caf\\u00E9\"]\nname = \"Caf\\u00E9\"\n\n[entities.\"cafe\\u0301\"]\nname = \"Second caf\\u00E9\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nactors  = [\"caf\\u00E9\"]\n" =>
    "[entities.\"caf\\u00E9\"]\nname = \"Caf\\u00E9\"\n\n[entities.second-cafe]\nname = \"Second caf\\u00E9\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nactors  = [\"cafe\\u0301\"]\ntargets = [\"second-cafe\"]\n";

    UNKNOWN_SOURCE = "unknown-source", Error,
    "no source has this id",
    "A source is declared once, as `[sources.ID]`, and named by its id. Without the declaration no reader can follow the claim to its document.",
    "[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n" =>
    "[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    UNKNOWN_ENTITY = "unknown-entity", Warning,
    "no entity has this id",
    "In a file that declares entities, every actor, target, accused, addressee and speaker is one of them, so that a slip does not make a second party. A file that declares none may use any names.",
    "[entities.apt31]\nname = \"APT31\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\", \"apt30\"]\n" =>
    "[entities.apt31]\nname = \"APT31\"\n\n[entities.apt30]\nname = \"APT30\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\", \"apt30\"]\n";

    VALUE_NAMES_ENTITY = "value-names-entity", Warning,
    "a claim gives the name of an entity instead of its id",
    "Where `about` is `actor`, `target`, `accused` or `addressee`, `value` is the id of an entity or a text. A text is compared with nothing, so a claim that names an entity in words seems to contradict another that names it by id, and its page does not have the claim.",
    "[entities.apt31]\nname    = \"APT31\"\naliases = [\"Violet Typhoon\"]\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n\n[[events.claims]]\nby     = \"apt31\"\nsource = \"advisory\"\nabout  = \"actor\"\nvalue  = \"Violet Typhoon\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[entities.apt31]\nname    = \"APT31\"\naliases = [\"Violet Typhoon\"]\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n\n[[events.claims]]\nby     = \"apt31\"\nsource = \"advisory\"\nabout  = \"actor\"\nvalue  = \"apt31\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    UNKNOWN_EVENT = "unknown-event", Error,
    "no event has this id",
    "Links, `after`, scenes and questions name an event by its `id`. An event without one has an id made from its title: `First access` is `first-access`.",
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events]]\nwhen  = \"2021-10\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-acces\", as = \"caused-by\" }]\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events]]\nwhen  = \"2021-10\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-access\", as = \"caused-by\" }]\n";

    UNKNOWN_CLAIM = "unknown-claim", Error,
    "no claim has this id",
    "`answers` names the claim to which this one replies by that claim's `id`, in any of the files that are opened together. The answer is not shown.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid     = \"ncsc-phishing\"\nby     = \"ncsc\"\nsource = \"advisory\"\ntext   = \"It was phishing\"\n\n[[events.claims]]\nanswers = \"ncsc-fishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid     = \"ncsc-phishing\"\nby     = \"ncsc\"\nsource = \"advisory\"\ntext   = \"It was phishing\"\n\n[[events.claims]]\nanswers = \"ncsc-phishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    ANSWERS_ITSELF = "answers-itself", Error,
    "a claim answers itself",
    "An answer is another claim. What one speaker adds to their own words is a claim of its own.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid      = \"ncsc-phishing\"\nanswers = \"ncsc-phishing\"\nby      = \"ncsc\"\nsource  = \"advisory\"\ntext    = \"It was phishing\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid      = \"ncsc-phishing\"\nby      = \"ncsc\"\nsource  = \"advisory\"\ntext    = \"It was phishing\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    ANSWERS_IN_A_CIRCLE = "answers-in-a-circle", Warning,
    "claims answer each other in a circle",
    "Of two claims one came first, so it does not answer the other. A speaker who comes back to a dispute makes another claim.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid      = \"ncsc-phishing\"\nanswers = \"vendor-denies\"\nby      = \"ncsc\"\nsource  = \"advisory\"\ntext    = \"It was phishing\"\n\n[[events.claims]]\nid      = \"vendor-denies\"\nanswers = \"ncsc-phishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid      = \"ncsc-phishing\"\nby      = \"ncsc\"\nsource  = \"advisory\"\ntext    = \"It was phishing\"\n\n[[events.claims]]\nid      = \"vendor-denies\"\nanswers = \"ncsc-phishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    ANSWERS_LATER_CLAIM = "answers-later-claim", Warning,
    "a claim answers a later claim",
    "An answer comes after what it answers. The day of a claim is its `said`, or the day on which its source was published. Only what is impossible however the dates are read is reported.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid     = \"ncsc-phishing\"\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2024-03-25\"\ntext   = \"It was phishing\"\n\n[[events.claims]]\nanswers = \"ncsc-phishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\nsaid    = \"2024-03-20\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nid     = \"ncsc-phishing\"\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2024-03-25\"\ntext   = \"It was phishing\"\n\n[[events.claims]]\nanswers = \"ncsc-phishing\"\nby      = \"vendor\"\nsource  = \"advisory\"\nsaid    = \"2024-03-26\"\ntext    = \"It was not\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    SILENT_CLAIM_SAYS_SOMETHING = "silent-claim-says-something", Error,
    "a silent claim has a value, words, a likelihood or a confidence",
    "`stance = \"silent\"` says that the source, read whole, says nothing on the point that `about` names. What it says all the same is not shown, and compared with nothing. Who denies says something: that is `stance = \"denies\"`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nabout  = \"method\"\nvalue  = \"phishing\"\nstance = \"silent\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nabout  = \"method\"\nstance = \"silent\"\ntext   = \"Looked for how they came in\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    UNKNOWN_VIEW = "unknown-view", Error,
    "no view has this id",
    "A scene shows a view, which is declared as `[views.ID]`. Without it the scene shows everything.",
    "[[scenes]]\ntitle = \"Opening\"\nview  = \"all\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[[scenes]]\ntitle = \"Opening\"\nview  = \"all\"\n\n[views.all]\ntitle = \"Everything\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    LINKS_TO_ITSELF = "links-to-itself", Error,
    "an event is linked to itself",
    "A link binds two events.",
    "[[events]]\nid    = \"access\"\nwhen  = \"2021-08\"\ntitle = \"First access\"\nlinks = [{ to = \"access\", as = \"caused-by\" }]\n" =>
    "[[events]]\nid    = \"access\"\nwhen  = \"2021-08\"\ntitle = \"First access\"\nlinks = [{ to = \"lure\", as = \"caused-by\" }]\n\n[[events]]\nid    = \"lure\"\nwhen  = \"2021-07\"\ntitle = \"Lure sent\"\n";

    LINKS_IN_A_CIRCLE = "links-in-a-circle", Warning,
    "events are linked in a circle",
    "An event cannot bring itself about, be a piece of itself or answer itself, nor through others. One of the links points the wrong way.",
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\nlinks = [{ to = \"mail-read\", as = \"caused-by\" }]\n\n[[events]]\nwhen  = \"2021-08\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-access\", as = \"caused-by\" }]\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events]]\nwhen  = \"2021-08\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-access\", as = \"caused-by\" }]\n";

    LINK_AGAINST_TIME = "link-against-time", Warning,
    "a link contradicts the dates of its events",
    "What brings an event about, or is answered by it, cannot begin after its end. What attributes or discloses it cannot be over before it begins. A piece of an event is not at another time than the whole. Only what is impossible however the dates are read is reported.",
    "[[events]]\nwhen  = \"2022-10\"\ntitle = \"First access\"\n\n[[events]]\nwhen  = \"2021-08\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-access\", as = \"caused-by\" }]\n" =>
    "[[events]]\nwhen  = \"2021-07\"\ntitle = \"First access\"\n\n[[events]]\nwhen  = \"2021-08\"\ntitle = \"Mail read\"\nlinks = [{ to = \"first-access\", as = \"caused-by\" }]\n";

    AFTER_ITSELF = "after-itself", Error,
    "an event comes after itself",
    "`after` names other events before this one, where the dates leave the order open.",
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-26\"\ntitle = \"Sanctions\"\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"summons\"]\n" =>
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-26\"\ntitle = \"Sanctions\"\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"sanctions\"]\n";

    AFTER_IN_A_CIRCLE = "after-in-a-circle", Error,
    "events come after one another in a circle",
    "Of some events one was the first. What closes the circle is ignored, and the order of the others is kept.",
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-26\"\ntitle = \"Sanctions\"\nafter = [\"summons\"]\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"sanctions\"]\n" =>
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-26\"\ntitle = \"Sanctions\"\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"sanctions\"]\n";

    AFTER_AGAINST_DATES = "after-against-dates", Error,
    "an event comes after another that surely began later",
    "`after` settles what the dates leave open. Where they leave nothing open they decide, and `after` moves nothing.",
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-27\"\ntitle = \"Sanctions\"\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"sanctions\"]\n" =>
    "[[events]]\nid    = \"sanctions\"\nwhen  = \"2021-03-26\"\ntitle = \"Sanctions\"\n\n[[events]]\nid    = \"summons\"\nwhen  = \"2021-03-26\"\ntitle = \"Summons\"\nafter = [\"sanctions\"]\n";

    DERIVES_FROM_ITSELF = "derives-from-itself", Error,
    "sources derive from each other in a circle",
    "Sources that derive from one document count as one voice. In a circle none of them is the first, so they cannot be counted.",
    "[sources.report]\nderives-from = [\"article\"]\n\n[sources.article]\nderives-from = [\"report\"]\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"report\", \"article\"]\n" =>
    "[sources.report]\ntitle = \"Report\"\n\n[sources.article]\nderives-from = [\"report\"]\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"report\", \"article\"]\n";

    CLAIM_WITHOUT_SPEAKER = "claim-without-speaker", Warning,
    "the claim names no speaker",
    "A claim is what a speaker says. `by` names the speaker; without it the screen cannot answer `who says so?`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nsource = \"advisory\"\ntext   = \"It was phishing\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\ntext   = \"It was phishing\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    CLAIM_WITHOUT_SOURCE = "claim-without-source", Warning,
    "the claim names no source",
    "Without `source` no reader can look the claim up.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby   = \"ncsc\"\ntext = \"It was phishing\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\ntext   = \"It was phishing\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    UNUSED_SOURCE = "unused-source", Note,
    "nothing refers to the source",
    "A source that no event, claim or other source names is shown on its own screen only.",
    "[sources.advisory]\ntitle = \"Advisory\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[sources.advisory]\ntitle = \"Advisory\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n";

    UNUSED_ENTITY = "unused-entity", Note,
    "nothing refers to the entity",
    "An entity that has no part in an event and makes no claim appears nowhere.",
    "[entities.apt31]\nname = \"APT31\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[entities.apt31]\nname = \"APT31\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n";

    // Marks files.
    MARK_WITHOUT_ROW = "mark-without-row", Warning,
    "a mark is about a row or an event that its file does not have",
    "A mark is found by the line of its row, or by the print of the row's bytes if the lines moved, or by the id of its event. The row was changed or removed, or the event has another id. The mark stays in its file, and is shown nowhere until it is right.",
    "" => "";

    MARKS_OF_OTHER_FILES = "marks-of-other-files", Warning,
    "no mark of a marks file is about a file that is open",
    "A mark names its file by `of`, without folders. The file may have been renamed, or the marks are about another one.",
    "" => "";
}
