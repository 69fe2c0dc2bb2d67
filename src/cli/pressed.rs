//! The keys that lead from the start screen to where a subcommand opens the viewer. The keys in a crash report begin
//! with them.

use crate::app::input::key::{Key, UserInput};
use crate::app::input::keymap::{KeySequence, Keymap};
use crate::guide::Topic;

/// The key of a command; if it has none, its name in the palette.
pub(super) fn command(keymap: &Keymap, name: &str) -> Vec<UserInput> {
    let first = |name: &str| keymap.keys_of(name).first().map(KeySequence::inputs);
    first(name).unwrap_or_else(|| {
        let letters = name.chars().map(|letter| UserInput::Key(Key::char(letter)));
        let palette = first("palette").unwrap_or_default().into_iter();
        let accept = first("accept").unwrap_or_default();
        palette.chain(letters).chain(accept).collect()
    })
}

/// The keys that open a topic of the guide from the list of topics.
pub(super) fn topic(keymap: &Keymap, topic: Topic) -> Vec<UserInput> {
    let before = Topic::ALL.iter().take_while(|it| **it != topic).count();
    let next = vec!["next-link"; before + 1];
    let names = ["guide"].into_iter().chain(next).chain(["open"]);
    names.flat_map(|name| command(keymap, name)).collect()
}
