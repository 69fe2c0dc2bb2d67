//! Finds the style in which a picture has room: first every title next to its mark, in writing as large as possible;
//! then numbers for the titles that find no room. Nothing is ever cut.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::lanes::LaneContent;
use super::page::{PageContent, PageLayout, PageStyle};
use super::size::{PictureLabels, PictureOptions};
use super::titles::TitleChoice;
use crate::timeline::EventId;

/// The charts of a page, from the largest font to the smallest.
pub(super) struct PageCharts<'a> {
    content: &'a PageContent<'a>,
    charts: Vec<PageChart<'a>>,
    options: PictureOptions,
    /// The events that may have titles next to their marks.
    chosen: BTreeSet<EventId>,
}

struct PageChart<'a> {
    font: i32,
    /// Drawn when a page in the font is tried. `None` if nothing is dated.
    lanes: OnceCell<Option<LaneContent<'a>>>,
}

/// Larger writing than this makes a small picture coarse.
const USUAL_FONT: i32 = 14;
/// With more events than this, no font has room for all titles.
const MANY: usize = 400;

impl<'a> PageCharts<'a> {
    pub fn new(content: &'a PageContent<'a>, options: PictureOptions) -> Self {
        let size = options.size;
        let least = i32::from(size.least_font);
        let most = i32::from(size.width.min(size.height)) / 45;
        let most = most.max(USUAL_FONT).max(least);
        let fonts = if content.subject.order.len() > MANY {
            least..=least
        } else {
            least..=most
        };
        let chart = |font| PageChart {
            font,
            lanes: OnceCell::new(),
        };
        let events = content.subject.order.iter();
        let is_chosen = |id: &EventId| match options.labels {
            PictureLabels::All => true,
            PictureLabels::Scenes => content.subject.in_scenes.contains(id),
            PictureLabels::None => false,
        };
        Self {
            charts: fonts.rev().map(chart).collect(),
            content,
            options,
            chosen: events.copied().filter(is_chosen).collect(),
        }
    }

    /// The best page of the size; `None` if there is none.
    pub fn fitted(&'a self) -> Option<PageLayout<'a>> {
        let height = i32::from(self.options.size.height);
        let (smallest, larger) = self.charts.split_last()?;
        // Dates are worth a smaller font, but not the smallest.
        let mut dated = larger.iter().filter(|_| !self.chosen.is_empty());
        let dated = dated.find_map(|chart| self.page(chart, [true, false], Some(height)));
        let page = dated.or_else(|| {
            self.charts.iter().find_map(|chart| {
                let loose = self.page(chart, [false, false], Some(height));
                loose.or_else(|| self.page(chart, [false, true], Some(height)))
            })
        });
        let page = page.or_else(|| {
            let mut pages = self.with_fewer_titles(smallest);
            pages.rfind(|page| page.height <= height)
        });
        page.map(|mut page| {
            page.stretch(height);
            page
        })
    }

    /// The lowest page in the smallest font, however high that is.
    pub fn lowest(&'a self) -> PageLayout<'a> {
        let smallest = self.charts.last().expect("there is a font");
        let whole = self.page(smallest, [false, true], None);
        let pages = self.with_fewer_titles(smallest).chain(whole);
        let lowest = pages.min_by_key(|page| page.height);
        lowest.expect("a page without a limit holds everything")
    }

    fn lanes(&'a self, chart: &'a PageChart<'a>) -> Option<&'a LaneContent<'a>> {
        let drawn = || self.content.chart(chart.font);
        chart.lanes.get_or_init(drawn).as_ref()
    }

    fn page(
        &'a self,
        chart: &'a PageChart<'a>,
        [has_dates, is_tight]: [bool; 2],
        most: Option<i32>,
    ) -> Option<PageLayout<'a>> {
        let style = PageStyle {
            font: chart.font,
            has_dates,
            is_tight,
            titled: &self.chosen,
        };
        self.content.laid_out(self.lanes(chart), style, most)
    }

    /// Pages with ever more titles, the first with those that cost no room.
    fn with_fewer_titles(
        &'a self,
        chart: &'a PageChart<'a>,
    ) -> impl DoubleEndedIterator<Item = PageLayout<'a>> {
        let choices = match self.lanes(chart) {
            Some(lanes) if self.content.subject.order.len() <= MANY => {
                TitleChoice::new(lanes, &self.chosen, chart.font).growing()
            }
            _ => vec![BTreeSet::new()],
        };
        let page = |titled: BTreeSet<EventId>| {
            let style = PageStyle {
                font: chart.font,
                has_dates: false,
                is_tight: true,
                titled: &titled,
            };
            self.content.laid_out(self.lanes(chart), style, None)
        };
        choices.into_iter().filter_map(page)
    }
}
