//! A document on the screen, with its scroll position and the selected link.

use crate::app::page::Page;
use crate::document::{Document, PageSubject, TextRun};
use crate::timeline::Timeline;

/// The number of lines that are laid out ahead of the visible ones.
const AHEAD: usize = 256;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageView {
    pub subject: PageSubject,
    /// The first visible line.
    pub scroll: usize,
    pub link: Option<usize>,
    /// The document, laid out at the current width.
    pub page: Page,
    document: Document,
    /// The block to scroll to once the page is laid out; 0 for none.
    first: usize,
    /// The link to select once the page is laid out: its target, and the number of links to that target before it.
    sought: Option<(PageSubject, usize)>,
    width: u16,
    height: u16,
}

impl PageView {
    /// Scrolls to a block once the page is laid out.
    #[must_use]
    pub fn from_block(self, first: usize) -> Self {
        Self { first, ..self }
    }

    pub fn open(timeline: &Timeline, subject: PageSubject) -> Self {
        Self::of(subject, Document::about(timeline, subject))
    }

    pub fn of(subject: PageSubject, document: Document) -> Self {
        Self {
            subject,
            scroll: 0,
            link: None,
            page: Page::default(),
            document,
            first: 0,
            sought: None,
            width: 0,
            height: 0,
        }
    }

    /// Lays out the document for a size, and keeps the line at the top if possible. Without a size it does nothing.
    pub fn fit(&mut self, width: u16, height: u16) {
        if width == 0 || height == 0 {
            return;
        }
        self.height = height;
        if self.width != width {
            self.page = Page::default();
            self.width = width;
        }
        if let Some(sought) = self.sought.take() {
            self.set_whole();
            self.link = self.find(sought);
        }
        let first = std::mem::take(&mut self.first);
        if first > 0 {
            self.scroll = Page::set(&self.document.before(first), width).lines.len();
        }
        self.reach(self.scroll);
        // The selected link may be below the laid out lines; its number is the same at every width.
        if self.link.is_some_and(|link| link >= self.page.links.len()) {
            self.set_whole();
        }
        self.scroll = self.scroll.min(self.last_scroll());
    }

    /// Lays out the page up to a screenful from a line on, and some lines ahead.
    fn reach(&mut self, line: usize) {
        let bottom = line.saturating_add(usize::from(self.height));
        let wanted = bottom.saturating_add(AHEAD);
        if self.page.is_whole
            || self.width == 0
            || self.page.lines.len() >= bottom.saturating_add(1)
        {
            return;
        }
        // At least twice as many as before, so scrolling to the end lays out each line about twice.
        let most = wanted.max(self.page.lines.len().saturating_mul(2));
        self.page = Page::set_first(&self.document, self.width, most);
    }

    /// Lays out the whole page, for a search or a jump to the end.
    pub fn set_whole(&mut self) {
        if !self.page.is_whole && self.width > 0 {
            self.page = Page::set(&self.document, self.width);
        }
    }

    /// Restores the scroll position and the selected link from an older page about the same subject. `leads` maps the
    /// target of a link to the current timeline.
    pub(in crate::app) fn restore_from(
        &mut self,
        other: &Self,
        leads: impl FnOnce(PageSubject) -> Option<PageSubject>,
    ) {
        (self.scroll, self.first) = (other.scroll, other.first);
        let nth = |link: usize| {
            let to = other.page.links[link].to;
            let before = other.page.links.iter().take(link);
            (to, before.filter(|before| before.to == to).count())
        };
        let sought = other.link.map(nth).or(other.sought);
        self.sought = sought.and_then(|(to, nth)| Some((leads(to)?, nth)));
    }

    /// The link with `nth` links to the same target before it, or the last link to that target.
    fn find(&self, (to, nth): (PageSubject, usize)) -> Option<usize> {
        let links = self.page.links.iter().enumerate();
        let there = links.filter(|(_, link)| link.to == to).map(|(at, _)| at);
        there.take(nth + 1).last()
    }

    fn last_scroll(&self) -> usize {
        self.page
            .lines
            .len()
            .saturating_sub(usize::from(self.height).max(1))
    }

    fn bottom(&self) -> usize {
        self.scroll + usize::from(self.height)
    }

    /// Whether there are lines above, and below, the visible ones.
    pub fn more(&self) -> (bool, bool) {
        (self.scroll > 0, self.scroll < self.last_scroll())
    }

    /// The target of the selected link.
    pub fn followed(&self) -> Option<PageSubject> {
        self.link
            .and_then(|link| Some(self.page.links.get(link)?.to))
    }

