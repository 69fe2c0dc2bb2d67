//! Tables of no known program: columns recognised by name and content, mapped by the user, or asked about.

use dateline::diagnostic::SourceText;
use dateline::formats::{self, DateOrder, GivenMapping, TableOptions};

use crate::support::program::{fed, run};

/// The events of a table, one a line, and its findings.
fn read(text: &str, options: &TableOptions) -> Vec<String> {
    let (timeline, findings) = formats::open_in(&[SourceText::new("a", text)], options);
    let events = timeline.events().map(|event| {
        let when = event.when();
        let when = when.as_ref().map_or("undated", |when| when.written());
        let mut parts = vec![when.to_owned(), event.title().to_owned()];
        let lists = [
            event.tags().collect::<Vec<_>>(),
            event.techniques().collect(),
        ];
        let texts = [event.summary(), event.phase()].map(str::to_owned);
        let texts = texts.into_iter().chain(lists.map(|list| list.join(", ")));
        parts.extend(texts.filter(|it| !it.is_empty()));
        parts.extend(
            event
                .attributes()
                .map(|(name, value)| format!("{name}={value}")),
        );
        parts.join(" | ")
    });
    let findings = findings.iter();
    let findings = findings.map(|it| format!("{}: {}", it.kind.name, it.message));
    events.chain(findings).collect()
}

/// The events of a table that is recognised by its columns. Its only finding says what was taken for what.
#[track_caller]
fn taken(text: &str, sentence: &str, events: &[&str]) {
    let mut read = read(text, &TableOptions::default());
    let said = read.pop().unwrap_or_default();
    assert_eq!(
        said,
        format!("columns-guessed: took {sentence}; `--map` changes that")
    );
    assert_eq!(read, events, "{text}");
}

fn mapped(map: &str) -> TableOptions {
    let mapping = GivenMapping::parse(map).expect("a mapping");
    TableOptions::default().with_mapping(Some(mapping))
}

#[test]
fn columns_are_recognised_by_their_names_in_any_table() {
    let rows = [
        ["Timestamp", "Description", "Severity", "Host"],
        ["2021-08-14T10:22:33Z", "First, then", "high", "web-1"],
    ];
    for delimiter in [",", ";", "\t", "|"] {
        let quoted = rows.map(|row| row.map(|it| format!("\"{it}\"")).join(delimiter));
        taken(
            &quoted.join("\r\n"),
            "`Timestamp` for the date, `Description` for the title, `Severity` for tags",
            &["2021-08-14T10:22:33Z | First, then | high | Host=web-1"],
        );
    }
    taken(
        "When,What,Who\n2021-08-14 10:22Z,A thing,me\n",
        "`When` for the date, `What` for the title",
        &["2021-08-14T10:22Z | A thing | Who=me"],
    );
    taken(
        "Date,Time,Event,Notes,MITRE_ID,Killchain\n22/01/2012,7:52:33Z,Exec,a b,T1059,Execution\n",
        "`Date` and `Time` for the date, `Event` for the title, `Notes` for the summary, `MITRE_ID` for techniques, \
         `Killchain` for the phase",
        &["2012-01-22T07:52:33Z | Exec | a b | Execution | T1059"],
    );
    taken(
        "Time (UTC);Activity\n2021-08-14 10:22:33;Exec\n",
        "`Time (UTC)` for the date, `Activity` for the title",
        &["2021-08-14T10:22:33Z | Exec"],
    );
    taken(
        "Start,End,Title\n2021-08-14,2021-08-16,Exec\n2021-08,,Two\n2021-08-20,2021-08-20,Three\n",
        "`Start` for the date, `End` for the end, `Title` for the title",
        &[
            "2021-08 | Two",
            "2021-08-14/2021-08-16 | Exec",
            "2021-08-20 | Three",
        ],
    );
}

#[test]
fn columns_are_recognised_by_what_is_in_them() {
    taken(
        "Id,A,B\n7,2021-08-14 10:22:33Z,The user logged on\n8,2021-08-15 10:22:33Z,The user logged off\n",
        "`A` for the date, `B` for the title",
        &[
            "2021-08-14T10:22:33Z | The user logged on | Id=7",
            "2021-08-15T10:22:33Z | The user logged off | Id=8",
        ],
    );
    // A column of that name has no dates in it.
    taken(
        "Time,Seen,Event\nsoon,14 Aug 2021,x\nlater,15 Aug 2021,y\n",
        "`Seen` for the date, `Event` for the title",
        &[
            "14 Aug 2021 | x | Time=soon",
            "15 Aug 2021 | y | Time=later",
        ],
    );
    // Numbers count since 1970 only in a column that says so.
    taken(
        "Id,ts,msg\n1704164645,1704164647.5,x\n",
        "`ts` for the date, `msg` for the title",
        &["2024-01-02T03:04:07.5Z | x | Id=1704164645"],
    );
}

