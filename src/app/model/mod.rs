//! The state of the program: the timeline, a stack of screens, at most one overlay, and pending requests.
//!
//! Only `app` writes to it: others read it, and send messages.

mod accessors;
mod derive;
mod opening_texts;
mod setup;
mod shown_texts;

use std::sync::Arc;

use ratatui::layout::{Rect, Size};

use crate::app::input::mode::Mode;
use crate::app::overlay::Overlay;
use crate::app::screen::layout::{self, LayoutOptions, ScreenRegions};
use crate::app::screen::{Focus, FollowerScreen, PageView, SceneScreen, Screen, TimelineScreen};
use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::briefing::{self, Briefing, BriefingStatus};
use crate::app::state::engine_query::EngineQueries;
use crate::app::state::files::FilesState;
use crate::app::state::notice::Notice;
use crate::app::state::pending_filter::{FilterState, PendingFilter};
use crate::app::state::pending_input::InputState;
use crate::app::state::problem::Problem;
use crate::app::state::query_work::QueryWork;
use crate::app::state::resume_point::ResumePoint;
use crate::app::state::search::SearchState;
use crate::app::state::settings::Settings;
use crate::app::state::time_of_day::TimeOfDay;
use crate::app::state::view::ViewState;
use crate::document::PageSubject;
use crate::query::{FacetGroup, Matches};
use crate::timeline::{EventId, ItemPresence, Timeline};

/// The state of the program.
pub struct Model {
    /// The timeline that is shown, as of a day if one is chosen.
    pub(in crate::app) timeline: Arc<Timeline>,
    pub(in crate::app) files: FilesState,
    pub(in crate::app) settings: Settings,
    pub(in crate::app) view: ViewState,
    pub(in crate::app) filter: FilterState,
    pub(in crate::app) search: SearchState,
    /// What another thread has been working on for more than a moment.
    pub(in crate::app) work: Option<QueryWork>,
    pub(in crate::app) engines: EngineQueries,
    pub(in crate::app) input: InputState,
    /// The briefing, once it has begun.
    pub(in crate::app) briefing: Option<Briefing>,
    /// Where an earlier briefing stopped, until this one takes a step.
    pub(in crate::app) earlier: Option<ResumePoint>,
    /// The time of the last message, in milliseconds since the machine was started.
    pub(in crate::app) now: u64,
    /// The last status that was sent to followers.
    published: Option<BriefingStatus>,
    /// `None` if no terminal gives it.
    pub(in crate::app) time_of_day: Option<TimeOfDay>,
}

impl Model {
    pub(in crate::app) fn new(
        timeline: Arc<Timeline>,
        problems: Vec<Problem>,
        size: Size,
        settings: Settings,
    ) -> Self {
        let mut screen = TimelineScreen::new(&timeline);
        screen.open_at_start(&timeline);
        let screen = Screen::Timeline(Box::new(screen));
        let mut model = Self {
            files: FilesState::new(&timeline, problems),
            timeline,
            settings,
            view: ViewState::new(screen, size),
            filter: FilterState::default(),
            search: SearchState::default(),
            work: None,
            engines: EngineQueries::default(),
            input: InputState::default(),
            briefing: None,
            earlier: None,
            now: 0,
            published: None,
            time_of_day: None,
        };
        model.view.notice = model.opening_notice();
        model
    }

    /// The screen on top.
    pub fn screen(&self) -> &Screen {
        self.view
            .screens
            .last()
            .expect("the first screen is never popped")
    }

    pub fn screen_mut(&mut self) -> &mut Screen {
        self.view
            .screens
            .last_mut()
            .expect("the first screen is never popped")
    }

    /// The number of screens below the top.
    pub fn depth(&self) -> usize {
        self.view.screens.len() - 1
    }

    /// The stack of screens, the top last.
    pub fn trail(&self) -> impl Iterator<Item = &Screen> {
        self.view.screens.iter()
    }

    /// The mode that keys are looked up in.
    pub fn mode(&self) -> Mode {
        let overlay = self.view.overlay.as_ref();
        overlay.map_or_else(|| self.mode_below(), Overlay::mode)
    }

