//! The loop of a conversation: reads a line, prints the answer, and asks again. On a terminal text is broken between
//! words, and a prompt shows that it is the user's turn.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::Result;

use super::session::LinearSession;
use super::words::spoken;
use crate::terminal;
use crate::text;
use crate::timeline::ItemEdit;

/// What is printed when the user may type.
const PROMPT: &str = "\n> ";

/// Whether someone types the input and sees the output.
pub(in crate::cli) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Answers lines of input until the user quits or the input ends. On a terminal it prompts for them. `save` writes
/// edits of marks.
///
/// # Errors
/// The input cannot be read, or the output not written. If marks cannot be written, the answer says why.
pub(in crate::cli) fn converse(
    session: &mut LinearSession,
    opening: &str,
    save: &dyn Fn(&[ItemEdit]) -> Result<()>,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<()> {
    let is_interactive = is_interactive();
    let mut unsaved = Vec::new();
    write!(out, "{}", wrapped(opening))?;
    let mut typed = Vec::new();
    loop {
        let before = if is_interactive { PROMPT } else { "" };
        write!(out, "{before}")?;
        out.flush()?;
        typed.clear();
        match input.read_until(b'\n', &mut typed) {
            Ok(1..) => {}
            // A terminal that was closed refuses to be read.
            Err(error) if !is_interactive => return Err(error.into()),
            Ok(0) | Err(_) => {
                // The shell goes on in a line of its own.
                let end = if is_interactive { "\n" } else { "" };
                write!(out, "{end}")?;
                out.flush()?;
                return Ok(());
            }
        }
        let Some(mut answer) = session.answer(&String::from_utf8_lossy(&typed)) else {
            return Ok(());
        };
        let edits = session.take_edits();
        if !edits.is_empty() {
            unsaved.extend(edits);
            match save(&unsaved) {
                Ok(()) => unsaved.clear(),
                // They are written with the next edit.
                Err(why) => {
                    answer.push_str(&spoken(&format!("not saved: {why:#}")));
                    answer.push('\n');
                }
            }
        }
        let before = if is_interactive { "" } else { "\n" };
        write!(out, "{before}{}", wrapped(&answer))?;
    }
}

/// Text for standard output: on a terminal, lines break between words.
pub(in crate::cli) fn wrapped(text: &str) -> Cow<'_, str> {
    let is_terminal = io::stdout().is_terminal();
    let width = terminal::size().map_or(0, |size| usize::from(size.width));
    if is_terminal && width > 1 {
        // Some terminals begin a new line after the last cell.
        Cow::Owned(broken(text, width - 1))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text in lines of at most `width` cells. A word that is wider is cut.
fn broken(text: &str, width: usize) -> String {
    let lines = text.lines().flat_map(|line| text::wrap(line, width));
    lines.fold(String::new(), |mut all, line| {
        all.push_str(&line);
        all.push('\n');
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_empty_ones_stay() {
        assert_eq!(
            broken("The parliamentarians.\n\nA list.\n", 12),
            "The\nparliamentar\nians.\n\nA list.\n"
        );
        assert_eq!(broken("", 5), "");
    }
}
