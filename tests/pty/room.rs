//! A briefing before a room, in a real terminal.

use super::Terminal;
use super::follow::{briefing, runtime};

#[test]
fn a_briefing_that_was_left_is_resumed_with_a_key_or_an_option() {
    let runtime = runtime("resumed");
    let quit = |mut presenter: Terminal| {
        presenter.press("qq");
        assert_eq!(presenter.ends().exit_code(), 0);
    };
    let refused = briefing(&["--resume"], &runtime);
    assert_eq!(refused.ends().exit_code(), 2);

    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of ");
    assert!(!presenter.parser.screen().contents().contains("resume"));
    presenter.press("3 ");
    presenter.wait_for_text("scene 3 of ");
    quit(presenter);

    // Nothing is lost if the next briefing is quit before its first step.
    for _ in 0..2 {
        let mut presenter = briefing(&[], &runtime);
        presenter.wait_for_text("resume scene 3, 0:0");
        quit(presenter);
    }
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("resume scene 3, 0:0");
    presenter.press("gb");
    presenter.wait_for_text("scene 3 of ");
    presenter.press("4");
    presenter.wait_for_text("scene 4 of ");
    quit(presenter);

    let mut presenter = briefing(&["--from-start"], &runtime);
    presenter.wait_for_text("scene 1 of ");
    presenter.rest();
    assert!(!presenter.parser.screen().contents().contains("resume"));
    quit(presenter);
    let mut presenter = briefing(&["--resume"], &runtime);
    presenter.wait_for_text("scene 4 of ");
    quit(presenter);
}