    /// The mode of the screen, without an overlay.
    pub fn mode_below(&self) -> Mode {
        match self.screen() {
            Screen::Timeline(screen) if screen.focus == Focus::Detail => Mode::Detail,
            Screen::Timeline(_) => Mode::List,
            Screen::Page(_) => Mode::Page,
            Screen::Scene(_) => Mode::Scene,
            Screen::Follower(_) => Mode::Follower,
        }
    }

    /// The layout of the screen on top.
    pub fn regions(&self) -> ScreenRegions {
        let (folded, without_detail, is_detail_focused) = match self.screen() {
            Screen::Timeline(screen) => {
                let is_focused = screen.focus == Focus::Detail;
                (screen.folded, screen.without_detail, is_focused)
            }
            Screen::Page(_) | Screen::Scene(_) | Screen::Follower(_) => (false, false, false),
        };
        let screen = self.last_timeline_screen();
        let rows = screen.map_or(0, TimelineScreen::wanted_rows);
        let lines = screen.map_or(0, TimelineScreen::lines);
        let area = Rect::from(((0, 0).into(), self.view.size));
        layout::divide(
            area,
            LayoutOptions {
                rows,
                lines,
                folded,
                without_detail,
                is_detail_focused,
                detail_percent: self.settings.detail_percent,
                foot: u16::from(self.has_withdrawn()),
            },
        )
    }

    /// Whether events were withdrawn since the version that the timeline on top is compared with.
    fn has_withdrawn(&self) -> bool {
        let changes = self.timeline.changes();
        let is_list = matches!(self.screen(), Screen::Timeline(_));
        is_list && changes.is_some_and(|it| it.count(ItemPresence::Withdrawn) > 0)
    }

    /// Whether the overview is a strip: folded, or without room for lanes.
    pub fn shows_strip(&self) -> bool {
        let folded = matches!(self.screen(), Screen::Timeline(screen) if screen.folded);
        layout::is_strip(Rect::from(((0, 0).into(), self.view.size)), folded)
    }

    /// The document that has the focus.
    pub fn page_view_mut(&mut self) -> Option<&mut PageView> {
        match self.screen_mut() {
            Screen::Timeline(screen) => screen.detail.as_mut(),
            Screen::Page(page_view) => Some(page_view),
            Screen::Scene(scene) => scene.layers.as_mut(),
            Screen::Follower(_) => None,
        }
    }

    /// The screen on top, if it is a timeline screen.
    pub fn timeline_screen_mut(&mut self) -> Option<&mut TimelineScreen> {
        match self.screen_mut() {
            Screen::Timeline(screen) => Some(screen),
            Screen::Page(_) | Screen::Scene(_) | Screen::Follower(_) => None,
        }
    }

    /// The timeline screen nearest to the top of the stack, on its own or in a scene. The first screen has one.
    pub fn last_timeline_screen(&self) -> Option<&TimelineScreen> {
        match self.view.screens.get(self.last_timeline_depth())? {
            Screen::Timeline(screen) => Some(screen),
            Screen::Scene(scene) => Some(&scene.timeline),
            Screen::Page(_) | Screen::Follower(_) => None,
        }
    }

    fn last_timeline_depth(&self) -> usize {
        let has_timeline =
            |screen: &Screen| matches!(screen, Screen::Timeline(_) | Screen::Scene(_));
        self.view
            .screens
            .iter()
            .rposition(has_timeline)
            .unwrap_or(0)
    }

    fn timeline_screen_at(&mut self, depth: usize) -> Option<&mut TimelineScreen> {
        match self.view.screens.get_mut(depth)? {
            Screen::Timeline(screen) => Some(screen),
            Screen::Scene(scene) => Some(&mut scene.timeline),
            Screen::Page(_) | Screen::Follower(_) => None,
        }
    }

    /// The scene on the stack, and whether another screen is above it.
    pub fn scene(&self) -> Option<(&SceneScreen, bool)> {
        let depth = self.scene_depth()?;
        match self.view.screens.get(depth)? {
            Screen::Scene(scene) => Some((scene, depth + 1 < self.view.screens.len())),
            Screen::Timeline(_) | Screen::Page(_) | Screen::Follower(_) => None,
        }
    }

