//! `--filter`, `--view` and `--surely`, for every subcommand that prints events.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::Result;

use super::report::clean;
use super::status::{CommandError, print_note};
use crate::app::model::Model;
use crate::date::Truth;
use crate::diagnostic::nearest;
use crate::query::{Filter, Matches, QueryError};
use crate::text::canonical;
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, EventId, Timeline, View};

const OPTION: &str = "--filter";

/// Which events to include.
#[derive(Debug, Default, clap::Args)]
pub(super) struct FilterArgs {
    /// Include only events that match, such as 'phase:sanction when:2021..2022'
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,

    /// Include only the events of a view, by its id
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,

    /// Leave out events that only possibly match
    #[arg(long)]
    pub surely: bool,

    /// Include only marked events. Only some subcommands have an option for it.
    #[arg(skip)]
    pub only_marked: bool,
}

/// The filter of `--marked`.
const MARKED: &str = "marked:yes";

impl FilterArgs {
    /// The events that match; with `--surely` only sure matches.
    pub fn events(&self, matches: &Matches) -> Vec<EventId> {
        let is_included = |truth: Truth| truth == Truth::Yes || !self.surely;
        let events = matches.events().filter(|(_, truth)| is_included(*truth));
        events.map(|(id, _)| id).collect()
    }

    /// The filter, if it is the only option that narrows, and not empty.
    pub fn only_filter(&self) -> Option<Cow<'_, str>> {
        let filter = self.filter.as_deref().map_or("", str::trim);
        let filter: Cow<'_, str> = match (self.only_marked, filter) {
            (false, filter) => filter.into(),
            (true, "") => MARKED.into(),
            (true, filter) => format!("({filter}) {MARKED}").into(),
        };
        (self.view.is_none() && !filter.is_empty()).then_some(filter)
    }

    /// Prints mistakes of [`Self::only_filter`].
    ///
    /// # Errors
    /// `errors` cannot be written.
    pub fn report(&self, mistakes: &[QueryError], errors: &mut dyn Write) -> Result<()> {
        let text = self.only_filter().unwrap_or_default();
        for mistake in mistakes {
            writeln!(errors, "{}", filter_mistake(&text, OPTION, mistake))?;
        }
        Ok(())
    }

    /// The filters of all options together. `None` if one has a mistake: it is printed on `errors` with its place.
    ///
    /// `is_piped`: the input may be a part of something larger, such as the answer of an engine. A name that it lacks
    /// is noted, and matches nothing.
    ///
    /// # Errors
    /// A view that the file does not have.
    pub fn filter(
        &self,
        timeline: &Timeline,
        is_piped: bool,
        errors: &mut dyn Write,
    ) -> Result<Option<Filter>> {
        let view = self.view(timeline)?;
        let of_view = view.and_then(|view| {
            let place = format!("views.{}", clean(&view.key));
            Some((view.filter.as_deref()?, place))
        });
        let of_option = self.filter.as_deref();
        let of_option = of_option.map(|filter| (filter, OPTION.to_owned()));
        let mut texts = Vec::new();
        // Each is parsed alone: a mistake gets its place in the user's text, and an `or` applies to its own text only.
        let of_marks = self.only_marked.then(|| (MARKED, "--marked".to_owned()));
        for (text, place) in of_view.into_iter().chain(of_option).chain(of_marks) {
            let filter = match parsed(timeline, text, is_piped) {
                Ok((filter, unknown)) => {
                    note_unknown(&unknown, errors)?;
                    filter
                }
                Err(mistakes) => {
                    for mistake in &mistakes {
                        writeln!(errors, "{}", filter_mistake(text, &place, mistake))?;
                    }
                    return Ok(None);
                }
            };
            if !filter.is_empty() {
                texts.push(text.trim());
            }
        }
        let text = match &texts[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            all => format!("({})", all.join(") (")),
        };
        let filter = parsed(timeline, &text, is_piped).ok();
        Ok(filter.map(|(filter, _)| filter))
    }

    /// The arguments as the user would write them.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for (name, value) in [("--filter", &self.filter), ("--view", &self.view)] {
            words.extend(value.as_ref().map(|value| format!("{name}={value}")));
        }
        words.extend(self.surely.then(|| "--surely".to_owned()));
        words
    }

    fn view<'t>(&self, timeline: &'t Timeline) -> Result<Option<&'t View>> {
        let Some(key) = &self.view else {
            return Ok(None);
        };
        let keys = || timeline.views().iter().map(|view| view.key.as_str());
        if let Some(view) = timeline
            .views()
            .iter()
            .find(|view| view.key == *canonical(key))
        {
            return Ok(Some(view));
        }
        let hint = match (nearest(key, keys()), timeline.views().is_empty()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, true) => "the timeline has no views".to_owned(),
            (None, false) => format!("the views are {}", keys().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("there is no view called `{}`", clean(key));
        Err(CommandError::usage(message).hint(hint).into())
    }

    /// The grouping of the view, if it states one.
    pub fn group(&self, timeline: &Timeline) -> Result<Option<Grouping>> {
        Ok(self.view(timeline)?.and_then(|view| view.group))
    }

    /// The clock by which the view sorts, if it states one.
    pub fn clock(&self, timeline: &Timeline) -> Result<Option<Clock>> {
        Ok(self.view(timeline)?.and_then(View::clock))
    }

    /// Applies the options to a model. Returns false if a filter has a mistake: it is printed on `errors`.
    pub fn apply(&self, model: &mut Model, is_piped: bool, errors: &mut dyn Write) -> Result<bool> {
        let timeline = std::sync::Arc::clone(model.timeline());
        let Some(filter) = self.filter(&timeline, is_piped, errors)? else {
            return Ok(false);
        };
        crate::app::open_with(model, &filter, self.view(&timeline)?, self.surely);
        Ok(true)
    }
}

