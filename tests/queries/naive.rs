//! The oracle: random filters, each with its meaning evaluated for one event at a time, in the plainest way.

use std::collections::BTreeSet;

use dateline::change::{ChangeKind, ComparedItem, TimelineComparison};
use dateline::date::{EventDate, Truth};
use dateline::diagnostic::TextPlace;
use dateline::query::quoted;
use dateline::timeline::likelihood::Yardstick;
use dateline::timeline::term::{Aspect, Confidence, LinkKind, PHASES, Stance, Standing, Tlp};
use dateline::timeline::{
    Claim, ClaimValue, EntityId, Event, EventId, EventMark, FileMark, Level, MarkedItem, MarksFile,
    Timeline, TimelineMarks,
};

use crate::support::synthetic::Numbers;

mod dates;

type FilterMeaning = Box<dyn Fn(&Timeline, Event<'_>) -> Truth>;

/// A filter and its meaning.
pub struct OracleFilter {
    /// The filter as text.
    pub text: String,
    /// The answer for one event.
    pub meaning: FilterMeaning,
}

impl OracleFilter {
    fn new(text: String, meaning: impl Fn(&Timeline, Event<'_>) -> Truth + 'static) -> Self {
        Self {
            text,
            meaning: Box::new(meaning),
        }
    }

    fn known(text: String, meaning: impl Fn(&Timeline, Event<'_>) -> bool + 'static) -> Self {
        Self::new(text, move |timeline, event| {
            Truth::from(meaning(timeline, event))
        })
    }

    fn of_claims(text: String, meaning: impl Fn(&Claim) -> Truth + 'static) -> Self {
        Self::new(text, move |_, event| {
            event
                .claims()
                .map(|(_, claim)| meaning(claim))
                .fold(Truth::No, Truth::or)
        })
    }
}

/// A filter of at most this many levels.
pub fn filter(timeline: &Timeline, numbers: &mut Numbers, levels: usize) -> OracleFilter {
    if levels == 0 {
        return leaf(timeline, numbers);
    }
    let part = |numbers: &mut Numbers| filter(timeline, numbers, levels - 1);
    match numbers.below(7) {
        0 | 1 => {
            let (one, other) = (part(numbers), part(numbers));
            let joiner = if numbers.once_in(2) { " and " } else { " " };
            OracleFilter::new(
                format!("({}{joiner}{})", one.text, other.text),
                move |timeline, event| {
                    (one.meaning)(timeline, event) & (other.meaning)(timeline, event)
                },
            )
        }
        2 => {
            let (one, other) = (part(numbers), part(numbers));
            OracleFilter::new(
                format!("({} or {})", one.text, other.text),
                move |timeline, event| {
                    (one.meaning)(timeline, event) | (other.meaning)(timeline, event)
                },
            )
        }
        3 => {
            let inner = part(numbers);
            OracleFilter::new(format!("-({})", inner.text), move |timeline, event| {
                !(inner.meaning)(timeline, event)
            })
        }
        4 => {
            let inner = part(numbers);
            OracleFilter::known(format!("surely({})", inner.text), move |timeline, event| {
                (inner.meaning)(timeline, event) == Truth::Yes
            })
        }
        5 => {
            let inner = part(numbers);
            OracleFilter::known(
                format!("possibly({})", inner.text),
                move |timeline, event| (inner.meaning)(timeline, event) != Truth::No,
            )
        }
        _ => part(numbers),
    }
}

/// A single condition.
pub fn leaf(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    match numbers.below(8) {
        0 => text(numbers),
        7 => marked(numbers),
        6 => changed(timeline, numbers),
        1 => listed(timeline, numbers),
        2 => claimed(timeline, numbers),
        3 => counted(timeline, numbers),
        4 => dates::limit(timeline, numbers),
        _ => dates::window(numbers),
    }
}

fn text(numbers: &mut Numbers) -> OracleFilter {
    let all = [
        "PROXYSHELL",
        "the",
        "régime et",
        "SÉCURITÉ",
        "entity 1",
        "alias",
        "tag-1",
        "nowhere at all",
        "e",
        "s",
    ];
    let words = all[numbers.below(all.len())];
    let needle = words.to_lowercase();
    let says = move |text: &str| text.to_lowercase().contains(&needle);
    match numbers.below(4) {
        0 => OracleFilter::known(format!("title:{}", quoted(words)), move |_, event| {
            says(event.title())
        }),
        1 => OracleFilter::known(format!("summary:{}", quoted(words)), move |_, event| {
            says(event.summary())
        }),
        2 => OracleFilter::of_claims(format!("words:{}", quoted(words)), move |claim| {
            Truth::from(claim.words.as_deref().is_some_and(&says))
        }),
        _ => OracleFilter::known(format!("\"{words}\""), move |timeline, event| {
            let is_meant = |id: &EntityId| {
                let entity = timeline.entity(*id);
                says(&entity.name) || entity.aliases.iter().any(|alias| says(alias))
            };
            let claims = event.claims().any(|(_, claim)| {
                let value = match &claim.value {
                    Some(ClaimValue::Text(text)) => says(text),
                    Some(ClaimValue::Entity(id)) => is_meant(id),
                    _ => false,
                };
                value
                    || [&claim.text, &claim.words]
                        .into_iter()
                        .flatten()
                        .any(|text| says(text))
                    || claim.by.as_ref().is_some_and(is_meant)
            });
            let names = everyone(event).any(|id| is_meant(&id));
            says(event.title())
                || says(event.summary())
                || event.tags().any(&says)
                || names
                || claims
        }),
    }
}

/// What was public by a day, with which timelines are compared.
pub fn older(timeline: &Timeline) -> Timeline {
    let day = EventDate::parse("2022-06-30").expect("it is a day");
    timeline.as_of(&day).expect("it has an end")
}

/// What differs from [`older`].
fn changed(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    let older = older(timeline);
    let items = TimelineComparison::between(&older, timeline).items;
    let of = move |event: Event<'_>| items.iter().find(|it| it.new == Some(event.id())).cloned();
    match numbers.below(5) {
        0 => OracleFilter::known("changed:yes".to_owned(), move |_, event| {
            of(event).is_some()
        }),
        1 => OracleFilter::known("changed:no".to_owned(), move |_, event| of(event).is_none()),
        2 => OracleFilter::known("changed:new".to_owned(), move |_, event| {
            older.find_event(&event.key()).is_none()
        }),
        3 => OracleFilter::known("changed:date".to_owned(), move |_, event| {
            let clocks = ["when", "discovered", "disclosed", "attributed"];
            let differs =
                |item: ComparedItem| item.differences.iter().any(|it| clocks.contains(&it.key));
            of(event).is_some_and(differs)
        }),
        _ => {
            let kind = ChangeKind::ALL[numbers.below(ChangeKind::ALL.len())];
            let word = kind.name().replace(' ', "-");
            OracleFilter::known(format!("changed:{word}"), move |_, event| {
                of(event).is_some_and(|item| {
                    let of_claims = item.claims.iter().flat_map(|claim| &claim.differences);
                    let mut all = item.differences.iter().chain(of_claims);
                    all.any(|it| it.kind == kind)
                })
            })
        }
    }
}

/// A timeline with marks of two people on some of its events.
pub fn with_marks(timeline: Timeline, seed: u64) -> Timeline {
    let numbers = &mut Numbers::new(seed);
    let mut marks = || {
        let mut marks = Vec::new();
        for event in timeline.events() {
            if numbers.below(4) > 0 {
                continue;
            }
            let tags = (0..numbers.below(3)).map(|tag| format!("mark-{tag}"));
            marks.push(FileMark {
                of: "a.toml".to_owned(),
                item: MarkedItem::Event(event.key().into_owned()),
                mark: EventMark {
                    tags: tags.collect(),
                    is_starred: numbers.once_in(2),
                    note: ["", "The Host?", "seen"][numbers.below(3)].to_owned(),
                    tlp: None,
                },
                place: TextPlace::default(),
            });
        }
        MarksFile {
            marks,
            ..MarksFile::default()
        }
    };
    let files = [marks(), marks()];
    let (marks, lost) = TimelineMarks::find(&timeline, ["a.toml"], &files);
    assert_eq!(lost, []);
    timeline.with_marks(marks)
}

fn marked(numbers: &mut Numbers) -> OracleFilter {
    type MarkTest = fn(&EventMark) -> bool;
    let tests: [(&str, MarkTest); 5] = [
        ("marked:yes", |_| true),
        ("star:yes", |mark| mark.is_starred),
        ("mark:*", |mark| !mark.tags.is_empty()),
        ("note:host", |mark| {
            mark.note.to_lowercase().contains("host")
        }),
        ("note:*", |mark| !mark.note.is_empty()),
    ];
    let (text, is_meant) = tests[numbers.below(tests.len())];
    let any = move |event: Event<'_>| event.marks().each().any(|(_, mark)| is_meant(mark));
    if numbers.once_in(2) {
        let no = text.replace(":yes", ":no");
        let no = if no == text { format!("-{text}") } else { no };
        OracleFilter::known(no, move |_, event| !any(event))
    } else {
        OracleFilter::known(text.to_owned(), move |_, event| any(event))
    }
}

/// Two entities, by id, name or alias.
fn entities(timeline: &Timeline, numbers: &mut Numbers) -> (String, Vec<EntityId>) {
    let all: Vec<EntityId> = timeline.entities().map(|(id, _)| id).collect();
    let mut chosen = Vec::new();
    let mut names = Vec::new();
    for _ in 0..=numbers.below(2) {
        let id = all[numbers.below(all.len())];
        let entity = timeline.entity(id);
        let alias = entity.aliases.first().unwrap_or(&entity.key);
        let name = [&entity.key, &entity.name, alias][numbers.below(3)];
        names.push(quoted(&name.to_uppercase()));
        chosen.push(id);
    }
    (names.join(","), chosen)
}

fn listed(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    match numbers.below(3) {
        0 => with_word(timeline, numbers),
        1 => with_entity(timeline, numbers),
        _ => with_source(timeline, numbers),
    }
}

fn with_word(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    let word = |words: &dateline::timeline::Vocabulary, numbers: &mut Numbers| {
        let all: Vec<&str> = words.iter().map(|(_, word)| word).collect();
        if all.is_empty() {
            "*".to_owned()
        } else {
            all[numbers.below(all.len())].to_owned()
        }
    };
    let fits = |wanted: &str, own: &str| wanted == "*" || wanted == own;
    match numbers.below(4) {
        0 => {
            let phase = PHASES[numbers.below(PHASES.len())];
            OracleFilter::known(format!("phase:{phase}"), move |_, event| {
                event.phase() == phase
            })
        }
        1 => {
            let lane = word(timeline.lanes(), numbers);
            let text = if lane == "*" {
                "lane:*".to_owned()
            } else {
                format!("lane:{}", quoted(&lane))
            };
            OracleFilter::known(text, move |timeline, event| {
                event
                    .lanes()
                    .iter()
                    .any(|&id| fits(&lane, timeline.lanes().word(id)))
            })
        }
        2 => {
            let tag = word(timeline.tags(), numbers);
            OracleFilter::known(format!("tag:{tag}"), move |_, event| {
                event.tags().any(|own| fits(&tag, own))
            })
        }
        _ => {
            let technique = word(timeline.techniques(), numbers);
            let head: String = technique.chars().take(4).collect();
            OracleFilter::known(format!("technique:{head}*"), move |_, event| {
                event
                    .techniques()
                    .any(|own| technique == "*" || own.starts_with(&head))
            })
        }
    }
}

/// All parties of an event.
fn everyone(event: Event<'_>) -> impl Iterator<Item = EntityId> {
    let did = event.actors().iter().chain(event.targets());
    let spoken_to = event.accused().iter().chain(event.addressees());
    did.chain(spoken_to).copied()
}

fn with_entity(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    match numbers.below(5) {
        3 => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::known(format!("accused:{names}"), move |_, event| {
                event.accused().iter().any(|id| ids.contains(id))
            })
        }
        4 => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::known(format!("addressee:{names}"), move |_, event| {
                event.addressees().iter().any(|id| ids.contains(id))
            })
        }
        0 => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::known(format!("actor:{names}"), move |_, event| {
                event.actors().iter().any(|id| ids.contains(id))
            })
        }
        1 => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::known(format!("target:{names}"), move |_, event| {
                event.targets().iter().any(|id| ids.contains(id))
            })
        }
        _ => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::known(format!("entity:{names}"), move |_, event| {
                let own = everyone(event).any(|id| ids.contains(&id));
                own || event.claims().any(|(_, claim)| {
                    let value = match claim.value {
                        Some(ClaimValue::Entity(id)) => Some(id),
                        _ => None,
                    };
                    [claim.by, value]
                        .into_iter()
                        .flatten()
                        .any(|id| ids.contains(&id))
                })
            })
        }
    }
}

