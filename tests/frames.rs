//! Frames: each script of keys in `frames/*.txt` is a test with a snapshot to review.
//!
//! The name of a script is a test in the list `scripts!` below: `cargo test frames::script::zoom` plays
//! `frames/zoom.txt`. A script is played once at each of its sizes. Its lines:
//!
//! | line                   | meaning |
//! |------------------------|---------|
//! | `# …`                  | a comment: what the script shows |
//! | `timeline: NAME`       | a file of `frames/timelines` (`harbour` by default), or `shipped` |
//! | `sizes: 120x40 80x24`  | the sizes to play the script at |
//! | `keys: jj<enter>`      | keys and mouse actions in the notation of `dateline frame --keys` |
//! | `resize: 60x20`        | resizes the terminal |
//! | `follow`               | opens the screen of a follower, and a presenter of the same timeline |
//! | `presenter: b4`        | the presenter presses keys, and its status reaches the follower |
//! | `presenter-leaves`     | the presenter publishes its end |
//! | `presenter-is-lost`    | the presenter ends without doing so |
//! | `clock: 6:35`          | sets the clock of both programs, in minutes and seconds since the beginning |
//! | `frame`                | prints the characters |
//! | `changes`              | prints the rows whose characters changed since the last print, and the cells elsewhere whose role did |
//! | `frame: roles`         | prints the characters, then their roles |
//! | `changes: roles`       | prints the changed rows with their roles |
//!
//! Effects of the keys, such as quitting, are printed automatically.
//!
//! People review the snapshots. Choose the fewest sizes that show something new, `changes` rather than `frame`, and
//! roles only in scripts about roles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::OnceLock;

use dateline::app::Effect;
use dateline::app::commands::COMMANDS;
use dateline::app::input::key;
use dateline::app::screen::{PresenterPresence, PresenterReport, PublishedStatus};
use dateline::app::state::briefing::{BriefingStatus, mark};
use dateline::timeline::Timeline;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

macro_rules! scripts {
    ($($name:ident)*) => {
        const TESTS: &[&str] = &[$(stringify!($name)),*];

        /// Every script. Each is played once for all tests.
        static SCRIPTS: [ScriptTest; TESTS.len()] = [$(ScriptTest::new(stringify!($name))),*];

        mod script {
            $(#[test] fn $name() { super::compare(stringify!($name)); })*
        }
    };
}

scripts! {
    as_of as_of_filter as_of_nothing as_of_typed baseline brief_explore brief_large brief_leave brief_none brief_path
    brief_places brief_stage case_briefing case_compromise
    case_reconnaissance case_timeline claims_table claims_yardsticks clocks contested copy dossier
    edit empty engine_query evidence facets_few facets_filter facets_none facets_of_filter far_years filter_live
    filter_long filter_mistake filter_name filter_possibles filter_undo fold follow follow_narrow gaps guide_topic
    follower_clocks follower_keys follower_states screen_follower
    hostile interrupt lag marks matrix matrix_none mouse mouse_drag move_detail move_hidden move_list
    move_overlays move_page no_lanes palette_runs program range_filter redraw resize roles says_who
    says_who_pages screen_about screen_as_of screen_baseline screen_changes screen_entities screen_entity screen_event
    screen_evidence screen_facets screen_filter screen_guide screen_help screen_mark screen_matrix screen_pair screen_palette
    screen_problems screen_promotion screen_questions screen_range screen_search screen_source screen_sources
    screen_stub screen_technique screen_timeline search search_cancelled search_page search_page_end
    suspend three_lines times tiny undated views wide zoom
}

/// The largest snapshot of any test that can be reviewed, in bytes.
const LARGEST: u64 = 20_000;

/// The limit on all snapshots together, in bytes.
const TOTAL: u64 = 400_000;

/// The limit on scripts that play the shipped case, since an edit of the case changes their snapshots.
const ON_SHIPPED: usize = 10;

/// The sizes at which every screen is printed: roomy, usual, small.
const SIZES: &[&str] = &["100x30", "80x24", "40x12"];

/// Every screen and overlay.
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
    "findings",
    "filter",
    "facets",
    "range",
    "lines to paste",
    "promotion",
    "mark",
    "guide",
    "questions",
    "evidence",
    "scene",
    "follower",
    "matrix",
    "as of",
    "baseline",
    "changes",
    "pair",
];

