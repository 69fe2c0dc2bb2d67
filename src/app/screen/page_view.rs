//! A document on the screen, with its scroll position and the selected link.

use crate::app::page::{Page, PageOptions};
use crate::document::{Document, DocumentBlock, PageSubject, TextRun, VerdictForm};
use crate::timeline::Timeline;
use crate::timeline::term::Aspect;

/// The number of lines that are laid out ahead of the visible ones.
const AHEAD: usize = 256;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageView {
    pub subject: PageSubject,
    /// The first visible line.
    pub scroll: usize,
    pub link: Option<usize>,
    /// Whether it says that its event may precede the event above it in the list.
    pub is_order_open: bool,
    /// The document, laid out at the current width.
    pub page: Page,
    document: Document,
    /// The block to scroll to once the page is laid out; 0 for none.
    first: usize,
    /// The link to select once the page is laid out: its target, and the number of links to that target before it.
    sought: Option<(PageSubject, usize)>,
    /// The aspect whose claims are shown, on a page that has them aspect by aspect.
    aspect: Option<Aspect>,
    /// Whether to select a link once the page is laid out.
    seeks_a_link: bool,
    /// Whether verdicts have the longest form for which there is room.
    is_for_room: bool,
    form: Option<VerdictForm>,
    width: u16,
    height: u16,
}

impl PageView {
    /// Scrolls to a block once the page is laid out.
    #[must_use]
    pub fn from_block(self, first: usize) -> Self {
        Self { first, ..self }
    }

    /// The same for a room: its verdicts are as long as the place allows.
    #[must_use]
    pub fn for_room(self) -> Self {
        Self {
            is_for_room: true,
            ..self
        }
    }

    pub fn open(timeline: &Timeline, subject: PageSubject) -> Self {
        Self::of(subject, Document::with_marks(timeline, subject))
    }

    /// The page of a row of the list. `is_order_open`: whether the event may precede the event above.
    pub fn of_row(timeline: &Timeline, subject: PageSubject, is_order_open: bool) -> Self {
        let document = Document::with_marks(timeline, subject);
        let document = if is_order_open {
            document.with_open_order()
        } else {
            document
        };
        Self {
            is_order_open,
            ..Self::of(subject, document)
        }
    }

    /// Shows the marks that the timeline has now.
    pub(in crate::app) fn renew(&mut self, timeline: &Timeline) {
        if !matches!(self.subject, PageSubject::Event(_) | PageSubject::Pair(..)) {
            return;
        }
        let mut renewed = Self::of_row(timeline, self.subject, self.is_order_open);
        renewed.restore_from(self, Some);
        *self = renewed;
    }

    pub fn of(subject: PageSubject, document: Document) -> Self {
        let aspect = document.opens_on;
        let label = aspect.and_then(|aspect| label_of(&document, aspect));
        Self {
            subject,
            scroll: 0,
            link: None,
            is_order_open: false,
            page: Page::default(),
            document,
            first: 0,
            sought: label.map(|label| (label, 0)),
            aspect,
            seeks_a_link: false,
            is_for_room: false,
            form: None,
            width: 0,
            height: 0,
        }
    }

    /// Lays out the document for a size, and keeps the line at the top if possible. Without a size it does nothing.
    pub fn fit(&mut self, width: u16, height: u16) {
        if width == 0 || height == 0 {
            return;
        }
        let is_resized = (self.width, self.height) != (width, height);
        if self.width != width {
            self.page = Page::default();
        }
        (self.width, self.height) = (width, height);
        if self.is_for_room && is_resized {
            self.form = Some(self.longest_form());
            self.page = Page::default();
        }
        if let Some(sought) = self.sought.take() {
            self.set_whole();
            self.link = self.find(sought);
        }
        if std::mem::take(&mut self.seeks_a_link) {
            self.reach(self.scroll);
            self.select_a_link();
        }
        self.choose_aspect();
        let first = std::mem::take(&mut self.first);
        if first > 0 {
            let before = self.document.before(first);
            self.scroll = Page::set_with(&before, self.options(), usize::MAX)
                .lines
                .len();
        }
        self.reach(self.scroll);
        // The selected link may be below the laid out lines; its number is the same at every width.
        if self.link.is_some_and(|link| link >= self.page.links.len()) {
            self.set_whole();
        }
        self.scroll = self.scroll.min(self.last_scroll());
    }

