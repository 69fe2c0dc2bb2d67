//! Pages: the laid-out part of a page is the beginning of the whole page.

use dateline::app::page::Page;
use dateline::document::Document;

use crate::support::program::{self, TIMELINES, ready};

#[test]
fn a_partial_page_has_the_first_lines_of_the_whole_page() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        // Every fifth page is enough of a case with hundreds of them.
        let step = if timeline.len() > 50 { 5 } else { 1 };
        for subject in program::subjects(timeline).step_by(step) {
            let document = Document::about(timeline, subject);
            for width in [7, 40, 120] {
                let whole = Page::set(&document, width);
                assert!(whole.is_whole);
                let all = whole.lines.len();
                // Any larger number is as one line more than there are.
                let few = [0, 1, 2, 9, 40].into_iter().filter(|most| *most < all);
                for most in few.chain([all, all + 1]) {
                    let first = Page::set_first(&document, width, most);
                    let expected = whole.lines.iter().take(most);
                    for (line, expected) in first.lines.iter().zip(expected) {
                        assert_eq!(line, expected, "{name}: {width}, {most}");
                    }
                    assert_eq!(first.lines.len(), whole.lines.len().min(most));
                    assert_eq!(
                        first.is_whole,
                        whole.lines.len() <= most,
                        "{name}: {width}, {most}"
                    );
                    for (link, expected) in first.links.iter().zip(&whole.links) {
                        assert_eq!(link.to, expected.to);
                        if expected.lines.1 < most {
                            assert_eq!(link.lines, expected.lines, "{name}: {width}, {most}");
                        }
                    }
                }
            }
        }
    }
}

/// On a page with more lines than are laid out at once, each key goes where it would on a whole page.
#[test]
fn a_long_page_can_be_scrolled_to_its_end_and_searched() {
    let claim = |at: usize| {
        let head = "[[events.claims]]\nby = \"s\"\nsaid = \"2024-01-01\"\n";
        format!("{head}text = \"statement {at}\"\n")
    };
    let claims: Vec<String> = (0..900).map(claim).collect();
    let claims = claims.concat();
    let text = format!(
        "[entities.s]\nname = \"Speaker\"\n[[events]]\ntitle = \"T\"\nwhen = \"2024\"\n{claims}"
    );
    let shown = |keys: &str| {
        let opened = program::opened("t.toml", &text);
        let mut stage = program::Stage::show(opened, program::size("60x20"));
        stage.press(keys);
        stage.frame(dateline::ui::screenshot::ScreenshotFormat::Text)
    };
    let last = shown("v<end>");
    assert!(last.contains("statement 899"), "{last}");
    let by_pages = "<pgdn>".repeat(200);
    assert_eq!(shown(&format!("v{by_pages}")), last);
    let found = shown("v/statement 777<enter>");
    assert!(found.contains("statement 777"), "{found}");
    let links = shown(&format!("v{}", "<tab>".repeat(700)));
    assert!(
        !links.contains("statement 1 ") && links.contains("statement"),
        "{links}"
    );
}
