//! Each rule separately, on the smallest timeline that it needs.

use std::borrow::Cow;

use dateline::document::date_said_later;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};

use super::day;
use crate::support::program::opened;

/// Two sources, one of 2022 and one of 2024, and an undated source.
const SOURCES: &str = r#"
[sources.early]
published = "2022-01-31"
note = "On the early one."
[sources.late]
published = "2024"
derives-from = ["early"]
[sources.undated]
title = "Undated"
"#;

fn as_of(text: &str, on: &str) -> Timeline {
    let whole = opened("x.toml", text).timeline;
    whole.as_of(&day(on)).expect("it ends")
}

fn up_to(text: &str, ceiling: Tlp) -> Timeline {
    let whole = opened("x.toml", text).timeline;
    whole.up_to(ceiling).expect("everything is marked")
}

fn keys(timeline: &Timeline) -> Vec<String> {
    let keys = timeline.events().map(Event::key);
    keys.map(Cow::into_owned).collect()
}

/// Checks whether an event of 2021 with these lines is shown at the end of 2022.
#[track_caller]
fn check(lines: &str, is_shown: bool) {
    let text =
        format!("[[events]]\nid = \"x\"\nwhen = \"2021\"\ntitle = \"X\"\n{lines}\n{SOURCES}");
    let left = as_of(&text, "2022-12-31");
    assert_eq!(left.len() == 1, is_shown, "{lines}");
}

#[test]
fn a_disclosure_decides_whatever_else_is_public() {
    check("disclosed = \"2022-12-31\"", true);
    check("disclosed = \"2023-01-01\"", false);
    check("disclosed = \"2023\"\nsources = [\"early\"]", false);
    check("disclosed = \"2022?\"", false);
    check("disclosed = \"2022\"\nsources = [\"late\"]", true);
}

#[test]
fn without_a_disclosure_a_public_claim_or_document_shows_an_event() {
    check("sources = [\"early\"]", true);
    check("sources = [\"late\"]", false);
    check("sources = [\"undated\"]", false);
    check("sources = [\"late\", \"early\"]", true);
    check("[[events.claims]]\nsource = \"early\"", true);
    check(
        "[[events.claims]]\nsource = \"early\"\nsaid = \"2023\"",
        false,
    );
    check(
        "[[events.claims]]\nsource = \"late\"\nsaid = \"2022\"",
        false,
    );
    check("[[events.claims]]\nsaid = \"2022\"", true);
    check("[[events.claims]]\ntext = \"undated\"", false);
}

#[test]
fn an_event_without_evidence_is_shown_once_it_was_surely_over() {
    check("", true);
    for (when, is_shown) in [
        ("2022-12-31", true),
        ("by 2022", true),
        ("2022-12/2023-01", false),
        ("2022-06/..", false),
        ("about 2022-12", false),
    ] {
        let text = format!("[[events]]\nwhen = \"{when}\"\ntitle = \"X\"\n");
        assert_eq!(as_of(&text, "2022-12-31").len() == 1, is_shown, "{when}");
    }
    assert!(as_of("[[events]]\ntitle = \"X\"\n", "2022").is_empty());
}

#[test]
fn no_event_is_shown_before_it_can_have_begun() {
    let event = |when: &str| {
        format!("[[events]]\nwhen = \"{when}\"\ntitle = \"X\"\nsources = [\"early\"]\n{SOURCES}")
    };
    assert!(as_of(&event("2024-03"), "2023").is_empty());
    assert_eq!(as_of(&event("2022-06/2024-03"), "2023").len(), 1);
}

#[test]
fn an_imprecise_day_is_public_only_at_its_latest_end() {
    let text = "[[events]]\nwhen = \"2022-12-31\"\ntitle = \"X\"\n";
    assert_eq!(as_of(text, "2022").len(), 1);
    assert!(as_of(text, "2022-11").is_empty());
}

