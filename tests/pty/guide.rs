//! The guide on a terminal.

use super::Terminal;

#[test]
fn a_topic_is_a_page_of_the_viewer_and_back_leads_to_the_others() {
    let mut terminal = Terminal::start(&["help", "filters"], &[]);
    terminal.wait_for_text("The language");
    terminal.press("\x1b");
    terminal.wait_for_text("The guide");
    terminal.press("q");
    assert!(terminal.ends().success());
}