/// A script and its test.
struct ScriptTest {
    test: &'static str,
    played: OnceLock<Played>,
}

impl ScriptTest {
    const fn new(test: &'static str) -> Self {
        Self {
            test,
            played: OnceLock::new(),
        }
    }

    /// The name of its file, without the ending.
    fn name(&self) -> String {
        self.test.replace('_', "-")
    }

    fn path(&self) -> String {
        format!("tests/frames/{}.txt", self.name())
    }

    fn played(&self) -> &Played {
        self.played.get_or_init(|| {
            let path = self.path();
            Script::read(&path).play(&path)
        })
    }
}

/// A parsed script.
struct Script {
    timeline: String,
    sizes: Vec<String>,
    is_follower: bool,
    steps: Vec<Step>,
}

enum Step {
    Keys(String),
    Resize(Size),
    Presenter(String),
    PresenterEnds(PresenterPresence),
    /// In milliseconds since the beginning.
    Clock(u64),
    Frame(Detail),
    Changes(Detail),
}

/// The part of a cell to print.
#[derive(Clone, Copy, PartialEq)]
enum Detail {
    Characters,
    Roles,
}

impl Script {
    fn read(path: &str) -> Self {
        let mut script = Self {
            timeline: "harbour".to_owned(),
            sizes: Vec::new(),
            is_follower: false,
            steps: Vec::new(),
        };
        for line in program::read(path).lines() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once(':').unwrap_or((line, ""));
            let rest = rest.trim_start();
            let detail = match rest {
                "" => Some(Detail::Characters),
                "roles" => Some(Detail::Roles),
                _ => None,
            };
            match (word, detail) {
                ("timeline", _) => rest.clone_into(&mut script.timeline),
                ("sizes", _) => script.sizes = rest.split_whitespace().map(str::to_owned).collect(),
                ("keys", _) => script.steps.push(Step::Keys(rest.to_owned())),
                ("follow", _) => script.is_follower = true,
                ("presenter", _) => script.steps.push(Step::Presenter(rest.to_owned())),
                ("presenter-leaves", _) => {
                    script
                        .steps
                        .push(Step::PresenterEnds(PresenterPresence::Left));
                }
                ("presenter-is-lost", _) => {
                    script
                        .steps
                        .push(Step::PresenterEnds(PresenterPresence::Lost));
                }
                ("clock", _) => script.steps.push(Step::Clock(clock(rest))),
                ("resize", _) => script.steps.push(Step::Resize(program::size(rest))),
                ("frame", Some(detail)) => script.steps.push(Step::Frame(detail)),
                ("changes", Some(detail)) => script.steps.push(Step::Changes(detail)),
                _ => panic!("{path}: `{line}` is not a step; see the head of tests/frames.rs"),
            }
        }
        assert!(
            !script.sizes.is_empty(),
            "{path}: name the sizes, such as `sizes: 80x24`"
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

/// The result of a script.
#[derive(Default)]
struct Played {
    /// The snapshot.
    text: String,
    /// The commands that the keys gave, each before a print.
    commands: BTreeSet<&'static str>,
    /// The place and size of each whole frame.
    places: BTreeSet<(&'static str, String)>,
}

/// An effect in words to review: the title of a scene instead of its mark, and no hash of the script.
fn reviewable(effect: &Effect, timeline: &Timeline) -> String {
    if let Effect::SaveMarks(edits) = effect {
        let edits = edits
            .iter()
            .map(|it| format!("{:?} {:?}", it.item, it.edit));
        return format!("save marks: {}", edits.collect::<Vec<_>>().join(", "));
    }
    let Effect::PublishStatus(status) = effect else {
        return format!("{effect:?}");
    };
    let BriefingStatus {
        audience,
        at,
        scene,
        step,
        exploring,
        blank,
        scenes,
        script: _,
        withheld,
        stopwatch,
        entered,
        due_from: _,
    } = status;
    let mut all = timeline.scenes().iter();
    let title = all.find(|known| Some(mark(known)) == *scene);
    assert_eq!(title.is_some(), scene.is_some(), "no scene has {status:?}");
    let title = title.map_or("none", |scene| &scene.title);
    let mut text = format!(
        "publish: scene {} of {scenes}, {title:?}, step {step}",
        at + 1
    );
    for (is_so, word) in [(*exploring, ", exploring"), (*blank, ", blank")] {
        text.push_str(if is_so { word } else { "" });
    }
    let clock = if stopwatch.since.is_some() {
        "runs"
    } else {
        "stopped"
    };
    _ = write!(text, ", clock {clock}");
    if (stopwatch.before, *entered, *withheld) != (0, 0, 0) || audience.is_some() {
        _ = write!(
            text,
            ", {stopwatch:?}, entered {entered}, withheld {withheld}, for {audience:?}"
        );
    }
    text
}

struct Player<'p> {
    stage: Stage,
    /// The program that the stage follows.
    presenter: Option<Presenter>,
    /// In milliseconds since the machine was started.
    now: u64,
    played: &'p mut Played,
    /// The rows when last printed.
    rows: Vec<Row>,
    /// The number of the stage's commands that a print has shown.
    seen: usize,
}

/// When the machine is at `clock: 0:00`, in milliseconds since it was started.
const BEGAN: u64 = 1_700_000_000;

/// Reads a time such as `6:35`, in milliseconds.
fn clock(text: &str) -> u64 {
    let parts = text.split_once(':');
    let time = parts.and_then(|(minutes, seconds)| {
        Some(minutes.parse::<u64>().ok()? * 60 + seconds.parse::<u64>().ok()?)
    });
    time.unwrap_or_else(|| panic!("`{text}` is not a time such as 6:35")) * 1000
}

/// The program that a follower follows.
struct Presenter {
    stage: Stage,
    published: Option<PublishedStatus>,
}

impl Presenter {
    fn open(timeline: &str) -> Self {
        Self {
            stage: Stage::open(timeline, Size::new(80, 24)),
            published: None,
        }
    }

    fn press(&mut self, keys: &str, now: u64) {
        self.stage.set_clock(now);
        for effect in self.stage.press(keys) {
            if let Effect::PublishStatus(status) = effect {
                self.published = Some(PublishedStatus {
                    status,
                    published_at: now,
                    presence: PresenterPresence::Present,
                    has_restarted: false,
                    takes_steps: false,
                });
            }
        }
    }

    fn end(&mut self, presence: PresenterPresence, now: u64) {
        let published = self.published.as_mut().expect("it has begun");
        published.presence = presence;
        if presence == PresenterPresence::Left {
            published.published_at = now;
        }
    }
}

impl<'p> Player<'p> {
    fn new(script: &Script, size: &str, played: &'p mut Played) -> Self {
        writeln!(played.text, "=== {} at {size}", script.timeline)
            .expect("a string takes everything");
        let mut stage = Stage::open(&script.timeline, program::size(size));
        let presenter = script.is_follower.then(|| {
            stage.follow(None);
            stage.hear(PresenterReport::Absent);
            Presenter::open(&script.timeline)
        });
        Self {
            stage,
            presenter,
            now: BEGAN,
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
                    self.print(&format!("resize: {}x{}", size.width, size.height));
                }
                Step::Presenter(keys) => self.present(keys),
                Step::PresenterEnds(presence) => self.end_presenter(*presence),
                Step::Clock(time) => self.set_clock(*time),
                Step::Frame(detail) => self.frame(*detail),
                Step::Changes(detail) => self.changes(*detail),
            }
        }
        let unseen = self
            .stage
            .commands
            .get(self.seen..)
            .expect("only given commands were seen");
        assert!(
            unseen.is_empty(),
            "{path}: nothing shows what {unseen:?} did; end with `frame` or `changes`"
        );
    }