/// The note on the date of an event at the end of 2022, whose date only this claim states. It is the same in a timeline
/// that was cut at an earlier or later day before.
fn note_on_date(claim: &str) -> Option<String> {
    let text = format!(
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\ndisclosed = \"2022-01-01\"\n[[events.claims]]\nabout = \"date\"\n\
         value = \"2021\"\n{claim}\n[[events.claims]]\nabout = \"date\"\nvalue = \"2020\"\nsaid = \"2023-06-01\"\n{SOURCES}"
    );
    let whole = opened("x.toml", &text).timeline;
    let note = |timeline: &Timeline| {
        let left = timeline.as_of(&day("2022-12-31")).expect("it ends");
        date_said_later(left.events().next().expect("it is disclosed"))
    };
    let later = whole.as_of(&day("2023-07-01")).expect("it ends");
    assert_eq!(note(&later), note(&whole), "{claim}");
    note(&whole)
}

#[test]
fn a_date_is_said_later_only_if_no_claim_can_have_said_it_by_then() {
    let later = Some("date stated only after 31 Dec 2022".to_owned());
    assert_eq!(note_on_date("said = \"2023-01-01\""), later);
    assert_eq!(note_on_date("source = \"late\""), later);
    // Said early, in a source that came late; said late, in an undated source.
    assert_eq!(
        note_on_date("said = \"2022-05-01\"\nsource = \"late\""),
        later
    );
    assert_eq!(
        note_on_date("said = \"2024-01-01\"\nsource = \"undated\""),
        later
    );
    let perhaps = Some("date perhaps stated only after 31 Dec 2022".to_owned());
    assert_eq!(note_on_date("source = \"undated\""), perhaps);
    assert_eq!(note_on_date("said = \"2022-12/2023-02\""), perhaps);
    assert_eq!(note_on_date("said = \"2022-13-01\""), perhaps);
    assert_eq!(note_on_date("said = \"2022-06-01\""), None);
    assert_eq!(note_on_date("source = \"early\""), None);
}

