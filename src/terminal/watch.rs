//! Watching files: a word when one of them may say something else.
//!
//! Directories are watched, since editors replace files by others of the same name; and so may a directory be
//! replaced, or a link be made to lead elsewhere. So with each word it is worked out anew what is to be watched,
//! before anybody reads: a save that comes later is seen, and one that came before is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::loop_event::LoopEvent;
use super::places::{Watched, walk};
use super::threads::spawn;
use crate::timeline::Timeline;

/// How long a file must be left alone: who saves often writes in several steps.
const LULL: Duration = Duration::from_millis(15);

/// How many steps are waited for: a file that is written without end is read all the same.
const MOST: usize = 4;

/// How long a file must be left alone under a highest marking: the line that marks what is being written may come last.
const REST: Duration = Duration::from_millis(700);

/// When a file that is being written is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// Soon, whether or not its writer has come to an end.
    Short,
    /// Only once it is at rest: what has not arrived may mark what has.
    UntilRest,
}

impl Patience {
    /// The patience that what is shown of a file asks for.
    pub(super) fn of(shown: &Timeline) -> Self {
        match shown.withheld().ceiling {
            None => Self::Short,
            Some(_) => Self::UntilRest,
        }
    }

    const fn lull(self) -> Duration {
        match self {
            Self::Short => LULL,
            Self::UntilRest => REST,
        }
    }

    /// Whether there may be another step after so many.
    const fn allows(self, steps: usize) -> bool {
        match self {
            Self::Short => steps < MOST,
            Self::UntilRest => true,
        }
    }
}

/// The way to the thread that watches.
pub(super) struct Watch(Sender<Word>);

impl Watch {
    /// Begins to watch, if there is anything to be watched. Each change comes as a happening. Says too why a save
    /// is not seen, if it is not.
    pub fn begin(
        files: Vec<PathBuf>,
        patience: Patience,
        sender: &Sender<LoopEvent>,
    ) -> Result<Option<(Self, Option<String>)>> {
        if files.is_empty() {
            return Ok(None);
        }
        let (tell, words) = mpsc::channel();
        let mut guard = Guard::<RecommendedWatcher>::new(files, tell.clone());
        let unseen = guard.answer(&Heard::default());
        let happened = sender.clone();
        spawn("watch", sender, move || {
            while let Some(heard) = listen(&words, patience) {
                let unseen = guard.answer(&heard);
                let touched = LoopEvent::Touched {
                    unseen,
                    is_told: heard.is_told,
                };
                if happened.send(touched).is_err() {
                    return;
                }
            }
        })?;
        Ok(Some((Self(tell), unseen)))
    }

    /// Has it worked out anew what is to be watched, and then has the files read as if one had changed; that none
    /// has is told if that is wished for. Says whether there is still somebody to do so.
    pub fn renew(&self, is_told: bool) -> bool {
        self.0.send(Word::Renew { is_told }).is_ok()
    }
}

/// What the thread that watches is told.
enum Word {
    /// Something has changed on the way to a file.
    Touched,
    /// The user wants the files to be read, and perhaps to be told that they are as they were.
    Renew { is_told: bool },
    /// Nothing more is heard of changes, and why.
    Lost(notify::Error),
}

/// All that came until it was quiet for a while.
#[derive(Default)]
struct Heard {
    is_asked: bool,
    is_told: bool,
    lost: Option<notify::Error>,
}

impl Heard {
    fn add(&mut self, word: Word) {
        match word {
            Word::Touched => {}
            Word::Renew { is_told } => {
                self.is_asked = true;
                self.is_told |= is_told;
            }
            Word::Lost(error) => self.lost = Some(error),
        }
    }
}

