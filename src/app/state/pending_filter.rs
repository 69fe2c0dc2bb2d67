//! The requested filter that is not answered yet, and the history of the filter prompt.

pub(in crate::app) struct PendingFilter {
    pub text: String,
    /// The depth of its screen in the stack.
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
