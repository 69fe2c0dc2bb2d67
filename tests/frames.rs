//! Frames: a script of keys in `frames/*.txt` is a test, its snapshot a picture that one can review.
//!
//! A script is played once for each of its sizes. Its lines:
//!
//! | line                   | meaning |
//! |------------------------|---------|
//! | `# …`                  | what it shows, for people |
//! | `timeline: NAME`       | `shipped` (unless said otherwise), or a file of `frames/timelines` |
//! | `sizes: 120x40 80x24`  | the sizes at which the script is played |
//! | `keys: jj<enter>`      | keys and mouse acts, as `dateline frame --keys` takes them |
//! | `resize: 60x20`        | the terminal gets another size |
//! | `frame`                | print the characters, then what they mean |
//! | `changes`              | print the rows that are not as they were when last printed |
//!
//! What the keys ask of the world, such as to end, is printed by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dateline::app::briefing::mark;
use dateline::app::command::COMMANDS;
use dateline::app::{Effect, key};
use dateline::timeline::Timeline;
use dateline::ui::screenshot::Format;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

/// The sizes at which every screen is printed: roomy, usual, small.
const SIZES: &[&str] = &["120x40", "80x24", "40x12"];

/// Every place where one can be.
const PLACES: &[&str] = &[
    "timeline",
    "event",
    "entity",
    "source",
    "technique",
    "about",
    "entities",
    "sources",
    "help",
    "palette",
    "search",
    "problems",
    "filter",
    "facets",
    "range",
    "stub",
    "filter language",
    "questions",
    "evidence",
    "scene",
    "matrix",
    "as of",
];

/// A script, read.
struct Script {
    timeline: String,
    sizes: Vec<String>,
    steps: Vec<Step>,
}

enum Step {
    Keys(String),
    Resize(Size),
    Frame,
    Changes,
}

impl Script {
    fn read(path: &str) -> Self {
        let mut script = Self {
            timeline: "shipped".to_owned(),
            sizes: Vec::new(),
            steps: Vec::new(),
        };
        for line in program::read(path).lines() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once(':').unwrap_or((line, ""));
            let rest = rest.trim_start();
            match word {
                "timeline" => rest.clone_into(&mut script.timeline),
                "sizes" => script.sizes = rest.split_whitespace().map(str::to_owned).collect(),
                "keys" => script.steps.push(Step::Keys(rest.to_owned())),
                "resize" => script.steps.push(Step::Resize(program::size(rest))),
                "frame" => script.steps.push(Step::Frame),
                "changes" => script.steps.push(Step::Changes),
                _ => panic!("{path}: `{line}` is no step; the head of tests/frames.rs lists them"),
            }
        }
        assert!(
            !script.sizes.is_empty(),
            "{path}: say at which sizes: `sizes: 80x24`"
        );
        script
    }

    fn play(&self, path: &str) -> Played {
        let mut played = Played::default();
        for size in &self.sizes {
            Player::new(self, size, &mut played).play(&self.steps, path);
        }
        played
    }
}

/// What came of a script.
#[derive(Default)]
struct Played {
    /// The snapshot.
    text: String,
    /// The commands that were given, each seen in what was printed after it.
    commands: BTreeSet<&'static str>,
    /// Where one was, and at which size, when a whole frame was printed.
    places: BTreeSet<(&'static str, String)>,
}

/// An effect in words that a reviewer can judge: the title of a scene for its mark, and no hash of the script.
fn reviewable(effect: &Effect, timeline: &Timeline) -> String {
    let text = format!("{effect:?}");
    let Effect::Tell(told) = effect else {
        return text;
    };
    let mut scenes = timeline.scenes().iter();
    let scene = scenes.find(|scene| Some(mark(scene)) == told.scene);
    let title = scene.map(|scene| &scene.title);
    assert_eq!(title.is_some(), told.scene.is_some(), "no scene has {text}");
    let shown = text.replace(
        &format!("scene: {:?}", told.scene),
        &format!("scene: {title:?}"),
    );
    let script = format!("script: {}, ", told.script);
    assert!(shown.contains(&script), "{text}");
    shown.replace(&script, "")
}

struct Player<'p> {
    stage: Stage,
    played: &'p mut Played,
    /// The rows when last printed.
    rows: Vec<String>,
    /// How many of the stage's commands were seen.
    seen: usize,
}

impl<'p> Player<'p> {
    fn new(script: &Script, size: &str, played: &'p mut Played) -> Self {
        writeln!(played.text, "=== {} at {size}", script.timeline).expect("a string takes all");
        let stage = Stage::open(&script.timeline, program::size(size));
        Self {
            stage,
            played,
            rows: Vec::new(),
            seen: 0,
        }
    }

