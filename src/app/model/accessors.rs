//! Accessors of the model for other modules, and the few setters that they may use.

use std::sync::Arc;

use ratatui::layout::Size;

use super::Model;
use crate::app::input::key::Key;
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;
use crate::app::overlay::{Overlay, PaletteScope};
use crate::app::reload::ReloadMachine;
use crate::app::screen::Screen;
use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::briefing::Briefing;
use crate::app::state::engine_query::{EngineQueries, QueryWriter};
use crate::app::state::notice::Notice;
use crate::app::state::problem::{Problem, Problems};
use crate::app::state::query_work::QueryWork;
use crate::app::state::resume_point::ResumePoint;
use crate::app::state::search::SearchPlace;
use crate::app::state::theme::Theme;
use crate::app::state::time_of_day::TimeOfDay;
use crate::app::state::undo::UndoableAct;
use crate::date::EventDate;
use crate::query::search::SearchPhrase;
use crate::timeline::{EventId, ItemEdit, Timeline};

impl Model {
    pub const fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// The timeline without a limit of days; the one on screen may be as of a day.
    pub const fn whole(&self) -> &Arc<Timeline> {
        &self.files.whole
    }

    /// The name to show for a timeline without a title; may be empty.
    pub fn file_name(&self) -> &str {
        &self.files.name
    }

    pub const fn problems(&self) -> &Problems {
        &self.files.problems
    }

    /// Which version of the files is shown, and which is being read.
    pub const fn reload(&self) -> &ReloadMachine {
        &self.files.reload
    }

    /// What another thread has been working on for more than a moment.
    pub const fn work(&self) -> Option<QueryWork> {
        self.work
    }

    pub fn keymap(&self) -> &Keymap {
        &self.settings.keymap
    }

    /// The size of the terminal, in cells.
    pub const fn size(&self) -> Size {
        self.view.size
    }

    pub const fn overlay(&self) -> Option<&Overlay> {
        self.view.overlay.as_ref()
    }

    pub const fn notice(&self) -> Option<&Notice> {
        self.view.notice.as_ref()
    }