#[test]
fn prose_with_commas_and_dates_is_not_a_table() {
    for prose in [
        "This is prose, with a comma.\nAnd another line, 2021-01-01, here.\n",
        "We met, as agreed\non Monday, 2021-08-14, at noon, and\nlater, on 2021-08-15\n",
        "First, a line.\nSecond, 2021-08-14\nThird, 2021-08-15\n",
    ] {
        let (timeline, findings) = formats::open(&[SourceText::new("a", prose)]);
        let kinds: Vec<&str> = findings.iter().map(|it| it.kind.name).collect();
        assert!(timeline.is_empty(), "{prose}");
        assert!(!kinds.contains(&"columns-guessed"), "{prose}: {kinds:?}");
    }
}

#[test]
fn a_date_in_parts_is_as_coarse_as_they_are_filled() {
    taken(
        "Year,Month,Day,Time,End Year,End Month,End Day,Headline,Details\n\
         1815,,,,,,,Born,In London\n\
         1843,9,,,1844,1,,Published,\n\
         1852,11,27,10:30Z,,,,Died,\n",
        "`Year` and `Month` and `Day` and `Time` for the date, `Headline` for the title, `Details` for the summary",
        &[
            "1815 | Born | In London",
            "1843-09/1844-01 | Published",
            "1852-11-27T10:30Z | Died",
        ],
    );
}

#[test]
fn json_of_no_known_program_is_recognised_too() {
    let said = "`time` for the date, `title` for the title";
    let event = ["2021-08-14T10:22:33Z | Exec | n=1"];
    let object = "{\"time\":\"2021-08-14T10:22:33Z\",\"title\":\"Exec\",\"n\":1}";
    taken(&format!("{object}\n"), said, &event);
    taken(&format!("[{object}]"), said, &event);
    let within = format!("{{\"count\":1,\"items\":[{object}],\"next\":{{\"a\":[{{}}]}}}}");
    taken(&within, &format!("{said}, of the list `items`"), &event);
    taken(
        "{\"event\":{\"created\":\"2021-08-14T10:22:33Z\",\"title\":\"Exec\"},\"n\":1}",
        "`event.created` for the date, `event.title` for the title",
        &["2021-08-14T10:22:33Z | Exec | n=1"],
    );
}

#[test]
fn one_day_above_twelve_shows_the_order_of_the_whole_column() {
    let read_of = |rows: &str, options: &TableOptions| {
        let text = format!("datetime,message\n{rows}");
        read(&text, options)
    };
    let none = &TableOptions::default();
    assert_eq!(
        read_of("04/08/2021,a\n13/08/2021,b\n", none),
        ["2021-08-04 | a", "2021-08-13 | b"]
    );
    assert_eq!(
        read_of("04/08/2021,a\n08/13/2021,b\n", none),
        ["2021-04-08 | a", "2021-08-13 | b"]
    );
    let asked = read_of("04/08/2021,a\n05/08/2021,b\n05/05/2021,c\n", none);
    assert_eq!(
        asked,
        [
            "2021-05-05 | c",
            "undated | a | datetime=04/08/2021",
            "undated | b | datetime=05/08/2021",
            "day-or-month: `04/08/2021` could be two days, and so on in 1 more row",
        ]
    );
    let day_first = TableOptions::default().with_order(Some(DateOrder::DayFirst));
    assert_eq!(read_of("04/08/2021,a\n", &day_first), ["2021-08-04 | a"]);
    let month_first = TableOptions::default().with_order(Some(DateOrder::MonthFirst));
    assert_eq!(read_of("04/08/2021,a\n", &month_first), ["2021-04-08 | a"]);
    assert_eq!(
        read_of("13/08/2021,a\n", &month_first),
        [
            "2021-08-13 | a",
            "order-mixed: `13/08/2021` has the day first, and other dates of the table the month",
        ]
    );
    // What shows the order may be behind the first bytes.
    let many = "04/08/2021,a\n".repeat(20_000);
    let last = read_of(&format!("{many}13/08/2021,b\n"), none).pop();
    assert_eq!(last.as_deref(), Some("2021-08-13 | b"));
}

