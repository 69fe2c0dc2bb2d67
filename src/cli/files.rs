//! The files of a timeline that is shown: reading them again when they are saved.

use std::fs::{self, File};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use anyhow::{Result, bail};

use super::input::{self, Opened};
use super::seen::{Seen, Trace, Traced, fingerprint};
use super::withholding::Withholding;
use crate::app::commands::edit::Spot;
use crate::app::reload::loading::Loaded;
use crate::app::reload::{Changes, Reading};
use crate::diagnostic::{FileId, Place, SourceText};
use crate::formats::progress::Progress;
use crate::formats::{self, Incoming, Packing};
use crate::terminal::{Files, Found, Overtaken, Reread, RereadOutcome};
use crate::text::visible;
use crate::timeline::Timeline;

/// The files as they were named, with what is to be left out of them.
pub(super) struct Named {
    paths: Vec<PathBuf>,
    withholding: Withholding,
    /// The settings, if they are a file.
    settings: Option<PathBuf>,
    /// How far they are read for the first time.
    progress: Progress,
    last: Mutex<Last>,
}

/// What was last read.
#[derive(Clone)]
struct Last {
    /// By the number of the file.
    seen: Vec<Seen>,
    /// What was made of them; none for what was read first. It may not be what is shown: a file that hides
    /// something of what it says takes nothing away.
    timeline: Option<Weak<Timeline>>,
    /// Whether only their beginning was read.
    is_part: bool,
}

impl Last {
    fn of(traces: &[Trace]) -> Self {
        Self {
            seen: traces.iter().map(Trace::seen).collect(),
            timeline: None,
            is_part: false,
        }
    }

    /// Whether what is shown was made of what was read.
    fn is_shown(&self, shown: &Arc<Timeline>) -> bool {
        let same = |made: &Weak<Timeline>| std::ptr::eq(made.as_ptr(), Arc::as_ptr(shown));
        self.timeline.as_ref().is_none_or(same)
    }
}

impl Named {
    /// Files that were opened, and what was seen of each.
    pub fn new(paths: &[PathBuf], withholding: &Withholding, seen: &[Trace]) -> Self {
        Self {
            paths: paths.to_vec(),
            withholding: withholding.clone(),
            settings: None,
            progress: Progress::default(),
            last: Mutex::new(Last::of(seen)),
        }
    }

    /// The same with the file in which the settings are.
    pub fn with_settings(self, settings: Option<&Path>) -> Self {
        Self {
            settings: settings.map(Path::to_path_buf),
            ..self
        }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, before: &Timeline, overtaken: &Overtaken) -> Result<RereadOutcome> {
        if self.paths.is_empty() {
            // The shipped case never changes.
            return Ok(RereadOutcome::Same);
        }
        let last = self.last().clone();
        let now = self
            .paths
            .iter()
            .zip(&last.seen)
            .map(|(path, seen)| match seen {
                Seen::File(_) => {
                    check(path)?;
                    Ok(Seen::File(fingerprint(path)?))
                }
                Seen::Once(_) => Ok(seen.clone()),
            });
        let now = now.collect::<Result<Vec<Seen>>>()?;
        if now == last.seen && !last.is_part {
            return Ok(RereadOutcome::Same);
        }
        // Until it is known what is made of them, nothing that is shown is.
        *self.last() = Last {
            seen: now.clone(),
            timeline: Some(Weak::new()),
            is_part: false,
        };
        let traced = Traced::new(self.incoming(&now)?, &self.paths);
        let progress = Progress::until(overtaken.flag());
        let opened = input::open_files(traced, &self.withholding, &progress);
        if progress.is_stopped() {
            *self.last() = last;
            return Ok(RereadOutcome::Overtaken);
        }
        let opened = opened?;
        // A file may have been saved once more since it was compared.
        self.last().seen = Last::of(&opened.seen).seen;
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
        Ok(RereadOutcome::Read(Reread { reading }))
    }

