//! Recomputes the derived state after each message: sizes, scrolling, the cells of overviews. Drawing then has nothing
//! to change.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overview::{self, lane_rows::OverviewRows};
use crate::app::screen::layout::{self, PageColumns};
use crate::app::screen::scene_layout::{self, Revealed, TitleSize};
use crate::app::screen::{DrawnInputs, SceneScreen, Screen, TickSources, TimelineScreen};
use crate::chart::Axis;
use crate::timeline::Timeline;

/// From this height on, in rows, the picture of the room also shows the words of the scene.
const ROOM_FOR_WORDS: u16 = 20;

impl Model {
    /// Recomputes all derived state.
    pub fn update_derived(&mut self) {
        self.update_problems();
        self.freeze_axes();
        let area = Rect::from(((0, 0).into(), self.view.size));
        self.stack_lanes(area);
        let regions = self.regions();
        let strip = self.shows_strip();
        let timeline = Arc::clone(&self.timeline);
        let scene_texts = self.scene_texts(regions.body);
        let opening_texts = self.opening_texts();
        let mut room = Rect::default();
        match self.screen_mut() {
            Screen::Page(page_view) => {
                let body = layout::text_area(layout::page_area(regions.body));
                let columns = PageColumns::of(body, page_view.subject.has_columns());
                page_view.fit(columns.first.width, columns.lines());
            }
            Screen::Timeline(screen) => {
                screen.place_start(regions.list.height);
                screen.scroll_to_selected(regions.list.height);
                screen.fit_dates(&timeline, regions.list.height);
                draw_overview(screen, &timeline, regions.overview, strip);
                screen.update_detail(&timeline, !regions.detail.is_empty());
                let area = layout::text_area(regions.detail);
                if let Some(texts) = opening_texts.filter(|_| !area.is_empty()) {
                    let cells = (area.width, area.height, regions.list.height);
                    screen.update_opening(&timeline, &texts, cells);
                }
                if let Some(detail) = &mut screen.detail {
                    detail.fit(area.width, area.height);
                }
            }
            Screen::Follower(screen) => {
                screen.fit(&timeline, area);
                room = screen.layout.room_inside();
            }
            Screen::Scene(scene) => {
                let texts = scene_texts.unwrap_or_default();
                lay_out_scene(scene, &timeline, regions.body, &texts);
            }
        }
        self.lay_out_room(room);
        self.update_range();
        if !regions.scrollbar.is_empty() {
            self.update_ticks();
        }
    }

    fn update_ticks(&mut self) {
        let sources = TickSources {
            timeline: &self.timeline,
            hits: self.search.present_hits(),
            marks_version: self.files.marks.version,
        };
        if let Some(Screen::Timeline(screen)) = self.view.screens.last_mut() {
            screen.update_ticks(sources);
        }
    }

    /// Freezes the axes while the day of an "as of" view is being chosen or a filter typed: events come and go, but the
    /// axes stay.
    fn freeze_axes(&mut self) {
        let overlay = &self.view.overlay;
        let is_frozen = matches!(overlay, Some(Overlay::AsOf(_) | Overlay::Filter(_)));
        for screen in &mut self.view.screens {
            match screen {
                Screen::Timeline(screen) => screen.freeze_axis(is_frozen),
                Screen::Scene(screen) => screen.timeline.freeze_axis(is_frozen),
                Screen::Page(_) | Screen::Follower(_) => {}
            }
        }
    }

    /// Computes the rows of the lanes of a timeline screen, since its layout depends on them.
    fn stack_lanes(&mut self, area: Rect) {
        let timeline = Arc::clone(&self.timeline);
        if let Screen::Timeline(screen) = self.screen_mut() {
            if layout::is_stacked(area, screen.without_detail) && !screen.folded {
                let columns = layout::axis_area(area, &screen.lanes);
                screen.stack(&timeline, columns.width, false);
            } else {
                screen.stacks = None;
            }
        }
    }

    /// Lays out the scene below the follower's screen for its picture of the room.
    fn lay_out_room(&mut self, area: Rect) {
        let Some(mut texts) = self.scene_texts(area).filter(|_| !area.is_empty()) else {
            return;
        };
        if area.height < ROOM_FOR_WORDS {
            // The words are next to the picture already, and the time axis needs their rows.
            texts.say.clear();
        }
        let timeline = Arc::clone(&self.timeline);
        let below = self.depth().checked_sub(1);
        if let Some(Screen::Scene(scene)) = below.and_then(|at| self.view.screens.get_mut(at)) {
            lay_out_scene(scene, &timeline, area, &texts);
        }
    }

    /// Keeps the range that is being chosen when the axis changes. Without an axis the overlay closes.
    fn update_range(&mut self) {
        let axis = self.axis();
        let Some(Overlay::Range(range)) = &mut self.view.overlay else {
            return;
        };
        if let Some(axis) = axis {
            *range = range.moved_to(axis);
        } else {
            self.view.overlay = None;
            self.notify("No time axis to choose a range on");
        }
    }

