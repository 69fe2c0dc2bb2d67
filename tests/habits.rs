//! Keys and clicks that users of other programs try first: `q`, `ctrl-d`, `F1`, `tab`, `:q`, the menu of a prefix, the help,
//! the space bar in the facets, and clicks on hints and lanes.

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
    assert_eq!(usual("??").place(), "timeline");
    assert_eq!(usual("?quit?").place(), "timeline");
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
        let (mut seen, mut last) = (String::new(), String::new());
        loop {
            let frame = stage.frame(ScreenshotFormat::Text);
            if frame == last {
                break;
            }
            seen += &frame;
            last = frame;
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

/// The text of the row and the column of a place that shows some words.
fn place_of(stage: &Stage, words: &str) -> (usize, usize) {
    let rows = rows(stage);
    let found = rows.iter().enumerate().find_map(|(at, row)| {
        let before = row.split_once(words)?.0;
        Some((before.chars().count(), at))
    });
    found.unwrap_or_else(|| panic!("{words}: {rows:#?}"))
}

/// Clicks a hint in the last line.
fn click_hint(stage: &mut Stage, hint: &str) -> Vec<Effect> {
    let bottom = bottom(stage);
    let before = bottom.split_once(hint).map(|(before, _)| before);
    let column = before.unwrap_or_else(|| panic!("{hint}: {bottom}"));
    let column = column.chars().count();
    let row = stage.model.size().height - 1;
    stage.press(&format!("<click-{column}-{row}>"))
}

fn click(stage: &mut Stage, words: &str) -> Vec<Effect> {
    let (column, row) = place_of(stage, words);
    stage.press(&format!("<click-{column}-{row}>"))
}

#[test]
fn a_mistake_in_a_filter_is_explained_in_full_above_the_prompt() {
    for (typed, lines) in [
        ("phase:sanctoin", &["did you mean `sanction`?"][..]),
        ("year:2021", &["did you mean `when:2021`?"]),
        (
            "when:03/04/2024",
            &[
                "`2024-04-03` for 3 April 2024",
                "`2024-03-04` for 4 March",
                "2024",
            ],
        ),
    ] {
        for size in [Size::new(80, 24), Size::new(60, 16), Size::new(40, 12)] {
            let stage = after(&format!("f{typed}"), size);
            let frame = rows(&stage).join(" ");
            let words = frame.replace(['│', '╭', '╮', '╰', '╯', '─'], " ");
            let words: Vec<&str> = words.split_whitespace().collect();
            let words = words.join(" ");
            for line in lines {
                assert!(words.contains(line), "{size} {typed}: {frame:#?}");
            }
        }
    }
}

#[test]
fn a_year_among_words_is_offered_as_a_date() {
    let mut stage = usual("fnotice 2022");
    let frame = rows(&stage).join("\n");
    assert!(frame.contains("when"), "{frame}");
    stage.press("<tab><enter>");
    assert_eq!(stage.model.filter_text(), "notice when:2022");
}

#[test]
fn the_space_bar_toggles_a_value_and_a_slash_finds_one() {
    let mut stage = usual("F/sanct");
    let find = rows(&stage);
    assert!(find.iter().any(|row| row.contains("/ sanct")), "{find:#?}");
    stage.press("<enter>");
    assert_eq!(stage.place(), "facets");
    stage.press("<space>");
    assert_eq!(stage.model.filter_text(), "phase:sanction");
    stage.press("<space>");
    assert_eq!(stage.model.filter_text(), "");
    // Without a match, and with escape, the selection stays.
    for keys in ["/zzzz<enter>", "/zzzz<esc>", "/mail<esc>"] {
        stage.press(&format!("{keys}<space>"));
        assert_eq!(stage.model.filter_text(), "phase:sanction", "{keys}");
        stage.press("<space>");
    }
}

#[test]
fn the_facets_have_the_years_and_leave_the_axis_visible() {
    for size in [Size::new(80, 24), Size::new(120, 36)] {
        let mut stage = after("F", size);
        let overview = usize::from(stage.model.regions().overview.bottom());
        let (_, top) = place_of(&stage, "Facets");
        assert!(top >= overview, "{size}");
        stage.press("<space>");
        assert!(stage.model.filter_text().starts_with("when:20"), "{size}");
    }
}

#[test]
fn a_click_on_a_hint_does_what_its_key_does() {
    for (keys, hint, place) in [
        ("", "? help", "help"),
        ("", "f filter", "filter"),
        ("v", "esc back", "timeline"),
        ("F", "esc close", "timeline"),
        ("b<tab>", "b briefing", "scene"),
        ("b", "w says who", "evidence"),
    ] {
        let mut stage = after(keys, Size::new(120, 30));
        click_hint(&mut stage, hint);
        assert_eq!(stage.place(), place, "{keys} {hint}");
    }
    let mut stage = after("jj", Size::new(160, 30));
    assert!(quits(&click_hint(&mut stage, "q quit")));
}

#[test]
fn a_click_on_a_lane_or_on_the_undated_events_filters_to_them() {
    let mut stage = usual("");
    for (words, filter) in [
        (" Harbour", "lane:Harbour"),
        (" Harbour", ""),
        (" 1 undated", "dated:no"),
        (" 1 undated", ""),
    ] {
        let (column, row) = place_of(&stage, words);
        stage.press(&format!("<click-{}-{row}>", column + 2));
        assert_eq!(stage.model.filter_text(), filter, "{words}");
    }
    let mut stage = usual("");
    let (column, row) = place_of(&stage, "2 more");
    stage.press(&format!("<click-{column}-{row}>"));
    assert_eq!(stage.model.filter_text(), "");
}

/// A click may be a slip; only a link and a hint do something.
#[test]
fn a_click_in_a_scene_follows_a_link_and_does_nothing_else() {
    let mut stage = after("b<space>", Size::new(120, 36));
    let before = stage.frame(ScreenshotFormat::Text);
    stage.press("<click-60-3><click-10-20><click-119-0>");
    assert_eq!(stage.frame(ScreenshotFormat::Text), before);
    click(&mut stage, "Who did it");
    assert_eq!(stage.place(), "evidence");
}

#[test]
fn a_notice_without_room_in_one_row_takes_more() {
    for size in [Size::new(80, 24), Size::new(60, 24), Size::new(40, 24)] {
        let frame = rows(&after("gl", size)).join(" ");
        let words: Vec<&str> = frame.split_whitespace().collect();
        let words = words.join(" ");
        assert!(words.contains("on the axis for"), "{size}: {words}");
        assert!(!words.contains("selected eve…"), "{size}: {words}");
    }
}

#[test]
fn wide_pages_have_two_columns_and_their_links_are_clicked_where_they_are() {
    let size = Size::new(200, 24);
    let mut stage = after("gf", size);
    let right = |row: &String| row.chars().skip(101).any(char::is_alphabetic);
    assert!(rows(&stage).iter().skip(2).take(20).any(right));
    assert!(rows(&stage).iter().all(|row| row.chars().count() <= 200));
    stage = after("S", size);
    let all = stage.model.timeline().sources().count();
    assert!(all > 4);
    click(&mut stage, "Notice to the public");
    assert_eq!(stage.place(), "source");
}

#[test]
fn a_click_on_the_scrollbar_goes_to_its_part_of_the_list_and_a_drag_scrolls() {
    let mut stage = usual("j");
    let bar = stage.model.regions().scrollbar;
    let (x, top, bottom) = (bar.x, bar.y, bar.bottom() - 1);
    let last = 13;
    stage.press(&format!("<click-{x}-{bottom}><release-{x}-{bottom}>"));
    assert!(
        (11..=last).contains(&selected(&stage)),
        "{}",
        selected(&stage)
    );
    stage.press(&format!("<click-{x}-{top}><drag-{x}-{bottom}>"));
    assert_eq!(selected(&stage), last);
    // Beyond its ends the mouse goes on scrolling, until it is released.
    stage.press("<drag-2-0>");
    assert_eq!(selected(&stage), 0);
    stage.press(&format!("<release-2-0><drag-{x}-{bottom}>"));
    assert_eq!(selected(&stage), 0);
}

#[test]
fn a_click_on_a_tick_of_the_scrollbar_goes_to_the_match() {
    let mut stage = usual("/sanctions<enter>");
    let found = selected(&stage);
    stage.press("gg");
    let bar = stage.model.regions().scrollbar;
    let rows = rows(&stage);
    let ticked = (bar.y..bar.bottom()).find(|&y| {
        let sign = rows[usize::from(y)].chars().nth(bar.x.into());
        sign.is_some_and(|sign| "╡╣".contains(sign))
    });
    let y = ticked.expect("the match has a tick");
    stage.press(&format!("<click-{}-{y}>", bar.x));
    assert_eq!(selected(&stage), found);
}

#[test]
fn a_click_on_the_events_without_a_date_shows_and_hides_them() {
    let mut stage = usual("T");
    click(&mut stage, "13 have no discovery date");
    assert!(rows(&stage).iter().any(|row| row.contains("not stated ○")));
    click(&mut stage, "13 have no discovery date");
    assert!(!rows(&stage).iter().any(|row| row.contains("not stated ○")));
    stage.press("<right>");
    assert!(rows(&stage).iter().any(|row| row.contains("not stated ○")));
}
