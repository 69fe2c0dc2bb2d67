//! The tables, in Markdown. Each row is printed as soon as it is measured.

use std::fmt;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::programs::{PROGRAMS, TEN_MILLION, ViewerProgram};
use super::session::{Figure, Measurements, measure};
use super::yardsticks::{self, ToolCost};
use super::{logs, machine};

const HEAD: &str = "\
| events | form | program | first rows | loaded | MiB | times the file | a key | a page | end | search | filter | wake-ups/s | % of a core |
|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

const HEAD_OF_TOOLS: &str = "\
| events | form | MiB | to count those with a word | from start to end | MiB of memory |
|--:|---|--:|---|--:|--:|";

const HEAD_OF_IMPORTS: &str = "\
| events | form | MiB | thirty imported | only parsed | speed of the parse | MiB of memory |
|--:|---|--:|--:|--:|--:|--:|";

/// Measures the requested programs, or all installed ones, on files of some sizes.
pub fn print(folder: &Path, sizes: &[usize], only: &[&str]) {
    let wanted = |name: &str| only.is_empty() || only.contains(&name);
    let (there, absent): (Vec<&ViewerProgram>, Vec<&ViewerProgram>) = PROGRAMS
        .iter()
        .filter(|program| wanted(program.name))
        .partition(|program| program.path().is_some());
    introduce(&there, &absent);
    println!("\n{HEAD}");
    let (mut tools, mut imports) = (Vec::new(), Vec::new());
    let mut reasons = Vec::new();
    for &events in sizes {
        let forms: &[&str] = if events < TEN_MILLION {
            &["csv", "jsonl", "toml"]
        } else {
            &["csv"]
        };
        for &form in forms {
            let file = EventFile::new(folder, form, events);
            let can =
                |program: &ViewerProgram| program.form == form && events <= program.most_events;
            for program in there.iter().filter(|program| can(program)) {
                let measured = run(program, &file, folder);
                println!("{}", row(program, &file, &measured));
                reasons.extend(missing(program, &file, &measured));
            }
            if only.is_empty() {
                tools.extend(counts(&file));
                imports.extend((form != "toml").then(|| import(&file)));
            }
        }
    }
    for reason in reasons {
        println!("\n{reason}");
    }
    if !tools.is_empty() {
        println!("\n{HEAD_OF_TOOLS}\n{}", tools.join("\n"));
        println!("\n{HEAD_OF_IMPORTS}\n{}", imports.join("\n"));
    }
}

/// Prints the machine and the versions of the programs.
fn introduce(there: &[&ViewerProgram], absent: &[&ViewerProgram]) {
    println!("On {}.", machine::name());
    let mut named: Vec<&str> = Vec::new();
    for program in there {
        if named.contains(&program.name) {
            continue;
        }
        named.push(program.name);
        let path = program.path().expect("the program is installed");
        let output = Command::new(&path).arg("--version").output();
        let version = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
        let version = version.unwrap_or_default();
        let version = version.lines().next().unwrap_or(program.name);
        let size = mebi(fs::metadata(&path).map_or(0, |it| it.len()));
        if size < 0.1 {
            println!("- {version}: a script");
        } else {
            println!("- {version}: {size:.1} MiB");
        }
    }
    for program in absent {
        println!("- {} is not on PATH", program.name);
    }
}

/// A file of events, removed when it is no longer needed.
struct EventFile {
    path: PathBuf,
    form: &'static str,
    events: usize,
    bytes: u64,
}

impl EventFile {
    fn new(folder: &Path, form: &'static str, events: usize) -> Self {
        let path = folder.join(format!("events-{events}.{form}"));
        let made = File::create(&path).expect("the folder for temporary files takes a file");
        let mut text = TextWriter(BufWriter::new(made));
        logs::write(&mut text, form, events).expect("the disk has room for it");
        text.0.flush().expect("the disk has room for it");
        Self {
            bytes: fs::metadata(&path).map_or(0, |it| it.len()),
            path,
            form,
            events,
        }
    }
}

