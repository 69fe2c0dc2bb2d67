//! Random tables and filters, the same in each run unless the environment says otherwise.

use proptest::test_runner::{Config, RngSeed};

use crate::formats::{GivenMapping, TableOptions};
use crate::query::quoted;

/// A random table, and how it is mapped.
pub(super) struct Table {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
    pub options: TableOptions,
}

/// Random numbers.
pub(super) struct Numbers(u64);

impl Numbers {
    /// The numbers of a law, and how many rounds it has: `usual`, unless `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say
    /// otherwise.
    pub fn of_law(usual: usize) -> (usize, Self) {
        let requested = Config::default();
        let seed = match requested.rng_seed {
            RngSeed::Fixed(seed) => seed,
            RngSeed::Random => 2021,
        };
        let is_usual = requested.cases == 256;
        let rounds = if is_usual {
            usual
        } else {
            requested.cases as usize
        };
        (rounds, Self(seed))
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const DATES: &[&str] = &[
    "2021-08-14T10:22:03Z",
    "2021-08-01 00:00:00",
    "2021-07-31 23:30:00",
    "2021-08-31T23:59:59.999999+05:00",
    "2021-09-01T04:00:00+13:00",
    "2021-09-01 10:00:00 +02:00",
    "2021-08-14",
    "2021-08",
    "2021",
    "2020-02-29T12:00:00Z",
    "2021-02-30T12:00:00Z",
    "2022-01-01 00:00:00.5 UTC",
    "2015-03-04T05:06Z",
    "1970-01-01T00:00:00Z",
    "1601-01-01 00:00:00",
    "2001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "04/08/2021 10:00",
    "14 Aug 2021 10:00",
    "2021-08-14/2023",
    "2021-13-45",
    "yesterday",
    "n/a",
    "-",
    "",
];

const IMPRECISE: &[&str] = &[
    "2021",
    "2021-08",
    "2021-08-14",
    "2021-08/2022-03",
    "2019~",
    "",
    "",
    "late 2021",
];

const TEXTS: &[&str] = &[
    "mail01",
    "MAIL01.example.org",
    "logon of web-1",
    "it's; DROP TABLE events; --",
    "\u{17f}ky and \u{212a}elvin",
    "\u{130}stanbul",
    "Un cafe\u{301}",
    "UN CAF\u{c9}",
    "100% _sure_ \\ or `not`",
    "two\nlines of\tmail01",
    "['ioc', 'web']",
    "ioc, web",
    "ioc",
    "dc1",
    " dc1 ",
    "DC10",
    "a=b",
    "T1505.003",
    "attack.t1505.003",
    "G0128",
    "4624",
    "untitled",
    "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}",
    "-",
    "",
    "",
];

const WORDS: &[&str] = &[
    "mail01",
    "mail",
    "MAIL01.EXAMPLE",
    "web-1",
    "logon of",
    "it's",
    "DROP",
    "sky",
    "kelvin",
    "istanbul",
    "caf\u{e9}",
    "cafe",
    "100%",
    "_sure_",
    "\\",
    "`not`",
    "lines of mail01",
    "ioc",
    "dc1",
    "dc*",
    "*1",
    "*",
    "a=b",
    "a=*",
    "T1505*",
    "t1505.003",
    "g0128",
    "4624",
    "46",
    "untitled",
    "\u{43f}\u{440}\u{438}",
    "created",
    "modified",
    "of",
    "x",
    "i*l",
    "i*b",
    "*o*e*",
];

const WINDOWS: &[&str] = &[
    "2021-08",
    "2021",
    "2021-08-14",
    "2021-08-14T10:22",
    "..2021-08-01",
    "2021-09..",
    "\"late 2021\"",
    "1970",
    "2001",
    "2020-02-29",
    "1601..2030",
    "2050",
    "*",
    "9999",
];

const FIELDS: &[&str] = &[
    "text",
    "title",
    "summary",
    "phase",
    "lane",
    "actor",
    "target",
    "tag",
    "technique",
    "entity",
    "source",
];

const DATE_FIELDS: &[&str] = &[
    "when:",
    "when<",
    "when<=",
    "when>",
    "when>=",
    "within:",
    "before:",
    "after:",
    "disclosed:",
    "discovered<",
];

const NAMES: &[&str] = &[
    "computer",
    "note",
    "Comp*",
    "*",
    "message",
    "timestamp_desc",
    "n",
    "Channel",
    "missing",
    "datetime",
];

pub(super) fn random_filter(numbers: &mut Numbers, levels: usize) -> String {
    if levels == 0 {
        return random_term(numbers);
    }
    let part = |numbers: &mut Numbers| random_filter(numbers, levels - 1);
    match numbers.below(7) {
        0 | 1 => format!("({} {})", part(numbers), part(numbers)),
        2 => format!("({} or {})", part(numbers), part(numbers)),
        3 | 4 => format!("-({})", part(numbers)),
        5 => format!("surely({})", part(numbers)),
        _ => format!("possibly({})", part(numbers)),
    }
}

fn random_term(numbers: &mut Numbers) -> String {
    let word = numbers.of(WORDS);
    let value = if numbers.below(2) == 0 && !word.contains(['"', '\\', ' ', '(', ',']) {
        word.to_owned()
    } else {
        format!("\"{}\"", word.replace('\\', r"\\").replace('"', "\\\""))
    };
    match numbers.below(9) {
        0 | 1 => format!("{}{}", numbers.of(DATE_FIELDS), numbers.of(WINDOWS)),
        2 => quoted(word),
        3 | 4 => format!("attribute:{}={value}", numbers.of(NAMES)),
        5 => format!("attribute:{}", numbers.of(NAMES)),
        6 => numbers
            .of(&[
                "dated:yes",
                "dated:no",
                "contested:no",
                "has:tags",
                "sources:1",
            ])
            .to_owned(),
        _ => format!("{}:{value}", numbers.of(FIELDS)),
    }
}

/// The columns of tables, and how they are mapped if no program writes them.
const FORMS: [(&[&str], &str); 7] = [
    (&["datetime", "message", "tag", "computer", "note", "n"], ""),
    (
        &[
            "message",
            "datetime",
            "when_edtf",
            "tags",
            "summary",
            "phase",
            "techniques",
            "Computer",
            "n",
        ],
        "",
    ),
    (
        &[
            "message",
            "when_edtf",
            "discovered",
            "disclosed",
            "tag",
            "actors",
            "lane",
            "summary",
            "n",
        ],
        "",
    ),
    (
        &[
            "TimeCreated",
            "EventId",
            "Channel",
            "MapDescription",
            "Computer",
            "Level",
            "PayloadData1",
            "note",
            "n",
        ],
        "",
    ),
    (
        &[
            "Created0x10",
            "LastModified0x10",
            "ParentPath",
            "FileName",
            "OSPath",
            "note",
            "n",
        ],
        "",
    ),
    (
        &["Date", "Activity", "Host", "note", "computer", "n"],
        "when=Date,title=Activity,lane=Host,tags=note",
    ),
    (
        &[
            "Timestamp",
            "RuleTitle",
            "Level",
            "MitreTags",
            "Computer",
            "Details",
            "n",
        ],
        "",
    ),
];

/// The columns of dates.
pub(super) const DATE_COLUMNS: &[&str] = &[
    "datetime",
    "TimeCreated",
    "Created0x10",
    "LastModified0x10",
    "Date",
    "Timestamp",
];

/// A table of one of several forms, with random values.
pub(super) fn random_table(numbers: &mut Numbers) -> Table {
    let (header, mapping) = FORMS[numbers.below(FORMS.len())];
    let given = GivenMapping::parse(mapping).ok();
    let value = |row: usize, name: &str, numbers: &mut Numbers| match name {
        "n" => format!("row{row}"),
        "when_edtf" => numbers.of(IMPRECISE).to_owned(),
        "discovered" | "disclosed" => numbers.of(DATES).to_owned(),
        date if DATE_COLUMNS.contains(&date) => numbers.of(DATES).to_owned(),
        _ => numbers.of(TEXTS).to_owned(),
    };
    let rows = (0..24).map(|row| {
        header
            .iter()
            .map(|name| value(row, name, numbers))
            .collect()
    });
    Table {
        rows: rows.collect(),
        header: header.to_vec(),
        options: TableOptions::default().with_mapping(given),
    }
}

impl Table {
    pub fn csv(&self) -> String {
        let mut text = self.header.join(",");
        for row in &self.rows {
            let cells = row
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            text.push('\n');
            text.push_str(&cells.collect::<Vec<_>>().join(","));
        }
        text + "\n"
    }

    /// A column that a mapping names, and the table lacks, has no value.
    pub fn value(&self, row: usize, column: &str) -> &str {
        let place = self.header.iter().position(|it| *it == column);
        place.map_or("", |at| &self.rows[row][at])
    }
}