    /// The run of the selected link.
    pub fn under_cursor(&self) -> Option<TextRun> {
        self.link
            .and_then(|link| Some(self.page.links.get(link)?.run()))
    }

    /// Selects the next link if it is in view, otherwise scrolls down by a line. So no line and no link is skipped.
    pub fn down(&mut self) {
        if !self.select_in_view(self.after_cursor()) && self.scroll < self.last_scroll() {
            self.scroll += 1;
            self.reach(self.scroll);
            self.select_in_view(self.after_cursor());
            self.drop_link_out_of_view();
        }
    }

    /// Selects the previous link if it is in view, otherwise scrolls up by a line.
    pub fn up(&mut self) {
        if !self.select_in_view(self.before_cursor()) && self.scroll > 0 {
            self.scroll -= 1;
            self.select_in_view(self.before_cursor());
            self.drop_link_out_of_view();
        }
    }

    /// Scrolls down by a screenful less one line, for orientation.
    pub fn page_down(&mut self) {
        let step = usize::from(self.height).saturating_sub(1).max(1);
        self.scroll_to(self.scroll + step);
    }

    /// Scrolls up by a screenful less one line.
    pub fn page_up(&mut self) {
        let step = usize::from(self.height).saturating_sub(1).max(1);
        self.scroll_to(self.scroll.saturating_sub(step));
    }

    /// Scrolls to a line, or as near to it as the end allows.
    pub fn scroll_to(&mut self, line: usize) {
        self.reach(line);
        self.scroll = line.min(self.last_scroll());
        self.drop_link_out_of_view();
    }

    pub fn end(&mut self) {
        self.scroll_to(usize::MAX);
    }

    /// Selects the next link; wraps around.
    pub fn next_link(&mut self) {
        let is_set = |link: usize| self.page.links.get(link).is_some();
        let next = self
            .link
            .map_or_else(|| self.first_link_from(self.scroll), |it| Some(it + 1));
        if !next.is_some_and(is_set) {
            self.set_whole();
        }
        let first = self.first_link_from(self.scroll).or(Some(0));
        let next = self.link.map_or(first, |link| Some(link + 1));
        self.select(
            next.filter(|&link| link < self.page.links.len())
                .unwrap_or(0),
        );
    }

    /// Selects the previous link; wraps around.
    pub fn previous_link(&mut self) {
        if self.link.is_none_or(|link| link == 0) {
            self.set_whole();
        }
        let last = self.page.links.len().saturating_sub(1);
        let before = self
            .link
            .map_or(last, |link| link.checked_sub(1).unwrap_or(last));
        self.select(before);
    }

    pub fn link_at(&self, line: usize, column: usize) -> Option<usize> {
        let mut left = 0;
        for piece in &self.page.lines.get(line)?.pieces {
            let right = left + crate::text::width(&piece.text);
            if (left..right).contains(&column) {
                return piece.link;
            }
            left = right;
        }
        None
    }

    fn select(&mut self, link: usize) {
        let Some(lines) = self.page.links.get(link).map(|link| link.lines) else {
            return;
        };
        self.link = Some(link);
        self.reach(lines.1);
        let lines = self.page.links.get(link).map_or(lines, |link| link.lines);
        if lines.0 < self.scroll {
            self.scroll = lines.0;
        } else if lines.1 >= self.bottom() {
            self.scroll = (lines.1 + 1)
                .saturating_sub(usize::from(self.height))
                .min(lines.0);
        }
    }

    fn first_link_from(&self, line: usize) -> Option<usize> {
        self.page.links.iter().position(|link| link.lines.0 >= line)
    }

    fn after_cursor(&self) -> Option<usize> {
        match self.link {
            Some(link) => Some(link + 1),
            None => self.first_link_from(self.scroll),
        }
    }

    fn before_cursor(&self) -> Option<usize> {
        match self.link {
            Some(link) => link.checked_sub(1),
            None => self
                .page
                .links
                .iter()
                .rposition(|link| link.lines.1 < self.bottom()),
        }
    }

    fn is_in_view(&self, link: usize) -> bool {
        let lines = self.page.links.get(link).map(|link| link.lines);
        lines.is_some_and(|(first, last)| first >= self.scroll && last < self.bottom())
    }

    fn select_in_view(&mut self, link: Option<usize>) -> bool {
        let found = link.filter(|&link| self.is_in_view(link));
        self.link = found.or(self.link);
        found.is_some()
    }

    fn drop_link_out_of_view(&mut self) {
        self.link = self.link.filter(|&link| self.is_in_view(link));
    }
}
