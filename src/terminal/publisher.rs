//! Publishes the status of the presenter for its followers: at each change, and once more when it ends.
//!
//! The briefing goes on if that fails. The presenter sees one notice, the followers see that they have lost the presenter,
//! and the next change tries again.

use anyhow::Result;

use super::channel::{Channel, Connection};
use super::clock;
use super::wire::Published;
use crate::app::briefing::Told;

/// Publishes the status of the presenter.
pub(super) struct Publisher {
    channel: Channel,
    /// None before there is a briefing, and while publishing fails.
    connection: Option<Connection>,
    /// The last status, whether it could be published or not.
    last: Option<Told>,
    is_failing: bool,
}

/// What the presenter should know of a status that was to be published.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing that it does not know.
    AsBefore,
    /// From now on it fails.
    Fails(anyhow::Error),
    /// It works again after it failed.
    WorksAgain,
}

impl Publisher {
    /// No file is made before the first status.
    pub fn new(channel: Channel) -> Self {
        Self {
            channel,
            connection: None,
            last: None,
            is_failing: false,
        }
    }

    /// Publishes a status. A failure ends the connection, so that followers do not take an old status for the present one.
    pub fn publish(&mut self, told: Told) -> Outcome {
        let published = self.try_to_publish(&told);
        self.last = Some(told);
        let did_fail = std::mem::replace(&mut self.is_failing, published.is_err());
        match published {
            Err(error) => {
                self.connection = None;
                if did_fail {
                    Outcome::AsBefore
                } else {
                    Outcome::Fails(error)
                }
            }
            Ok(()) if did_fail => Outcome::WorksAgain,
            Ok(()) => Outcome::AsBefore,
        }
    }

    fn try_to_publish(&mut self, told: &Told) -> Result<()> {
        let connection = match self.connection.take() {
            Some(connection) if !connection.is_lost() => connection,
            _ => Connection::new(&self.channel)?,
        };
        let connection = self.connection.insert(connection);
        connection.publish(&published(told.clone(), connection.presenter(), false))
    }
}

impl Drop for Publisher {
    /// Publishes the end, however the program ends; nothing is left to report a failure to. Another presenter that has
    /// published since keeps its followers.
    fn drop(&mut self) {
        if let (Some(connection), Some(told)) = (&mut self.connection, self.last.take())
            && connection.is_last_publisher()
        {
            let last = published(told, connection.presenter(), true);
            let _ = connection.publish(&last);
        }
    }
}

fn published(told: Told, presenter: u64, is_last: bool) -> Published {
    Published {
        told,
        at: clock::milliseconds(),
        boot: clock::boot().map(str::to_owned),
        is_last,
        presenter,
    }
}