#[test]
fn a_party_that_only_withheld_claims_name_is_removed() {
    let claims = "\
        [[events.claims]]\nabout = \"actor\"\nvalue = \"later\"\nsource = \"late\"\n\
        [[events.claims]]\nabout = \"actor\"\nvalue = \"early-one\"\nsource = \"early\"\n";
    let entities = "[entities.later]\nname = \"Later\"\n[entities.early-one]\nname = \"Early\"\n[entities.own]\nname = \"Own\"\n";
    let text = format!(
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nactors = [\"later\", \"early-one\", \"own\"]\n{claims}{SOURCES}{entities}"
    );
    let left = as_of(&text, "2022");
    let event = left.events().next().expect("the event is shown");
    let names: Vec<&str> = event
        .actors()
        .iter()
        .map(|id| left.entity(*id).name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Early", "Own"],
        "what no claim names is the author's own"
    );
    assert_eq!(left.entities().count(), 2);
    let gap = event.redactions().later;
    assert_eq!((gap.claims, gap.sources, gap.entities), (1, 1, 1));
    assert!(
        !event.is_contested(),
        "one claim does not differ from itself"
    );
}

/// Everything that an author adds to an event that was public at once.
const ANNOTATED: &str = r#"
[timeline]
summary = "The whole."
[entities.one]
name = "One"
aliases = ["Uno"]
attack = "G0001"
note = "On one."
[[events]]
id = "first"
when = "2021"
title = "First"
summary = "What followed is known today."
tags = ["today"]
techniques = ["T1190"]
discovered = "2022"
actors = ["one"]
[views.all]
title = "All"
filter = "actor:one"
[[scenes]]
title = "Scene"
select = "first"
[[questions]]
text = "Why?"
events = ["first"]
"#;

#[test]
fn words_of_today_stay_only_if_nothing_is_withheld() {
    let whole = as_of(ANNOTATED, "2023");
    let event = whole.events().next().expect("the event is shown");
    assert_eq!(event.summary(), "What followed is known today.");
    assert_eq!((whole.scenes().len(), whole.questions().len()), (1, 1));
    assert!(whole.redactions().later.is_nothing() && !whole.redactions().is_whole());

    let later = format!("{ANNOTATED}\n[[events]]\nwhen = \"2024\"\ntitle = \"Later\"\n");
    let left = as_of(&later, "2023");
    let event = left.events().next().expect("the event is shown");
    assert_eq!(
        (
            event.summary(),
            event.tags().count(),
            event.techniques().count()
        ),
        ("", 0, 0)
    );
    assert_eq!(
        (
            left.head().summary.as_str(),
            left.scenes().len(),
            left.questions().len()
        ),
        ("", 0, 0)
    );
    assert_eq!(
        left.views()[0].title,
        "all",
        "its title is what the file calls it"
    );
    let (_, one) = left.entities().next().expect("the event names an entity");
    assert_eq!(
        (one.note.as_deref(), one.aliases.len()),
        (None, 1),
        "nothing withheld names it"
    );
    let counts = left.redactions().later;
    assert_eq!(
        (counts.events, counts.scenes, counts.questions, counts.prose),
        (1, 1, 1, 4)
    );
}

#[test]
fn a_discovery_is_not_shown_before_its_date() {
    let left = as_of(ANNOTATED, "2021");
    let event = left.events().next().expect("the event is shown");
    assert_eq!((event.discovered(), event.summary()), (None, ""));
}

#[test]
fn aliases_are_removed_if_a_withheld_item_names_the_entity() {
    let later = format!(
        "{ANNOTATED}\n[[events]]\nwhen = \"2024\"\ntitle = \"Later\"\ntargets = [\"one\"]\n"
    );
    let left = as_of(&later, "2023");
    let (_, one) = left.entities().next().expect("the event names an entity");
    assert_eq!((one.aliases.len(), one.attack.as_deref()), (0, None));
}

#[test]
fn a_view_that_names_a_withheld_item_or_a_later_day_is_removed() {
    let view = |filter: &str| {
        format!(
            "[[events]]\nid = \"first\"\nwhen = \"2021\"\ntitle = \"First\"\nactors = [\"one\"]\n\
             [[events]]\nid = \"the-later\"\nwhen = \"2024\"\ntitle = \"Later\"\nactors = [\"two\"]\nlane = \"Side lane\"\n\
             [entities.one]\nname = \"One\"\n[entities.two]\nname = \"Number Two\"\n[views.v]\ntitle = \"V\"\nfilter = '{filter}'\n"
        )
    };
    for (filter, stays) in [
        ("actor:one", true),
        ("when:2021..2022", true),
        ("actor:two", false),
        ("actor:one,two", false),
        ("\"number two\"", false),
        ("lane:\"Side lane\"", false),
        ("after:event(the-later)", false),
        ("when:2021..2024-03", false),
        ("disclosed>=2024", false),
        ("when:\"late 2024\"", false),
    ] {
        let left = as_of(&view(filter), "2022");
        assert_eq!(left.views().len() == 1, stays, "{filter}");
        assert_eq!(
            left.redactions().later.views,
            usize::from(!stays),
            "{filter}"
        );
    }
}

#[test]
fn a_source_that_only_withheld_items_name_is_removed_and_an_unused_one_stays() {
    let text = "[[events]]\nwhen = \"2024\"\ntitle = \"Later\"\nsources = [\"named\"]\n\
                [sources.named]\npublished = \"2021\"\n[sources.unnamed]\npublished = \"2021\"\n\
                [sources.origin]\npublished = \"2021\"\n[sources.copy]\npublished = \"2023\"\nderives-from = [\"origin\"]\n";
    let left = as_of(text, "2022");
    let stay: Vec<&str> = left
        .sources()
        .map(|(_, source)| source.key.as_str())
        .collect();
    assert_eq!(stay, ["unnamed"]);
}

#[test]
fn links_to_withheld_events_and_numbers_in_ids_are_removed() {
    let text = "[[events]]\nwhen = \"2024\"\ntitle = \"Breach\"\nlinks = [{ to = \"first\", as = \"part-of\" }]\n\
                [[events]]\nid = \"first\"\nwhen = \"2021\"\ntitle = \"First\"\n\
                [[events]]\nwhen = \"2020\"\ntitle = \"Breach\"\n[[events]]\nwhen = \"2019?\"\ntitle = \"Breach\"\n";
    let whole = opened("x.toml", text).timeline;
    assert_eq!(keys(&whole), ["breach", "breach-2", "first", "breach-3"]);
    let left = as_of(text, "2022");
    assert_eq!(keys(&left), ["breach", "first"]);
    assert!(left.events().all(|event| event.links().is_empty()));
}

#[test]
fn a_view_that_names_an_event_by_a_removed_number_is_removed() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n\
                [[events]]\nwhen = \"2020\"\ntitle = \"Denial\"\ntlp = \"RED\"\n\
                [[events]]\nwhen = \"2021\"\ntitle = \"Denial\"\n\
                [views.second]\nfilter = \"id:denial-2\"\n[views.any]\nfilter = \"id:denial\"\n\
                [[scenes]]\ntitle = \"One\"\nview = \"second\"\n";
    let left = up_to(text, Tlp::Clear);
    assert_eq!(keys(&left), ["denial"]);
    let views: Vec<&str> = left.views().iter().map(|view| view.key.as_str()).collect();
    assert_eq!((views, left.scenes().len()), (vec!["any"], 0));
    assert_eq!(left.redactions().marked.views, 1);
}