    /// The screen on top, if it is a scene.
    pub fn scene_mut(&mut self) -> Option<&mut SceneScreen> {
        match self.screen_mut() {
            Screen::Scene(scene) => Some(scene),
            Screen::Timeline(_) | Screen::Page(_) | Screen::Follower(_) => None,
        }
    }

    /// The screen on top, if it is a follower's.
    pub fn follower_mut(&mut self) -> Option<&mut FollowerScreen> {
        match self.screen_mut() {
            Screen::Follower(screen) => Some(screen),
            Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) => None,
        }
    }

    /// Whether this is the second terminal of a briefing. It shows a scene as well: a small picture of the room's.
    pub fn is_follower(&self) -> bool {
        matches!(self.screen(), Screen::Follower(_))
    }

    /// When the screen changes next without a message, in milliseconds since the machine was started; `None` for never.
    pub fn next_change(&self) -> Option<u64> {
        match self.screen() {
            Screen::Follower(screen) => {
                let minute = self.time_of_day.map(|it| it.next_minute(self.now));
                screen.next_change(self.now).into_iter().chain(minute).min()
            }
            Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) => None,
        }
    }

    fn scene_depth(&self) -> Option<usize> {
        let is_scene = |screen: &Screen| matches!(screen, Screen::Scene(_));
        self.view.screens.iter().rposition(is_scene)
    }

    /// Pops every screen above the scene. Returns whether there is a scene.
    pub fn back_to_scene(&mut self) -> bool {
        let Some(depth) = self.scene_depth() else {
            return false;
        };
        while self.depth() > depth {
            self.back();
        }
        true
    }

    pub fn push(&mut self, screen: Screen) {
        self.view.screens.push(screen);
    }

    /// The status for followers, if it has changed since the last call.
    pub fn take_new_status(&mut self) -> Option<BriefingStatus> {
        let briefing = self.briefing.as_ref().filter(|_| !self.is_follower())?;
        let (at, step) = briefing.left_at;
        let scene = self.scene();
        let status = BriefingStatus {
            audience: briefing.audience.clone(),
            at,
            scene: briefing.scene(&self.timeline, at).map(briefing::mark),
            step,
            exploring: scene.is_none_or(|(_, is_left)| is_left),
            blank: scene.is_some_and(|(scene, is_left)| scene.is_blank && !is_left),
            scenes: briefing.path.len(),
            // As of a day some scenes are hidden, but the file is the same.
            script: briefing::script(&self.files.whole, briefing.audience.as_deref()),
            withheld: briefing::withheld(&self.timeline),
            stopwatch: briefing.stopwatch,
            entered: briefing.entered,
            due_from: briefing.due_from(&self.timeline),
        };
        let is_new = self.published.as_ref() != Some(&status);
        self.published = Some(status.clone());
        is_new.then_some(status)
    }

    /// The filter of the nearest timeline screen.
    pub fn active_filter(&self) -> Option<&ActiveFilter> {
        self.last_timeline_screen()
            .map(|screen| &screen.active_filter)
    }

    pub fn active_filter_mut(&mut self) -> Option<&mut ActiveFilter> {
        self.timeline_screen_at(self.last_timeline_depth())
            .map(|screen| &mut screen.active_filter)
    }

    /// The text of the filter, as last requested.
    pub fn filter_text(&self) -> &str {
        let asked = self.asked_at(self.last_timeline_depth());
        asked.unwrap_or_else(|| {
            self.active_filter()
                .map_or("", |active_filter| &active_filter.text)
        })
    }

    /// The text of the requested filter, if it is for the screen at `depth` and not answered yet.
    pub(in crate::app) fn asked_at(&self, depth: usize) -> Option<&str> {
        let asked = self
            .filter
            .pending
            .as_ref()
            .filter(|asked| asked.depth == depth);
        asked.map(|asked| asked.text.as_str())
    }

    /// Registers a request for a filter of the nearest timeline screen. Returns the number of the request.
    pub fn ask_for(&mut self, text: &str) -> u64 {
        self.filter.generation += 1;
        self.filter.pending = Some(PendingFilter {
            text: text.trim().to_owned(),
            depth: self.last_timeline_depth(),
        });
        self.filter.generation
    }

    /// Cancels the requested filter, and returns its depth and text.
    pub(in crate::app) fn take_asked(&mut self) -> Option<(usize, String)> {
        let asked = self.filter.pending.take();
        self.ask_no_more();
        asked.map(|asked| (asked.depth, asked.text))
    }

    /// Takes every screen off the stack; the caller pushes their successors.
    pub(in crate::app) fn take_screens(&mut self) -> Vec<Screen> {
        std::mem::take(&mut self.view.screens)
    }

    /// Cancels the requested filter.
    pub fn ask_no_more(&mut self) {
        self.filter.generation += 1;
        self.filter.pending = None;
    }

    /// Applies the answer to the newest request for a filter; answers to older ones are dropped.
    pub fn filtered(&mut self, generation: u64, matches: Matches, facets: Option<Vec<FacetGroup>>) {
        if generation != self.filter.generation {
            return;
        }
        let timeline = Arc::clone(&self.timeline);
        if let Some(asked) = self.filter.pending.take()
            && let Some(screen) = self.timeline_screen_at(asked.depth)
        {
            screen.put(&timeline, asked.text, matches);
            self.reveal_at(asked.depth);
        }
        if let (Some(overlay), Some(facets)) = (&mut self.view.overlay, facets) {
            overlay.take_counts(facets);
        }
    }

    /// Reveals the layers of a scene and regroups its lanes, once the events of its view are known: the layers are
    /// about an event of the view, and lanes without events are left out.
    fn reveal_at(&mut self, depth: usize) {
        if let Some(Screen::Scene(screen)) = self.view.screens.get_mut(depth) {
            screen.timeline.group_left(&self.timeline);
        }
        if let Some(Screen::Scene(screen)) = self.view.screens.get_mut(depth)
            && let Some(briefing) = &self.briefing
            && let Some(scene) = briefing.scene(&self.timeline, screen.at)
        {
            let step = screen.step;
            screen.reveal(&self.timeline, scene, step);
        }
    }

    /// Opens the page of a subject.
    pub fn visit(&mut self, subject: PageSubject) {
        let page_view = PageView::open(&self.timeline, subject);
        self.view.screens.push(Screen::Page(Box::new(page_view)));
    }

    /// Opens a timeline screen of all events, with one of them selected.
    pub fn visit_timeline(&mut self, event: EventId) {
        let mut screen = self.new_timeline();
        screen.select_event(&self.timeline, event);
        self.push(Screen::Timeline(Box::new(screen)));
    }

    /// Opens a timeline screen of all events, for a filter that the caller sets.
    pub fn visit_timeline_filtered(&mut self) {
        let screen = self.new_timeline();
        self.push(Screen::Timeline(Box::new(screen)));
    }

    /// A timeline screen of all events, with the initial view of the settings.
    fn new_timeline(&self) -> TimelineScreen {
        let mut screen = TimelineScreen::new(&self.timeline);
        self.settings.initial_view.give(&self.timeline, &mut screen);
        screen
    }

    /// Pops the screen on top, unless it is the only one. Returns whether it did.
    pub fn back(&mut self) -> bool {
        let has_before = self.view.screens.len() > 1;
        if has_before {
            self.view.screens.pop();
            let depth = self.view.screens.len();
            if self
                .filter
                .pending
                .as_ref()
                .is_some_and(|asked| asked.depth >= depth)
            {
                self.ask_no_more();
            }
        }
        has_before
    }

    /// Shows a notice in which `{name}` stands for the key of a command.
    pub fn notify_keys(&mut self, words: &str) {
        let words = self.settings.keymap.says(words).into_owned();
        self.notify(words);
    }

    pub fn notify(&mut self, text: impl Into<String>) {
        self.show_notice(Notice::new(text));
    }

    pub fn notify_error(&mut self, text: impl Into<String>) {
        self.show_notice(Notice::error(text));
    }

    /// Replaces the notice.
    pub fn show_notice(&mut self, notice: Notice) {
        self.view.notice = Some(notice);
    }
}
