//! A small file for the tests of places in it.

/// One event with a claim of the police and another of the bureau.
pub(in crate::app) const ENTRY: &str = "\
[sources.report]
[[events]]
title = \"Entry\"
[[events.claims]]
by = \"police\"
source = \"report\"
text = \"a door\"
[[events.claims]]
by = \"bureau\"
source = \"report\"
text = \"a window\"
";