    /// The time axis of the nearest timeline screen, if it has room for one.
    pub(in crate::app) fn axis(&self) -> Option<Axis> {
        self.last_timeline_screen()?.overview.as_ref()?.axis
    }

    /// Corrects the scroll position of the overlay: after a reload there may be fewer findings.
    fn update_problems(&mut self) {
        let last = self.files.problems.len().checked_sub(1);
        if let Some(Overlay::Problems(at)) = &mut self.view.overlay {
            match last {
                Some(last) => *at = last.min(*at),
                None => self.view.overlay = None,
            }
        }
    }

    fn scene_texts(&self, body: Rect) -> Option<SceneTexts> {
        let (screen, _) = self.scene()?;
        let briefing = self.briefing.as_ref()?;
        let scene = briefing.scene(&self.timeline, screen.at)?;
        let places = 0..briefing.path.len();
        let scenes = places.filter_map(|at| briefing.scene(&self.timeline, at));
        let size = TitleSize::for_all(scenes.map(|scene| scene.title.as_str()), body);
        let event = screen.timeline.active_filter.event_of(scene);
        let event = event.filter(|_| scene.account.is_none());
        let remark = event.and_then(|event| self.timeline.remark(event));
        Some(SceneTexts {
            title: scene.title.clone(),
            title_size: size,
            say: scene.say.clone().unwrap_or_default(),
            remark: remark.unwrap_or_default().to_owned(),
            is_account: scene.account.is_some(),
        })
    }
}

/// The texts of a scene that is laid out.
#[derive(Default)]
struct SceneTexts {
    title: String,
    /// The size of all titles of the briefing.
    title_size: TitleSize,
    /// What the scene says to the room.
    say: String,
    /// How its event differs from an earlier version.
    remark: String,
    /// Whether it is the scene about what changed.
    is_account: bool,
}

/// From this height of the body on, in rows, the lanes of a scene may have several rows.
const ROOM_FOR_STACKS: u16 = 28;

fn lay_out_scene(scene: &mut SceneScreen, timeline: &Timeline, body: Rect, texts: &SceneTexts) {
    // On a projector, lanes with several rows show few events larger than the list could.
    let is_stacked = body.height >= ROOM_FOR_STACKS || scene.timeline.has_few_events();
    if is_stacked {
        let columns = layout::axis_area(scene_layout::with_margins(body), &scene.timeline.lanes);
        scene.timeline.stack(timeline, columns.width, true);
    } else {
        scene.timeline.stacks = None;
    }
    let content = scene_layout::SceneContent {
        title: &texts.title,
        title_size: texts.title_size,
        say: &texts.say,
        rows: scene.timeline.wanted_rows(),
        is_stacked,
        remark: &texts.remark,
        revealed: match &scene.layers {
            _ if texts.is_account => Revealed::Account,
            Some(_) => Revealed::Layers,
            None => Revealed::Nothing,
        },
    };
    scene.layout = scene_layout::lay_out(body, content);
    let layout = &scene.layout;
    if let Some(layers) = &mut scene.layers {
        let text = layout::text_area(layout.layers);
        layers.fit(text.width, text.height);
    }
    // Puts the scene's event in the middle of its neighbours.
    let rows = layout.list.height;
    scene.timeline.top = (scene.timeline.selected).saturating_sub(usize::from(rows / 2));
    scene.timeline.scroll_to_selected(rows);
    scene.timeline.fit_dates(timeline, rows);
    draw_overview(&mut scene.timeline, timeline, layout.overview, false);
}

/// Draws the overview again if any of its inputs has changed.
fn draw_overview(screen: &mut TimelineScreen, timeline: &Timeline, area: Rect, strip: bool) {
    if area.is_empty() {
        screen.overview = None;
        return;
    }
    let columns = layout::axis_area(area, &screen.lanes);
    let axis = screen.axis(timeline, columns.width);
    let rows = if strip { 0 } else { layout::lane_rows(area) };
    let drawn = DrawnInputs {
        axis,
        rows,
        active_filter: screen.active_filter.version(),
        grouping: screen.lanes.grouping,
        clock: screen.clock,
        lag: screen.lag,
    };
    let kept = screen
        .overview
        .take()
        .filter(|_| screen.drawn == Some(drawn));
    let inputs = screen.overview_inputs(timeline);
    let mut overview = kept.unwrap_or_else(|| {
        let rows = match &screen.stacks {
            Some((_, stacks)) => stacks.rows(&screen.lanes, rows),
            None => OverviewRows::plain(&screen.lanes, rows),
        };
        overview::draw(inputs, axis, rows)
    });
    overview.select(inputs, screen.event());
    screen.overview = Some(overview);
    screen.drawn = Some(drawn);
}
