//! Keys that users of other programs try first: `q`, `ctrl-d`, `F1`, `tab`, `:q`, the menu of a prefix, and the help.

use dateline::app::effect::Effect;
use dateline::app::input::mode::Mode;
use dateline::app::overlay::HelpPane;
use dateline::app::overlay::help::HelpLayout;
use dateline::app::screen::Screen;
use dateline::guide::Topic;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::Stage;

fn after(keys: &str, size: Size) -> Stage {
    let mut stage = Stage::open("harbour", size);
    stage.press(keys);
    stage
}

fn usual(keys: &str) -> Stage {
    after(keys, Size::new(80, 24))
}

fn rows(stage: &Stage) -> Vec<String> {
    let frame = stage.frame(ScreenshotFormat::Text);
    frame.lines().map(str::to_owned).collect()
}

/// Whether a key quits. Nothing else is expected of the outside.
fn quits(effects: &[Effect]) -> bool {
    match effects {
        [] => false,
        [Effect::Quit] => true,
        _ => panic!("{effects:?}"),
    }
}

fn bottom(stage: &Stage) -> String {
    rows(stage).last().cloned().unwrap_or_default()
}

fn selected(stage: &Stage) -> usize {
    match stage.model.screen() {
        Screen::Timeline(screen) => screen.selected,
        _ => panic!("not on a timeline"),
    }
}

#[test]
fn q_goes_back_from_a_page_and_quits_at_the_top() {
    for (keys, presses) in [
        ("", 1),
        ("<enter>", 2),
        ("v", 2),
        ("E<tab><enter>t", 4),
        ("w", 2),
        ("F", 2),
        ("?<esc>", 1),
    ] {
        let mut stage = usual(keys);
        for _ in 1..presses {
            assert!(!quits(&stage.press("q")), "{keys}");
        }
        assert!(quits(&stage.press("q")), "{keys}");
        if presses > 1 && keys != "F" {
            assert!(quits(&usual(keys).press(":q<enter>")), "{keys}");
        }
    }
}

#[test]
fn q_quits_the_guide_on_the_topic_that_it_was_opened_on() {
    let open = |keys: &str| {
        let mut stage = usual("");
        dateline::app::open_topic(&mut stage.model, Topic::Filters);
        quits(&stage.press(keys))
    };
    assert!(open("q"));
    assert!(open("<esc>q"));
    assert!(!open("Sq"));
    assert!(open("Sqq"));
}

#[test]
fn the_hint_of_q_says_what_it_does() {
    let wide = |keys: &str| bottom(&after(keys, Size::new(160, 30)));
    assert!(wide("").contains("q quit"), "{}", wide(""));
    let above_a_page = wide("E<tab><enter>t");
    assert!(above_a_page.contains("q back"), "{above_a_page}");
}

#[test]
fn half_a_page_is_half_of_the_visible_lines() {
    let stage = usual("");
    let height = usize::from(stage.model.regions().list.height);
    assert_eq!(selected(&usual("<ctrl-d>")), height / 2);
    assert_eq!(selected(&usual("<ctrl-d><ctrl-d><ctrl-u>")), height / 2);
    let scroll = |keys: &str| match usual(keys).model.screen() {
        Screen::Page(page_view) => page_view.scroll,
        _ => panic!("not on a page"),
    };
    let half = scroll("gf<ctrl-d>");
    assert_eq!(half, 10);
    assert_eq!(scroll("gf<ctrl-d><ctrl-d><ctrl-u>"), half);
    assert_eq!(scroll("gf<ctrl-u>"), 0);
}

#[test]
fn enter_selects_the_first_link_of_the_detail_and_tab_comes_round_to_the_list() {
    let mut stage = usual("<enter>");
    let links = |stage: &Stage| match stage.model.screen() {
        Screen::Timeline(screen) => {
            let detail = screen.detail.as_ref().expect("the detail is visible");
            (detail.link, detail.page.links.len())
        }
        _ => panic!("not on a timeline"),
    };
    let (first, count) = links(&stage);
    assert_eq!(first, Some(0));
    assert!(count > 2);
    let mode = |stage: &Stage| stage.model.mode().as_str();
    for _ in 1..count {
        stage.press("<tab>");
        assert_eq!(mode(&stage), "detail");
    }
    stage.press("<tab>");
    assert_eq!(mode(&stage), "list");
    stage.press("<tab><backtab>");
    assert_eq!(mode(&stage), "list");
    // The next event has a visible selection too.
    stage.press("<enter>J");
    assert!(links(&stage).0.is_some());
}