    /// Lays out the page up to a screenful after a line, and some lines ahead.
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
        self.page = Page::set_with(&self.document, self.options(), most);
    }

    fn options(&self) -> PageOptions {
        PageOptions {
            width: self.width,
            aspect: self.aspect,
            form: self.form,
        }
    }

    /// Shows the claims of the aspect whose label is selected.
    fn choose_aspect(&mut self) {
        let Some(label) = self.followed() else {
            return;
        };
        let Some(aspect) = self.aspect_of(label).filter(|&it| Some(it) != self.aspect) else {
            return;
        };
        self.aspect = Some(aspect);
        self.page = Page::set_with(&self.document, self.options(), usize::MAX);
        if let Some(link) = self.find((label, 0)) {
            self.select(link);
        }
    }

    /// The aspect of a label, if the page has its claims.
    fn aspect_of(&self, label: PageSubject) -> Option<Aspect> {
        let details = self.document.details.iter().map(|details| details.aspect);
        let mut aspects = details.filter(|&it| label_of(&self.document, it) == Some(label));
        aspects.next()
    }

    /// Whether the selected label is of the aspect whose claims are shown.
    pub fn is_on_chosen_aspect(&self) -> bool {
        let label = self.followed().and_then(|label| self.aspect_of(label));
        label.is_some() && label == self.aspect
    }

    /// Whether the selected label is of an aspect whose claims the page has.
    pub fn is_label_selected(&self) -> bool {
        let label = self.followed();
        label.is_some_and(|label| self.aspect_of(label).is_some())
    }

    /// Whether the page has claims aspect by aspect.
    pub fn has_aspects(&self) -> bool {
        !self.document.details.is_empty()
    }

    /// Moves from the label of an aspect to the first of its claims.
    pub fn into_claims(&mut self) {
        self.set_whole();
        let mut labels = self.page.links.iter();
        let last = labels.rposition(|link| self.aspect_of(link.to).is_some());
        if let Some(last) = last {
            self.select((last + 1).min(self.page.links.len() - 1));
        }
    }

    /// The longest form of all verdicts for which the place has enough lines.
    fn longest_form(&self) -> VerdictForm {
        let forms = [VerdictForm::Whole, VerdictForm::First];
        let mut fitting = forms.into_iter().filter(|&form| self.fits_in(form));
        fitting.next().unwrap_or(VerdictForm::Brief)
    }

    /// Whether the place has enough lines for the verdicts in their shortest form.
    pub fn fits_verdicts(&self) -> bool {
        self.fits_in(VerdictForm::Brief)
    }

    fn fits_in(&self, form: VerdictForm) -> bool {
        let verdicts = self.document.verdicts().cloned();
        let blocks: Vec<DocumentBlock> = verdicts.map(DocumentBlock::Verdict).collect();
        let options = PageOptions {
            form: Some(form),
            ..self.options()
        };
        Page::set_with(&blocks.into(), options, usize::from(self.height)).is_whole
    }

    /// Lays out the whole page, for a search or a jump to the end.
    pub fn set_whole(&mut self) {
        if !self.page.is_whole && self.width > 0 {
            self.page = Page::set_with(&self.document, self.options(), usize::MAX);
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
        let has_details = |aspect| self.document.details.iter().any(|it| it.aspect == aspect);
        self.aspect = other.aspect.filter(|&it| has_details(it)).or(self.aspect);
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

    pub fn half_page_down(&mut self) {
        let step = usize::from(self.height / 2).max(1);
        self.scroll_to(self.scroll + step);
    }

    pub fn half_page_up(&mut self) {
        let step = usize::from(self.height / 2).max(1);
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

    /// Selects the first link in view, unless one is selected.
    pub fn select_a_link(&mut self) {
        if self.link.is_none() {
            self.next_link();
        }
    }

    /// Selects a link once the page is laid out.
    pub fn seek_a_link(&mut self) {
        self.seeks_a_link = true;
    }

    /// Whether no link comes after the selected one.
    pub fn is_on_last_link(&mut self) -> bool {
        self.set_whole();
        let last = self.page.links.len().checked_sub(1);
        last.is_none() || self.link == last
    }

    /// Whether no link comes before the selected one.
    pub fn is_on_first_link(&mut self) -> bool {
        self.set_whole();
        self.page.links.is_empty() || self.link == Some(0)
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

/// Where the label of an aspect's verdict leads.
fn label_of(document: &Document, aspect: Aspect) -> Option<PageSubject> {
    let mut verdicts = document.verdicts();
    let verdict = verdicts.find(|verdict| verdict.aspect == Some(aspect))?;
    verdict.label.iter().find_map(|run| run.link)
}