#[test]
fn a_mapping_names_columns_joins_them_and_leaves_some_out() {
    let text = "d;t;who;what;where;x\n2021-08-14;10:22Z;me;Exec;;1\n2021-08-15;;;Stop;here;2\n";
    let options = mapped("when=d+t,title={what} by {who},tags=where,x,leave-out=who");
    assert_eq!(
        read(text, &options),
        [
            "2021-08-14T10:22Z | Exec by me | 1 | what=Exec",
            "2021-08-15 | Stop | here, 2 | what=Stop",
        ]
    );
    let other = read(text, &mapped("when=date,title=what"));
    assert_eq!(
        other,
        ["unknown-log: unrecognised columns: there is no column `date`, which `--map` names"]
    );
    for (wrong, message) in [
        ("wen=d", "`wen` is not a key: did you mean `when`?"),
        ("d", "`d` has no key: write `when=COLUMN,title=COLUMN`"),
        ("when=", "there is no column behind `=`"),
        ("title={a", "a `{` has no `}` behind it"),
    ] {
        assert_eq!(
            GivenMapping::parse(wrong).expect_err(wrong),
            message,
            "{wrong}"
        );
    }
}

#[test]
fn a_mapping_file_may_have_several_dates_in_a_row() {
    let file = "zone = \"UTC\"\nprecision = \"minutes\"\n[columns]\ntitle = \"name\"\n\
                [[stamps]]\ncolumn = \"born\"\nmeans = \"created\"\n\
                [[stamps]]\ncolumn = \"changed\"\nmeans = \"modified\"\n\
                [[stamps]]\ncolumn = \"read\"\nmeans = \"accessed\"\n";
    let (mapping, findings) = GivenMapping::read(&SourceText::new("m.toml", file));
    assert!(findings.is_empty(), "{findings:?}");
    let options = TableOptions::default().with_mapping(Some(mapping));
    let text = "name,born,changed,read,size\n\
                a,2021-08-14 10:22:33,2021-08-15 10:22:33,2021-08-14 10:22:33,7\n\
                b,0,,-,8\n";
    assert_eq!(
        read(text, &options),
        [
            "2021-08-14T10:22Z | a: created, accessed | size=7 | timestamp_desc=created, accessed",
            "2021-08-15T10:22Z | a: modified | size=7 | timestamp_desc=modified",
            "undated | b | size=8",
        ]
    );
}

/// The findings of a mapping file, each with its line.
fn mistakes(file: &str) -> Vec<String> {
    let text = SourceText::new("m.toml", file);
    let (_, findings) = GivenMapping::read(&text);
    let findings = findings.iter();
    let said = findings.map(|it| {
        let line = text.position(it.place.start()).line;
        format!("{line} {}: {}; {}", it.kind.name, it.message, it.label)
    });
    said.collect()
}

#[test]
fn each_mistake_in_a_mapping_file_has_its_place_and_a_remedy() {
    let file = "neds = [\"a\"]\nzone = \"CET\"\ndate-order = \"ymd\"\n\
                [columns]\nwhen = 7\ntitel = \"b\"\nsummary = \"{a\"\n[[stamps]]\ncolumn = \"a\"\n";
    let expected = [
        "1 unknown-key: a mapping has no `neds` here; expected a key of a mapping",
        "2 not-a-time-zone: this is not a time zone; expected an offset such as `+01:00`, `UTC`, or a place",
        "3 unknown-word: `date-order` cannot be this; expected `dmy` or `mdy`",
        "5 wrong-type: `when` cannot be this; expected a text, or a list of texts",
        "6 unknown-key: a mapping has no `titel` here; expected a key of a mapping",
        "7 wrong-type: a `{` has no `}` behind it; expected a column, or a pattern such as `{Channel} {EventId}`",
        "8 missing-key: a stamp needs `column` and `means`; expected both",
    ];
    assert_eq!(mistakes(file), expected);
}

#[test]
fn each_mistake_in_values_and_skipped_rows_has_its_place_and_a_remedy() {
    let file = "[columns]\nwhen = \"a\"\n\
                [values]\nSeverity = \"high\"\n[values.Level]\n3 = \"high\"\n4 = 4\n\
                [skip]\nAlert = [\"test\", 7]\nKind = []\nName = \"x\"\n";
    let expected = [
        "4 wrong-type: `Severity` cannot be this; expected a table of values, such as `3 = \"high\"`",
        "7 wrong-type: `4` cannot be this; expected a text in quotation marks",
        "9 wrong-type: `Alert` cannot be this; expected a text, or a list of texts",
        "10 wrong-type: `Kind` cannot be this; expected a text, or a list of texts",
    ];
    assert_eq!(mistakes(file), expected);
    let file = "values = 7\nskip = [\"a\"]\n[columns]\nwhen = \"a\"\n";
    let expected = [
        "1 wrong-type: `values` cannot be this; expected tables such as `[values.severity]`",
        "2 wrong-type: `skip` cannot be this; expected a table `[skip]`",
    ];
    assert_eq!(mistakes(file), expected);
}

