//! Adds whole tables to a text, where others of their kind are.

use super::addition::{above_comments, below};
use super::statement_map::StatementMap;
use crate::diagnostic::{FileId, TextEdit, TextPlace, with_edits};

/// The tables that are usually below the events.
const BELOW_EVENTS: [&str; 3] = ["views", "scenes", "questions"];

/// Tables to add, with their headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct NewTables {
    /// The first key of their headings, such as `events`.
    pub kind: &'static str,
    /// Without empty lines at its ends.
    pub text: String,
}

/// A text with more tables in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct ExtendedText {
    pub text: String,
    /// Of each addition, the line of the extended text where it begins, from 1.
    pub lines: Vec<usize>,
}

/// Adds tables behind the last of their kind. Sources and entities without such a table come before the events, and events
/// come before the views, scenes and questions.
///
/// Nothing else in the text changes: comments stay with the tables that they are about.
pub(in crate::formats) fn with_tables(text: &str, tables: &[NewTables]) -> ExtendedText {
    let map = StatementMap::new(text);
    let line_break = map.line_break(0);
    let mut additions: Vec<(usize, usize, String)> = (tables.iter().enumerate())
        .map(|(number, it)| {
            let (at, text) = addition(&map, it);
            (at, number, text)
        })
        .collect();
    additions.sort_by_key(|(at, number, _)| (*at, *number));
    // The first addition ends the last line of a text; the others are behind a whole line.
    let is_cut = !text.is_empty() && !text.ends_with('\n');
    let at_end = additions
        .iter_mut()
        .filter(|(at, _, _)| is_cut && *at == text.len());
    for (_, _, added) in at_end.skip(1) {
        added.drain(..line_break.len());
    }
    let mut last = None;
    for (at, _, added) in &mut additions {
        let before = text.get(..*at).unwrap_or_default();
        let is_apart = added.starts_with(line_break) || before.trim_end_matches(' ').is_empty();
        let blank = format!("{line_break}{line_break}");
        if last.replace(*at) != Some(*at) && !is_apart && !before.ends_with(&blank) {
            added.insert_str(0, line_break);
        }
    }
    let edits = additions
        .iter()
        .map(|(at, _, text)| TextEdit::new(TextPlace::new(FileId(0), *at..*at), text.as_str()));
    let edits: Vec<TextEdit> = edits.collect();
    let extended = with_edits(text, &edits);
    let mut lines = vec![0; tables.len()];
    let mut added = 0;
    for (at, number, text) in &additions {
        let blank = text.len() - text.trim_start().len();
        let begin = at + added + blank;
        added += text.len();
        let before = extended.get(..begin).unwrap_or_default();
        lines[*number] = before.matches('\n').count() + 1;
    }
    ExtendedText {
        text: extended,
        lines,
    }
}

/// The byte at which tables are added, and the text there.
fn addition(map: &StatementMap<'_>, tables: &NewTables) -> (usize, String) {
    let line_break = map.line_break(0);
    let text = tables.text.replace('\n', line_break);
    let mut of_kind = map.headings().rev();
    if let Some((number, _)) = of_kind.find(|(_, keys)| keys.first() == Some(&tables.kind)) {
        let last = end_of(map, number);
        return below(map, last, &format!("{line_break}{text}"));
    }
    let is_next = |keys: &[&str]| {
        let first = keys.first();
        let is_below = first.is_some_and(|key| BELOW_EVENTS.contains(key));
        is_below || (tables.kind != "events" && first == Some(&"events"))
    };
    match map.headings().find(|(_, keys)| is_next(keys)) {
        Some((number, _)) => (
            above_comments(map, number),
            format!("{text}{line_break}{line_break}"),
        ),
        None if map.len() == 0 => (0, format!("{text}{line_break}")),
        None => below(map, map.len() - 1, &format!("{line_break}{text}")),
    }
}

/// The last statement of a table. Comments directly below its last key belong to it, unless they are also directly above
/// the next heading.
fn end_of(map: &StatementMap<'_>, heading: usize) -> usize {
    let end = map.section(heading).end;
    let is_comment = |number: &usize| map.is_aside(*number) && !map.is_blank(*number);
    let comments = (end..map.len()).take_while(is_comment).count();
    let next = end + comments;
    let is_of_next = next < map.len() && map.is_heading(next);
    if is_of_next { end - 1 } else { next - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str) -> NewTables {
        NewTables {
            kind: "events",
            text: format!("[[events]]\ntitle = \"{title}\""),
        }
    }

    fn source() -> NewTables {
        NewTables {
            kind: "sources",
            text: "[sources.log]\ntitle = \"l\"".to_owned(),
        }
    }

    #[test]
    fn tables_come_behind_the_last_of_their_kind_and_nothing_else_changes() {
        let text = "# head\nformat=1\n\n[sources.a] # one\ntitle = 'a'\n\n# first\n[[events]]\ntitle = \"A\"\n\
                    [[events.claims]]\ntext = \"x\"\n# a remark on A\n\n# the room\n[[scenes]]\ntitle = \"S\"\n";
        let extended = with_tables(text, &[source(), event("B")]);
        let expected = "# head\nformat=1\n\n[sources.a] # one\ntitle = 'a'\n\n[sources.log]\ntitle = \"l\"\n\n\
                        # first\n[[events]]\ntitle = \"A\"\n[[events.claims]]\ntext = \"x\"\n# a remark on A\n\n\
                        [[events]]\ntitle = \"B\"\n\n# the room\n[[scenes]]\ntitle = \"S\"\n";
        assert_eq!(extended.text, expected);
        assert_eq!(extended.lines, [7, 17]);
    }

    #[test]
    fn the_first_of_their_kind_comes_where_a_reader_expects_it() {
        let added = |text: &str| with_tables(text, &[source(), event("B")]).text;
        let new = "[sources.log]\ntitle = \"l\"\n\n[[events]]\ntitle = \"B\"\n";
        assert_eq!(
            added("[timeline]\ntitle = \"T\""),
            format!("[timeline]\ntitle = \"T\"\n\n{new}")
        );
        assert_eq!(
            added("format = 1\n# room\n[[scenes]]\n"),
            format!("format = 1\n\n{new}\n# room\n[[scenes]]\n")
        );
        assert_eq!(
            added("[[events]]\ntitle = \"A\"\n# of S\n[[scenes]]\n"),
            "[sources.log]\ntitle = \"l\"\n\n[[events]]\ntitle = \"A\"\n\n[[events]]\ntitle = \"B\"\n# of S\n[[scenes]]\n"
        );
    }

    #[test]
    fn line_breaks_are_those_of_the_text() {
        let extended = with_tables("[[events]]\r\ntitle = \"A\"\r\n", &[event("B")]);
        assert_eq!(
            extended.text,
            "[[events]]\r\ntitle = \"A\"\r\n\r\n[[events]]\r\ntitle = \"B\"\r\n"
        );
    }
}