fn with_source(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    if numbers.once_in(2) {
        let standing = Standing::ALL[numbers.below(3)];
        return OracleFilter::known(format!("standing:{standing}"), move |timeline, event| {
            let mut sources = event.sources().iter();
            sources.any(|&id| timeline.source(id).standing == Some(standing))
        });
    }
    let all: Vec<_> = timeline.sources().collect();
    let (id, source) = all[numbers.below(all.len())];
    OracleFilter::known(format!("source:{}", source.key), move |_, event| {
        event.sources().contains(&id)
    })
}

const SIGNS: [&str; 5] = [":", "<", "<=", ">", ">="];

fn holds<T: PartialOrd + Copy>(own: T, sign: &str, wanted: T) -> bool {
    match sign {
        ":" => own == wanted,
        "<" => own < wanted,
        "<=" => own <= wanted,
        ">" => own > wanted,
        _ => own >= wanted,
    }
}

fn claimed(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    let sign = SIGNS[numbers.below(5)];
    match numbers.below(7) {
        0 => {
            let aspect = Aspect::ALL[numbers.below(Aspect::ALL.len())];
            OracleFilter::of_claims(format!("about:{aspect}"), move |claim| {
                Truth::from(claim.about == aspect)
            })
        }
        1 => {
            let stance = Stance::ALL[numbers.below(Stance::ALL.len())];
            OracleFilter::of_claims(format!("stance:{stance}"), move |claim| {
                Truth::from(claim.stance == stance)
            })
        }
        2 => {
            let level = Confidence::ALL[numbers.below(3)];
            OracleFilter::of_claims(format!("confidence{sign}{level}"), move |claim| {
                Truth::from(claim.confidence.is_some_and(|own| holds(own, sign, level)))
            })
        }
        3 => likelihood(sign, numbers),
        4 => {
            let (names, ids) = entities(timeline, numbers);
            OracleFilter::of_claims(format!("by:{names}"), move |claim| {
                Truth::from(claim.by.is_some_and(|by| ids.contains(&by)))
            })
        }
        5 => assessed(numbers),
        _ => {
            let aspect = Aspect::ALL[numbers.below(Aspect::ALL.len())];
            match numbers.below(3) {
                0 => OracleFilter::known("contested:yes".to_owned(), |_, event| {
                    !event.contested().is_empty()
                }),
                1 => OracleFilter::known("contested:no".to_owned(), |_, event| {
                    event.contested().is_empty()
                }),
                _ => OracleFilter::known(format!("contested:{aspect}"), move |_, event| {
                    event.contested().contains(&aspect)
                }),
            }
        }
    }
}