/// Whether a timeline comes through a pipe.
pub(super) fn is_piped(files: &[PathBuf]) -> bool {
    files.iter().any(|file| file == Path::new("-"))
}

/// A filter, and the names in it that a piped timeline lacks.
fn parsed(
    timeline: &Timeline,
    text: &str,
    is_piped: bool,
) -> std::result::Result<(Filter, Vec<QueryError>), Vec<QueryError>> {
    if is_piped {
        return Filter::parse_in_part(timeline, text);
    }
    Ok((Filter::parse(timeline, text)?, Vec::new()))
}

/// Notes names of a filter that a piped timeline lacks.
///
/// # Errors
/// `errors` cannot be written.
pub(super) fn note_unknown(unknown: &[QueryError], errors: &mut dyn Write) -> Result<()> {
    for name in unknown {
        print_note(
            errors,
            &format!("{}, so nothing matches it", clean(&name.message)),
        )?;
    }
    Ok(())
}

/// A mistake in a filter, with a caret under its characters.
pub(super) fn filter_mistake(text: &str, place: &str, mistake: &QueryError) -> String {
    // The picture of an unprintable character has another length: carets count characters as shown.
    let shown = clean(text);
    let at = |byte: usize| {
        clean(text.get(..byte).unwrap_or(text))
            .len()
            .min(shown.len())
    };
    let (start, end) = (at(mistake.range.start), at(mistake.range.end));
    let label = match mistake.expected.as_str() {
        "" => String::new(),
        expected => format!("expected {}", clean(expected)),
    };
    let annotation = AnnotationKind::Primary
        .span(start..end.max(start))
        .label(label);
    let snippet = Snippet::source(shown).path(place).annotation(annotation);
    let mut group = Level::ERROR
        .primary_title(clean(&mistake.message))
        .element(snippet);
    if let Some(help) = &mistake.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    Renderer::plain().render(&[group])
}
