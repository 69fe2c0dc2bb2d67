//! The effective marking: the strictest of everything in a timeline, shown wherever the timeline is.

use super::data::Timeline;
use super::term::Tlp;

impl Timeline {
    /// The marking of the file, or a stricter one of any item; `None` if nothing is marked.
    pub fn effective_marking(&self) -> Option<Tlp> {
        self.effective_marking
    }

    /// Computes the effective marking once, after building: every frame shows it.
    pub(super) fn compute_effective_marking(&mut self) {
        let tlp = &self.events.tlp;
        let of_events = match tlp.alike() {
            Some(tlp) => tlp,
            None => tlp.iter().max().flatten(),
        };
        let of_others = (self.claims.iter().map(|it| it.tlp))
            .chain(self.entities.iter().map(|it| it.tlp))
            .chain(self.sources.iter().map(|it| it.tlp))
            .chain(self.views.iter().map(|it| it.tlp))
            .chain(self.scenes.iter().map(|it| it.tlp))
            .chain(self.questions.iter().map(|it| it.tlp));
        let of_others = of_others.max().flatten();
        let of_changes = self.changes.as_ref().and_then(|it| it.marking());
        let of_others = of_others.max(of_changes).max(self.marks.marking());
        self.effective_marking = self.head.tlp.max(of_events).max(of_others);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;
    use crate::timeline::term::Tlp;

    fn open(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    #[test]
    fn whatever_is_marked_more_strictly_than_the_file_counts() {
        let file = "[timeline]\ntlp = \"CLEAR\"\n";
        let event = "[[events]]\nid = \"a\"\ntitle = \"A\"\n";
        for marked in [
            format!("{event}tlp = \"RED\"\n[[events]]\ntitle = \"B\"\n"),
            format!("{event}[[events.claims]]\ntext = \"x\"\ntlp = \"RED\"\n"),
            format!("{event}[entities.x]\ntlp = \"RED\"\n"),
            format!("{event}[sources.x]\ntlp = \"RED\"\n"),
            format!("{event}[[scenes]]\ntitle = \"x\"\ntlp = \"RED\"\n"),
            format!("{event}[[questions]]\ntext = \"x\"\ntlp = \"RED\"\n"),
        ] {
            let timeline = open(&format!("{file}{marked}"));
            assert_eq!(timeline.head().tlp, Some(Tlp::Clear));
            assert_eq!(timeline.effective_marking(), Some(Tlp::Red), "{marked}");
        }
        assert_eq!(
            open(&format!("{file}{event}")).effective_marking(),
            Some(Tlp::Clear)
        );
        assert_eq!(open(event).effective_marking(), None);
    }

    #[test]
    fn what_is_withheld_does_not_count() {
        let timeline = open(
            "[timeline]\ntlp = \"CLEAR\"\n[[events]]\ntitle = \"A\"\ntlp = \"RED\"\n[[events]]\ntitle = \"B\"\n\
             tlp = \"GREEN\"\n",
        );
        let shown = timeline.up_to(Tlp::Amber).expect("it is marked");
        assert_eq!(shown.effective_marking(), Some(Tlp::Green));
    }
}