/// Assessed levels by the wording of the rule, without its order: each condition is independent.
fn assessed(numbers: &mut Numbers) -> OracleFilter {
    let (aspect, level) = (
        Aspect::ALL[numbers.below(Aspect::ALL.len())],
        Level::ALL[numbers.below(Level::ALL.len())],
    );
    OracleFilter::known(format!("assessed:{aspect}-{level}"), move |_, event| {
        let begin = |claim: &Claim| {
            let word = claim.likelihood.as_deref().or(claim.words.as_deref())?;
            let terms = [Yardstick::Phia, Yardstick::Icd203].map(|it| it.find(word));
            terms.into_iter().flatten().next().map(|term| term.from)
        };
        let is_flat = |claim: &Claim| {
            claim.likelihood.is_none() && claim.words.is_none() && claim.confidence.is_none()
        };
        let about: Vec<&Claim> = event
            .claims()
            .map(|(_, claim)| claim)
            .filter(|claim| claim.about == aspect && claim.stance != Stance::Silent)
            .collect();
        let contested = event.contested().contains(&aspect);
        let low = about
            .iter()
            .any(|claim| begin(claim).is_some_and(|from| from < 50));
        let high = about
            .iter()
            .any(|claim| begin(claim).is_some_and(|from| from >= 50));
        let flat = !about.is_empty() && about.iter().all(|claim| is_flat(claim));
        match level {
            Level::Contested => contested,
            Level::Unlikely => !contested && low,
            Level::Likely => !contested && high && !low,
            Level::Established => !contested && flat,
            Level::Unstated => !contested && !low && !high && !flat,
        }
    })
}

