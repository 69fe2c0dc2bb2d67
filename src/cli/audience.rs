//! `--audience`: the audience of a briefing or a handout.

use anyhow::Result;

use super::report::clean;
use super::status::CommandError;
use crate::diagnostic::nearest;
use crate::document::briefing::audiences;
use crate::timeline::Timeline;

/// Refuses an audience that no scene names.
///
/// # Errors
/// The audience, with the name that may have been meant.
pub(super) fn check_audience(timeline: &Timeline, audience: Option<&str>) -> Result<()> {
    let Some(audience) = audience else {
        return Ok(());
    };
    let known = audiences(timeline);
    if known.contains(&audience) {
        return Ok(());
    }
    let hint = match (nearest(audience, known.iter().copied()), known.is_empty()) {
        (Some(meant), _) => format!("did you mean `{}`?", clean(meant)),
        (None, true) => "no scene names an audience".to_owned(),
        (None, false) => format!("the audiences are {}", clean(&known.join(", "))),
    };
    let message = format!("no scene is for `{}`", clean(audience));
    Err(CommandError::usage(message).hint(hint).into())
}
