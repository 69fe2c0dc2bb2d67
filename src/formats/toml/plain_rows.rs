//! Reads a long text whose events are all plain into columns, piece by piece: no piece is kept as drafts.
//!
//! It gives up at the first finding, and at the first event or table that needs the rest of the text to be understood.
//! Then the text is read as any other.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::quick_parse;
use super::reader::{TomlReader, TomlReading};
use super::shares::in_shares;
use crate::diagnostic::{FileId, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::WrittenRows;

/// How many events are in the columns of one part: the memory of a part is freed as a whole.
const EVENTS_OF_PART: usize = 1 << 15;

/// The rest of a text, and its events.
#[derive(Default)]
pub(super) struct PlainReading {
    pub rest: TomlReading,
    pub rows: Vec<WrittenRows>,
    /// How much was read, in bytes and events.
    counted: (u64, usize),
    end: PlainEnd,
}

/// Where reading ended.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum PlainEnd {
    /// At the end of the text.
    #[default]
    Text,
    /// Where the user stopped it.
    Stop,
    /// At something that is not plain.
    GivenUp,
}

/// Reads the pieces of a text. `None` if it gives up.
pub(super) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
    pieces: &[Range<usize>],
) -> Option<PlainReading> {
    let is_given_up = AtomicBool::new(false);
    let shares = in_shares(pieces, |share| {
        let mut reading = PlainReading::default();
        for range in share {
            if progress.is_stopped() {
                let finding = stopped(file, source.boundary(range.start));
                reading.rest.findings.push(finding);
                reading.end = PlainEnd::Stop;
                break;
            }
            let is_read = !is_given_up.load(Relaxed)
                && reading.read_piece(source, file, progress, range).is_some();
            if !is_read {
                is_given_up.store(true, Relaxed);
                reading.end = PlainEnd::GivenUp;
                break;
            }
        }
        reading
    });
    let counted = shares.iter().map(|share| share.counted);
    let (bytes, events) = counted.fold((0, 0), |all, share| (all.0 + share.0, all.1 + share.1));
    let mut all = PlainReading::default();
    for share in shares {
        if share.end == PlainEnd::GivenUp {
            all.end = PlainEnd::GivenUp;
        } else if all.end == PlainEnd::Text {
            all.rest.append(share.rest);
            all.rows.extend(share.rows);
            all.end = share.end;
        }
    }
    if all.end == PlainEnd::GivenUp || all.rest.heads.len() > 1 {
        progress.take_back(bytes, events);
        return None;
    }
    Some(all)
}

impl PlainReading {
    fn read_piece(
        &mut self,
        source: &SourceText,
        file: FileId,
        progress: &Progress,
        range: &Range<usize>,
    ) -> Option<()> {
        let piece = source.slice(range.clone());
        let (tree, errors) = quick_parse::parse_recoverable(piece);
        if !errors.is_empty() {
            return None;
        }
        let mut reader = TomlReader::new(source, file, progress, &mut self.rest);
        reader.base = range.start;
        reader.read_root(tree);
        let events = std::mem::take(&mut self.rest.draft.events);
        if !has_only_a_head(&self.rest) {
            return None;
        }
        if (self.rows.last()).is_none_or(|rows| rows.len() >= EVENTS_OF_PART) {
            self.rows.last_mut().iter_mut().for_each(|it| it.shrink());
            self.rows.push(WrittenRows::default());
        }
        let (bytes, count) = (piece.len() as u64, events.len());
        if !self.rows.last_mut()?.add(events) {
            return None;
        }
        progress.advance(bytes);
        progress.add_events(count);
        self.counted = (self.counted.0 + bytes, self.counted.1 + count);
        Some(())
    }
}