#[test]
fn the_explicit_id_of_a_withheld_event_becomes_free() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n\
                [[events]]\nwhen = \"2020\"\ntitle = \"Denial\"\n\
                [[events]]\nid = \"denial\"\nwhen = \"2021\"\ntitle = \"It\"\ntlp = \"RED\"\n";
    assert_eq!(
        keys(&opened("x.toml", text).timeline),
        ["denial-2", "denial"]
    );
    assert_eq!(keys(&up_to(text, Tlp::Clear)), ["denial"]);
}

#[test]
fn an_unmarked_item_has_the_marking_of_the_file() {
    let text = "[timeline]\ntitle = \"T\"\ntlp = \"AMBER\"\nbanner = \"B\"\n[[events]]\ntitle = \"Unmarked\"\n[[events]]\ntitle = \"Green\"\ntlp = \"GREEN\"\n";
    let left = up_to(text, Tlp::Green);
    assert_eq!(keys(&left), ["green"]);
    let head = left.head();
    assert_eq!(
        (head.title.as_str(), head.banner.as_deref(), head.tlp),
        ("", None, Some(Tlp::Green))
    );
    assert_eq!(left.redactions().marked.prose, 2);
    let left = up_to(text, Tlp::Amber);
    assert_eq!((left.len(), left.head().tlp), (2, Some(Tlp::Amber)));
}

const NAMED: &str = r#"
[timeline]
tlp = "CLEAR"
[entities.secret]
name = "Secret"
tlp = "RED"
[entities.other]
name = "Other"
tlp = "AMBER"
[entities.open]
name = "Open"
[sources.hidden]
title = "Hidden"
published = "2022"
derives-from = ["shown"]
tlp = "AMBER+STRICT"
[sources.shown]
title = "Shown"
[[events]]
when = "2021"
title = "X"
actors = ["secret", "other", "open"]
[[events.claims]]
by = "open"
source = "hidden"
about = "actor"
value = "secret"
[[events.claims]]
by = "open"
source = "shown"
said = "2023"
"#;

#[test]
fn each_withheld_item_that_is_named_has_its_own_placeholder() {
    let left = up_to(NAMED, Tlp::Green);
    let event = left.events().next().expect("the event is shown");
    let names: Vec<&str> = event
        .actors()
        .iter()
        .map(|id| left.entity(*id).name.as_str())
        .collect();
    assert_eq!(
        names,
        ["withheld 1 (TLP:RED)", "withheld 2 (TLP:AMBER)", "Open"]
    );
    let titles: Vec<&str> = left
        .sources()
        .map(|(_, source)| source.title.as_str())
        .collect();
    assert_eq!(titles, ["withheld 1 (TLP:AMBER+STRICT)", "Shown"]);
    assert_eq!(
        left.roots(event.sources()).len(),
        1,
        "a withheld one may repeat the other"
    );
    let gap = event.redactions().marked;
    assert_eq!((gap.entities, gap.sources, gap.claims), (2, 1, 0));
}

