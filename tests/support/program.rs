//! Helpers for the tests of the viewer: timelines, the program without a terminal, and the binary.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, OnceLock};

use dateline::app::input::command::Command as KeyCommand;
use dateline::app::input::key::{self, Key, UserInput};
use dateline::app::input::keymap::KeyMeaning;
use dateline::app::input::mode::Mode;
use dateline::app::model::Model;
use dateline::app::overlay::{Overlay, PaletteChoice, PaletteScope};
use dateline::app::screen::{PresenterReport, Screen};
use dateline::app::state::problem::Problem;
use dateline::app::{self, Effect, Message};
use dateline::cli::engine_query;
use dateline::cli::fingerprint::FileTraces;
use dateline::cli::input::{self, LoadedTimeline};
use dateline::cli::redaction_args::RedactionArgs;
use dateline::date::Truth;
use dateline::diagnostic::SourceText;
use dateline::document::{Evidence, PageSubject};
use dateline::formats::writers::WriterPurpose;
use dateline::formats::writers::stix::StixOptions;
use dateline::formats::{
    self, ExportOptions, FormatReader, FormatWriter, HandoutExtent, RecognisedFile, WRITERS, copy,
    text,
};
use dateline::query::Matches;
use dateline::timeline::Timeline;
use dateline::ui::screenshot::{self, ScreenshotFormat};
use dateline::ui::theme::Theme;
use dateline::ui::{self, ScreenCursor};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::promotion;

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a file of the package.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder of the package with an ending, in a fixed order, as paths in the package.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder exists") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(name_in_package(&path));
            }
        }
    }
    found.sort();
    found
}

