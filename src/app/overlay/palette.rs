//! The palette: the commands, views, scenes and themes that can be chosen here, by a few letters of the name.

use tui_input::Input;

use crate::app::input::command::Command;
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;
use crate::app::state::briefing::{Briefing, WHAT_CHANGED};
use crate::app::state::theme::Theme;
use crate::timeline::Timeline;

#[derive(Clone, Debug, Default)]
pub struct CommandPalette {
    pub input: Input,
    /// The number of the selected choice.
    pub selected: usize,
}

#[derive(Clone, Copy, Debug)]
pub enum PaletteChoice {
    Command(Command),
    /// The number of the view, from 1.
    View(usize),
    Scene {
        /// The number in the file, from 0.
        number: usize,
        /// The place on the path of the briefing, from 0; `None` if the scene is for another audience.
        at: Option<usize>,
    },
    Theme(Theme),
    /// A word of another program, such as vi, that has no meaning here.
    Advice {
        name: &'static str,
        words: &'static str,
    },
}

/// What a word of another program means here.
#[derive(Clone, Copy)]
enum AliasMeaning {
    /// The name of a command.
    Command(&'static str),
    Advice(&'static str),
}

/// Words that users of vi and of shells type.
const ALIASES: &[(&[&str], AliasMeaning)] = &[
    (
        &["q", "q!", "qa", "qa!", "quit!", "exit"],
        AliasMeaning::Command("quit"),
    ),
    (&["h"], AliasMeaning::Command("help")),
    (
        &["w", "w!", "write", "save"],
        AliasMeaning::Advice("Nothing to save: dateline never writes the file"),
    ),
    (
        &["wq", "wq!", "x", "x!"],
        AliasMeaning::Advice("dateline never writes the file; {palette}q quits"),
    ),
];

impl PaletteChoice {
    pub fn name(self, timeline: &Timeline) -> String {
        match self {
            Self::Command(command) => command.name.to_owned(),
            Self::View(number) => timeline
                .views()
                .get(number - 1)
                .map_or_else(String::new, |view| view.key.clone()),
            Self::Scene { number, at } => {
                let scenes = timeline.scenes();
                let is_account = |at: usize| scenes.get(at).is_some_and(|it| it.account.is_some());
                match at {
                    _ if is_account(number) => WHAT_CHANGED.to_owned(),
                    Some(at) => format!("scene {}", at + 1 - usize::from(is_account(0))),
                    None => "scene for others".to_owned(),
                }
            }
            Self::Theme(theme) => format!("theme {}", theme.as_str()),
            Self::Advice { name, .. } => name.to_owned(),
        }
    }

    pub fn summary(self, timeline: &Timeline) -> String {
        match self {
            Self::Command(command) => command.summary.to_owned(),
            Self::Advice { words, .. } => words.to_owned(),
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
            Self::Theme(theme) => theme.summary().to_owned(),
        }
    }

    /// The key that does the same; empty if there is none.
    pub fn key(self, keymap: &Keymap) -> String {
        match self {
            Self::Command(command) => keymap.hint(command.name).to_owned(),
            Self::View(number) if number <= 9 => number.to_string(),
            Self::View(_) | Self::Scene { .. } | Self::Theme(_) | Self::Advice { .. } => {
                String::new()
            }
        }
    }
}

/// The sources of the choices.
#[derive(Clone, Copy)]
pub struct PaletteScope<'a> {
    pub keymap: &'a Keymap,
    /// For its views and scenes.
    pub timeline: &'a Timeline,
    /// For the order of the scenes.
    pub briefing: Option<&'a Briefing>,
    /// The mode below the palette.
    pub mode: Mode,
}

impl CommandPalette {
    /// The choices that match the letters, the best first. The scenes of the current briefing come before the others.
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
        // A follower shows the scene of its presenter.
        let is_led = mode == Mode::Follower;
        let scenes = scenes(timeline, briefing).filter(|_| !is_led);
        let choices = commands
            .chain((1..=views).map(PaletteChoice::View))
            .chain(scenes)
            .chain(Theme::ALL.iter().copied().map(PaletteChoice::Theme));
        let meaning = meaning(&letters);
        let is_meant = |choice: PaletteChoice| match (choice, meaning) {
            (PaletteChoice::Command(command), Some((_, AliasMeaning::Command(name)))) => {
                command.name == name
            }
            _ => choice.name(timeline) == letters,
        };
        let advice = meaning.and_then(|(name, meaning)| match meaning {
            AliasMeaning::Advice(words) => Some((0, PaletteChoice::Advice { name, words })),
            AliasMeaning::Command(_) => None,
        });
        let found = choices.filter_map(|choice| {
            if is_meant(choice) {
                return Some((0, choice));
            }
            let score = score(&letters, &choice.name(timeline), &choice.summary(timeline))?;
            Some((1 + score, choice))
        });
        let mut scored: Vec<(usize, PaletteChoice)> = advice.into_iter().chain(found).collect();
        scored.sort_by_key(|(score, _)| *score);
        scored.into_iter().map(|(_, choice)| choice).collect()
    }

    pub fn choice(&self, scope: PaletteScope<'_>) -> Option<PaletteChoice> {
        let choices = self.choices(scope);
        choices.get(self.selected).copied()
    }

    pub fn edit(&mut self, edit: impl FnOnce(&mut Input)) {
        edit(&mut self.input);
        self.selected = 0;
    }

    /// Moves the selection among `count` choices.
    pub fn step(&mut self, count: usize, by: isize) {
        let last = count.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

/// The scenes in the order of the path, then the other scenes. Without a briefing all scenes are on the path.
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

/// The word of another program that the letters spell, and its meaning here.
fn meaning(letters: &str) -> Option<(&'static str, AliasMeaning)> {
    ALIASES.iter().find_map(|(words, meaning)| {
        let mut words = words.iter();
        words
            .find(|word| **word == letters)
            .map(|word| (*word, *meaning))
    })
}

/// How well lower-case letters match a choice; lower is better. A match in the name beats one in the summary, an
/// early one beats a late one, and adjacent letters beat scattered ones.
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

/// The place of the last letter in a word that has all the letters in order.
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
        let palette = CommandPalette {
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
        assert_eq!(first("theme light").as_deref(), Some("theme light"));
        assert_eq!(first("theme").as_deref(), Some("theme"));
        assert_eq!(first("xyzzy"), None);
    }

    #[test]
    fn an_exact_name_and_the_words_of_vi_come_first() {
        for (letters, name) in [
            ("q", "quit"),
            ("q!", "quit"),
            ("quit", "quit"),
            ("help", "help"),
            ("h", "help"),
            ("w", "w"),
            ("wq", "wq"),
            ("range", "range"),
            ("x", "x"),
            ("view", "view"),
        ] {
            assert_eq!(first(letters).as_deref(), Some(name), "{letters}");
        }
    }

    #[test]
    fn without_letters_every_command_of_the_mode_and_every_theme_is_a_choice() {
        let (keymap, timeline) = (keymap(), Timeline::default());
        let here = keymap
            .commands()
            .filter(|command| command.modes.contains(&Mode::List));
        let choices = CommandPalette::default().choices(scope(&keymap, &timeline));
        assert_eq!(choices.len(), here.count() + Theme::ALL.len());
    }
}
