//! Measures one program on one file: the columns of the table, with the starts and ends that `main` describes.

use std::path::Path;
use std::time::{Duration, Instant};

use super::process::{self, ResourceUse};
use super::programs::{LAST, PromptKeys, RARE, ViewerProgram};
use super::terminal::{TimedTerminal, WaitFailure};

/// The limit on loading a file, and on anything else.
const LOADING: Duration = Duration::from_secs(90);
const PATIENCE: Duration = Duration::from_secs(30);

/// The time between two presses of the end key, until the last event appears.
const AGAIN: Duration = Duration::from_millis(50);

/// The output must pause this long before the next key. Some programs redraw for ever; for them the limit applies.
const LULL: Duration = Duration::from_millis(100);
const LIMIT: Duration = Duration::from_secs(1);

/// The same for a prompt that opens.
const OPENING: Duration = Duration::from_millis(300);

/// The time that a program at rest is watched.
const WATCH: Duration = Duration::from_secs(3);

/// How often a key is pressed, and how often the program starts if it loads in less than this.
const PRESSES: usize = 20;
const STARTS: usize = 5;
const SHORT: Duration = Duration::from_secs(2);

/// A figure, or why it is missing.
pub type Figure = Result<Duration, &'static str>;

/// All measurements of a program.
#[derive(Clone, Copy)]
pub struct Measurements {
    pub first_rows: Figure,
    pub loaded: Figure,
    pub down: Figure,
    pub page: Figure,
    pub end: Figure,
    pub search: Figure,
    pub filter: Figure,
    /// In KiB.
    pub memory: Option<u64>,
    /// Wake-ups a second, and per cent of a core.
    pub rest: Option<(f64, f64)>,
}

/// Runs a program on a file of some events.
pub fn measure(
    program: &ViewerProgram,
    words: &[String],
    home: &Path,
    events: usize,
) -> Measurements {
    let last = format!("EVT-{:07}", events - 1);
    let mut terminal = TimedTerminal::start(words, home);
    let (first_rows, loaded) = start(&mut terminal, program, &last);
    let use_when_loaded = process::of(terminal.process());
    let rest = loaded.ok().and_then(|_| rest(&mut terminal));
    let mut keys = KeyMeasurer {
        terminal: &mut terminal,
        program,
        last: &last,
        can: loaded,
    };
    let measured = Measurements {
        down: keys.each(program.down),
        page: keys.each(program.page),
        end: keys.end(),
        search: keys.search(),
        filter: keys.filter(),
        memory: use_when_loaded.map(|it| it.most_memory),
        rest,
        first_rows,
        loaded,
    };
    drop(terminal);
    match loaded {
        Ok(first) if first < SHORT => again(measured, || {
            start(&mut TimedTerminal::start(words, home), program, &last)
        }),
        _ => measured,
    }
}

/// The time until events are on the screen, and until the last one is.
fn start(terminal: &mut TimedTerminal, program: &ViewerProgram, last: &str) -> (Figure, Figure) {
    let first_rows = first_rows(terminal);
    let loaded = first_rows.and_then(|_| loaded(terminal, program, last));
    (first_rows, loaded)
}

/// The medians of some starts.
fn again(measured: Measurements, start: impl Fn() -> (Figure, Figure)) -> Measurements {
    let mut all = vec![(measured.first_rows, measured.loaded)];
    all.extend((1..STARTS).map(|_| start()));
    let of = |figure: fn(&(Figure, Figure)) -> Figure| {
        all.iter().map(figure).collect::<Result<_, _>>().map(median)
    };
    Measurements {
        first_rows: of(|it| it.0),
        loaded: of(|it| it.1),
        ..measured
    }
}