fn name_in_package(path: &Path) -> String {
    let inside = path
        .strip_prefix(root())
        .expect("the path is in the package");
    let parts: Vec<_> = inside
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

/// The names of the timelines that the tests use: the shipped case, then the small ones.
pub const TIMELINES: &[&str] = &[
    "shipped",
    "harbour",
    "ten-scenes",
    "three-lines",
    "undated",
    "hostile",
    "no-lanes",
    "empty",
    "broken",
    "yardsticks",
    "marked",
    "times",
    "far-years",
    "roles",
    "sequence",
];

/// The path of a small timeline: a TOML file, or a log.
pub fn path_of(name: &str) -> PathBuf {
    let path = root().join("tests/frames/timelines").join(name);
    let log = path.with_extension("csv");
    if log.exists() {
        log
    } else {
        path.with_extension("toml")
    }
}

/// Opens a timeline by its name.
pub fn open(name: &str) -> LoadedTimeline {
    if name == "shipped" {
        return input::open(&[], &RedactionArgs::default())
            .expect("the program has the shipped case");
    }
    let path = path_of(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = path.file_name().unwrap_or_default();
    opened(&file.to_string_lossy(), &text)
}

/// Opens a text as a timeline.
pub fn opened(name: &str, text: &str) -> LoadedTimeline {
    let texts = vec![SourceText::new(name, text)];
    let (timeline, findings) = formats::open(&texts);
    let ending = Path::new(name).extension();
    let format = match ending.and_then(std::ffi::OsStr::to_str) {
        Some("csv") => "log",
        _ => "timeline",
    };
    let file = RecognisedFile {
        reader: FormatReader::find(format),
        is_marked: false,
    };
    LoadedTimeline {
        traces: FileTraces::default(),
        files: vec![file; texts.len()],
        timeline_texts: texts.len(),
        texts,
        timeline,
        whole: None,
        findings,
    }
}

/// A timeline by its name, read once for all tests, since it never changes.
pub fn ready(name: &str) -> &'static (Arc<Timeline>, Vec<Problem>) {
    static READY: [OnceLock<(Arc<Timeline>, Vec<Problem>)>; TIMELINES.len()] =
        [const { OnceLock::new() }; TIMELINES.len()];
    let at = TIMELINES.iter().position(|known| *known == name);
    let slot = at
        .and_then(|at| READY.get(at))
        .unwrap_or_else(|| panic!("no such timeline: `{name}`"));
    slot.get_or_init(|| {
        let opened = open(name);
        let problems = opened.problems();
        (Arc::new(opened.timeline), problems)
    })
}

/// The program without a terminal. Its effects do not run, except that promotions and marks are answered.
pub struct Stage {
    /// The model of the program.
    pub model: Model,
    /// The commands that the keys gave, in order.
    pub commands: Vec<&'static str>,
}

impl Stage {
    /// Opens a timeline by its name.
    pub fn open(name: &str, size: Size) -> Self {
        let (timeline, problems) = ready(name);
        let mut model = dateline::app::open(Arc::clone(timeline), problems.clone(), size);
        let paths = (name != "shipped").then(|| path_of(name));
        let paths: Vec<PathBuf> = paths.into_iter().collect();
        let (withholding, traces) = (RedactionArgs::default(), FileTraces::default());
        model.set_query_writer(engine_query::writer(&paths, &withholding, &traces));
        Self::with(model)
    }

    /// Shows an opened timeline.
    pub fn show(opened: LoadedTimeline, size: Size) -> Self {
        let problems = opened.problems();
        Self::with(dateline::app::open(
            Arc::new(opened.timeline),
            problems,
            size,
        ))
    }

    /// Opens a timeline without problems.
    pub fn on(timeline: Arc<Timeline>, size: Size) -> Self {
        Self::with(dateline::app::open(timeline, Vec::new(), size))
    }

    fn with(model: Model) -> Self {
        Self {
            model,
            commands: Vec::new(),
        }
    }

    /// Presses keys in the notation of `app::input::key`.
    pub fn press(&mut self, keys: &str) -> Vec<Effect> {
        let inputs = key::parse(keys).unwrap_or_else(|error| panic!("{error}"));
        inputs
            .into_iter()
            .flat_map(|input| self.input(input))
            .collect()
    }

    /// Sends one key or mouse action.
    pub fn input(&mut self, input: UserInput) -> Vec<Effect> {
        let inputs = ui::inputs(&self.model, input).into_iter();
        inputs
            .flat_map(|input| self.input_as_it_is(input))
            .collect()
    }

    fn input_as_it_is(&mut self, input: UserInput) -> Vec<Effect> {
        if let UserInput::Key(key) = input {
            let meant = self.meant_by(key).map(|command| command.name);
            self.commands.extend(meant);
            if meant == Some("accept") {
                self.commands.extend(self.chosen());
            }
        }
        let effects = app::run(&mut self.model, Message::Input(input));
        promotion::answered(&mut self.model, effects)
    }

    /// The command that a key gives on the present screen.
    pub fn meant_by(&self, key: Key) -> Option<KeyCommand> {
        let mut keys = self.model.pending_keys().to_vec();
        keys.push(key);
        match self.model.keymap().meaning(self.model.mode(), &keys) {
            KeyMeaning::Command(command) => Some(command),
            KeyMeaning::Prefix | KeyMeaning::Nothing => None,
        }
    }

    /// Opens the follower screen.
    pub fn follow(&mut self, audience: Option<&str>) {
        app::open_follower(&mut self.model, audience);
    }

    /// Sets the clock, in milliseconds since the machine was started.
    pub fn set_clock(&mut self, now: u64) {
        app::run(&mut self.model, Message::Time(now));
    }

    /// Passes on a report of the presenter's file.
    pub fn hear(&mut self, report: PresenterReport) -> Vec<Effect> {
        app::run(&mut self.model, Message::Presenter(report))
    }

    /// The command that is selected in the palette, if it is open.
    fn chosen(&self) -> Option<&'static str> {
        let Some(Overlay::Palette(palette)) = self.model.overlay() else {
            return None;
        };
        let scope = PaletteScope {
            keymap: self.model.keymap(),
            timeline: self.model.timeline(),
            briefing: self.model.briefing(),
            mode: self.model.mode_below(),
        };
        match palette.choice(scope)? {
            PaletteChoice::Command(command) => Some(command.name),
            PaletteChoice::View(_)
            | PaletteChoice::Scene { .. }
            | PaletteChoice::Theme(_)
            | PaletteChoice::Advice { .. } => None,
        }
    }

    /// Resizes the terminal.
    pub fn resize(&mut self, size: Size) {
        app::run(&mut self.model, Message::Resize(size));
    }

    /// The present cells.
    pub fn buffer(&self, theme: Theme) -> Buffer {
        self.drawn(theme).0
    }

    /// The present cells, and the place of the terminal's cursor.
    pub fn drawn(&self, theme: Theme) -> (Buffer, ScreenCursor) {
        let Size { width, height } = self.model.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = ui::draw(&self.model, theme, &mut buffer);
        (buffer, cursor)
    }

    /// The present frame.
    pub fn frame(&self, format: ScreenshotFormat) -> String {
        let theme = if format == ScreenshotFormat::Roles {
            Theme::Roles
        } else {
            Theme::default()
        };
        screenshot::print(&self.buffer(theme), format, theme)
    }

    /// The name of the present screen or overlay.
    pub fn place(&self) -> &'static str {
        match (self.model.overlay(), self.model.screen()) {
            (Some(overlay), _) => match overlay.mode() {
                Mode::Day => Mode::AsOf.as_str(),
                Mode::Find => Mode::Facets.as_str(),
                mode => mode.as_str(),
            },
            (None, Screen::Timeline(_)) => "timeline",
            (None, Screen::Scene(_)) => "scene",
            (None, Screen::Follower(_)) => "follower",
            (None, Screen::Page(page_view)) if page_view.subject.noun() == "timeline" => "about",
            (None, Screen::Page(page_view)) => page_view.subject.noun(),
        }
    }
}

