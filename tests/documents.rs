//! The pages for people say what the program does.
//!
//! Some parts of the Markdown files are written by the program, between markers that end as in `<!-- /commands -->`:
//!
//! ```text
//! <!-- commands -->        every command with its keys
//! <!-- fields -->          every field of the filter language
//! <!-- keys -->            every key of the timeline file
//! <!-- kinds -->           every kind of finding
//! <!-- formats -->         every format in which a timeline is written
//! <!-- losses -->          what each format keeps
//! <!-- readers -->         every format that is read
//! <!-- presets -->         every program whose tables are known
//! <!-- settings -->        every setting
//! <!-- topics: FOLDER -->  every topic of the guide, linked
//! <!-- views -->           the views of the shipped case
//! <!-- scenes -->          the scenes of the shipped case
//! <!-- linear -->          every command of linear mode
//! <!-- layers -->          every module of the package, and what it may use
//! <!-- outside -->         what only some modules may know
//! <!-- tests -->           every file of integration tests
//! <!-- verdict: EVENT -->  the verdict lines on an event of the shipped case
//! <!-- frame: ARGS -->     what `dateline frame ARGS` prints
//! <!-- svg: ARGS -->       nothing: the image on the next line is the file that `dateline frame ARGS --format svg` prints
//! <!-- picture: ARGS -->   the same, of `dateline export ARGS --to svg`
//! ```
//!
//! `UPDATE_PAGES=1 cargo test documents` writes them anew. Fenced blocks are tested by their language:
//!
//! | language        | what is tested |
//! |-----------------|----------------|
//! | `toml`          | a timeline without findings |
//! | `toml more`     | the same, together with the block before |
//! | `toml settings` | settings without findings |
//! | `toml mapping`  | a mapping file without findings |
//! | `text filters`  | each line is a filter that finds something in the shipped case |
//! | `sh`            | commands that begin with `dateline` run |

mod examples;
mod help;
pub mod written;

use std::fs;
use std::path::Path;

use dateline::cli::settings::{SettingValues, read};
use dateline::date::EventDate;
use dateline::diagnostic::{Severity, SourceText};
use dateline::formats::GivenMapping;
use dateline::guide::Topic;
use dateline::query::Filter;
use dateline::text;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::program;
use examples::{Fenced, fenced, run_all, timelines};
use written::{MARKERS, marker, refreshed};

const README: &str = "README.md";

/// Every page, as a path in the package.
pub fn pages() -> Vec<String> {
    let folders = ["src", "timelines", "tests", ".github"].into_iter();
    let folders = folders.filter(|folder| program::root().join(folder).exists());
    let below = folders.flat_map(|folder| program::files(folder, ".md"));
    let pages = [README, "CHANGELOG.md"].into_iter().map(str::to_owned);
    pages.chain(below).collect()
}

/// The fenced blocks of every page in one language, each with its page.
fn blocks_of(language: &str) -> Vec<(String, Fenced)> {
    let blocks = pages().into_iter().flat_map(|page| {
        let blocks = fenced(&program::read(&page)).into_iter();
        blocks.map(move |block| (page.clone(), block))
    });
    let found: Vec<_> = blocks.filter(|(_, block)| block.info == language).collect();
    assert!(!found.is_empty(), "no page has a block of `{language}`");
    found
}

#[test]
fn every_page_says_what_the_program_does() {
    let mut stale = Vec::new();
    for page in pages() {
        let text = program::read(&page);
        let fresh = refreshed(&page, &text);
        if text == fresh {
            continue;
        }
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(program::root().join(&page), fresh).expect("it can be written");
            continue;
        }
        let pairs = text.lines().zip(fresh.lines());
        let at = pairs.take_while(|(old, new)| old == new).count();
        let expected: Vec<&str> = fresh.lines().skip(at).take(40).collect();
        stale.push(format!(
            "{page} from line {} on:\n{}\n…",
            at + 1,
            expected.join("\n")
        ));
    }
    assert!(
        stale.is_empty(),
        "stale: `UPDATE_PAGES=1 cargo test documents` writes the pages anew\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_part_that_the_program_writes_is_on_a_page() {
    let texts: Vec<String> = pages().iter().map(|page| program::read(page)).collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    let markers: Vec<&str> = lines.filter_map(marker).collect();
    for (name, _) in MARKERS {
        assert!(
            markers
                .iter()
                .any(|marker| marker.split(':').next() == Some(*name)),
            "write `<!-- {name} -->` and `<!-- /{name} -->` on a page"
        );
    }
    let readme = program::read(README);
    for command in ["cargo run --release", "cargo test"] {
        assert!(
            readme.contains(command),
            "{README} does not say `{command}`"
        );
    }
}

/// The columns for code in the guide: `dateline help` indents it by four on a terminal of eighty.
pub const CODE_WIDTH: usize = 76;