fn likelihood(sign: &'static str, numbers: &mut Numbers) -> OracleFilter {
    let words = [
        "almost certain",
        "highly likely",
        "likely",
        "probable",
        "very likely",
        "unlikely",
    ];
    let word = words[numbers.below(words.len())];
    OracleFilter::of_claims(format!("likelihood{sign}{}", quoted(word)), move |claim| {
        let Some(own) = claim.likelihood.as_deref() else {
            return Truth::No;
        };
        let by = |yardstick: Yardstick| {
            let (own, word) = (yardstick.find(own)?, yardstick.find(word)?);
            Some(holds(own.to, sign, word.to))
        };
        match claim.yardstick {
            _ if own == word && holds(0, sign, 0) => Truth::Yes,
            Yardstick::None
                if by(Yardstick::Phia) == Some(true) || by(Yardstick::Icd203) == Some(true) =>
            {
                Truth::Possibly
            }
            Yardstick::None => Truth::No,
            yardstick => Truth::from(by(yardstick) == Some(true)),
        }
    })
}

fn counted(timeline: &Timeline, numbers: &mut Numbers) -> OracleFilter {
    let (sign, number) = (SIGNS[numbers.below(5)], numbers.below(4));
    match numbers.below(8) {
        0 => OracleFilter::known(format!("claims{sign}{number}"), move |_, event| {
            let speaks = |claim: &Claim| claim.stance != Stance::Silent;
            let claims = event.claims().filter(|(_, claim)| speaks(claim));
            holds(claims.count(), sign, number)
        }),
        1 => OracleFilter::known(format!("sources:{number}.."), move |_, event| {
            event.sources().len() >= number
        }),
        2 => {
            let tlp = Tlp::ALL[numbers.below(5)];
            OracleFilter::known(format!("tlp{sign}{tlp}"), move |timeline, event| {
                event
                    .tlp()
                    .or(timeline.head().tlp)
                    .is_some_and(|own| holds(own, sign, tlp))
            })
        }
        3 => {
            let kind = LinkKind::ALL[numbers.below(LinkKind::ALL.len())];
            OracleFilter::known(format!("link:{kind}"), move |_, event| {
                event.links().iter().any(|link| link.kind == kind)
            })
        }
        4 => {
            let (id, key) = some_event(timeline, numbers);
            OracleFilter::known(format!("link:{key}"), move |_, event| {
                event.links().iter().any(|link| link.to == id)
            })
        }
        5 => {
            let (id, key) = some_event(timeline, numbers);
            OracleFilter::known(format!("id:{key}"), move |_, event| event.id() == id)
        }
        6 => OracleFilter::known(format!("speakers{sign}{number}"), move |_, event| {
            let claims = event.claims().map(|(_, claim)| claim);
            let speaks = |claim: &&Claim| claim.stance != Stance::Silent;
            let speakers: BTreeSet<_> = claims.filter(speaks).filter_map(|it| it.by).collect();
            holds(speakers.len(), sign, number)
        }),
        _ => {
            let (word, has) = HAS[numbers.below(HAS.len())];
            let (other, has_other) = HAS[numbers.below(HAS.len())];
            OracleFilter::known(format!("has:{word},{other}"), move |timeline, event| {
                has(timeline, event) || has_other(timeline, event)
            })
        }
    }
}