/// The output of `dateline list` for all events.
pub fn listed(timeline: &Timeline) -> String {
    let all: Vec<_> = timeline
        .events()
        .map(|event| (event.id(), Truth::Yes))
        .collect();
    text::list(timeline, &all, None)
}

/// The subjects of all pages.
pub fn subjects(timeline: &Timeline) -> impl Iterator<Item = PageSubject> + '_ {
    (timeline.events().map(|it| PageSubject::Event(it.id())))
        .chain(timeline.entities().map(|(id, _)| PageSubject::Entity(id)))
        .chain(timeline.sources().map(|(id, _)| PageSubject::Source(id)))
        .chain(
            timeline
                .techniques()
                .iter()
                .map(|(id, _)| PageSubject::Technique(id)),
        )
        .chain(
            timeline
                .events()
                .map(|it| PageSubject::Evidence(Evidence::Event(it.id()))),
        )
        .chain(
            timeline
                .claims()
                .map(|(id, _)| PageSubject::Evidence(Evidence::Claim(id))),
        )
        .chain(
            timeline
                .entities()
                .map(|(id, _)| PageSubject::Evidence(Evidence::Entity(id))),
        )
        .chain([
            PageSubject::Timeline,
            PageSubject::Entities,
            PageSubject::Sources,
            PageSubject::Questions,
        ])
        .chain(
            timeline
                .events()
                .zip(timeline.events().skip(1))
                .map(|(one, other)| PageSubject::Pair(one.id(), other.id())),
        )
}

/// Every text that can be copied from a timeline, with its name.
pub fn copied(timeline: &Timeline) -> Vec<(String, String)> {
    let said = |subject| {
        (
            format!("copy of {subject:?}"),
            copy::about(timeline, subject),
        )
    };
    let mut copied: Vec<(String, String)> = subjects(timeline).map(said).collect();
    let sources = timeline.sources().map(|(id, _)| (id, None));
    let claims = timeline.claims();
    let claimed = claims.filter_map(|(_, claim)| Some((claim.source?, claim.at.as_deref())));
    let cited: Vec<_> = sources.chain(claimed).collect();
    copied.push(("sources, cited".to_owned(), copy::cited(timeline, &cited)));
    copied
}