    fn play(mut self, steps: &[Step], path: &str) {
        for step in steps {
            match step {
                Step::Keys(keys) => self.press(keys),
                Step::Resize(size) => {
                    self.stage.resize(*size);
                    self.tell(&format!("resize: {}x{}", size.width, size.height));
                }
                Step::Frame => self.frame(),
                Step::Changes => self.changes(),
            }
        }
        let unseen = self
            .stage
            .commands
            .get(self.seen..)
            .expect("what was seen was given");
        assert!(
            unseen.is_empty(),
            "{path}: nobody sees what {unseen:?} did; end with `frame` or `changes`"
        );
    }

    fn press(&mut self, keys: &str) {
        self.tell(&format!("keys: {keys}"));
        for input in key::parse(keys).unwrap_or_else(|error| panic!("{error}")) {
            for effect in self.stage.input(input) {
                let effect = reviewable(&effect, &self.stage.model.timeline);
                self.tell(&format!("effect: {effect}"));
                self.see();
            }
        }
    }

    fn frame(&mut self) {
        let frame = self.stage.frame(Format::Roles);
        self.played.text.push_str(&frame);
        let Size { width, height } = self.stage.model.size;
        let place = (self.stage.place(), format!("{width}x{height}"));
        self.played.places.insert(place);
        self.rows = rows(&frame);
        self.see();
    }

    fn changes(&mut self) {
        let now = rows(&self.stage.frame(Format::Roles));
        let mut any = false;
        for (number, row) in (1..).zip(&now) {
            if self.rows.get(number - 1) != Some(row) {
                self.tell(&format!("{number:>3}| {row}"));
                any = true;
            }
        }
        if !any {
            self.tell("nothing changed");
        }
        self.rows = now;
        self.see();
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.played.text, "{}", line.trim_end()).expect("a string takes all");
    }

    fn see(&mut self) {
        let new = self
            .stage
            .commands
            .get(self.seen..)
            .expect("what was seen was given");
        self.played.commands.extend(new);
        self.seen = self.stage.commands.len();
    }
}

/// Each row of a frame with its roles, if it has any.
fn rows(frame: &str) -> Vec<String> {
    let (characters, roles) = frame
        .split_once("--- roles ---\n")
        .expect("characters and roles are printed");
    let roles: BTreeMap<usize, &str> = roles
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(number, roles)| (number.trim().parse().expect("rows are numbered"), roles))
        .collect();
    let with_roles = |(number, row): (usize, &str)| match roles.get(&number) {
        Some(roles) => format!("{row}\n   = {roles}"),
        None => row.to_owned(),
    };
    (1..).zip(characters.lines()).map(with_roles).collect()
}

fn scripts() -> Vec<String> {
    let all = program::files("tests/frames", ".txt");
    assert!(!all.is_empty(), "no script in tests/frames");
    all
}

#[test]
fn every_script_leads_to_its_frames() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "frames/snapshots" }, {
        insta::glob!("frames/*.txt", |path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let path = format!("tests/frames/{name}");
            insta::assert_snapshot!("frames", Script::read(&path).play(&path).text);
        });
    });
}

#[test]
fn every_command_has_a_frame_and_every_screen_one_at_each_size() {
    let mut commands = BTreeSet::new();
    let mut places = BTreeSet::new();
    for path in scripts() {
        let played = Script::read(&path).play(&path);
        commands.extend(played.commands);
        places.extend(played.places);
    }
    let table: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let missing: Vec<_> = table.difference(&commands).collect();
    assert!(
        missing.is_empty(),
        "no frame shows what {missing:?} do; press a key of theirs in a script of tests/frames and print `changes`"
    );
    for place in PLACES {
        for size in SIZES {
            let wanted = (*place, (*size).to_owned());
            assert!(
                places.contains(&wanted),
                "no frame shows the {place} at {size}; write a script in tests/frames"
            );
        }
    }
    let unknown: Vec<_> = places
        .iter()
        .filter(|(place, _)| !PLACES.contains(place))
        .collect();
    assert!(
        unknown.is_empty(),
        "add {unknown:?} to PLACES in tests/frames.rs"
    );
}

#[test]
fn every_snapshot_belongs_to_a_script() {
    let scripts = scripts();
    for snapshot in program::files("tests/frames/snapshots", ".snap") {
        let name = snapshot
            .split_once('@')
            .and_then(|(_, name)| name.strip_suffix(".snap"))
            .expect("a snapshot is called after its script");
        let script = format!("tests/frames/{name}");
        assert!(
            scripts.contains(&script),
            "{snapshot} has no script any more: remove it"
        );
    }
}

#[test]
fn every_small_timeline_is_used_by_the_laws() {
    for path in program::files("tests/frames/timelines", "") {
        let name = path
            .rsplit('/')
            .next()
            .and_then(|file| file.strip_suffix(".toml").or(file.strip_suffix(".csv")))
            .expect("a timeline is a TOML file or a log");
        assert!(
            program::TIMELINES.contains(&name),
            "add `{name}` to TIMELINES in tests/support/program.rs"
        );
    }
}