#[test]
fn a_claim_dated_by_a_withheld_source_is_undated_and_last() {
    let whole = opened("x.toml", NAMED).timeline;
    let days = |timeline: &Timeline| -> Vec<Option<String>> {
        let claims = timeline.claims().map(|(_, claim)| claim.said.as_ref());
        claims
            .map(|said| said.map(|said| said.written().to_owned()))
            .collect()
    };
    assert_eq!(
        days(&whole),
        [Some("2022".to_owned()), Some("2023".to_owned())]
    );
    assert_eq!(
        days(&up_to(NAMED, Tlp::Green)),
        [Some("2023".to_owned()), None]
    );
}

#[test]
fn a_placeholder_does_not_take_a_key_that_is_in_use() {
    let text = NAMED.replace(
        "[entities.open]",
        "[entities.withheld-1]\nname = \"Own\"\n[entities.open]",
    );
    let left = up_to(&text, Tlp::Green);
    let keys: Vec<&str> = left
        .entities()
        .map(|(_, entity)| entity.key.as_str())
        .collect();
    assert_eq!(keys, ["withheld-2", "withheld-3", "withheld-1", "open"]);
}

#[test]
fn dependants_of_a_withheld_event_are_removed_with_it() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n\
        [entities.one]\nname = \"One\"\n[sources.s]\ntitle = \"S\"\n[sources.free]\ntitle = \"Free\"\n\
        [[events]]\nid = \"red\"\ntitle = \"Red\"\ntlp = \"RED\"\nactors = [\"one\"]\nlane = \"L\"\ntags = [\"t\"]\nphase = \"p\"\n\
        [[events.claims]]\nsource = \"s\"\ntlp = \"CLEAR\"\n\
        [[events]]\nid = \"clear\"\ntitle = \"Clear\"\n\
        [views.v]\ntitle = \"V\"\nfilter = \"tag:t\"\n\
        [[scenes]]\ntitle = \"A\"\nselect = \"red\"\n[[scenes]]\ntitle = \"B\"\nview = \"v\"\n[[scenes]]\ntitle = \"C\"\nselect = \"clear\"\n\
        [[questions]]\ntext = \"A\"\nevents = [\"red\"]\n[[questions]]\ntext = \"B\"\nevents = [\"red\", \"clear\"]\n";
    let left = up_to(text, Tlp::Green);
    assert_eq!(
        (keys(&left), left.claims().count()),
        (vec!["clear".to_owned()], 0)
    );
    assert_eq!(
        (left.lanes().len(), left.tags().len(), left.phases().len()),
        (0, 0, 0)
    );
    assert_eq!((left.entities().count(), left.sources().count()), (0, 1));
    let scenes: Vec<&str> = left
        .scenes()
        .iter()
        .map(|scene| scene.title.as_str())
        .collect();
    assert_eq!((scenes, left.views().len()), (vec!["C"], 0));
    let questions: Vec<_> = left
        .questions()
        .iter()
        .map(|it| (it.text.as_str(), it.events.len()))
        .collect();
    assert_eq!(questions, [("B", 1)]);
}

#[test]
fn an_event_with_only_withheld_evidence_still_has_evidence() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2020\"\ntitle = \"X\"\n[[events.claims]]\nsaid = \"2024\"\ntlp = \"RED\"\n";
    let marked = up_to(text, Tlp::Green);
    assert_eq!(marked.len(), 1);
    assert!(marked.as_of(&day("2022")).expect("it ends").is_empty());
}

/// A public claim that answers a withheld one and is answered by another, and a party that only the second names.
const EXCHANGE: &str = r#"
[timeline]
tlp = "AMBER"
[entities.open]
tlp = "CLEAR"
[entities.secret]
name = "Secret"
tlp = "AMBER"
[sources.early]
published = "2022"
tlp = "CLEAR"
[sources.late]
published = "2024"
tlp = "CLEAR"
[[events]]
id = "x"
when = "2021"
title = "X"
accused = ["open", "secret"]
addressees = ["secret"]
tlp = "CLEAR"
[[events.claims]]
id = "first"
by = "secret"
source = "late"
said = "2021-06"
about = "accused"
value = "secret"
words = "hidden words"
tlp = "AMBER"
[[events.claims]]
id = "second"
answers = "first"
by = "open"
source = "early"
about = "accused"
value = "open"
tlp = "CLEAR"
[[events.claims]]
answers = ["second", "first"]
by = "open"
source = "late"
about = "effect"
value = "later words"
tlp = "AMBER"
[[events.claims]]
by = "open"
source = "early"
about = "method"
stance = "silent"
tlp = "CLEAR"
"#;

