//! The presenter's word to its followers: said when something changes, and once more on leaving.
//!
//! Nobody need follow: what cannot be said is told to the presenter once, and the briefing goes on.

use anyhow::Result;

use super::channel::{Channel, Voice};
use super::milliseconds;
use super::told::Said;
use crate::app::briefing::Told;

/// Says where the briefing is.
pub(super) struct Teller {
    channel: Channel,
    voice: Option<Voice>,
    /// What was last said.
    last: Option<Told>,
    /// Whether it was tried in vain.
    is_mute: bool,
}

impl Teller {
    /// Nothing is said and no file is made before there is a briefing.
    pub fn new(channel: Channel) -> Self {
        Self {
            channel,
            voice: None,
            last: None,
            is_mute: false,
        }
    }

    /// Says where the briefing is. An error is returned once, then there is silence.
    pub fn tell(&mut self, told: Told) -> Result<()> {
        if self.is_mute {
            return Ok(());
        }
        let said = self.say(&told);
        self.is_mute = said.is_err();
        self.last = Some(told);
        said
    }

    fn say(&mut self, told: &Told) -> Result<()> {
        let voice = match &mut self.voice {
            Some(voice) if !voice.is_lost() => voice,
            // For the first time, or again.
            lost => lost.insert(Voice::raise(&self.channel)?),
        };
        voice.say(&said(told.clone(), false))
    }
}

impl Drop for Teller {
    /// The last word, however it ends; nobody is left to tell if that fails. If another presenter has the word,
    /// it keeps it.
    fn drop(&mut self) {
        if let (Some(voice), Some(told)) = (&self.voice, self.last.take()) {
            let said = said(told, true);
            if voice.is_of(said.process) {
                let _ = voice.say(&said);
            }
        }
    }
}

fn said(told: Told, is_last: bool) -> Said {
    Said {
        told,
        at: milliseconds(),
        is_last,
        process: std::process::id(),
    }
}
