//! The examples of a page: timelines and settings are read, filters are parsed, commands are run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TextMergeStream};

use crate::support::program;

/// The words of a command line, as a shell reads them.
pub fn words(line: &str) -> Vec<String> {
    shell_words::split(line).unwrap_or_else(|error| panic!("`{line}`: {error}"))
}

/// A fenced block: its info string and its lines.
pub struct Fenced {
    pub info: String,
    pub text: String,
}

pub fn fenced(text: &str) -> Vec<Fenced> {
    let mut blocks = Vec::new();
    let mut events = TextMergeStream::new(Parser::new(text));
    while let Some(event) = events.next() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event {
            let text = match events.next() {
                Some(Event::Text(text)) => text.into_string(),
                _ => String::new(),
            };
            let info = info.into_string();
            blocks.push(Fenced { info, text });
        }
    }
    blocks
}

/// The timelines that are shown, in order, as they are read.
pub fn timelines(blocks: &[Fenced]) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for block in blocks {
        match block.info.as_str() {
            "toml" => shown.push(block.text.clone()),
            "toml more" => {
                let before = shown.last().cloned().unwrap_or_default();
                shown.push(format!("{before}\n{}", block.text));
            }
            _ => {}
        }
    }
    shown
}

/// Runs the examples of a page in an empty folder. Its timelines are read as far as they were shown before.
pub fn run_all(page: &str) {
    let folder = folder(&page.replace(['/', '.'], "-"));
    let blocks = fenced(&program::read(page));
    let first = timelines(&blocks).into_iter().next().unwrap_or_default();
    let mut mapping = None;
    for (at, block) in blocks.iter().enumerate() {
        if block.info == "toml mapping" {
            mapping = Some(&block.text);
        }
        if block.info != "sh" {
            continue;
        }
        let before = timelines(blocks.get(..at).unwrap_or_default());
        let timeline = mapping.or(before.last()).unwrap_or(&first);
        for line in block.text.replace("\\\n", " ").lines() {
            if line.starts_with("dateline") {
                runs(line, timeline, &folder);
            }
        }
    }
}

/// Runs an example without a terminal. A timeline that is nowhere is the one shown before.
pub fn runs(line: &str, timeline: &str, folder: &Path) {
    let one = [" | ", " > ", " < ", " # ", "  #", " && "]
        .iter()
        .filter_map(|end| line.split_once(end))
        .map(|(before, _)| before)
        .min_by_key(|before| before.len())
        .unwrap_or(line);
    // A follower needs a terminal, and an earlier version of a file a repository.
    if one.contains("--follow") || is_compared_with_a_commit(one) {
        return;
    }
    let arguments = words(one).into_iter().skip(1).map(|word| {
        if let Some(log) = sample_log(&word) {
            fs::write(folder.join(&word), log).expect("it can be written");
            return word;
        }
        if !is_timeline(&word) {
            return word;
        }
        let path = program::root().join(&word);
        if path.exists() {
            return path.display().to_string();
        }
        let file = Path::new(&word).file_name().expect("it has a name");
        let path = folder.join(file);
        if one.starts_with("dateline new") {
            // `new` never writes over a file.
            let _ = fs::remove_file(path);
        } else {
            fs::write(path, timeline).expect("it can be written");
        }
        file.to_string_lossy().into_owned()
    });
    let arguments: Vec<String> = arguments.collect();
    if is_repeated(&arguments, timeline) {
        return;
    }
    let output = program::dateline()
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program can be started");
    let has_differences = one.starts_with("dateline diff") && output.status.code() == Some(1);
    let is_success = output.status.success() || has_differences;
    assert!(is_success, "`{line}` fails: {output:?}");
}

/// Whether a command that only prints ran before, for another page, on the same timeline.
fn is_repeated(arguments: &[String], timeline: &str) -> bool {
    static RUN: Mutex<BTreeSet<(Vec<String>, String)>> = Mutex::new(BTreeSet::new());
    let writes = |word: &String| word == "new" || word == "--output" || word == "--dir";
    let mut run = RUN.lock().expect("no test panics while it looks here");
    !arguments.iter().any(writes) && !run.insert((arguments.to_vec(), timeline.to_owned()))
}

fn is_compared_with_a_commit(line: &str) -> bool {
    let words = words(line);
    let files = words.iter().filter(|word| is_timeline(word)).count();
    line.starts_with("dateline diff") && !line.contains("--known") && files == 1
}

/// The log of that name among the samples; what is in it says whether it is packed.
fn sample_log(word: &str) -> Option<Vec<u8>> {
    let name = word.strip_suffix(".gz").unwrap_or(word);
    let ending = std::path::Path::new(name).extension();
    let is_log =
        ending.is_some_and(|ending| ending == "csv" || ending == "jsonl" || ending == "json");
    let folders = ["logs", "tables", "bundles"]
        .map(|folder| program::root().join("tests/formats").join(folder));
    let paths = folders.map(|folder| folder.join(name));
    let path = paths.iter().find(|path| path.exists()).unwrap_or(&paths[0]);
    is_log.then(|| fs::read(path).expect("it is among the samples"))
}

fn is_timeline(word: &str) -> bool {
    Path::new(word)
        .extension()
        .is_some_and(|extension| extension == "toml")
}

/// An empty folder for the files that the examples of a test name. Tests run at the same time: each has its own.
pub fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("examples-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("it can be made");
    folder
}