#[test]
fn the_code_in_the_guide_fits_a_terminal() {
    for topic in Topic::ALL {
        for block in fenced(topic.text()) {
            for line in block.text.lines() {
                let width = text::width(line);
                assert!(
                    width <= CODE_WIDTH,
                    "{}: {width} columns: {line}",
                    topic.name()
                );
            }
        }
    }
}

/// Where a link to a file of the package leads, as a path in the package; none for other links.
fn target(page: &str, link: &str) -> Option<String> {
    let file = link.split('#').next().unwrap_or(link);
    if file.is_empty() || link.contains("://") {
        return None;
    }
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    Some(folder.join(file).to_string_lossy().into_owned())
}

#[test]
fn every_link_leads_to_a_file_of_the_package() {
    for page in pages() {
        let text = program::read(&page);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            else {
                continue;
            };
            let Some(path) = target(&page, &dest_url) else {
                continue;
            };
            assert!(
                program::root().join(&path).exists(),
                "{page}: {dest_url} leads nowhere"
            );
        }
    }
}

#[test]
fn every_picture_on_a_page_is_what_the_program_prints() {
    for (kind, command) in [
        ("svg: ", ["frame", "--format", "svg"]),
        ("picture: ", ["export", "--to", "svg"]),
    ] {
        assert!(
            pictures_on_pages(kind, command) > 0,
            "no page has a picture"
        );
    }
}

/// Compares the pictures after markers of a kind with what a command prints. Returns how many there are.
fn pictures_on_pages(kind: &str, command: [&str; 3]) -> usize {
    let mut count = 0;
    for page in pages() {
        let text = program::read(&page);
        for (_, after) in text
            .match_indices(&format!("<!-- {kind}"))
            .map(|(at, _)| text.split_at(at))
        {
            let (line, rest) = after.split_once('\n').expect("an image follows");
            let arguments = marker(line).and_then(|it| it.strip_prefix(kind));
            let image = rest
                .split_once("](")
                .and_then(|(_, link)| link.split_once(')'));
            let (address, _) = image.expect("an image follows");
            let path = target(&page, address).expect("it is a file of the package");
            let mut words = command.map(str::to_owned).to_vec();
            words.extend(examples::words(arguments.expect("it is a marker")));
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let printed = help::printed(&words);
            if std::env::var_os("UPDATE_PAGES").is_some() {
                fs::write(program::root().join(&path), &printed).expect("it can be written");
            }
            let is_fresh = program::read(&path) == printed;
            assert!(
                is_fresh,
                "{path} is stale: `UPDATE_PAGES=1 cargo test documents` writes it anew"
            );
            count += 1;
        }
    }
    count
}

/// What the name of a file contains if it is for any file.
const PLACEHOLDERS: [&str; 4] = ["*", "NAME", "KIND", "TOPIC"];

/// Options of other programs.
const FOREIGN: [&str; 2] = ["--profile", "--US-time"];

/// An option, a subcommand or a file that is named on a page exists: prose goes stale where nothing reads it.
#[test]
fn every_option_subcommand_and_file_that_a_page_names_exists() {
    let help = help::everything();
    let commands = help::subcommands();
    let mut found = Vec::new();
    for page in pages().iter().filter(|page| *page != "CHANGELOG.md") {
        let text = program::read(page);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            let Event::Code(code) = event else { continue };
            let first = code.split([' ', '=']).next().unwrap_or_default();
            let is_missing = if first.starts_with("--") {
                !FOREIGN.contains(&first) && !help.iter().any(|page| page.contains(first))
            } else if let Some(command) = code.strip_prefix("dateline ") {
                let name = command.split(' ').next().unwrap_or_default();
                let is_name = name.chars().all(|it| it.is_ascii_lowercase());
                is_name && !commands.iter().any(|known| known == name)
            } else {
                let is_path = ["src/", "tests/", "timelines/", ".github/", ".ci/"]
                    .iter()
                    .any(|folder| first.starts_with(folder));
                is_path
                    && !PLACEHOLDERS.iter().any(|it| first.contains(it))
                    && !program::root().join(first).exists()
            };
            if is_missing {
                found.push(format!("{page}: `{code}`"));
            }
        }
    }
    assert!(found.is_empty(), "no longer there:\n{}", found.join("\n"));
}

#[test]
fn the_scene_that_a_page_shows_is_ready() {
    let shown: Vec<String> = (pages().iter())
        .flat_map(|page| timelines(&fenced(&program::read(page))))
        .filter(|text| text.contains("[[scenes]]"))
        .collect();
    assert!(!shown.is_empty(), "no page shows a scene");
    for text in shown {
        let output = program::fed(&["brief", "--check", "-"], text.as_bytes());
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{printed}\nin\n{text}");
    }
}

#[test]
fn the_timelines_that_pages_show_have_no_findings() {
    let mut count = 0;
    for page in pages() {
        for text in timelines(&fenced(&program::read(&page))) {
            count += 1;
            let opened = program::opened(&page, &text);
            let found = opened.findings.iter();
            let found: Vec<String> = found
                .map(|finding| format!("{}: {}", finding.kind.name, finding.message))
                .collect();
            assert!(found.is_empty(), "{page}: {}\nin\n{text}", found.join("\n"));
        }
    }
    assert!(count > 3, "{count}");
}