    fn press(&mut self, keys: &str) {
        self.print(&format!("keys: {keys}"));
        for input in key::parse(keys).unwrap_or_else(|error| panic!("{error}")) {
            let effects = self.stage.input(input);
            self.show_effects(&effects);
        }
    }

    fn show_effects(&mut self, effects: &[Effect]) {
        for effect in effects {
            let effect = reviewable(effect, self.stage.model.timeline());
            self.print(&format!("effect: {effect}"));
            self.see();
        }
    }

    fn present(&mut self, keys: &str) {
        self.print(&format!("presenter: {keys}"));
        let presenter = self.presenter.as_mut().expect("the script has `follow`");
        presenter.press(keys, self.now);
        self.hear();
    }

    fn end_presenter(&mut self, presence: PresenterPresence) {
        self.print(&format!("presenter: {presence:?}"));
        let presenter = self.presenter.as_mut().expect("the script has `follow`");
        presenter.end(presence, self.now);
        self.hear();
    }

    fn hear(&mut self) {
        let status = self.presenter.as_ref().and_then(|it| it.published.clone());
        let report = status.map_or(PresenterReport::Absent, PresenterReport::Published);
        let effects = self.stage.hear(report);
        self.show_effects(&effects);
    }

    fn set_clock(&mut self, time: u64) {
        let seconds = time / 1000;
        self.print(&format!("clock: {}:{:02}", seconds / 60, seconds % 60));
        self.now = BEGAN + time;
        self.stage.set_clock(self.now);
    }

