//! The item that an id names: an entity, a source, an event, a view or a claim.

use super::markdown::{code, plain};
use crate::formats::toml::keys::IdSpace;
use crate::lsp::mentions::{self, IdMention};
use crate::lsp::text_document::TextDocument;
use crate::text::canonical;
use crate::timeline::{Entity, Event, Source, Timeline, View};

/// The card of the item that a mention names; `None` if the file has no such item.
pub(super) fn card(document: &TextDocument, mention: &IdMention) -> Option<String> {
    let timeline = &document.checked()?.timeline;
    let id = canonical(&mention.id);
    let is_it = |key: &str| key == id;
    match mention.space {
        IdSpace::Entity => {
            let mut entities = timeline.entities();
            let found = entities.find(|(_, it)| it.declared && is_it(&it.key));
            found.map(|(_, entity)| of_entity(entity))
        }
        IdSpace::Source => {
            let mut sources = timeline.sources();
            let found = sources.find(|(_, it)| it.declared && is_it(&it.key));
            found.map(|(_, source)| of_source(source))
        }
        IdSpace::Event => timeline.find_event(&id).map(of_event),
        IdSpace::View => {
            let mut views = timeline.views().iter();
            views.find(|it| is_it(&it.key)).map(of_view)
        }
        IdSpace::Claim => of_claim(document, timeline, mention),
    }
}

fn of_entity(entity: &Entity) -> String {
    let kind = entity.kind.map(|kind| format!("({kind})"));
    let mut lines = vec![joined(
        [
            Some(format!("**{}**", plain(&entity.name))),
            kind,
            Some(code(&entity.key)),
        ],
        " ",
    )];
    if !entity.aliases.is_empty() {
        lines.push(format!("also {}", plain(&entity.aliases.join(", "))));
    }
    lines.extend(
        entity
            .attack
            .as_ref()
            .map(|id| format!("ATT&CK group {}", code(id))),
    );
    lines.extend(entity.note.as_deref().map(plain));
    lines.join("\n\n")
}

fn of_source(source: &Source) -> String {
    let day = source.published.as_ref();
    let day = day.map(|day| format!("published {}", plain(&day.sentence())));
    let issuer = source.publisher.as_deref().map(plain);
    let origin = joined([issuer, day, None], ", ");
    let mut lines = vec![format!(
        "**{}** {}",
        plain(&source.title),
        code(&source.key)
    )];
    lines.extend(Some(origin).filter(|origin| !origin.is_empty()));
    lines.extend(source.url.as_deref().map(plain));
    lines.extend(source.note.as_deref().map(plain));
    lines.join("\n\n")
}

fn of_event(event: Event<'_>) -> String {
    let when = event.when().map(|when| plain(&when.sentence()));
    let phase = Some(event.phase())
        .filter(|phase| !phase.is_empty())
        .map(plain);
    let line = joined([when, phase, None], ", ");
    let mut lines = vec![format!(
        "**{}** {}",
        plain(event.title()),
        code(&event.key())
    )];
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines.extend(Some(event.summary()).filter(|it| !it.is_empty()).map(plain));
    lines.join("\n\n")
}

fn of_view(view: &View) -> String {
    let mut lines = vec![format!("**{}** {}", plain(&view.title), code(&view.key))];
    lines.extend(view.filter.as_deref().map(code));
    lines.join("\n\n")
}

/// A claim as its table says it: speaker, aspect, value and text.
fn of_claim(document: &TextDocument, timeline: &Timeline, mention: &IdMention) -> Option<String> {
    let outline = document.outline();
    let all = mentions::of(outline, IdSpace::Claim, &mention.id).into_iter();
    let declared = all
        .filter(|it| it.is_declaration)
        .find_map(|it| outline.tables.get(it.table))?;
    let text = |key: &str| declared.text(key).map(|text| text.value.as_str());
    let by = text("by").map(|by| {
        let mut entities = timeline.entities();
        let named = entities.find(|(_, it)| it.key == canonical(by));
        named.map_or(by, |(_, it)| it.name.as_str())
    });
    let parts = [
        by.map(plain),
        text("about").map(code),
        text("value").map(plain),
    ];
    let mut lines = vec![joined(parts, " · ")];
    lines.extend(text("text").map(plain));
    Some(lines.join("\n\n"))
}

fn joined<const N: usize>(parts: [Option<String>; N], with: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(with)
}