/// The output of `dateline export --notes` for all events.
pub fn exported(opened: &LoadedTimeline, form: &str) -> String {
    exported_as(opened, form, HandoutExtent::Full)
}

/// The same, as a handout of some extent.
pub fn exported_as(opened: &LoadedTimeline, form: &str, extent: HandoutExtent) -> String {
    let matches = Matches::everything(opened.timeline.len());
    let options = ExportOptions {
        notes: true,
        extent,
        ..ExportOptions::new(&matches)
    };
    let writer = FormatWriter::find(form).expect("the format exists");
    (writer.write)(&opened.timeline, &options)
}

/// All events in a format, without the briefer's notes.
pub fn written(timeline: &Timeline, format: &str) -> String {
    let matches = Matches::everything(timeline.len());
    let writer = FormatWriter::find(format).expect("the format exists");
    (writer.write)(timeline, &ExportOptions::new(&matches))
}

/// All events in a format with the options of STIX.
pub fn written_as(timeline: &Timeline, format: &str, stix: StixOptions) -> String {
    let matches = Matches::everything(timeline.len());
    let writer = FormatWriter::find(format).expect("the format exists");
    let options = ExportOptions {
        stix,
        ..ExportOptions::new(&matches)
    };
    (writer.write)(timeline, &options)
}

/// The same as a file, which of a workbook is an archive.
pub fn written_file(timeline: &Timeline, format: &str) -> Vec<u8> {
    let writer = FormatWriter::find(format).expect("the format exists");
    writer.bytes(written(timeline, format))
}

/// Every extent of a handout.
pub const EXTENTS: [HandoutExtent; 3] = [
    HandoutExtent::Full,
    HandoutExtent::Brief,
    HandoutExtent::BriefWithAnnex,
];

/// The formats for people.
pub fn handouts() -> impl Iterator<Item = &'static FormatWriter> {
    WRITERS.iter().filter(|writer| writer.is_handout())
}

/// The formats of sheets.
pub fn workbooks() -> impl Iterator<Item = &'static FormatWriter> {
    WRITERS
        .iter()
        .filter(|writer| writer.purpose == WriterPurpose::Workbook)
}

/// The formats of one record per event.
pub fn records() -> impl Iterator<Item = &'static FormatWriter> {
    WRITERS
        .iter()
        .filter(|writer| writer.purpose == WriterPurpose::Records)
}

/// The formats of a timeline as a whole.
pub fn exchanges() -> impl Iterator<Item = &'static FormatWriter> {
    WRITERS
        .iter()
        .filter(|writer| writer.purpose == WriterPurpose::Exchange)
}

/// Reads a size such as `120x40`.
pub fn size(text: &str) -> Size {
    let sides = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = sides.unwrap_or_else(|| panic!("`{text}` is not a size such as 120x40"));
    Size::new(width, height)
}

/// The program in the folder of the package, with a neutral environment.
pub fn dateline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root()).env_clear();
    command
}

/// Runs the program with arguments.
pub fn run(arguments: &[&str]) -> Output {
    dateline()
        .args(arguments)
        .output()
        .expect("the program can be started")
}

/// Runs the program with text on standard input.
pub fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = dateline()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let mut stdin = child.stdin.take().expect("the input is piped");
    // A program that refuses its arguments may end before it has read anything.
    let written = stdin.write_all(input).map_err(|it| it.kind());
    assert!(matches!(written, Ok(()) | Err(ErrorKind::BrokenPipe)));
    drop(stdin);
    child.wait_with_output().expect("it ends")
}