    fn frame(&mut self, detail: Detail) {
        let frame = self.stage.frame(ScreenshotFormat::Roles);
        let (characters, _) = split(&frame);
        let printed = if detail == Detail::Roles {
            &frame
        } else {
            characters
        };
        self.played.text.push_str(printed);
        let Size { width, height } = self.stage.model.size();
        let place = (self.stage.place(), format!("{width}x{height}"));
        self.played.places.insert(place);
        self.rows = rows(&frame);
        self.see();
    }

    fn changes(&mut self, detail: Detail) {
        let now = rows(&self.stage.frame(ScreenshotFormat::Roles));
        let mut lines = Vec::new();
        // Adjacent rows whose cells changed in the same way, mostly a border.
        let mut restyled: Option<(usize, usize, String)> = None;
        for (number, row) in (1..).zip(&now) {
            let before = self.rows.get(number - 1);
            let meaning = before.and_then(|before| row.restyled(before));
            match (&mut restyled, meaning) {
                (Some((_, last, said)), Some(meaning))
                    if *last + 1 == number && *said == meaning =>
                {
                    *last = number;
                    continue;
                }
                (_, meaning) => {
                    lines.extend(restyled.take().map(Self::restyling));
                    restyled = meaning.map(|meaning| (number, number, meaning));
                }
            }
            if before.is_none_or(|before| before.characters != row.characters) {
                lines.push(format!("{number:>3}| {}", row.characters));
                if detail == Detail::Roles {
                    lines.push(format!("   = {}", row.roles));
                }
            }
        }
        lines.extend(restyled.map(Self::restyling));
        if lines.is_empty() {
            lines.push("nothing changed".to_owned());
        }
        for line in lines {
            self.print(&line);
        }
        self.rows = now;
        self.see();
    }

    fn restyling((first, last, meaning): (usize, usize, String)) -> String {
        if first == last {
            format!("{first:>3}= {meaning}")
        } else {
            format!("{first:>3}-{last}= {meaning}")
        }
    }

    fn print(&mut self, line: &str) {
        writeln!(self.played.text, "{}", line.trim_end()).expect("a string takes everything");
    }

    fn see(&mut self) {
        let new = self
            .stage
            .commands
            .get(self.seen..)
            .expect("only given commands were seen");
        self.played.commands.extend(new);
        self.seen = self.stage.commands.len();
    }
}

/// A cell without a role.
const PLAIN: &str = "Plain";

struct Row {
    characters: String,
    roles: String,
}

impl Row {
    /// The cells whose role alone changed, with their new roles; `None` if characters changed too, or nothing did.
    fn restyled(&self, before: &Self) -> Option<String> {
        if self.characters != before.characters || self.roles == before.roles {
            return None;
        }
        let (now, then) = (self.cells(), before.cells());
        let mut runs: Vec<(usize, usize, &str)> = Vec::new();
        for column in 1..now.len().max(then.len()) {
            let role = now.get(column).copied().unwrap_or(PLAIN);
            if role == then.get(column).copied().unwrap_or(PLAIN) {
                continue;
            }
            match runs.last_mut() {
                Some((_, last, same)) if *last + 1 == column && *same == role => *last = column,
                _ => runs.push((column, column, role)),
            }
        }
        let runs = runs
            .iter()
            .map(|(first, last, role)| format!("{first}-{last} {role}"));
        Some(runs.collect::<Vec<String>>().join(", "))
    }

