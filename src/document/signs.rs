//! The signs of the screen and what they mean.

use super::block::Block;
use super::role::Role;
use super::run::{plain, quiet, run};
use super::writer::Writer;

const SIGNS: &[(&str, Role, &str)] = &[
    (
        "█",
        Role::Hostile,
        "something was surely going on; the colour is that of its phase",
    ),
    (
        "▒",
        Role::Hostile,
        "something may have been going on, and the words of its date point here most",
    ),
    ("░", Role::Hostile, "something may have been going on"),
    (
        "╌",
        Role::Hostile,
        "it has no known beginning, or no known end",
    ),
    (
        "◆ ② ⊕",
        Role::Knowledge,
        "an event of stated days within one column; two; ten or more",
    ),
    (
        "▂▅ ┈",
        Role::Context,
        "density: how many events are to be expected; there are some, and the filter hides all of them",
    ),
    ("━", Role::Span, "the selected event"),
    (
        "┈ ◇ ◈",
        Role::Knowledge,
        "how long until an event was disclosed and attributed; of the selected one on the axis too",
    ),
    (
        "◂3 5▸",
        Role::Quiet,
        "three events before the axis, five after it",
    ),
    (
        "2021",
        Role::Imprecise,
        "slanted: the date leaves more than a day open",
    ),
    (
        "– … ?",
        Role::Date,
        "it goes on, with no known end; after the dash, ? is an end that is not known",
    ),
    (
        "..",
        Role::Date,
        "at some time between the two days, and not all the time",
    ),
    (
        "┊",
        Role::Quiet,
        "it need not have come after the one above: that is only the order of the list",
    ),
    (
        "?",
        Role::Imprecise,
        "it possibly matches the filter, and not surely",
    ),
    (
        "*",
        Role::Imprecise,
        "as of a day: its date was said only later",
    ),
    ("⚑", Role::Contested, "claims about it differ"),
    (
        "≠",
        Role::Contested,
        "here a claim differs from what the event states, or from the other claims",
    ),
    (
        "▕·█▏",
        Role::Quiet,
        "the range of a likelihood on its speaker's own yardstick, from 0 to 100 %",
    ),
];

pub(super) fn write(writer: &mut Writer<'_>) {
    writer.heading("Signs", Vec::new());
    for (sign, role, meaning) in SIGNS {
        // The empty run says that this is a sign: dates are set right, signs are not.
        let mark = vec![run(*role, sign), quiet("")];
        writer.block(Block::Item {
            mark,
            body: vec![plain(meaning)],
            notes: Vec::new(),
        });
    }
}
