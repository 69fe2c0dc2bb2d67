//! The state machine of reloading.
//!
//! [`ReloadMachine::on`] takes an event and returns the actions that follow; it performs nothing itself. At most one
//! reading runs, and none while the screens of the last one are prepared: a save during that time is read afterwards.
//!
//! ```text
//!            a save, or the user's request       the reading is good
//!     Idle ──────────────────────────▶ Reading ──────────────────────────▶ Swapping ──▶ Idle
//!                                                                             ▲
//!     Beginning (the start of long files is on screen) ───────────────────────┘
//! ```

use std::fmt;
use std::mem;
use std::sync::Arc;

use super::event::{FileWatching, ReloadAction, ReloadEvent};
use super::fingerprint::{FileFingerprint, ReadingFingerprints};
use super::notice::ReloadNotice;
use super::phase::{
    LoadProgress, NextPhase, PendingSwap, ReloadPhase, ShownExtent, ShownVersion, SwapCause,
};
use super::read_request::{FileReading, FileRequest, ReadOutcome, ReadRequest};
use super::verdict::ReloadVerdict;
use crate::app::state::problem::Problem;
use crate::diagnostic::FileId;
use crate::timeline::Timeline;

/// How many readings in a row newer saves may stop. The next one runs to its end: otherwise a file that is saved all
/// the time would never be shown.
const MOST_RESTARTS: u32 = 3;

/// Which version of the files is shown, and which is being read.
#[derive(Clone, Debug)]
pub struct ReloadMachine {
    phase: ReloadPhase,
    watching: FileWatching,
    /// Whether to notify the user even if nothing has changed.
    reports_unchanged: bool,
    /// Why saves are not noticed, until the next reading has been reported.
    watch_failure: Option<String>,
    /// Whether the watcher failed when it last reported.
    is_missing_saves: bool,
    /// The newest reading; `None` if it failed or was stopped: then the next one must not be skipped.
    last_read: Option<ReadingFingerprints>,
    /// The reading on screen; `None` if it is unknown.
    shown: Option<ReadingFingerprints>,
    /// The part that was read, in percent, if the reading on screen was stopped.
    stopped_at: Option<u8>,
    /// Whether errors hide a part of the files, and no better version was ever shown.
    is_incomplete: bool,
    version: ShownVersion,
}

impl ReloadMachine {
    /// For files that were read completely. Call [`ReloadMachine::begin`] if only their start was.
    pub fn new(problems: &[Problem]) -> Self {
        Self {
            phase: ReloadPhase::Idle,
            watching: FileWatching::Off,
            reports_unchanged: false,
            watch_failure: None,
            is_missing_saves: false,
            last_read: None,
            shown: None,
            stopped_at: None,
            is_incomplete: problems.iter().any(Problem::is_error),
            version: ShownVersion::default(),
        }
    }

    /// Notes the version that was read.
    pub fn read_from(&mut self, fingerprints: ReadingFingerprints) {
        self.last_read = Some(fingerprints.clone());
        self.shown = Some(fingerprints);
    }

    /// Notes that only the start of the files was read.
    pub fn begin(&mut self) {
        self.phase = ReloadPhase::Beginning {
            load: LoadProgress {
                percent: 0,
                is_stopping: false,
                has_acted: false,
            },
            next: NextPhase::Idle,
        };
    }

    pub const fn extent(&self) -> ShownExtent {
        match (self.phase.load(), self.stopped_at) {
            (Some(load), _) => ShownExtent::Beginning {
                percent: load.percent,
                is_stopping: load.is_stopping,
            },
            (None, Some(percent)) => ShownExtent::Part { percent },
            (None, None) => ShownExtent::Whole,
        }
    }

    /// Whether only the start of the files is on screen, and the rest is being read.
    pub const fn is_beginning(&self) -> bool {
        self.phase.load().is_some()
    }

    /// Whether the timeline was read from files that can change.
    pub fn has_files(&self) -> bool {
        self.watching != FileWatching::NoFiles
    }

    /// Whether errors hide a part of the files, and no better version was ever shown.
    pub const fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    pub const fn version(&self) -> &ShownVersion {
        &self.version
    }

