//! Reproducible timelines of any size, for benchmarks and for laws of any timeline.

use dateline::date::EventDate;
use dateline::diagnostic::{FileId, TextPlace};
use dateline::timeline::draft::{
    DraftClaim, DraftEntity, DraftEvent, DraftLink, DraftSource, DraftTimeline, Located,
    LocatedText,
};
use dateline::timeline::likelihood::Yardstick;
use dateline::timeline::term::{
    Aspect, Confidence, EntityKind, LinkKind, PHASES, Stance, Standing, Tlp,
};

const PLACE: TextPlace = TextPlace::new(FileId(0), 0..0);

const LANES: &[&str] = &[
    "Parliament",
    "Commission",
    "UK government",
    "United States",
    "China",
    "Suppliers",
    "Press",
    "Other",
];

const SUBJECTS: &[&str] = &[
    "Phishing",
    "Web shell",
    "Beacon",
    "Credential theft",
    "Reprimand",
    "Summons",
    "Statement",
    "Log entry",
];

const OBJECTS: &[&str] = &[
    "mail server",
    "parliamentary account",
    "register",
    "domain controller",
    "embassy",
    "supplier",
    "press office",
];

const PHRASES: &[&str] = &[
    "The intruder returned through the same door.",
    "A secondary account differs on the day.",
    "The statement names no group.",
    "Nothing in the logs of that week was kept.",
    "The attribution rests on infrastructure that was seen before.",
    "Régime et sécurité: the French text uses another word.",
];

const WORDS: &[&str] = &[
    "almost certain",
    "highly likely",
    "likely",
    "realistic possibility",
    "unlikely",
];

/// A pseudo-random number generator (`SplitMix64`: Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// A sequence for each seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit.max(1)).expect("usize fits");
        usize::try_from((mixed ^ (mixed >> 31)) % limit).expect("below a usize")
    }

    /// True once in this many times on average.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// A low number more often than a high one, since a case uses few names often.
    fn skewed(&mut self, limit: usize) -> usize {
        self.below(limit)
            .min(self.below(limit))
            .min(self.below(limit))
    }
}

/// The numbers of items in a timeline.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub events: usize,
    pub entities: usize,
    pub sources: usize,
    /// How many different tags.
    pub tags: usize,
}

impl Size {
    /// A timeline of this many events, with a realistic number of names.
    pub fn of(events: usize) -> Self {
        Self {
            events,
            entities: 500,
            sources: 300,
            tags: 200,
        }
    }
}

/// A timeline as an author might have written it.
pub fn draft(size: Size, seed: u64) -> DraftTimeline {
    let mut numbers = Numbers::new(seed);
    DraftTimeline {
        entities: (0..size.entities).map(entity).collect(),
        sources: (0..size.sources)
            .map(|number| source(number, &mut numbers))
            .collect(),
        events: (0..size.events)
            .map(|number| event(number, size, &mut numbers))
            .collect(),
        ..DraftTimeline::default()
    }
}

fn at<T>(value: T) -> Located<T> {
    Located::new(value, PLACE)
}

fn words(text: impl Into<String>) -> LocatedText {
    at(text.into().into())
}