#[test]
fn a_key_of_a_column_at_the_top_belongs_below_columns() {
    for (key, help) in [
        ("when", "write `when` below `[columns]`"),
        ("title", "write `title` below `[columns]`"),
        ("titel", "write `title` below `[columns]`"),
        ("techniqes", "write `techniques` below `[columns]`"),
        ("nam", "did you mean `name`?"),
        ("zones", "did you mean `zone`?"),
    ] {
        let file = format!("{key} = \"a\"\n[columns]\nwhen = \"a\"\n");
        let (_, findings) = GivenMapping::read(&SourceText::new("m.toml", file.as_str()));
        let help_of = |it: &dateline::diagnostic::Diagnostic| it.help.join("; ");
        let said: Vec<String> = findings.iter().map(help_of).collect();
        assert_eq!(said, [help], "{key}");
    }
    let (_, findings) = GivenMapping::read(&SourceText::new("m.toml", "quantum = 1\n"));
    assert!(findings[0].help[0].starts_with("use one of `name`, "));
}

#[test]
fn a_mapping_file_is_checked_alone_and_with_others() {
    let right = "# What the columns are.\nzone = \"UTC\"\n[columns] # all\nwhen = \"Date\"\ntitle = \"What\"\n";
    let checked = fed(&["check", "-"], right.as_bytes());
    assert_eq!(
        String::from_utf8_lossy(&checked.stdout),
        "standard input: no findings\n"
    );
    assert_eq!(checked.status.code(), Some(0));
    let wrong = "[[stamps]]\ncolumn = \"a\"\nmean = \"b\"\n";
    let checked = fed(
        &["check", "tests/diagnostics/columns-guessed.csv", "-"],
        wrong.as_bytes(),
    );
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        said.contains("error[unknown-key]: a mapping has no `mean` here"),
        "{said}"
    );
    assert!(said.contains("--> standard input:3:1"), "{said}");
    assert!(said.contains("did you mean `means`?"), "{said}");
    assert_eq!(checked.status.code(), Some(1));
    for command in [
        &["list", "-"][..],
        &["import", "-"],
        &["frame", "-"],
        &["new", "--from", "-"],
    ] {
        let refused = fed(command, right.as_bytes());
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{command:?}: {said}");
        let expected =
            "error: `standard input` is a mapping, and has no events\nhint: give it with `--map";
        assert!(said.starts_with(expected), "{command:?}: {said}");
    }
}

#[test]
fn the_printed_mapping_reads_back_to_the_same() {
    let samples = [
        "tests/formats/logs/hayabusa.csv",
        "tests/formats/logs/plaso-dynamic.csv",
        "tests/formats/logs/plaso-l2t.csv",
        "tests/formats/logs/timesketch.csv",
        "tests/formats/logs/timesketch.jsonl",
        "tests/diagnostics/columns-guessed.csv",
    ];
    for sample in samples {
        let printed = run(&["import", "--columns", sample]);
        let printed = String::from_utf8(printed.stdout).expect("TOML is UTF-8");
        let (_, findings) = GivenMapping::read(&SourceText::new("m.toml", printed.as_str()));
        assert!(findings.is_empty(), "{sample}: {findings:?}\n{printed}");
        let folder = std::env::temp_dir().join(format!("dateline-map-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the mapping");
        let file = folder.join("m.toml");
        std::fs::write(&file, &printed).expect("the mapping can be written");
        let map = file.display().to_string();
        let list = |arguments: &[&str]| run(&[&["list", sample], arguments].concat()).stdout;
        assert_eq!(list(&["--map", &map]), list(&[]), "{sample}\n{printed}");
        let again = run(&["import", "--columns", sample, "--map", &map]);
        assert_eq!(String::from_utf8_lossy(&again.stdout), printed, "{sample}");
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}

#[test]
fn what_was_taken_for_what_is_reported_by_each_command() {
    let sample = "tests/diagnostics/columns-guessed.csv";
    let note = "note: took `Timestamp` for the date, `Description` for the title, `Severity` for tags; `--map` changes that";
    for arguments in [&["list", sample][..], &["import", sample]] {
        let output = run(arguments);
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.contains(note), "{arguments:?}: {err}");
        assert_eq!(output.status.code(), Some(0));
    }
    let map = "when=Timestamp,title=Host";
    let output = run(&["list", sample, "--map", map]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let frame = run(&["frame", sample, "--size", "120x20"]);
    let frame = String::from_utf8_lossy(&frame.stdout).into_owned();
    assert!(frame.contains("took `Timestamp` for the date"), "{frame}");
    let output = fed(&["import", "-", "--map", "missing.toml"], b"a,b\n");
    assert_eq!(output.status.code(), Some(3));
}