    /// The fingerprint of the version of a file that is on screen.
    pub(crate) fn shown_fingerprint(&self, file: FileId) -> Option<FileFingerprint> {
        self.shown.as_ref()?.of(file)
    }

    /// Notes the bytes that dateline itself has written to a file: they are not a reason to read it again.
    pub(crate) fn note_written(&mut self, file: FileId, print: FileFingerprint) {
        for known in [&mut self.last_read, &mut self.shown].into_iter().flatten() {
            if let Some(known) = known.0.get_mut(usize::from(file.0)) {
                *known = Some(print);
            }
        }
    }

    /// The timeline whose screens are being prepared.
    pub const fn pending(&self) -> Option<&Arc<Timeline>> {
        match &self.phase {
            ReloadPhase::Swapping { swap, .. } => Some(&swap.timeline),
            ReloadPhase::Idle | ReloadPhase::Beginning { .. } | ReloadPhase::Reading { .. } => None,
        }
    }

    /// Notes that the user has acted: then the selection stays when the rest of the files arrives.
    pub const fn note_input(&mut self) {
        if let Some(load) = self.phase.load_mut() {
            load.has_acted = true;
        }
    }

    /// Takes an event. `shown`: the timeline on screen, of all days.
    pub fn on(&mut self, event: ReloadEvent, shown: &Arc<Timeline>) -> Vec<ReloadAction> {
        match event {
            ReloadEvent::Started {
                watching,
                watch_failure,
                time,
            } => {
                self.watching = watching;
                self.version.read_at = time;
                self.start(watch_failure, shown)
            }
            ReloadEvent::Saved {
                watch_failure,
                is_missing_saves,
            } => {
                let notice = self.report_watch_failure(watch_failure, is_missing_saves);
                notice.into_iter().chain(self.read_again(shown)).collect()
            }
            ReloadEvent::Asked => self.asked(shown),
            ReloadEvent::Recheck => self.refresh(shown).into_iter().collect(),
            ReloadEvent::Progress(read) => {
                if let ReloadPhase::Beginning { load, .. } = &mut self.phase {
                    load.percent = read;
                }
                Vec::new()
            }
            ReloadEvent::StopAsked => self.stop().into_iter().collect(),
            ReloadEvent::Read(outcome) => self.read(outcome, shown),
            ReloadEvent::Swapped => self.swapped(shown),
        }
    }

    fn start(&mut self, failure: Option<String>, shown: &Arc<Timeline>) -> Vec<ReloadAction> {
        let is_missing_saves = failure.is_some();
        let notice = self.report_watch_failure(failure, is_missing_saves);
        let request = match self.phase {
            ReloadPhase::Beginning { .. } => {
                let request = FileRequest::Read(ReadRequest::Rest);
                Some(ReloadAction::Request(request))
            }
            // The files may have been saved before the watcher began.
            _ if self.watching == FileWatching::On => self.read_again(shown),
            _ => None,
        };
        notice.into_iter().chain(request).collect()
    }

    /// Keeps a failure of the watcher, which the notice of the next reading would hide. Once the watcher has recovered,
    /// that notice replaces the outdated one on screen.
    fn report_watch_failure(
        &mut self,
        failure: Option<String>,
        is_missing_saves: bool,
    ) -> Option<ReloadAction> {
        let failed_before = mem::replace(&mut self.is_missing_saves, is_missing_saves);
        if failed_before && !is_missing_saves {
            self.reports_unchanged = true;
        }
        if failure.is_some() || !is_missing_saves {
            self.watch_failure.clone_from(&failure);
        }
        let notice = ReloadNotice::WatchFailed(failure?);
        Some(ReloadAction::Notify(notice))
    }

    fn asked(&mut self, shown: &Arc<Timeline>) -> Vec<ReloadAction> {
        if self.watching == FileWatching::NoFiles {
            return vec![ReloadAction::Notify(ReloadNotice::NothingToReload)];
        }
        if self.is_beginning() {
            return vec![ReloadAction::Notify(ReloadNotice::StillReading)];
        }
        self.reports_unchanged = true;
        self.refresh(shown).into_iter().collect()
    }

