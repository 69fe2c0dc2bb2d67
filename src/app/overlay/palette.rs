//! The palette: every command that can be given here, found by a few letters of its name.

use tui_input::Input;

use crate::app::input::command::Command;
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;
use crate::app::state::briefing::Briefing;
use crate::timeline::Timeline;

/// The state of the palette.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// The letters typed.
    pub input: Input,
    /// Which of the choices is selected.
    pub selected: usize,
}

/// What the palette offers.
#[derive(Clone, Copy, Debug)]
pub enum PaletteChoice {
    /// A command.
    Command(Command),
    /// The view of a number, from 1.
    View(usize),
    /// A scene.
    Scene {
        /// Its number in the file, from 0.
        number: usize,
        /// Its place on the path of the briefing, from 0; none if it is not for its audience.
        at: Option<usize>,
    },
}

impl PaletteChoice {
    /// What it is called.
    pub fn name(self, timeline: &Timeline) -> String {
        match self {
            Self::Command(command) => command.name.to_owned(),
            Self::View(number) => timeline
                .views()
                .get(number - 1)
                .map_or_else(String::new, |view| view.key.clone()),
            Self::Scene { at: Some(at), .. } => format!("scene {}", at + 1),
            Self::Scene { at: None, .. } => "scene for others".to_owned(),
        }
    }

    /// What it does.
    pub fn summary(self, timeline: &Timeline) -> String {
        match self {
            Self::Command(command) => command.summary.to_owned(),
            Self::View(number) => {
                let title = timeline
                    .views()
                    .get(number - 1)
                    .map_or("", |view| &view.title);
                format!("view: {title}")
            }
            Self::Scene { number, at } => match (timeline.scenes().get(number), at) {
                (None, _) => String::new(),
                (Some(scene), Some(_)) => scene.title.clone(),
                (Some(scene), None) => {
                    format!("{} (for {})", scene.title, scene.audience.join(", "))
                }
            },
        }
    }

    /// The key that does the same, if there is one.
    pub fn key(self, keymap: &Keymap) -> String {
        match self {
            Self::Command(command) => keymap.hint(command.name).to_owned(),
            Self::View(number) if number <= 9 => number.to_string(),
            Self::View(_) | Self::Scene { .. } => String::new(),
        }
    }
}

/// What the palette chooses from.
#[derive(Clone, Copy)]
pub struct PaletteScope<'a> {
    /// The commands, and their keys.
    pub keymap: &'a Keymap,
    /// The views and scenes.
    pub timeline: &'a Timeline,
    /// The order of the scenes.
    pub briefing: Option<&'a Briefing>,
    /// The mode without the palette.
    pub mode: Mode,
}

impl Palette {
    /// What the letters allow in a mode, the best first: of the scenes those of the briefing that was begun before
    /// the others.
    pub fn choices(&self, offered: PaletteScope<'_>) -> Vec<PaletteChoice> {
        let PaletteScope {
            keymap,
            timeline,
            briefing,
            mode,
        } = offered;
        let letters = self.input.value().to_lowercase();
        let commands = keymap
            .commands()
            .filter(|command| command.modes.contains(&mode))
            .map(PaletteChoice::Command);
        let views = match mode {
            Mode::Page | Mode::Scene | Mode::Follower => 0,
            _ => timeline.views().len(),
        };
        // Only the presenter goes to another scene.
        let is_led = mode == Mode::Follower;
        let scenes = scenes(timeline, briefing).filter(|_| !is_led);
        let choices = commands
            .chain((1..=views).map(PaletteChoice::View))
            .chain(scenes);
        let mut scored: Vec<(usize, PaletteChoice)> = choices
            .filter_map(|choice| {
                let score = score(&letters, &choice.name(timeline), &choice.summary(timeline))?;
                Some((score, choice))
            })
            .collect();
        scored.sort_by_key(|(score, _)| *score);
        scored.into_iter().map(|(_, choice)| choice).collect()
    }

    /// What is selected.
    pub fn choice(&self, scope: PaletteScope<'_>) -> Option<PaletteChoice> {
        let choices = self.choices(scope);
        choices.get(self.selected).copied()
    }

    /// Edits the letters.
    pub fn edit(&mut self, edit: impl FnOnce(&mut Input)) {
        edit(&mut self.input);
        self.selected = 0;
    }

    /// Moves the selection among so many choices.
    pub fn step(&mut self, count: usize, by: isize) {
        let last = count.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

/// The scenes in the order of the path, then those that are not on it. Without a briefing all are.
fn scenes(timeline: &Timeline, briefing: Option<&Briefing>) -> impl Iterator<Item = PaletteChoice> {
    let all = 0..timeline.scenes().len();
    let path = briefing.map_or_else(|| all.clone().collect(), |briefing| briefing.path.clone());
    let others: Vec<usize> = all.filter(|number| !path.contains(number)).collect();
    let on_path = path.into_iter().enumerate();
    let on_path = on_path.map(|(at, number)| PaletteChoice::Scene {
        number,
        at: Some(at),
    });
    on_path.chain(
        others
            .into_iter()
            .map(|number| PaletteChoice::Scene { number, at: None }),
    )
}

/// How well small letters fit a command, the less the better: within the name before within the summary,
/// near the beginning before far from it, together before scattered.
fn score(letters: &str, name: &str, summary: &str) -> Option<usize> {
    let name = &name.to_lowercase();
    if let Some(at) = name.find(letters) {
        return Some(at);
    }
    if let Some(at) = summary.to_lowercase().find(letters) {
        return Some(100 + at);
    }
    scattered(letters, name).map(|spread| 1000 + spread)
}

/// How far letters are apart in a word that has them all in this order.
fn scattered(letters: &str, word: &str) -> Option<usize> {
    let mut places = word.chars().enumerate();
    let mut last = 0;
    for letter in letters.chars().filter(|letter| !letter.is_whitespace()) {
        last = places.find(|(_, candidate)| *candidate == letter)?.0;
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commands::keymap;

    fn scope<'a>(keymap: &'a Keymap, timeline: &'a Timeline) -> PaletteScope<'a> {
        PaletteScope {
            keymap,
            timeline,
            briefing: None,
            mode: Mode::List,
        }
    }

    fn first(letters: &str) -> Option<String> {
        let timeline = Timeline::default();
        let palette = Palette {
            input: letters.into(),
            selected: 0,
        };
        palette
            .choice(scope(&keymap(), &timeline))
            .map(|choice| choice.name(&timeline))
    }

    #[test]
    fn a_few_letters_find_a_command() {
        assert_eq!(first("quit").as_deref(), Some("quit"));
        assert_eq!(first("zmin").as_deref(), Some("zoom-in"));
        assert_eq!(first("xyzzy"), None);
    }

    #[test]
    fn without_letters_every_command_of_the_mode_is_there() {
        let (keymap, timeline) = (keymap(), Timeline::default());
        let here = keymap
            .commands()
            .filter(|command| command.modes.contains(&Mode::List));
        let choices = Palette::default().choices(scope(&keymap, &timeline));
        assert_eq!(choices.len(), here.count());
    }
}
