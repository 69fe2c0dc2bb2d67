//! The shipped case the day before and on the day of disclosure, through every output.

use std::process::Output;
use std::sync::Arc;

use dateline::ui::screenshot::ScreenshotFormat;

use super::day;
use crate::support::program::{Stage, ready, run, size};

/// Words of the Commission's compromise that nothing public before it has. `Commission` itself is one, since the case
/// has no other.
const TRACES: &[&str] = &[
    "Commission",
    "strand",
    "web shell",
    "Web shell",
    "registers",
    "McNally",
    "Pullinger",
    "voters",
    "Bonner",
    "reprimand",
    "Reprimand",
    "ICO ",
    "spam",
];

/// Keys to the screens with words of the case. The page of the filter language is missing, since its words are the
/// program's.
const KEYS: &[&str] = &[
    "",
    "i",
    "E",
    "S",
    "Q",
    "F",
    "1",
    "2",
    "ftag:",
    "flane:",
    "fevent(",
    "/ProxyShell<enter>v",
    "/CISA<enter>v",
    "/Elections<enter>v",
    "cc",
];

fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn listed(day: &str) -> String {
    out(&run(&["list", "--as-of", day]))
}

#[test]
fn the_compromise_leaves_no_trace_on_the_day_before() {
    let list = listed("2023-08-07");
    for trace in TRACES {
        assert!(!list.contains(trace), "`{trace}` in: {list}");
    }
    let frame = |keys: &str| {
        let arguments = ["frame", "--as-of", "2023-08-07", "--size", "180x150"];
        out(&run(&[&arguments[..], &["--keys", keys]].concat()))
    };
    let shown = ready("shipped").0.as_of(&day("2023-08-07"));
    let shown = Arc::new(shown.expect("a day has an end"));
    for (at, keys) in KEYS.iter().enumerate() {
        let mut stage = Stage::on(Arc::clone(&shown), size("180x150"));
        stage.press(keys);
        let drawn = stage.frame(ScreenshotFormat::Text);
        // The program shows the same screens, and loads the case for each.
        let printed = (at < 3).then(|| frame(keys));
        for frame in printed.iter().chain([&drawn]) {
            let found = TRACES.iter().find(|trace| frame.contains(**trace));
            assert_eq!(found, None, "after `{keys}` in: {frame}");
        }
    }
    // What was public then is shown: the fixes of and warnings about the flaws, two years before.
    for known in [
        "Microsoft fixes the ProxyShell flaws",
        "CISA warns that ProxyShell is being exploited",
    ] {
        assert!(list.contains(known), "no `{known}` in: {list}");
    }
}

#[test]
fn on_the_day_it_is_shown_without_later_findings() {
    let list = listed("2023-08-08");
    for known in [
        "Electoral Commission systems compromised",
        "Commission makes the breach public",
        "Commission notices the intrusion",
        "as of 8 Aug 2023, not yet public: ",
    ] {
        assert!(list.contains(known), "no `{known}` in: {list}");
    }
    for later in [
        "China state-affiliated",
        "First dated entry",
        "Reprimand",
        "Web shells",
    ] {
        assert!(!list.contains(later), "`{later}` in: {list}");
    }
}

#[test]
fn the_attribution_appears_on_its_day_and_the_first_entry_with_the_reprimand() {
    let attribution = "APT31 reconnaissance of UK parliamentarians";
    assert!(!listed("2024-03-24").contains(attribution));
    let list = listed("2024-03-25");
    assert!(
        list.contains(attribution)
            && list.contains("(China state-affiliated actor (unnamed) → Electoral Commission"),
        "{list}"
    );
    assert!(!list.contains("First dated entry"), "{list}");
    assert!(listed("2024-07-30").contains("First dated entry"));
}

#[test]
fn the_event_page_counts_its_withheld_items() {
    let page = out(&run(&[
        "frame",
        "--as-of",
        "2023-08-08",
        "--keys",
        "/Electoral<enter>v",
    ]));
    let words = "not yet public on 8 Aug 2023";
    assert!(page.contains("withheld") && page.contains(words), "{page}");
    let whole = out(&run(&["frame", "--keys", "/Electoral<enter>v"]));
    assert!(!whole.contains("withheld"), "{whole}");
}