    /// What the palette offers on the current screen.
    pub fn palette_scope(&self) -> PaletteScope<'_> {
        PaletteScope {
            keymap: &self.settings.keymap,
            timeline: &self.timeline,
            briefing: self.briefing.as_ref(),
            mode: self.mode_below(),
        }
    }

    /// The text of the last search.
    pub const fn needle(&self) -> Option<&SearchPhrase> {
        self.search.needle.as_ref()
    }

    /// The rank of the match that is selected, and the number of matches.
    pub fn reached_match(&self) -> Option<(usize, usize)> {
        let reached = self.search.reached.as_ref()?;
        let is_here = self.search.needle.is_some() && reached.place == self.search_place();
        is_here.then_some((reached.rank, reached.of))
    }

    /// The selection of the screen on top, or the first visible line.
    pub(in crate::app) fn search_place(&self) -> SearchPlace {
        let (position, count) = match self.screen() {
            Screen::Timeline(screen) => (screen.selected, screen.all_lines()),
            Screen::Page(page_view) => (page_view.scroll, page_view.page.lines.len()),
            Screen::Scene(scene) => (scene.timeline.selected, 0),
            Screen::Follower(_) => (0, 0),
        };
        SearchPlace {
            depth: self.depth(),
            position,
            count,
        }
    }

    /// Whether something on screen differs from the baseline.
    pub fn compares_with_baseline(&self) -> bool {
        let changes = self.timeline.changes();
        self.files.baseline.chosen.is_some() && changes.is_some_and(|it| !it.items.is_empty())
    }

    /// Whether an event matches the search.
    pub fn is_match(&self, event: EventId) -> bool {
        let hits = self.search.present_hits();
        hits.is_some_and(|hits| hits.have(event))
    }

    /// Whether the next undo is not about the filter.
    pub fn undoes_act(&self) -> bool {
        self.undoable_act().is_some()
    }

    /// The promotion or the edit of marks that the next undo concerns; `None` if that is a change of the filter.
    pub(in crate::app) fn undoable_act(&self) -> Option<&UndoableAct> {
        self.files.history.last(self.undoable_filters())
    }

    pub(in crate::app) fn remember(&mut self, act: UndoableAct) {
        let filter_changes = self.undoable_filters();
        self.files.history.remember(act, filter_changes);
    }

    /// How many changes of the filter can be undone.
    fn undoable_filters(&self) -> usize {
        let filter = self.active_filter();
        filter.map_or(0, ActiveFilter::undoable)
    }

    /// The edits of marks that are not known to be written, oldest first.
    pub fn unsaved_edits(&self) -> Vec<ItemEdit> {
        let unsaved = self.files.marks.unsaved.iter();
        unsaved.map(|it| it.item.clone()).collect()
    }

    /// The event that is pinned for a comparison, if the timeline has it.
    pub fn pinned(&self) -> Option<EventId> {
        let key = self.view.pinned.as_deref()?;
        Some(self.timeline.find_event(key)?.id())
    }

    /// The beginning of a sequence of keys.
    pub fn pending_keys(&self) -> &[Key] {
        &self.input.pending
    }

    /// The keys that may follow the pending ones, with the summaries of their commands.
    pub fn following_keys(&self) -> Vec<(String, String)> {
        let pending = &self.input.pending;
        if pending.is_empty() {
            return Vec::new();
        }
        let keymap = &self.settings.keymap;
        let mode = self.mode();
        let mut following = keymap.following(mode, pending);
        if mode == Mode::Scene {
            // A key of the list leaves the scene and runs there.
            let in_list = keymap.following(Mode::List, pending).into_iter();
            let is_new = |(keys, _): &(String, _)| !following.iter().any(|(it, _)| it == keys);
            let in_list: Vec<_> = in_list.filter(is_new).collect();
            following.extend(in_list);
        }
        let rows = following.into_iter();
        rows.map(|(keys, command)| (keys, keymap.says(command.summary).into_owned()))
            .collect()
    }

    /// The time of the last message, in milliseconds since the machine was started.
    pub const fn now(&self) -> u64 {
        self.now
    }

    /// The local time of day, if a terminal supplies it.
    pub const fn time_of_day(&self) -> Option<TimeOfDay> {
        self.time_of_day
    }

    /// The briefing, once it has begun.
    pub const fn briefing(&self) -> Option<&Briefing> {
        self.briefing.as_ref()
    }

    /// Where an earlier briefing stopped, and the place of its scene on the path; `None` after the first step.
    pub fn offered_place(&self) -> Option<(usize, ResumePoint)> {
        let briefing = self.briefing.as_ref()?;
        let point = self.earlier.as_ref()?;
        let at = point.place(briefing, &self.timeline)?;
        Some((at, point.clone()))
    }

    /// The number of steps from the beginning of the path to the place on it.
    pub fn steps_taken(&self) -> usize {
        let place = self.briefing.as_ref().map(|briefing| briefing.left_at);
        place.map_or(0, |(at, step)| self.steps_to(at, step))
    }

    /// The number of steps from the beginning of the path to a place.
    pub(in crate::app) fn steps_to(&self, at: usize, step: usize) -> usize {
        let Some(briefing) = &self.briefing else {
            return 0;
        };
        let scenes = (0..at).filter_map(|at| briefing.scene(&self.timeline, at));
        scenes.map(|scene| scene.reveal.len() + 1).sum::<usize>() + step
    }

    /// Whether a room watches: from the first scene until the briefing is left, or until the end of `dateline brief`.
    /// Then no slip of a finger may show a shell, an editor, or the problems of the files.
    pub fn has_room(&self) -> bool {
        !self.is_follower() && (self.view.is_briefing || self.scene().is_some())
    }

    /// The name of the scene that `brief` returns to; `None` if there is no scene to return to, or if it is on the
    /// screen.
    pub fn scene_to_return_to(&self) -> Option<String> {
        let briefing = self.briefing.as_ref().filter(|it| !it.path.is_empty())?;
        let is_away = self.mode_below() != Mode::Scene && self.has_room();
        is_away.then(|| briefing.name(&self.timeline, briefing.left_at.0))
    }

    /// Whether `quit` goes back instead: from the detail, and from every screen above the first of this session. A
    /// scene and its follower always ask or quit.
    pub fn goes_back_to_quit(&self) -> bool {
        match self.mode_below() {
            Mode::Scene | Mode::Follower => false,
            Mode::Detail => true,
            _ => self.depth() > self.view.opened_at,
        }
    }

    /// The theme that the user has chosen since dateline started.
    pub const fn chosen_theme(&self) -> Option<Theme> {
        self.view.theme
    }

    /// The question to the user who has given a command once that needs to be given twice.
    pub fn question(&self) -> Option<String> {
        let command = self.input.asked?;
        let words = match command {
            "star-all" => return Some(self.star_question()),
            "reset-clock" => "resets the clock; any other key keeps it",
            _ => "quits the briefing; any other key continues it",
        };
        let words = format!("{{{command}}} again {words}");
        Some(self.settings.keymap.says(&words).into_owned())
    }

    /// The question whether to star every event of the list.
    fn star_question(&self) -> String {
        let shown = self.active_filter().map_or(0, |filter| filter.rows().len());
        let words = format!(
            "{{star-all}} again stars the {shown} events of the list; any other key cancels"
        );
        self.settings.keymap.says(&words).into_owned()
    }

    /// Drops the notice and pending keys.
    pub fn clear_status_line(&mut self) {
        self.view.notice = None;
        self.input.pending.clear();
    }

    pub fn set_needle(&mut self, needle: Option<SearchPhrase>) {
        self.search.needle = needle;
    }

    pub fn set_file_problems(&mut self, problems: Vec<Problem>) {
        self.files.problems.of_files = problems;
    }

    /// Sets the day for the next timeline; `None` for all days.
    pub fn set_as_of(&mut self, day: Option<EventDate>) {
        self.files.wanted_as_of = day;
    }

    pub fn set_reload(&mut self, machine: ReloadMachine) {
        self.files.reload = machine;
    }

    pub fn set_keymap(&mut self, keymap: Keymap) {
        self.settings.keymap = Arc::new(keymap);
    }

    /// Supplies the writer of queries for engines of other programs.
    pub fn set_query_writer(&mut self, writer: Arc<QueryWriter>) {
        self.engines = EngineQueries::new(writer);
    }
}
