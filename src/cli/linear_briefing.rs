//! `dateline brief --linear`: the scenes in sentences, one step for each line of input.
//!
//! It only prints, so that a screen reader, a braille display or a terminal without a cursor can follow.

use std::io::{BufRead, Write};

use anyhow::Result;

use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::briefing::Briefing;
use crate::document::count;
use crate::formats::linear::{self, sentence};
use crate::timeline::{EventId, Scene, Timeline};

/// The scene and the step that were printed last.
struct LinearBriefing<'t> {
    timeline: &'t Timeline,
    briefing: Briefing,
    at: usize,
    step: usize,
}

/// A command that the user types.
struct BriefingCommand {
    /// The words to type, in lower case.
    words: &'static [&'static str],
    summary: &'static str,
    /// Returns the text to print; `None` quits.
    run: fn(&mut LinearBriefing<'_>) -> Option<String>,
}

static COMMANDS: &[BriefingCommand] = &[
    BriefingCommand {
        words: &["", "n"],
        summary: "next step",
        run: |briefing| Some(briefing.next()),
    },
    BriefingCommand {
        words: &["b"],
        summary: "previous step",
        run: |briefing| Some(briefing.back()),
    },
    BriefingCommand {
        words: &["w"],
        summary: "the claims about the event of this scene",
        run: |briefing| Some(briefing.claims()),
    },
    BriefingCommand {
        words: &["?", "h"],
        summary: "these commands",
        run: |_| Some(help()),
    },
    BriefingCommand {
        words: &["q"],
        summary: "quit",
        run: |_| None,
    },
];

/// Presents the briefing until the input or the user ends it.
pub(super) fn run(
    timeline: &Timeline,
    audience: Option<&str>,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<()> {
    let mut state = LinearBriefing {
        timeline,
        briefing: Briefing::new(timeline, audience),
        at: 0,
        step: 0,
    };
    write!(out, "{}\n{}", state.opening(), state.scene())?;
    out.flush()?;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let Some(said) = state.answer(&String::from_utf8_lossy(&line)) else {
            return Ok(());
        };
        write!(out, "\n{said}")?;
        out.flush()?;
        line.clear();
    }
    Ok(())
}

impl LinearBriefing<'_> {
    /// The text to print for a line of input; `None` quits.
    fn answer(&mut self, line: &str) -> Option<String> {
        let word = line.trim().to_lowercase();
        if let Some(command) = COMMANDS.iter().find(|it| it.words.contains(&word.as_str())) {
            return (command.run)(self);
        }
        Some(match word.parse::<usize>() {
            Ok(number) => self.jump(number),
            Err(_) => format!(
                "{}\n",
                sentence(&format!("“{}” is not a command: ? lists them", line.trim()))
            ),
        })
    }

    fn opening(&self) -> String {
        let scenes = count(self.briefing.path.len(), "scene");
        let minutes = self.briefing.planned(self.timeline).div_ceil(60);
        let planned = count(minutes as usize, "minute");
        let head = linear::head(self.timeline);
        format!(
            "{head}{scenes}, {planned} planned. Press enter for the next step, ? and enter for the commands.\n"
        )
    }

    fn here(&self) -> Option<&Scene> {
        self.briefing.scene(self.timeline, self.at)
    }

    fn layers(&self) -> usize {
        self.here().map_or(0, |scene| scene.reveal.len())
    }

    /// The scene as text: number, title and words, its event, and the revealed layers.
    fn scene(&self) -> String {
        let Some(scene) = self.here() else {
            return "There is no scene for this audience.\n".to_owned();
        };
        let (number, of) = (self.at + 1, self.briefing.path.len());
        let mut out = format!("Scene {number} of {of}. {}\n", sentence(&scene.title));
        if let Some(say) = &scene.say {
            out.push_str(&sentence(say));
            out.push('\n');
        }
        match self.event() {
            Some(event) => out.push_str(&linear::event(self.timeline, event)),
            None => out.push_str("No event is shown.\n"),
        }
        for step in 0..self.step {
            out.push_str(&self.layer(step));
        }
        out
    }

    /// The event of this scene, as the viewer chooses it.
    fn event(&self) -> Option<EventId> {
        let scene = self.here()?;
        ActiveFilter::of_view(self.timeline, self.timeline.view_of(scene)).event_of(scene)
    }

    fn layer(&self, step: usize) -> String {
        let layer = self.here().and_then(|scene| scene.reveal.get(step));
        let (Some(layer), Some(event)) = (layer, self.event()) else {
            return String::new();
        };
        let said = linear::layer(self.timeline, event, layer);
        if said.is_empty() {
            return format!("{}\n", sentence(&format!("The event has no {layer}")));
        }
        said
    }

    fn next(&mut self) -> String {
        if self.step < self.layers() {
            self.step += 1;
            self.layer(self.step - 1)
        } else if self.at + 1 < self.briefing.path.len() {
            (self.at, self.step) = (self.at + 1, 0);
            self.scene()
        } else {
            "End of the briefing.\n".to_owned()
        }
    }

    fn back(&mut self) -> String {
        if self.step > 0 {
            self.step -= 1;
        } else if self.at > 0 {
            self.at -= 1;
            self.step = self.layers();
        } else {
            return "Already at the first scene.\n".to_owned();
        }
        self.scene()
    }

    fn jump(&mut self, number: usize) -> String {
        let scenes = self.briefing.path.len();
        if !(1..=scenes).contains(&number) {
            return format!("The briefing has {}.\n", count(scenes, "scene"));
        }
        (self.at, self.step) = (number - 1, 0);
        self.scene()
    }

    fn claims(&self) -> String {
        let claims = self
            .event()
            .map(|event| linear::claims(self.timeline, event));
        let claims = claims.filter(|claims| !claims.is_empty());
        claims.unwrap_or_else(|| "The file has no claims about it.\n".to_owned())
    }
}

/// The commands, one per line.
fn help() -> String {
    let mut out = String::new();
    for command in COMMANDS {
        let words: Vec<&str> = command
            .words
            .iter()
            .map(|&word| if word.is_empty() { "enter alone" } else { word })
            .collect();
        out.push_str(&sentence(&format!(
            "{}: {}",
            words.join(" or "),
            command.summary
        )));
        out.push('\n');
    }
    out.push_str("A number: go to that scene.\n");
    out
}