    /// The role of each cell, from column 1.
    fn cells(&self) -> Vec<&str> {
        let mut cells = Vec::new();
        for run in self.roles.split(", ") {
            let range = run.split_once(' ').and_then(|(range, role)| {
                let (first, last) = range.split_once('-')?;
                Some((first.parse().ok()?, last.parse::<usize>().ok()?, role))
            });
            let Some((first, last, role)) = range else {
                continue;
            };
            cells.resize(first, PLAIN);
            cells.resize(last + 1, role);
        }
        cells
    }
}

/// The characters of a frame, and the roles of its rows.
fn split(frame: &str) -> (&str, &str) {
    frame
        .split_once("--- roles ---\n")
        .expect("characters and roles are printed")
}

fn rows(frame: &str) -> Vec<Row> {
    let (characters, roles) = split(frame);
    let roles: BTreeMap<usize, &str> = roles
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(number, roles)| (number.trim().parse().expect("rows are numbered"), roles))
        .collect();
    let row = |(number, characters): (usize, &str)| Row {
        characters: characters.to_owned(),
        roles: roles.get(&number).copied().unwrap_or_default().to_owned(),
    };
    (1..).zip(characters.lines()).map(row).collect()
}

/// Compares a script's frames with its snapshot.
fn compare(test: &str) {
    let script = SCRIPTS.iter().find(|script| script.test == test);
    let script = script.expect("the list has a script for each test");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "frames/snapshots" }, {
        insta::assert_snapshot!(script.name(), script.played().text);
    });
}

#[test]
fn every_script_is_in_the_list() {
    let listed: BTreeSet<String> = SCRIPTS.iter().map(ScriptTest::path).collect();
    for path in program::files("tests/frames", ".txt") {
        assert!(
            listed.contains(&path),
            "{path}: add its name to `scripts!` in tests/frames.rs, with `_` for `-`"
        );
    }
}

#[test]
fn every_command_has_a_frame_and_every_screen_one_at_each_size() {
    let mut commands = BTreeSet::new();
    let mut places = BTreeSet::new();
    for played in SCRIPTS.iter().map(ScriptTest::played) {
        commands.extend(&played.commands);
        places.extend(&played.places);
    }
    let table: BTreeSet<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let missing: Vec<_> = table.difference(&commands).collect();
    assert!(
        missing.is_empty(),
        "no frame shows {missing:?}; press a key for each in a script of tests/frames and print `changes`"
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
fn few_scripts_change_when_the_shipped_case_is_edited() {
    let on_shipped = |script: &&ScriptTest| Script::read(&script.path()).timeline == "shipped";
    let found: Vec<&str> = SCRIPTS
        .iter()
        .filter(on_shipped)
        .map(|it| it.test)
        .collect();
    assert!(
        found.len() <= ON_SHIPPED,
        "{found:?} are more than {ON_SHIPPED}: play scripts that are not about the case on `harbour`"
    );
}

#[test]
fn every_snapshot_can_be_reviewed() {
    for snapshot in program::files("tests", ".snap") {
        let bytes = fs::metadata(program::root().join(&snapshot)).map_or(0, |file| file.len());
        assert!(
            bytes <= LARGEST,
            "{snapshot} has {bytes} bytes, more than {LARGEST}: split it by behaviour, or print less"
        );
    }
}

#[test]
fn every_snapshot_of_frames_belongs_to_a_script() {
    let scripts: BTreeSet<String> = SCRIPTS.iter().map(ScriptTest::name).collect();
    let mut total = 0;
    for snapshot in program::files("tests/frames/snapshots", ".snap") {
        let name = snapshot.rsplit('/').next();
        let name = name.and_then(|file| file.strip_suffix(".snap"));
        assert!(
            name.is_some_and(|name| scripts.contains(name)),
            "{snapshot} has no script: remove it"
        );
        let bytes = fs::metadata(program::root().join(&snapshot)).map_or(0, |file| file.len());
        total += bytes;
    }
    assert!(
        total <= TOTAL,
        "all snapshots have {total} bytes, more than {TOTAL}: print `changes`, fewer sizes, and roles where they matter"
    );
}

#[test]
fn the_tests_use_every_small_timeline() {
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