fn date(text: &str) -> Located<EventDate> {
    at(EventDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")))
}

fn entity(number: usize) -> DraftEntity {
    DraftEntity {
        id: words(format!("entity-{number}")),
        name: Some(words(format!("Entity {number}"))),
        kind: Some(at(EntityKind::ALL[number % EntityKind::ALL.len()])),
        aliases: if number.is_multiple_of(3) {
            vec![words(format!("Alias {number}"))]
        } else {
            Vec::new()
        },
        attack: None,
        note: None,
        tlp: None,
    }
}

fn source(number: usize, numbers: &mut Numbers) -> DraftSource {
    DraftSource {
        id: words(format!("source-{number}")),
        title: Some(words(format!("Report {number}"))),
        publisher: (!numbers.once_in(4)).then(|| words(format!("Publisher {}", number % 40))),
        published: (!numbers.once_in(5)).then(|| date(&precise(numbers))),
        day_unread: false,
        url: None,
        retrieved: None,
        derives_from: Vec::new(),
        reliability: None,
        standing: (!numbers.once_in(4)).then(|| at(Standing::ALL[numbers.below(3)])),
        note: None,
        tlp: None,
    }
}

fn event(number: usize, size: Size, numbers: &mut Numbers) -> DraftEvent {
    let mut names = |count: usize| -> Vec<LocatedText> {
        (0..count)
            .map(|_| words(format!("entity-{}", numbers.skewed(size.entities))))
            .collect()
    };
    let (actors, targets) = (names(number % 3), names((number / 3) % 3));
    let few = |count: usize| usize::from(number.is_multiple_of(5)) * count;
    let (accused, addressees) = (names(few(1)), names(few(2)));
    let claims = if numbers.once_in(8) {
        1 + numbers.below(4)
    } else {
        0
    };
    DraftEvent {
        attributes: Vec::new(),
        after: Vec::new(),
        place: PLACE,
        id: Some(words(format!("event-{number}"))),
        when: when(numbers),
        title: Some(words(title(number, numbers))),
        phase: (!numbers.once_in(10)).then(|| words(numbers.one_of(PHASES))),
        lanes: (0..=usize::from(numbers.once_in(10)))
            .map(|_| words(numbers.one_of(LANES)))
            .collect(),
        actors,
        targets,
        accused,
        addressees,
        techniques: (0..numbers.below(3))
            .map(|_| words(format!("T{}", 1001 + numbers.skewed(60))))
            .collect(),
        tags: (0..numbers.below(4))
            .map(|_| words(format!("tag-{}", numbers.skewed(size.tags))))
            .collect(),
        summary: numbers.once_in(2).then(|| words(numbers.one_of(PHRASES))),
        discovered: if numbers.once_in(10) {
            when(numbers).map(Box::new)
        } else {
            None
        },
        disclosed: if numbers.once_in(10) {
            when(numbers).map(Box::new)
        } else {
            None
        },
        day_unread: false,
        sources: (0..usize::from(numbers.once_in(3)))
            .map(|_| words(format!("source-{}", numbers.below(size.sources))))
            .collect(),
        links: links(number, numbers),
        tlp: numbers.once_in(6).then(|| at(Tlp::ALL[numbers.below(5)])),
        claims: (0..claims)
            .map(|at| claim(size, numbers, (number, at)))
            .collect(),
    }
}

fn title(number: usize, numbers: &mut Numbers) -> String {
    let (subject, object) = (numbers.one_of(SUBJECTS), numbers.one_of(OBJECTS));
    if numbers.once_in(12) {
        return format!("{subject} through PROXYSHELL at the {object}, case {number}");
    }
    format!("{subject} at the {object}, case {number}")
}

fn links(number: usize, numbers: &mut Numbers) -> Vec<DraftLink> {
    if number == 0 || !numbers.once_in(5) {
        return Vec::new();
    }
    let to = words(format!("event-{}", numbers.below(number)));
    vec![DraftLink {
        to,
        kind: at(LinkKind::ALL[numbers.below(LinkKind::ALL.len())]),
    }]
}

/// A claim of an event. It has an id, and may answer a claim of any event.
fn claim(size: Size, numbers: &mut Numbers, (event, nth): (usize, usize)) -> DraftClaim {
    let about = Aspect::ALL[numbers.below(Aspect::ALL.len())];
    let stance = Stance::ALL[numbers.below(Stance::ALL.len())];
    let stance = numbers.once_in(6).then(|| at(stance));
    let speaks = stance.as_ref().map(|it| it.value) != Some(Stance::Silent);
    let value = match about {
        party if party.is_party() => {
            Some(words(format!("entity-{}", numbers.skewed(size.entities))))
        }
        Aspect::Date => Some(words(vague(numbers))),
        _ => None,
    };
    let value = value.filter(|_| speaks);
    let likelihood = numbers.once_in(2).then(|| words(numbers.one_of(WORDS)));
    let likelihood = likelihood.filter(|_| speaks);
    DraftClaim {
        place: PLACE,
        id: Some(words(format!("claim-{event}-{nth}"))),
        answers: if numbers.once_in(4) {
            let (event, nth) = if nth > 0 {
                (event, nth - 1)
            } else {
                (numbers.below(event + 8), 0)
            };
            vec![words(format!("claim-{event}-{nth}"))]
        } else {
            Vec::new()
        },
        by: (!numbers.once_in(10))
            .then(|| words(format!("entity-{}", numbers.skewed(size.entities)))),
        source: Some(words(format!("source-{}", numbers.below(size.sources)))),
        at: None,
        said: numbers.once_in(2).then(|| date(&precise(numbers))),
        day_unread: false,
        about: Some(at(about)),
        value,
        stance,
        text: numbers.once_in(2).then(|| words(numbers.one_of(PHRASES))),
        words: likelihood.clone(),
        likelihood,
        yardstick: numbers
            .once_in(2)
            .then(|| at(Yardstick::ALL[numbers.below(3)])),
        confidence: numbers
            .once_in(5)
            .then(|| at(Confidence::ALL[numbers.below(3)]))
            .filter(|_| speaks),
        tlp: None,
    }
}

/// Nine in ten dates are precise to the minute, as in logs; others are as people write them, or missing.
fn when(numbers: &mut Numbers) -> Option<Located<EventDate>> {
    match numbers.below(20) {
        0 => None,
        1..=4 => Some(date(&vague(numbers))),
        _ => Some(date(&precise(numbers))),
    }
}

fn precise(numbers: &mut Numbers) -> String {
    let day = day(numbers);
    let (hour, minute) = (numbers.below(24), numbers.below(60));
    if numbers.once_in(4) {
        day
    } else {
        format!("{day}T{hour:02}:{minute:02}Z")
    }
}

fn day(numbers: &mut Numbers) -> String {
    format!(
        "{}-{:02}-{:02}",
        2018 + numbers.below(8),
        1 + numbers.below(12),
        1 + numbers.below(28)
    )
}

fn vague(numbers: &mut Numbers) -> String {
    let (year, month) = (2018 + numbers.below(8), 1 + numbers.below(12));
    let (later, end) = (year + 1 + numbers.below(2), 1 + numbers.below(12));
    match numbers.below(12) {
        0 | 1 => format!("{year}-{month:02}"),
        2 => format!("{year}"),
        3 => format!("late {year}"),
        4 => format!("about {year}-{month:02}"),
        5 => format!("{year}-{month:02}?"),
        6 => format!("{year}-{month:02}/{later}-{end:02}"),
        7 => format!("{year}-{month:02}/.."),
        8 => format!("late {year}/{later}-{end:02}"),
        9 => format!("[{year}-{month:02}-03, {later}-{end:02}-14]"),
        10 => format!("{{{year}-{month:02}-03, {later}-{end:02}-14}}"),
        _ => format!("by {year}-{month:02}"),
    }
}