    /// Reads the files for the user. A watcher first refreshes what it watches and then reports a save, so no save is
    /// missed in between.
    fn refresh(&mut self, shown: &Arc<Timeline>) -> Option<ReloadAction> {
        match self.watching {
            FileWatching::On => Some(ReloadAction::Request(FileRequest::Rewatch)),
            FileWatching::Off | FileWatching::NoFiles => self.read_again(shown),
        }
    }

    /// Reads the files, now or after the current phase.
    fn read_again(&mut self, shown: &Arc<Timeline>) -> Option<ReloadAction> {
        match &mut self.phase {
            ReloadPhase::Idle => Some(self.begin_reading(0, shown)),
            ReloadPhase::Beginning { next, .. } | ReloadPhase::Swapping { next, .. } => {
                *next = NextPhase::Reading;
                None
            }
            ReloadPhase::Reading { restarts, next } => {
                let is_first = mem::replace(next, NextPhase::Reading) == NextPhase::Idle;
                let stops = is_first && *restarts < MOST_RESTARTS;
                stops.then_some(ReloadAction::Request(FileRequest::Stop))
            }
        }
    }

    fn begin_reading(&mut self, restarts: u32, shown: &Arc<Timeline>) -> ReloadAction {
        self.phase = ReloadPhase::Reading {
            restarts,
            next: NextPhase::Idle,
        };
        ReloadAction::Request(FileRequest::Read(ReadRequest::Again {
            shown: self.stopped_at.is_none().then(|| Arc::clone(shown)),
            known: self.last_read.clone(),
        }))
    }

    fn stop(&mut self) -> Option<ReloadAction> {
        let ReloadPhase::Beginning { load, .. } = &mut self.phase else {
            return None;
        };
        let was_stopping = mem::replace(&mut load.is_stopping, true);
        (!was_stopping).then_some(ReloadAction::Request(FileRequest::Stop))
    }

    fn read(&mut self, outcome: ReadOutcome, shown: &Arc<Timeline>) -> Vec<ReloadAction> {
        match (mem::replace(&mut self.phase, ReloadPhase::Idle), outcome) {
            (ReloadPhase::Beginning { load, next }, ReadOutcome::Read(reading)) => {
                self.rest_read(*reading, load, next, shown)
            }
            (ReloadPhase::Beginning { .. }, ReadOutcome::Failed(why)) => {
                vec![ReloadAction::Fail(why)]
            }
            (ReloadPhase::Reading { restarts, .. }, ReadOutcome::Discarded) => {
                vec![self.begin_reading(restarts + 1, shown)]
            }
            (ReloadPhase::Reading { next, .. }, ReadOutcome::Unchanged) => {
                let is_reported = mem::take(&mut self.reports_unchanged);
                let notice = is_reported.then_some(ReloadNotice::Unchanged);
                self.end_phase(notice, next, shown)
            }
            (ReloadPhase::Reading { next, .. }, ReadOutcome::Failed(why)) => {
                self.reports_unchanged = false;
                // The next reading must be reported, even if the bytes are the old ones.
                self.last_read = None;
                self.version.is_behind = true;
                self.end_phase(Some(ReloadNotice::KeptForFailure(why)), next, shown)
            }
            (ReloadPhase::Reading { next, .. }, ReadOutcome::Read(reading)) => {
                self.reports_unchanged = false;
                self.saved_read(*reading, next, shown)
            }
            // No reading was requested in this phase.
            (phase, _) => {
                self.phase = phase;
                Vec::new()
            }
        }
    }

    /// Handles the rest of long files, or the part of it that was read when the user stopped.
    fn rest_read(
        &mut self,
        reading: FileReading,
        load: LoadProgress,
        next: NextPhase,
        shown: &Arc<Timeline>,
    ) -> Vec<ReloadAction> {
        self.is_incomplete = reading.problems.iter().any(Problem::is_error);
        let stopped_at = reading.stopped_at;
        let is_whole = stopped_at.is_none();
        self.last_read = is_whole.then(|| reading.fingerprints.clone());
        // A reading that was stopped early may have less than the start on screen.
        let timeline = if !is_whole && reading.timeline.len() < shown.len() {
            Arc::clone(shown)
        } else {
            reading.timeline
        };
        // From 99 on, the reading cannot be stopped.
        let load = LoadProgress {
            percent: 99,
            ..load
        };
        self.phase = ReloadPhase::Swapping {
            swap: PendingSwap {
                timeline,
                fingerprints: self.last_read.clone(),
                cause: SwapCause::RestRead { load, stopped_at },
                read_at: reading.read_at,
            },
            next,
        };
        vec![
            ReloadAction::ShowProblems(reading.problems),
            ReloadAction::PrepareSwap,
        ]
    }