#[test]
fn the_settings_that_pages_show_have_no_findings() {
    for (page, block) in blocks_of("toml mapping") {
        let (_, findings) = GivenMapping::read(&SourceText::new(page.as_str(), block.text));
        assert!(findings.is_empty(), "{page}: {findings:?}");
    }
    for (page, block) in blocks_of("toml settings") {
        let text = SourceText::new(page.as_str(), block.text);
        let (taken, findings) = read(&text, &mut SettingValues::default());
        assert!(
            findings.is_empty() && !taken.is_empty(),
            "{page}: {findings:?}"
        );
    }
}

#[test]
fn the_filters_that_pages_show_find_something() {
    let shipped = &program::ready("shipped").0;
    for (page, block) in blocks_of("text filters") {
        for line in block.text.lines() {
            let filter = Filter::parse(shipped, line);
            let filter = filter.unwrap_or_else(|error| panic!("{page}: {line}: {error:?}"));
            let counts = filter.matches(shipped).counts();
            assert!(
                counts.surely + counts.possibly > 0,
                "{page}: `{line}` finds nothing"
            );
        }
    }
}

/// The cells of the first column of every table whose first label this is.
fn first_cells(page: &str, label: &str) -> Vec<String> {
    let text = program::read(page);
    let rows = text
        .lines()
        .map(|line| line.split(" | ").next().unwrap_or(line));
    let mut cells = Vec::new();
    let mut is_in = false;
    for cell in rows {
        let Some(cell) = cell.strip_prefix("| ") else {
            is_in &= cell.starts_with('|');
            continue;
        };
        if is_in {
            cells.extend(ticked(cell).into_iter().map(str::to_owned));
        }
        is_in |= cell == label;
    }
    cells
}

#[test]
fn the_dates_that_pages_show_can_be_read() {
    let pages = pages().into_iter();
    let dates: Vec<String> = pages
        .flat_map(|page| first_cells(&page, "written"))
        .collect();
    assert!(dates.len() > 20, "{dates:?}");
    for date in dates {
        EventDate::parse(&date).unwrap_or_else(|error| panic!("{date}: {error:?}"));
    }
}

#[test]
fn the_commands_that_pages_show_run() {
    std::thread::scope(|scope| {
        for page in pages() {
            scope.spawn(move || run_all(&page));
        }
    });
}

#[test]
fn the_shipped_timelines_have_no_errors_and_no_warnings() {
    for path in program::files("timelines", ".toml") {
        let opened = program::opened(&path, &program::read(&path));
        let found: Vec<String> = opened
            .findings
            .iter()
            .filter(|finding| finding.severity() < Severity::Note)
            .map(|finding| {
                let place = finding.place.start();
                let position = opened.texts.first().map(|text| text.position(place).line);
                let line = position.unwrap_or_default();
                format!("{path}:{line}: {}: {}", finding.kind.name, finding.message)
            })
            .collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }
}

/// A line that is only mentioned, or whose failure is ignored, checks nothing.
#[test]
fn the_script_of_checks_runs_each_check_and_ends_with_the_first_that_fails() {
    let script = program::read(".ci/run");
    let lines: Vec<&str> = script.lines().map(str::trim).collect();
    let is_strict = lines.iter().position(|line| *line == "set -euo pipefail");
    let is_strict = is_strict.expect(".ci/run ends with the first failure");
    for check in [
        "cargo fmt --check",
        "cargo clippy --locked --all-targets -- -D warnings",
        "cargo doc --locked --no-deps --quiet",
        "cargo test --locked -- --include-ignored",
        "cargo deny --offline --locked check bans licenses sources",
    ] {
        let at = lines.iter().position(|line| *line == check);
        assert!(
            at.is_some_and(|at| at > is_strict),
            ".ci/run does not run `{check}`"
        );
    }
    assert!(!script.contains("||"), ".ci/run ignores a failure");
}

/// A law that the long run does not ask for has the same cases for ever.
#[test]
fn the_long_run_draws_for_each_law() {
    let script = program::read(".ci/long");
    let asked = script.split_once("laws=(\n").expect("a list of words").1;
    let asked = asked.split_once(')').expect("it ends").0;
    let asked: Vec<&str> = asked.split_whitespace().collect();
    let draws = ["proptest! {", " seeds(", "::seeds(", "::of_law("];
    let mut laws = 0;
    for path in [program::files("src", ".rs"), program::files("tests", ".rs")].concat() {
        let text = program::read(&path);
        if path == "tests/documents.rs" || !draws.iter().any(|it| text.contains(it)) {
            continue;
        }
        laws += 1;
        let path = path.replace(".rs", "::").replace('/', "::");
        let is_asked = asked.iter().any(|word| path.contains(word));
        assert!(is_asked, ".ci/long has no word for the laws of {path}");
    }
    assert!(laws > 25, "{laws}");
}

/// The parts between grave accents.
fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