    /// The files to be read again, and what could be read but once.
    fn incoming(&self, seen: &[Seen]) -> Result<Vec<Incoming<'static>>> {
        let named = self.paths.iter().zip(seen);
        named
            .map(|(path, seen)| match seen {
                Seen::File(_) => opened(path),
                Seen::Once(bytes) => {
                    let source = Cursor::new(bytes.as_ref().clone());
                    Ok(Incoming::new(input::name(path), Box::new(source), None))
                }
            })
            .collect()
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
        if !matches!(self.last().seen.get(number), Some(Seen::File(_))) {
            bail!("`{name}` can be read only once: save it as a file and open that to edit it");
        }
        check(path)?;
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
        let last = self.last();
        let named = self.paths.iter().zip(&last.seen);
        let files = named.filter(|(_, seen)| matches!(seen, Seen::File(_)));
        files.map(|(path, _)| path.clone()).collect()
    }

    fn read_whole(&self) -> Result<Loaded> {
        let opened = input::open_watched(&self.paths, &self.withholding, &self.progress)?;
        let problems = opened.problems();
        let is_part = formats::is_part(&opened.findings);
        let timeline = Arc::new(opened.whole.unwrap_or(opened.timeline));
        *self.last() = Last {
            timeline: Some(Arc::downgrade(&timeline)),
            is_part,
            ..Last::of(&opened.seen)
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

    fn read_again(&self, before: &Timeline, overtaken: &Overtaken) -> RereadOutcome {
        self.read(before, overtaken).unwrap_or_else(|error| {
            RereadOutcome::Read(Reread {
                reading: Reading::Refused(visible(&format!("{error:#}")).into_owned()),
            })
        })
    }

    fn find(&self, shown: &Arc<Timeline>, spot: &Spot) -> Result<Found> {
        let file = spot.place.file;
        if let Some(settings) = self.settings.as_ref().filter(|_| spot.is_in_settings()) {
            check(settings)?;
            return Ok(found(settings, &input::read_file(settings)?, spot.place));
        }
        let path = self.editable(file)?;
        let print = Seen::File(fingerprint(path)?);
        let is_as_shown = {
            let last = self.last();
            last.seen.get(usize::from(file.0)) == Some(&print) && last.is_shown(shown)
        };
        let now = input::read_file(path)?;
        // What is not found again is where it was; a finding is of the newest reading.
        let place = if is_as_shown || spot.event.is_none() {
            spot.place
        } else {
            let again = spot.again(&formats::open(std::slice::from_ref(&now)).0);
            again.unwrap_or(spot.place)
        };
        Ok(found(path, &now, place))
    }
}

/// Where a place of a text is, for an editor.
fn found(path: &Path, text: &SourceText, place: Place) -> Found {
    let position = text.position(place.start());
    Found {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    }
}

fn opened(path: &Path) -> Result<Incoming<'static>> {
    check(path)?;
    input::incoming(path)
}

/// What has taken the place of the file may be a pipe or a device, which would be waited for without end.
fn check(path: &Path) -> Result<()> {
    let name = short_name(path);
    match fs::metadata(path) {
        Err(error) => bail!("`{name}` cannot be read: {error}"),
        Ok(found) if found.is_dir() => bail!("`{name}` is a directory now"),
        Ok(found) if !found.is_file() => bail!("`{name}` is no file any more"),
        Ok(_) => Ok(()),
    }
}

fn short_name(path: &Path) -> std::path::Display<'_> {
    Path::new(path.file_name().unwrap_or(path.as_os_str())).display()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_is_overtaken_leaves_no_trace() {
        let folder =
            std::env::temp_dir().join(format!("dateline-overtaken-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("t.toml");
        let save = |title: &str| {
            let text = format!("[[events]]\ntitle = \"{title}\"\n");
            fs::write(&path, text).expect("it is written");
        };
        save("before");
        let paths = [path.clone()];
        let opened = input::open(&paths, &Withholding::default()).expect("it is read");
        let files = Named::new(&paths, &Withholding::default(), &opened.seen);
        save("after");
        let overtaken = Overtaken::default();
        overtaken
            .flag()
            .store(true, std::sync::atomic::Ordering::Relaxed);
        let outcome = files.read_again(&opened.timeline, &overtaken);
        assert!(matches!(outcome, RereadOutcome::Overtaken));
        let outcome = files.read_again(&opened.timeline, &Overtaken::default());
        assert!(matches!(outcome, RereadOutcome::Read(_)));
        let outcome = files.read_again(&opened.timeline, &Overtaken::default());
        assert!(matches!(outcome, RereadOutcome::Same));
        fs::remove_dir_all(&folder).expect("it is removed");
    }
}
