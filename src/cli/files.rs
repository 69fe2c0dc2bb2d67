//! The files of a timeline that is shown: reading them again when they are saved.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, bail};

use super::input::{self, Opened};
use super::withholding::Withholding;
use crate::app::loading::Loaded;
use crate::app::reload::{Changes, Reading};
use crate::diagnostic::{READING_STOPPED, SourceText};
use crate::formats::progress::Progress;
use crate::terminal::{Files, Reread};
use crate::text::visible;
use crate::timeline::Timeline;

/// The files as they were named, with what is to be left out of them.
pub(super) struct Named {
    paths: Vec<PathBuf>,
    withholding: Withholding,
    /// Whether each is a file that can be read more than once; standard input and pipes cannot.
    lasting: Vec<bool>,
    /// What was last read, by the number of the file.
    last: Mutex<Vec<SourceText>>,
}

impl Named {
    pub fn new(paths: &[PathBuf], withholding: &Withholding, texts: &[SourceText]) -> Self {
        Self {
            paths: paths.to_vec(),
            withholding: withholding.clone(),
            lasting: paths.iter().map(|path| path.is_file()).collect(),
            last: Mutex::new(texts.to_vec()),
        }
    }

    fn read(&self, before: &Timeline) -> Result<Option<Reread>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts = Vec::new();
        let named = self.paths.iter().zip(&self.lasting);
        for ((path, &is_lasting), text) in named.zip(last.iter()) {
            texts.push(if is_lasting {
                read_file(path)?
            } else {
                text.clone()
            });
        }
        if texts == *last {
            return Ok(None);
        }
        last.clone_from(&texts);
        drop(last);
        let opened = input::open_texts(texts, &self.withholding, &Progress::default())?;
        let problems = opened.problems();
        let Opened {
            timeline, whole, ..
        } = opened;
        let timeline = whole.unwrap_or(timeline);
        let changes = Changes::between(before, &timeline);
        let reading = Reading::Read {
            timeline: Arc::new(timeline),
            problems,
            changes,
        };
        Ok(Some(Reread { reading }))
    }
}

impl Files for Named {
    fn watched(&self) -> Vec<PathBuf> {
        let named = self.paths.iter().zip(&self.lasting);
        let lasting = named.filter(|(_, is_lasting)| **is_lasting);
        lasting.map(|(path, _)| path.clone()).collect()
    }

    fn read_whole(&self, progress: &Progress) -> Result<Loaded> {
        let opened = input::open_watched(&self.paths, &self.withholding, progress)?;
        let problems = opened.problems();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // A wish to stop that came when all had been read changes nothing.
        let mut findings = opened.findings.iter();
        let is_stopped = findings.any(|it| *it.kind == READING_STOPPED);
        if !is_stopped {
            last.clone_from(&opened.texts);
        }
        Ok(Loaded {
            timeline: Arc::new(opened.whole.unwrap_or(opened.timeline)),
            problems,
            stopped_at: is_stopped.then(|| progress.percent()),
        })
    }

    fn read_again(&self, before: &Timeline) -> Option<Reread> {
        self.read(before).unwrap_or_else(|error| {
            Some(Reread {
                reading: Reading::Refused(visible(&format!("{error:#}")).into_owned()),
            })
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