/// Waits for a word, and then until those who save have come to an end. None if nobody can say any.
fn listen(words: &Receiver<Word>, patience: Patience) -> Option<Heard> {
    let mut heard = Heard::default();
    heard.add(words.recv().ok()?);
    let mut steps = 0;
    while patience.allows(steps) && !heard.is_asked {
        steps += 1;
        match words.recv_timeout(patience.lull()) {
            Ok(word) => heard.add(word),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        for word in words.try_iter() {
            heard.add(word);
        }
    }
    Some(heard)
}

/// Where the names stand that lead to the files: what happens to others is nobody's affair.
#[derive(Clone, Default)]
struct Places(Arc<Mutex<BTreeSet<PathBuf>>>);

impl Places {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a file may say something else after this. Where more happened than the system could tell, it may.
    fn concern(&self, event: &notify::Event) -> bool {
        if event.need_rescan() {
            return true;
        }
        let places = self.lock();
        !event.kind.is_access() && event.paths.iter().any(|path| places.contains(path))
    }
}

/// Watches the files.
struct Guard<W> {
    files: Vec<PathBuf>,
    words: Sender<Word>,
    places: Places,
    /// The directories that are watched.
    folders: BTreeSet<PathBuf>,
    /// None as long as the system does not let us watch.
    watcher: Option<W>,
    /// Why a save is not seen, as it was last told.
    told: Option<String>,
}

impl<W: Watcher> Guard<W> {
    fn new(files: Vec<PathBuf>, words: Sender<Word>) -> Self {
        Self {
            files,
            words,
            places: Places::default(),
            folders: BTreeSet::new(),
            watcher: None,
            told: None,
        }
    }

    /// Watches what is to be watched after this. Says why a save is not seen, once for each reason, and whenever the
    /// user asks.
    fn answer(&mut self, heard: &Heard) -> Option<String> {
        if heard.lost.is_some() {
            self.folders.clear();
            self.watcher = None;
        }
        let renewed = match &heard.lost {
            // What begins again by itself may be lost again without end.
            Some(error) if !heard.is_asked => Err(anyhow!("{error}")),
            _ => self.renew(),
        };
        let unseen = renewed.err().map(|error| format!("{error:#}"));
        let is_news = heard.is_asked || unseen != self.told;
        self.told.clone_from(&unseen);
        unseen.filter(|_| is_news)
    }

    /// Watches what stands on the way to each file now.
    fn renew(&mut self) -> Result<()> {
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            none => none.insert(watcher(&self.places, &self.words)?),
        };
        // Another directory may have taken the name of one that is watched. Whoever asked for this reads all that
        // happens meanwhile.
        for folder in std::mem::take(&mut self.folders) {
            let _ = watcher.unwatch(&folder);
        }
        let mut places = BTreeSet::new();
        let mut unseen = Ok(());
        for file in &self.files {
            let walked = walk(file, |folder, place| {
                self.places.lock().insert(place.to_owned());
                places.insert(place.to_owned());
                watch(watcher, &mut self.folders, folder)
            });
            unseen = unseen.and(walked);
        }
        *self.places.lock() = places;
        unseen
    }
}

/// One that tells what concerns the files.
fn watcher<W: Watcher>(places: &Places, words: &Sender<Word>) -> notify::Result<W> {
    let (places, words) = (places.clone(), words.clone());
    let hear = move |event: notify::Result<notify::Event>| {
        let word = match event {
            Ok(event) if places.concern(&event) => Word::Touched,
            Ok(_) => return,
            Err(error) => Word::Lost(error),
        };
        // The thread that is told may have ended, and the program with it.
        let _ = words.send(word);
    };
    W::new(hear, Config::default())
}

/// What the system says, without the number that it goes by: the line is short.
fn in_words(error: &std::io::Error) -> String {
    let said = error.to_string();
    let words = said.split(" (os error").next();
    words.map_or_else(String::new, str::to_owned)
}