/// A text that goes to a file.
struct TextWriter(BufWriter<File>);

impl fmt::Write for TextWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_all(text.as_bytes()).map_err(|_| fmt::Error)
    }
}

impl Drop for EventFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn run(program: &ViewerProgram, file: &EventFile, folder: &Path) -> Measurements {
    let home = folder.join(format!("{}-{}-{}", program.name, file.form, file.events));
    fs::create_dir_all(&home).expect("a folder takes a folder");
    let path = program.path().expect("the program is installed");
    let words = program.words(&path, &home, &file.path);
    measure(program, &words, &home, file.events)
}

fn row(program: &ViewerProgram, file: &EventFile, measured: &Measurements) -> String {
    let figures = [measured.first_rows, measured.loaded]
        .map(figure)
        .join(" | ");
    let memory = measured.memory.map_or("— | —".to_owned(), |memory| {
        let (memory, file) = (mebi(memory << 10), mebi(file.bytes));
        format!("{memory:.0} | {:.1}", memory / file)
    });
    let keys = named(measured).map(|(_, it)| figure(it)).join(" | ");
    let rest = measured.rest.map_or("— | —".to_owned(), |(wakes, share)| {
        format!("{wakes:.0} | {share:.1}")
    });
    format!(
        "| {} | {} | {} | {figures} | {memory} | {keys} | {rest} |",
        file.events, file.form, program.name
    )
}

fn named(measured: &Measurements) -> [(&'static str, Figure); 5] {
    [
        ("a key", measured.down),
        ("a page", measured.page),
        ("end", measured.end),
        ("search", measured.search),
        ("filter", measured.filter),
    ]
}

/// The reasons for missing figures.
fn missing(program: &ViewerProgram, file: &EventFile, measured: &Measurements) -> Vec<String> {
    let loading = [
        ("first rows", measured.first_rows),
        ("loaded", measured.loaded),
    ];
    let all = loading.into_iter().chain(named(measured));
    let reasons = all.filter_map(|(name, figure)| {
        let reason = figure.err()?;
        Some(format!(
            "No figure for {name}, {} on {} events as {}: {reason}.",
            program.name, file.events, file.form
        ))
    });
    reasons.collect()
}

fn counts(file: &EventFile) -> Vec<String> {
    let tools = yardsticks::TOOLS
        .iter()
        .filter(|tool| tool.form == file.form);
    let rows = tools.filter_map(|tool| {
        let ToolCost { time, memory } = tool.cost(&file.path)?;
        let (time, memory) = (shown(time), peak(memory));
        Some(format!(
            "| {} | {} | {:.0} | `{}` | {time} | {memory} |",
            file.events,
            file.form,
            mebi(file.bytes),
            tool.name
        ))
    });
    rows.collect()
}

fn import(file: &EventFile) -> String {
    let parse = yardsticks::bare_parse(file.form, &file.path);
    let ToolCost { time, memory } = yardsticks::import(&file.path);
    let ratio = parse.time.as_secs_f64() / time.as_secs_f64();
    format!(
        "| {} | {} | {:.0} | {} | {} | {ratio:.2} | {} |",
        file.events,
        file.form,
        mebi(file.bytes),
        shown(time),
        shown(parse.time),
        peak(memory)
    )
}

/// A peak of memory in MiB, from KiB.
fn peak(memory: Option<u64>) -> String {
    memory.map_or("—".to_owned(), |it| format!("{:.0}", mebi(it << 10)))
}

fn figure(figure: Figure) -> String {
    figure.map_or("—".to_owned(), shown)
}

/// With two or three significant digits.
fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    match milliseconds {
        1000.0.. => format!("{:.2} s", milliseconds / 1000.0),
        10.0.. => format!("{milliseconds:.0} ms"),
        _ => format!("{milliseconds:.1} ms"),
    }
}

fn mebi(bytes: u64) -> f64 {
    let kibi = u32::try_from(bytes >> 10).unwrap_or(u32::MAX);
    f64::from(kibi) / 1024.0
}