    /// Handles saved files: shows them, unless the verdict keeps the last version.
    fn saved_read(
        &mut self,
        reading: FileReading,
        next: NextPhase,
        shown: &Arc<Timeline>,
    ) -> Vec<ReloadAction> {
        let FileReading {
            timeline,
            problems,
            fingerprints,
            read_at,
            ..
        } = reading;
        self.last_read = Some(fingerprints.clone());
        let verdict = ReloadVerdict::on([shown, &timeline], &problems, self.is_incomplete);
        let actions = match verdict {
            ReloadVerdict::KeepForError(first) => {
                self.version.is_behind = true;
                let notice = ReloadNotice::KeptForError(first.clone());
                self.end_phase(Some(notice), next, shown)
            }
            ReloadVerdict::KeepForEvents => {
                self.version.is_behind = true;
                self.end_phase(Some(ReloadNotice::KeptForEvents), next, shown)
            }
            ReloadVerdict::Show { is_incomplete } => {
                self.is_incomplete = is_incomplete;
                self.phase = ReloadPhase::Swapping {
                    swap: PendingSwap {
                        timeline,
                        fingerprints: Some(fingerprints),
                        cause: SwapCause::Saved,
                        read_at,
                    },
                    next,
                };
                vec![ReloadAction::PrepareSwap]
            }
        };
        let problems = ReloadAction::ShowProblems(problems);
        std::iter::once(problems).chain(actions).collect()
    }

    fn swapped(&mut self, shown: &Arc<Timeline>) -> Vec<ReloadAction> {
        let (swap, next) = match mem::replace(&mut self.phase, ReloadPhase::Idle) {
            ReloadPhase::Swapping { swap, next } => (swap, next),
            // The swap was for another day only.
            phase => {
                self.phase = phase;
                return Vec::new();
            }
        };
        self.shown = swap.fingerprints;
        self.version = ShownVersion {
            read_at: swap.read_at,
            is_behind: false,
        };
        let mut actions = Vec::new();
        let notice = match swap.cause {
            SwapCause::Saved => {
                // Events after the part that was on screen are not new.
                let was_part = self.stopped_at.take().is_some();
                match swap.timeline.changes().filter(|_| !was_part) {
                    Some(changes) => ReloadNotice::Changed(changes.summary()),
                    None => ReloadNotice::WholeRead,
                }
            }
            SwapCause::RestRead { load, stopped_at } => {
                self.stopped_at = stopped_at;
                if !load.has_acted {
                    actions.push(ReloadAction::SelectFirstEvent);
                }
                match stopped_at {
                    Some(_) => ReloadNotice::Stopped,
                    None => ReloadNotice::Opened,
                }
            }
        };
        actions.extend(self.end_phase(Some(notice), next, shown));
        actions
    }

    /// Ends a phase with its notice, and starts the next one.
    fn end_phase(
        &mut self,
        notice: Option<ReloadNotice>,
        next: NextPhase,
        shown: &Arc<Timeline>,
    ) -> Vec<ReloadAction> {
        let failure = self.watch_failure.take().filter(|_| notice.is_some());
        let failure = failure.map(ReloadNotice::WatchFailed);
        let notices = notice.into_iter().chain(failure);
        let mut actions: Vec<_> = notices.map(ReloadAction::Notify).collect();
        match next {
            NextPhase::Idle => self.phase = ReloadPhase::Idle,
            NextPhase::Reading => actions.push(self.begin_reading(0, shown)),
        }
        actions
    }
}

/// The phase in words, for tests and bug reports.
impl fmt::Display for ReloadMachine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phase.fmt(formatter)
    }
}