type HasCheck = fn(&Timeline, Event<'_>) -> bool;

/// Each word of `has:`, and its meaning for one event.
pub const HAS: &[(&str, HasCheck)] = &[
    ("summary", |_, it| !it.summary().is_empty()),
    ("date", |_, it| it.when().is_some()),
    ("discovered", |_, it| it.discovered().is_some()),
    ("disclosed", |_, it| it.disclosed().is_some()),
    ("attributed", |_, it| it.attributed().is_some()),
    ("after", |_, it| !it.after().is_empty()),
    ("before", |_, it| !it.before().is_empty()),
    ("phase", |_, it| !it.phase().is_empty()),
    ("lane", |_, it| !it.lanes().is_empty()),
    ("actors", |_, it| !it.actors().is_empty()),
    ("targets", |_, it| !it.targets().is_empty()),
    ("accused", |_, it| !it.accused().is_empty()),
    ("addressees", |_, it| !it.addressees().is_empty()),
    ("techniques", |_, it| it.techniques().next().is_some()),
    ("tags", |_, it| it.tags().next().is_some()),
    ("sources", |_, it| !it.sources().is_empty()),
    ("links", |_, it| !it.links().is_empty()),
    ("claims", |_, it| it.claims().len() > 0),
    ("answers", |_, it| {
        it.claims().any(|(_, claim)| !claim.answers.is_empty())
    }),
    ("likelihood", |_, it| {
        it.claims().any(|(_, claim)| claim.likelihood.is_some())
    }),
    ("confidence", |_, it| {
        it.claims().any(|(_, claim)| claim.confidence.is_some())
    }),
    ("tlp", |timeline, it| {
        it.tlp().or(timeline.head().tlp).is_some()
    }),
];

fn some_event(timeline: &Timeline, numbers: &mut Numbers) -> (EventId, String) {
    let row = u32::try_from(numbers.below(timeline.len())).expect("a small timeline");
    let event = timeline.event(EventId(row));
    (event.id(), event.key().into_owned())
}