fn reason(missed: WaitFailure, what: &'static str) -> &'static str {
    match missed {
        WaitFailure::Late => what,
        WaitFailure::Ended => "it ended",
    }
}

fn first_rows(terminal: &mut TimedTerminal) -> Figure {
    let deadline = terminal.started + LOADING;
    let at = terminal.wait(deadline, |text| text.contains("EVT-"));
    match at {
        Ok(at) => Ok(at - terminal.started),
        Err(missed) => Err(reason(missed, "no event came")),
    }
}

fn loaded(terminal: &mut TimedTerminal, program: &ViewerProgram, last: &str) -> Figure {
    let deadline = terminal.started + LOADING;
    while Instant::now() < deadline {
        terminal.press(program.end);
        let seen = terminal.wait(Instant::now() + AGAIN, |text| text.contains(last));
        match seen {
            Ok(at) => return Ok(at - terminal.started),
            Err(WaitFailure::Ended) => return Err("it ended"),
            Err(WaitFailure::Late) => {}
        }
    }
    Err("the last event did not come")
}

fn rest(terminal: &mut TimedTerminal) -> Option<(f64, f64)> {
    terminal.settle(LULL, LIMIT);
    let before = process::of(terminal.process())?;
    terminal.settle(WATCH, WATCH);
    let after = process::of(terminal.process())?;
    let share = |now: fn(&ResourceUse) -> u64| {
        let count = now(&after).saturating_sub(now(&before));
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / WATCH.as_secs_f64()
    };
    Some((share(|it| it.sleeps), share(|it| it.on_core) / 1e7))
}

/// A loaded program that answers keys, one question after the other.
struct KeyMeasurer<'t> {
    terminal: &'t mut TimedTerminal,
    program: &'t ViewerProgram,
    last: &'t str,
    /// Whether it is loaded, or why not.
    can: Figure,
}

impl KeyMeasurer<'_> {
    /// Goes to the first event.
    fn go_to_top(&mut self) -> Result<(), &'static str> {
        self.can?;
        self.terminal.press(self.program.top);
        let first = self.terminal.wait(Instant::now() + PATIENCE, |text| {
            text.contains("EVT-0000000")
        });
        self.terminal.settle(LULL, LIMIT);
        first.map_or_else(
            |missed| Err(reason(missed, "the first event did not come")),
            |_| Ok(()),
        )
    }

    fn each(&mut self, key: &str) -> Figure {
        self.go_to_top()?;
        let times = (0..PRESSES).filter_map(|_| self.terminal.answer(key));
        let times: Vec<Duration> = times.collect();
        if times.len() < PRESSES / 2 {
            return Err("the screen did not change");
        }
        Ok(median(times))
    }

    fn end(&mut self) -> Figure {
        self.go_to_top()?;
        let pressed = self.terminal.press(self.program.end);
        self.seen(pressed, |text, last| text.contains(last))
    }

    fn search(&mut self) -> Figure {
        self.go_to_top()?;
        let typed = self.asked(&self.program.search, LAST)?;
        self.seen(typed, |text, last| text.contains(last))
    }

    fn filter(&mut self) -> Figure {
        self.go_to_top()?;
        let typed = self.asked(&self.program.filter, RARE)?;
        self.seen(typed, |text, _| is_filtered(text))
    }

    /// Types a word and enter into a prompt, and returns when.
    fn asked(&mut self, question: &PromptKeys, word: &str) -> Result<Instant, &'static str> {
        self.terminal.press(question.prompt);
        // Some programs lose characters that are typed before a prompt is open.
        self.terminal.settle(OPENING, LIMIT);
        let typed = self.terminal.press(&format!("{word}\r"));
        if let Some((text, keys)) = question.then {
            let deadline = typed + PATIENCE;
            let seen = self.terminal.wait(deadline, |screen| screen.contains(text));
            seen.map_err(|missed| reason(missed, "no answer came"))?;
            self.terminal.press(keys);
        }
        Ok(typed)
    }

    fn seen(&mut self, since: Instant, wanted: impl Fn(&str, &str) -> bool) -> Figure {
        let last = self.last;
        let at = self
            .terminal
            .wait(since + PATIENCE, |text| wanted(text, last));
        match at {
            Ok(at) => Ok(at.saturating_duration_since(since)),
            Err(missed) => Err(reason(missed, "no answer came")),
        }
    }
}

/// Whether the list has only events that have the rare word: each hundredth.
fn is_filtered(text: &str) -> bool {
    let numbers = text.split("EVT-").skip(1).filter_map(|rest| rest.get(..7));
    let mut numbers: Vec<&str> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() >= 3 && numbers.iter().all(|it| it.ends_with("99"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
