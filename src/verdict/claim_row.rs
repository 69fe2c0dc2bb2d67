//! A claim with its id, as the files of the rule pass it on.

use crate::timeline::{Claim, ClaimId};

/// A claim with its id.
pub(super) type ClaimRow<'t> = (ClaimId, &'t Claim);
