//! The files of a timeline that is shown: reading them again when they are saved.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use anyhow::{Result, bail};

use super::input::{self, Opened};
use super::withholding::Withholding;
use crate::app::edit::Spot;
use crate::app::loading::Loaded;
use crate::app::reload::{Changes, Reading};
use crate::diagnostic::{FileId, READING_STOPPED, SourceText};
use crate::formats::progress::Progress;
use crate::formats::{self, Packing};
use crate::terminal::{Files, Found, Reread};
use crate::text::visible;
use crate::timeline::Timeline;

/// The files as they were named, with what is to be left out of them.
pub(super) struct Named {
    paths: Vec<PathBuf>,
    withholding: Withholding,
    /// Whether each is a file that can be read more than once; standard input and pipes cannot.
    lasting: Vec<bool>,
    /// How far they are read for the first time.
    progress: Progress,
    last: Mutex<Last>,
}

/// What was last read.
struct Last {
    /// By the number of the file.
    texts: Vec<SourceText>,
    /// What was made of them; none for what was read first. It may not be what is shown: a file that hides
    /// something of what it says takes nothing away.
    timeline: Option<Weak<Timeline>>,
    /// Whether only their beginning was read.
    is_part: bool,
}

impl Last {
    /// Whether what is shown was made of these texts.
    fn is_shown(&self, shown: &Arc<Timeline>) -> bool {
        let same = |made: &Weak<Timeline>| std::ptr::eq(made.as_ptr(), Arc::as_ptr(shown));
        self.timeline.as_ref().is_none_or(same)
    }
}

impl Named {
    pub fn new(paths: &[PathBuf], withholding: &Withholding, texts: &[SourceText]) -> Self {
        Self {
            paths: paths.to_vec(),
            withholding: withholding.clone(),
            lasting: paths.iter().map(|path| path.is_file()).collect(),
            progress: Progress::default(),
            last: Mutex::new(Last {
                texts: texts.to_vec(),
                timeline: None,
                is_part: false,
            }),
        }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, before: &Timeline) -> Result<Option<Reread>> {
        let mut last = self.last();
        let mut texts = Vec::new();
        let named = self.paths.iter().zip(&self.lasting);
        for ((path, &is_lasting), text) in named.zip(&last.texts) {
            texts.push(if is_lasting {
                read_file(path)?
            } else {
                text.clone()
            });
        }
        if texts == last.texts && !last.is_part {
            return Ok(None);
        }
        last.texts.clone_from(&texts);
        last.is_part = false;
        // Until it is known what is made of them, nothing that is shown is.
        last.timeline = Some(Weak::new());
        drop(last);
        let opened = input::open_texts(texts, &self.withholding, &Progress::default())?;
        let problems = opened.problems();
        let Opened {
            timeline, whole, ..
        } = opened;
        let timeline = whole.unwrap_or(timeline);
        let changes = Changes::between(before, &timeline);
        let timeline = Arc::new(timeline);
        self.last().timeline = Some(Arc::downgrade(&timeline));
        let reading = Reading::Read {
            timeline,
            problems,
            changes,
        };
        Ok(Some(Reread { reading }))
    }

    /// The file of a number, if an editor can change it.
    fn editable(&self, file: FileId) -> Result<&Path> {
        let number = usize::from(file.0);
        let Some(path) = self.paths.get(number) else {
            bail!(
                "the shipped case is a part of dateline, and no file: name a file of yours to edit it"
            );
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).display();
        if path.as_os_str() == "-" {
            bail!("standard input is no file: save it as one and open that to edit it");
        }
        if self.lasting.get(number) != Some(&true) {
            bail!("`{name}` can be read only once: save it as a file and open that to edit it");
        }
        let mut head = Vec::new();
        let opened = File::open(path).and_then(|file| file.take(4).read_to_end(&mut head));
        if let Err(error) = opened {
            bail!("`{name}` cannot be read: {error}");
        }
        if let Some(packing) = Packing::of(&head) {
            let unpacker = packing.unpacker();
            bail!(
                "`{name}` is packed: unpack it with `{unpacker}` and open what comes out to edit it"
            );
        }
        Ok(path)
    }
}

impl Files for Named {
    fn watched(&self) -> Vec<PathBuf> {
        let named = self.paths.iter().zip(&self.lasting);
        let lasting = named.filter(|(_, is_lasting)| **is_lasting);
        lasting.map(|(path, _)| path.clone()).collect()
    }

    fn read_whole(&self) -> Result<Loaded> {
        let opened = input::open_watched(&self.paths, &self.withholding, &self.progress)?;
        let problems = opened.problems();
        // A wish to stop that came when all had been read changes nothing.
        let mut findings = opened.findings.iter();
        let is_part = findings.any(|it| *it.kind == READING_STOPPED);
        let timeline = Arc::new(opened.whole.unwrap_or(opened.timeline));
        *self.last() = Last {
            texts: opened.texts,
            timeline: Some(Arc::downgrade(&timeline)),
            is_part,
        };
        Ok(Loaded {
            timeline,
            problems,
            stopped_at: is_part.then(|| self.percent()),
        })
    }

    fn percent(&self) -> u8 {
        self.progress.percent()
    }

    fn stop(&self) {
        self.progress.stop();
    }

    fn read_again(&self, before: &Timeline) -> Option<Reread> {
        self.read(before).unwrap_or_else(|error| {
            Some(Reread {
                reading: Reading::Refused(visible(&format!("{error:#}")).into_owned()),
            })
        })
    }

    fn find(&self, shown: &Arc<Timeline>, spot: &Spot) -> Result<Found> {
        let file = spot.place.file;
        let path = self.editable(file)?;
        let now = read_file(path)?;
        let number = usize::from(file.0);
        let last = self.last();
        let is_as_shown = last.texts.get(number) == Some(&now) && last.is_shown(shown);
        let again = if is_as_shown || spot.event.is_none() {
            None
        } else {
            let mut texts = last.texts.clone();
            texts.splice(number..=number, [now.clone()]);
            spot.again(&formats::open(&texts).0)
        };
        // A finding is of the newest reading; what is not found again is where it was.
        let place = again.filter(|place| place.file == file);
        let position = now.position(place.unwrap_or(spot.place).start());
        Ok(Found {
            path: path.to_owned(),
            line: position.line,
            column: position.column,
        })
    }
}

/// What has taken the place of the file may be a pipe or a device, which would be waited for without end.
fn read_file(path: &Path) -> Result<SourceText> {
    let name = path.file_name().unwrap_or(path.as_os_str()).display();
    match fs::metadata(path) {
        Err(error) => bail!("`{name}` cannot be read: {error}"),
        Ok(found) if found.is_dir() => bail!("`{name}` is a directory now"),
        Ok(found) if !found.is_file() => bail!("`{name}` is no file any more"),
        Ok(_) => input::read_file(path),
    }
}