/// Watches a directory, unless it is watched already.
fn watch(
    watcher: &mut impl Watcher,
    folders: &mut BTreeSet<PathBuf>,
    folder: &Path,
) -> Result<Watched> {
    if folders.contains(folder) {
        return Ok(Watched::Yes);
    }
    let Err(error) = watcher.watch(folder, RecursiveMode::NonRecursive) else {
        folders.insert(folder.to_owned());
        return Ok(Watched::Yes);
    };
    let why = match error.kind {
        ErrorKind::PathNotFound => return Ok(Watched::Missing),
        ErrorKind::Io(error) => in_words(&error),
        ErrorKind::MaxFilesWatch => "the system watches no more for this user".to_owned(),
        _ => error.to_string(),
    };
    Err(anyhow!("`{}` cannot be watched: {why}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, Flag};
    use notify::{Event, EventHandler, EventKind, WatcherKind};
    use std::cell::Cell;

    thread_local! {
        /// Whether the system lets us watch, and how often it was asked for a watcher.
        static LETS: Cell<bool> = const { Cell::new(true) };
        static MADE: Cell<usize> = const { Cell::new(0) };
    }

    /// A system that watches or not, as the test has it.
    #[derive(Debug)]
    struct Fake;

    impl Watcher for Fake {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            MADE.set(MADE.get() + 1);
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            let full = || notify::Error::new(ErrorKind::MaxFilesWatch);
            LETS.get().then_some(()).ok_or_else(full)
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Err(notify::Error::watch_not_found())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    fn guard() -> Guard<Fake> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        Guard::new(vec![here], mpsc::channel().0)
    }

    fn heard(words: impl IntoIterator<Item = Word>) -> Heard {
        let mut heard = Heard::default();
        words.into_iter().for_each(|word| heard.add(word));
        heard
    }

    #[test]
    fn why_a_save_is_not_seen_is_told_once_and_whenever_it_is_asked_for() {
        let mut guard = guard();
        LETS.set(false);
        let told = guard.answer(&heard([])).expect("it is told");
        assert!(told.ends_with("cannot be watched: the system watches no more for this user"));
        assert_eq!(guard.answer(&heard([Word::Touched])), None);
        assert_eq!(
            guard.answer(&heard([Word::Renew { is_told: true }])),
            Some(told)
        );
        LETS.set(true);
        assert_eq!(guard.answer(&heard([Word::Renew { is_told: true }])), None);
        LETS.set(false);
        assert!(guard.answer(&heard([Word::Touched])).is_some());
    }

    #[test]
    fn what_watches_no_more_is_told_and_made_anew_when_it_is_asked_for() {
        let mut guard = guard();
        assert_eq!(guard.answer(&heard([])), None);
        let lost = || Word::Lost(notify::Error::generic("it broke"));
        let told = guard.answer(&heard([Word::Touched, lost()]));
        assert_eq!(told.as_deref(), Some("it broke"));
        assert!(guard.watcher.is_none() && guard.folders.is_empty());
        assert_eq!(guard.answer(&heard([Word::Renew { is_told: true }])), None);
        assert!(guard.watcher.is_some() && !guard.folders.is_empty());
        assert_eq!(
            guard.answer(&heard([lost(), Word::Renew { is_told: true }])),
            None
        );
        assert_eq!(MADE.get(), 3);
    }

    #[test]
    fn a_file_up_to_a_marking_is_read_only_once_its_writer_is_at_rest() {
        assert!(Patience::Short.allows(MOST - 1) && !Patience::Short.allows(MOST));
        assert!(Patience::UntilRest.allows(usize::MAX) && REST > LULL);
        let text = "[timeline]\ntlp = \"CLEAR\"\n[[events]]\ntitle = \"A\"\n";
        let text = crate::diagnostic::SourceText::new("t.toml", text);
        let (whole, _) = crate::formats::open(&[text]);
        assert_eq!(Patience::of(&whole), Patience::Short);
        let left = whole.up_to(crate::timeline::term::Tlp::Clear);
        let left = left.expect("it is marked");
        assert_eq!(Patience::of(&left), Patience::UntilRest);
        // What the user asks for is not waited for.
        let (tell, words) = mpsc::channel();
        tell.send(Word::Renew { is_told: true })
            .expect("it is heard");
        assert!(listen(&words, Patience::UntilRest).is_some_and(|heard| heard.is_asked));
    }

    #[test]
    fn what_was_lost_for_its_number_concerns_every_file_and_a_look_at_one_none() {
        let places = Places::default();
        places.lock().insert(PathBuf::from("/d/t.toml"));
        let at = |kind, path: &str| Event::new(kind).add_path(PathBuf::from(path));
        assert!(places.concern(&at(EventKind::Any, "/d/t.toml")));
        assert!(!places.concern(&at(EventKind::Any, "/d/other")));
        assert!(!places.concern(&at(EventKind::Access(AccessKind::Any), "/d/t.toml")));
        assert!(places.concern(&Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }
}