#[test]
fn an_answer_to_a_withheld_claim_answers_nothing_and_names_no_one() {
    let whole = opened("x.toml", EXCHANGE).timeline;
    let answers = |timeline: &Timeline| -> Vec<(usize, usize)> {
        let claims = timeline.claims();
        let counts = claims.map(|(_, it)| (it.answers.len(), it.answered_by.len()));
        counts.collect()
    };
    assert_eq!(answers(&whole), [(0, 2), (1, 1), (0, 0), (2, 0)]);
    for left in [as_of(EXCHANGE, "2023"), up_to(EXCHANGE, Tlp::Clear)] {
        assert_eq!(answers(&left), [(0, 0), (0, 0)]);
        let shown = format!(
            "{:?} {:?}",
            left.claims().collect::<Vec<_>>(),
            left.redactions()
        );
        assert!(
            !shown.contains("hidden") && !shown.contains("later words"),
            "{shown}"
        );
        let names: Vec<&str> = left.entities().map(|(_, it)| it.name.as_str()).collect();
        assert!(
            !names.contains(&"Secret") || left.redactions().ceiling.is_none(),
            "{names:?}"
        );
    }
    let left = up_to(EXCHANGE, Tlp::Clear);
    let event = left.events().next().expect("the event is shown");
    let parties: Vec<String> = event
        .all_parties()
        .map(|(part, id)| format!("{part} {}", left.entity(id).name))
        .collect();
    let hidden = "withheld 1 (TLP:AMBER)";
    assert_eq!(
        parties,
        [
            "accused open".to_owned(),
            format!("accused {hidden}"),
            format!("addressee {hidden}"),
        ]
    );
    assert_eq!(event.redactions().marked.entities, 2);
}

#[test]
fn a_person_whom_only_later_claims_accuse_is_not_yet_accused() {
    let left = as_of(EXCHANGE, "2023");
    let event = left.events().next().expect("the event is shown");
    let accused = event
        .accused()
        .iter()
        .map(|&id| left.entity(id).key.as_str());
    assert_eq!(accused.collect::<Vec<_>>(), ["open"]);
}

#[test]
fn a_silent_claim_makes_nothing_public() {
    let silent = format!(
        "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n[[events.claims]]\nsource = \"early\"\nabout = \"actor\"\nstance = \"silent\"\n\
         [[events.claims]]\nsource = \"late\"\nabout = \"actor\"\nvalue = \"one\"\n{SOURCES}"
    );
    assert_eq!(as_of(&silent, "2023").len(), 0);
    assert_eq!(as_of(&silent, "2025").len(), 1);
}

/// Of two later events, what was known by the day turns the order.
#[test]
fn the_later_events_of_an_event_are_in_the_order_of_the_day() {
    let text = "\
        [[events]]\nid = \"first\"\nwhen = \"2021-01-01\"\ntitle = \"First\"\n\
        [[events]]\nid = \"moved\"\nwhen = \"2021-02-01\"\ntitle = \"Moved\"\ndisclosed = \"2022-01-01\"\nafter = [\"first\"]\n\
        [[events.claims]]\nabout = \"date\"\nvalue = \"2021-02-01\"\nsaid = \"2023-06-01\"\n\
        [[events.claims]]\nabout = \"date\"\nvalue = \"2021-08-01\"\nsaid = \"2022-02-01\"\n\
        [[events]]\nid = \"other\"\nwhen = \"2021-05-01\"\ntitle = \"Other\"\nafter = [\"first\"]\n";
    let later = |timeline: &Timeline| -> Vec<String> {
        let first = timeline.events().next().expect("it is shown");
        let later = first.before().iter();
        later
            .map(|&it| timeline.event(it).title().to_owned())
            .collect()
    };
    assert_eq!(later(&as_of(text, "2023")), ["Moved", "Other"]);
    assert_eq!(later(&as_of(text, "2022")), ["Other", "Moved"]);
}
