//! The briefing: its scenes and their layers, one after the other.

use super::session::LinearSession;
use super::words::{line, lines, spoken};
use crate::app::state::active_filter::ActiveFilter;
use crate::document::count;
use crate::formats::linear::{self, sentence};
use crate::timeline::{AccountLine, EventId, Scene};

impl LinearSession {
    /// The text before the first command of a briefing.
    pub fn opening_of_briefing(&mut self) -> String {
        let head = linear::head(self.timeline());
        let opened = self.brief();
        format!("{head}{opened}")
    }

    /// Opens the briefing where it was left.
    pub(super) fn brief(&mut self) -> String {
        if self.scene().is_none() {
            let none = match (
                self.timeline().scenes().is_empty(),
                self.whole.scenes().is_empty(),
            ) {
                (false, _) => "No scene is for this audience",
                (true, true) => "The timeline has no scenes, and a briefing is made of them",
                (true, false) => "Scenes are not shown on a day in the past: type as of today",
            };
            return line(none);
        }
        self.is_briefing = true;
        self.forget_rest();
        let scenes = count(self.briefing.numbered(self.timeline()), "scene");
        let minutes = self.briefing.planned(self.timeline()).div_ceil(60);
        let planned = count(minutes as usize, "minute");
        let keys = "Enter alone goes on, and help lists the commands";
        format!(
            "{scenes}, {planned} planned. {}\n\n{}",
            sentence(keys),
            self.scene_text()
        )
    }

    /// Turns from the briefing to the list, and says how to come back.
    pub(super) fn leave_briefing(&mut self) -> String {
        if !std::mem::take(&mut self.is_briefing) {
            return String::new();
        }
        let scene = self.briefing.name(self.timeline(), self.briefing.left_at.0);
        line(&format!(
            "The briefing waits at {scene}: type briefing to return"
        ))
    }

    fn scene(&self) -> Option<&Scene> {
        self.briefing
            .scene(self.timeline(), self.briefing.left_at.0)
    }

    fn layers(&self) -> usize {
        self.scene().map_or(0, |scene| scene.reveal.len())
    }

    /// The scene: its number, title and words, its event, and the revealed layers.
    fn scene_text(&mut self) -> String {
        self.forget_rest();
        let Some(scene) = self.scene() else {
            return String::new();
        };
        let (at, step) = self.briefing.left_at;
        let of = self.briefing.numbered(self.timeline());
        let place = match self.briefing.number(self.timeline(), at) {
            Some(number) => format!("Scene {number} of {of}"),
            None => format!("Before scene 1 of {of}"),
        };
        let mut out = format!("{place}. {}\n", sentence(&scene.title));
        if let Some(say) = &scene.say {
            out.push_str(&line(say));
        }
        if let Some(account) = &scene.account {
            let part = account.parts.get(step);
            let lines = part.map_or_else(Vec::new, |part| account_lines(part));
            out.push_str(&self.page_of_lines(lines, "line"));
            return out;
        }
        match self.event_of_scene() {
            Some(event) => {
                out.push_str(&linear::event(self.timeline(), event));
                let remark = self.timeline().remark(event);
                out.push_str(&remark.map(|it| spoken(it) + "\n").unwrap_or_default());
            }
            None => out.push_str(&line("No event is shown")),
        }
        let layers: Vec<String> = (0..step).flat_map(|step| self.layer(step)).collect();
        if !layers.is_empty() {
            out.push_str(&self.page_of_lines(layers, "line"));
        }
        out
    }

    /// The event of the scene, the same as in the viewer.
    pub(super) fn event_of_scene(&self) -> Option<EventId> {
        let scene = self.scene().filter(|scene| scene.account.is_none())?;
        let view = self.timeline().view_of(scene);
        ActiveFilter::of_view(self.timeline(), view).event_of(scene)
    }

    /// The lines of a layer.
    fn layer(&self, step: usize) -> Vec<String> {
        let account = self.scene().and_then(|scene| scene.account.as_ref());
        if let Some(part) = account.and_then(|account| account.parts.get(step + 1)) {
            return account_lines(part);
        }
        let layer = self.scene().and_then(|scene| scene.reveal.get(step));
        let (Some(layer), Some(event)) = (layer, self.event_of_scene()) else {
            return Vec::new();
        };
        let said = linear::layer(self.timeline(), event, layer);
        if said.is_empty() {
            return vec![sentence(&format!("The event has no {layer}"))];
        }
        lines(&said)
    }

    /// Reveals the next layer, or goes to the next scene.
    pub(super) fn next_step(&mut self) -> String {
        let (at, step) = self.briefing.left_at;
        if step < self.layers() {
            self.briefing.left_at = (at, step + 1);
            return self.page_of_lines(self.layer(step), "line");
        }
        if at + 1 == self.briefing.path.len() {
            return line("End of the briefing");
        }
        self.briefing.left_at = (at + 1, 0);
        self.scene_text()
    }

    /// Hides the last layer, or goes to the previous scene with all of its layers.
    pub(super) fn previous_step(&mut self) -> String {
        let (at, step) = self.briefing.left_at;
        if (at, step) == (0, 0) {
            return line("Already at the first scene");
        }
        if step > 0 {
            self.briefing.left_at = (at, step - 1);
        } else {
            self.briefing.left_at = (at - 1, 0);
            self.briefing.left_at.1 = self.layers();
        }
        self.scene_text()
    }

    pub(super) fn go_to_scene(&mut self, to: &str) -> String {
        let scenes = self.briefing.numbered(self.timeline());
        let number = to
            .parse()
            .ok()
            .filter(|number| (1..=scenes).contains(number));
        let Some(number) = number else {
            let scenes = count(scenes, "scene");
            return line(&format!(
                "The briefing has {scenes}: type the number of one"
            ));
        };
        let at = self.briefing.place_of_number(self.timeline(), number);
        self.briefing.left_at = (at, 0);
        self.scene_text()
    }
}

/// What changed, each difference in a sentence with its topic in front.
fn account_lines(part: &[AccountLine]) -> Vec<String> {
    let lines = part.iter();
    let said = lines.map(|line| spoken(&format!("{}: {}", line.topic, line.sentence())));
    said.collect()
}
