//! The filter that was requested and is not answered yet, and the filters that were typed before.

/// A filter that is not answered yet.
pub(in crate::app) struct PendingFilter {
    pub text: String,
    /// The depth of the screen that it is for.
    pub depth: usize,
}

#[derive(Default)]
pub(in crate::app) struct FilterState {
    /// The number of the newest request. Answers to older ones are dropped.
    pub generation: u64,
    pub pending: Option<PendingFilter>,
    /// The filters that were typed, the newest last.
    pub history: Vec<String>,
}
