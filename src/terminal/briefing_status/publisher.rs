//! Publishes the status of a briefing for its followers: at each change, and once more when the presenter ends.
//!
//! If publishing fails, the briefing continues. The presenter sees one notice, the followers see that they have lost
//! the presenter, and the next change tries again.

use anyhow::Result;

use super::lease::PresenterLease;
use super::store::StatusStore;
use super::wire::StatusMessage;
use crate::app::state::briefing::BriefingStatus;
use crate::terminal::clock;

pub(in crate::terminal) struct StatusPublisher {
    store: StatusStore,
    /// `None` before the briefing, and while publishing fails.
    lease: Option<PresenterLease>,
    /// The last status, even if it could not be published.
    last: Option<BriefingStatus>,
    is_failing: bool,
    /// See [`StatusMessage::driver`].
    driver: Option<u64>,
}

/// The outcome of publishing, for the presenter's notices.
#[derive(Debug)]
pub(in crate::terminal) enum PublishOutcome {
    /// It works or fails as before.
    AsBefore,
    /// It fails for the first time.
    Fails(anyhow::Error),
    /// It works again after it failed.
    WorksAgain,
}

impl StatusPublisher {
    /// No file is created before the first status.
    pub fn new(store: StatusStore) -> Self {
        Self {
            store,
            lease: None,
            last: None,
            is_failing: false,
            driver: None,
        }
    }

    /// Makes the presenter accept requests that name this number.
    pub fn accept_requests(&mut self, driver: u64) {
        self.driver = Some(driver);
    }

    /// Publishes a status. A failure ends the lease: followers must not take an old status for the current one.
    pub fn publish(&mut self, status: BriefingStatus) -> PublishOutcome {
        let published = self.try_to_publish(&status);
        self.last = Some(status);
        let did_fail = std::mem::replace(&mut self.is_failing, published.is_err());
        match published {
            Err(error) => {
                self.lease = None;
                if did_fail {
                    PublishOutcome::AsBefore
                } else {
                    PublishOutcome::Fails(error)
                }
            }
            Ok(()) if did_fail => PublishOutcome::WorksAgain,
            Ok(()) => PublishOutcome::AsBefore,
        }
    }

    fn try_to_publish(&mut self, status: &BriefingStatus) -> Result<()> {
        let lease = match self.lease.take() {
            Some(lease) if !lease.is_lost() => lease,
            _ => PresenterLease::new(&self.store)?,
        };
        let lease = self.lease.insert(lease);
        let message = message(status.clone(), lease.presenter(), self.driver);
        lease.publish(&message)
    }
}

impl Drop for StatusPublisher {
    /// Publishes the end, however the program ends. A failure is ignored, since no screen could show it. If another
    /// presenter has published since, its status stays.
    fn drop(&mut self) {
        if let (Some(lease), Some(status)) = (&mut self.lease, self.last.take())
            && lease.is_last_publisher()
        {
            let last = StatusMessage {
                is_last: true,
                ..message(status, lease.presenter(), None)
            };
            let _ = lease.publish(&last);
        }
    }
}

fn message(status: BriefingStatus, presenter: u64, driver: Option<u64>) -> StatusMessage {
    StatusMessage {
        status,
        published_at: clock::milliseconds(),
        boot: clock::boot().map(str::to_owned),
        is_last: false,
        presenter,
        driver,
    }
}