/// Whether nothing was reported and nothing but `[timeline]` was read, which names no event.
fn has_only_a_head(reading: &TomlReading) -> bool {
    let draft = &reading.draft;
    let is_clean =
        reading.findings.is_empty() && reading.unread.is_empty() && reading.lost.is_empty();
    let declares =
        !(draft.sources.is_empty() && draft.entities.is_empty() && draft.views.is_empty());
    let has_story = !(draft.scenes.is_empty() && draft.questions.is_empty());
    is_clean && !declares && !has_story && !draft.head.tlp_unread && draft.head.start.is_none()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::event_pieces::pieces;
    use super::super::statements::TextTrust;
    use super::*;
    use crate::formats::{InputFile, open, open_files, open_watched};

    /// Events after a `[timeline]`, either in order of time or with dates of all sorts.
    fn events(count: usize, is_sorted: bool) -> String {
        let mut text = "format = 1\n[timeline]\ntitle = \"A\"\ntlp = \"GREEN\"\n".to_owned();
        for number in 0..count {
            let (hour, minute) = (number / 60, number % 60);
            let when = match number % 7 {
                _ if is_sorted => format!("2021-08-14T{:02}:{minute:02}:00Z", hour % 24),
                0 => "2021".to_owned(),
                1 => format!("2021-{:02}?", number % 12 + 1),
                2 => format!("2021-02-03/2021-{:02}", number % 9 + 4),
                3 => format!("[2021-01-{:02}, 2022]", number % 27 + 1),
                _ => format!("2021-08-{:02}T10:{minute:02}:00Z", number % 28 + 1),
            };
            let (name, title) = (number % 5, number / 3);
            writeln!(
                text,
                "\n[[events]]\ntitle = \"Event {title}\"\nwhen = \"{when}\"\ntargets = [\"host-{name}\", \"e\"]\n\
                 tags = [\"t{name}\"]"
            )
            .expect("a string takes everything");
            if number % 100 == 7 {
                text.push_str(
                    "summary = \"\"\"\nA \\u00e9 \\\n B\"\"\"\nphase = \"discovery\"\nlane = [\"one\", \"two\"]\n\
                     actors = [\"new\", \"host-1\"]\ntechniques = [\"T1190\"]\naccused = [\"x\"]\naddressees = [\"y\"]\n",
                );
            }
        }
        text
    }

    /// Checks that a file has the same timeline and findings in columns and as drafts.
    #[track_caller]
    fn check(text: &str, progress: &Progress) {
        let source = SourceText::new("a.toml", text);
        let (reading, rows) = crate::formats::toml::read_alone(&source, FileId(0), progress);
        assert!(reading.draft.events.is_empty(), "they are drafts");
        assert_eq!(rows.is_empty(), progress.is_stopped());
        let (timeline, findings) = open_watched(&[source], progress);
        let file = InputFile::new("a.toml", Box::new(text.as_bytes()), None);
        let opened = open_files(vec![file], progress).expect("it is in memory");
        assert_eq!(format!("{:?}", opened.findings), format!("{findings:?}"));
        assert!(opened.timeline == timeline, "the timelines differ");
    }

    #[test]
    fn plain_events_make_the_same_timeline_in_columns() {
        check(&events(2_100, true), &Progress::default());
        let text = events(2_100, false);
        check(&text, &Progress::default());
        let zone = text.replacen("tlp = \"GREEN\"", "zone = \"Europe/London\"", 1);
        check(&zone, &Progress::default());
        let stopped = Progress::default();
        stopped.stop();
        check(&text, &stopped);
    }

    #[test]
    fn a_text_with_anything_else_is_not_read_here() {
        let text = events(40, false);
        let is_read = |text: &str| {
            let source = SourceText::new("a.toml", text);
            let pieces = pieces(text, TextTrust::Full, 8);
            read(&source, FileId(0), &Progress::default(), &pieces).is_some()
        };
        assert!(is_read(&text));
        for last in [
            "[entities.x]\nname = \"X\"\n",
            "[sources.x]\ntitle = \"X\"\n",
            "[views.x]\nfilter = \"tag:t1\"\n",
            "[[scenes]]\nselect = \"event-7\"\n",
            "[[questions]]\ntext = \"Who?\"\nevents = [\"event-7\"]\n",
            "[timeline]\ntlp = \"RED\"\n",
            "id = \"event-7\"\n",
            "after = [\"event-7\"]\n",
            "links = [{ to = \"event-7\", as = \"caused-by\" }]\n",
            "[[events.claims]]\nabout = \"actor\"\nvalue = \"x\"\n",
            "disclosed = \"2022\"\n",
            "sources = [\"x\"]\n",
            "tlp = \"RED\"\n",
            "phase = \"unusual\"\n",
            "techniques = [\"x\"]\n",
            "actors = [\"caf\\u0065\\u0301\"]\n",
            "[[events]]\nwhen = \"2021-08-14 07:30\"\ntitle = \"A\"\n",
            "[[events]]\nwhen = \"2021-24\"\ntitle = \"A\"\n",
            "[[events]]\nwhen = \"2021-08\"\ntitle = \"A on 3 August 2021\"\n",
            "[[events]]\nwhen = \"2021\"\n",
            "[[events]]\ntitle = \" A\"\nwhen = \"2021\"\n",
            "[[events]]\ntitle = \"A\nwhen = \"2021\"\n",
            "[[events]\n",
            "other = 1\n",
        ] {
            assert!(!is_read(&format!("{text}{last}")), "{last}");
        }
        let start = text.replacen("tlp = \"GREEN\"", "start = \"event-7\"", 1);
        assert!(!is_read(&start));
        let progress = Progress::default();
        let source = SourceText::new("a.toml", start.as_str());
        let pieces = pieces(&start, TextTrust::Full, 8);
        assert!(read(&source, FileId(0), &progress, &pieces).is_none());
        assert_eq!(
            progress.figures().events,
            0,
            "they are counted when they are read again"
        );
    }

    #[test]
    fn a_long_text_with_anything_else_is_read_as_drafts() {
        let text = events(2_100, true);
        for last in ["id = \"a\"\n", "# \u{1}\n"] {
            let text = format!("{text}{last}");
            let (timeline, findings) = open(&[SourceText::new("a.toml", text.as_str())]);
            let file = InputFile::new("a.toml", Box::new(text.as_bytes()), None);
            let progress = Progress::default();
            let opened = open_files(vec![file], &progress).expect("it is in memory");
            assert_eq!(format!("{:?}", opened.findings), format!("{findings:?}"));
            assert!(opened.timeline == timeline, "the timelines differ");
        }
    }
}