/// Each prefix of the command table, on the screens where it begins a command.
#[test]
fn a_prefix_shows_the_keys_that_may_follow_at_once() {
    let menu = rows(&usual("jjjg"));
    for line in [
        "g …",
        "g  go to the beginning",
        "l  toggle the time to disclosure",
        "s  show this view and event as a",
    ] {
        assert!(
            menu.iter().any(|row| row.contains(line)),
            "{line}: {menu:#?}"
        );
    }
    assert!(menu.iter().any(|row| row.starts_with('▸')), "{menu:#?}");
    assert!(bottom(&usual("g")).contains("esc cancels"));
    for (keys, line) in [
        ("Eg", "h  guide, topic by topic"),
        ("@g", "g  first such day"),
        ("bg", "c  copy the command"),
        ("<enter>g", "y  copy the source's link"),
    ] {
        let rows = rows(&usual(keys));
        assert!(
            rows.iter().any(|row| row.contains(line)),
            "{keys}: {rows:#?}"
        );
    }
    assert_eq!(rows(&usual("g<esc>")), rows(&usual("")));
}

#[test]
fn the_menu_of_a_prefix_does_not_cover_the_selected_row() {
    for size in [Size::new(80, 24), Size::new(120, 36), Size::new(60, 30)] {
        let mut stage = after("", size);
        for _ in 0..stage.model.timeline().len() {
            let before = rows(&stage);
            let at = before.iter().position(|row| row.starts_with('▸'));
            let at = at.expect("a row is selected");
            stage.press("g");
            let width = usize::from(stage.model.regions().list.width);
            let part = |row: &String| row.chars().take(width).collect::<String>();
            let menu = rows(&stage);
            assert!(menu.iter().any(|row| row.contains("g …")));
            assert_eq!(part(&menu[at]), part(&before[at]));
            stage.press("<esc>j");
        }
    }
}

#[test]
fn the_help_filters_what_is_typed_and_esc_first_clears_it() {
    let mut stage = usual("?jk");
    assert_eq!(stage.place(), "help");
    assert!(rows(&stage)[2].contains("› jk"), "{:#?}", rows(&stage));
    stage.press("<esc>");
    assert_eq!(stage.place(), "help");
    assert!(rows(&stage)[2].contains("type to filter"));
    stage.press("quit");
    let found = rows(&stage);
    assert!(found.iter().any(|row| row.contains("quit at the top")));
    assert!(!found.iter().any(|row| row.contains("zoom")), "{found:#?}");
    stage.press("<esc><esc>");
    assert_eq!(stage.place(), "timeline");
    assert_eq!(usual("<f1>").place(), "help");
    assert_eq!(usual("<f1>quit<f1>").place(), "timeline");
}

#[test]
fn the_help_has_two_or_three_columns_on_a_wide_terminal() {
    for (width, columns) in [(40, 1), (80, 1), (120, 2), (160, 2), (200, 3)] {
        let model = after("?", Size::new(width, 50)).model;
        let body = model.regions().body;
        let help = HelpPane::default();
        let layout = HelpLayout::of(&help, model.keymap(), Mode::List, body);
        assert_eq!(layout.columns, columns, "{width}");
        assert!(layout.total_width() + 4 <= width, "{width}");
    }
}

#[test]
fn every_line_of_the_help_can_be_scrolled_to() {
    for size in [Size::new(40, 12), Size::new(80, 24), Size::new(120, 20)] {
        let mut stage = after("?", size);
        let mut seen = String::new();
        for _ in 0..400 {
            seen += &stage.frame(ScreenshotFormat::Text);
            stage.press("<down>");
        }
        // The last command of the last place.
        assert!(seen.contains("@ 0–9"), "{size}");
        let before = rows(&stage);
        stage.press("<pgdn>");
        assert_eq!(rows(&stage), before, "{size}");
        stage.press("<up>");
        assert_ne!(rows(&stage), before, "{size}");
    }
}

#[test]
fn the_palette_says_what_words_of_vi_mean_here() {
    for (typed, answer) in [
        ("w", "Nothing to save: dateline never writes the file"),
        ("wq", "dateline never writes the file; :q quits"),
        ("zzzz", "No matching command; esc closes"),
    ] {
        let mut stage = usual(&format!(":{typed}"));
        assert!(!quits(&stage.press("<enter>")), "{typed}");
        assert!(bottom(&stage).contains(answer), "{}", bottom(&stage));
    }
    assert_eq!(usual(":help<enter>").place(), "help");
    assert_eq!(usual(":zzzz<enter>").place(), "palette");
}
