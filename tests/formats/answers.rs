//! Answers of search engines and databases: every row of one is read, and a row that the engine left out is reported.

use dateline::diagnostic::SourceText;
use dateline::formats::{self, GivenMapping, TableOptions};
use dateline::timeline::Event;

use super::open;
use super::streams::{CHUNK_SIZE, read_in_chunks};

/// The titles of an answer's events.
fn titles(text: &str) -> Vec<String> {
    let (timeline, findings) = open("answer.json", text);
    assert_eq!(findings, [""; 0], "{text}");
    timeline.events().map(|it| it.title().to_owned()).collect()
}

fn findings(text: &str) -> Vec<String> {
    open("answer.json", text).1
}

const HIT: &str = r#"{"_source":{"datetime":"2021-08-14T10:22:33Z","message":"a"}}"#;
const COLUMNS: &str = r#"[{"ColumnName":"datetime"},{"ColumnName":"message"}]"#;
const ROW: &str = r#"["2021-08-14T10:22:33Z","a"]"#;

/// Kusto's first version, with the rows of its first table and what is behind that table.
fn kusto(rows: &str, behind: &str) -> String {
    format!(
        r#"{{"Tables":[{{"TableName":"Table_0","Columns":{COLUMNS},"Rows":[{rows}]}}{behind}}}"#
    )
}

/// Azure Monitor has the form of Kusto's first version under other names.
fn azure_monitor(kusto: &str) -> String {
    let names = [
        ("Tables", "tables"),
        ("Columns", "columns"),
        ("ColumnName", "name"),
        ("Rows", "rows"),
    ];
    names
        .iter()
        .fold(kusto.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Kusto's second version, with the rows of its primary frame and the frames behind it.
fn frames(rows: &str, behind: &str) -> String {
    let header = r#"{"FrameType":"DataSetHeader","IsProgressive":false}"#;
    let begin = r#"{"FrameType":"DataTable","TableKind":"PrimaryResult""#;
    format!(r#"[{header},{begin},"Columns":{COLUMNS},"Rows":[{rows}]}}{behind}]"#)
}

/// An answer of `ClickHouse` in its format `JSON`.
fn clickhouse(rows: &str, behind: &str) -> String {
    format!(r#"{{"meta":[{{"name":"datetime"}},{{"name":"message"}}],"data":[{rows}]{behind}}}"#)
}

#[test]
fn the_rows_are_read_wherever_they_are() {
    let object = r#"{"datetime":"2021-08-14T10:22:33Z","message":"a"}"#;
    let progressive = format!(
        r#"[{{"FrameType":"DataSetHeader","IsProgressive":true}},{{"FrameType":"TableHeader","TableKind":"PrimaryResult","Columns":{COLUMNS}}},{{"FrameType":"TableFragment","TableFragmentType":"DataAppend","Rows":[{ROW}]}},{{"FrameType":"TableCompletion"}}]"#
    );
    for text in [
        format!(r#"{{"took":1,"hits":{{"hits":[{HIT}]}}}}"#),
        r#"{"hits":{"hits":[{"_index":"i","fields":{"datetime":["2021-08-14T10:22:33Z"],"message":["a"]}}]}}"#.to_owned(),
        format!("{HIT}\n"),
        format!("[{HIT}]"),
        clickhouse(object, ""),
        clickhouse(ROW, r#","rows":1"#),
        kusto(ROW, "]"),
        azure_monitor(&kusto(ROW, "]")),
        frames(
            ROW,
            r#",{"FrameType":"DataSetCompletion","HasErrors":false}"#,
        ),
        progressive,
    ] {
        assert_eq!(titles(&text), ["a"], "{text}");
    }
}

#[test]
fn an_answer_without_rows_is_an_empty_timeline() {
    for text in [
        r#"{"hits":{"total":{"value":0,"relation":"eq"},"hits":[]}}"#.to_owned(),
        clickhouse("", r#","rows":0"#),
        kusto("", "]"),
        frames(
            "",
            r#",{"FrameType":"DataSetCompletion","HasErrors":false}"#,
        ),
        "[]".to_owned(),
        "[\n]\n".to_owned(),
    ] {
        assert!(titles(&text).is_empty(), "{text}");
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(findings(text), [expected], "{text}");
}

#[test]
fn what_a_search_engine_says_about_missing_hits_is_reported() {
    let hits = |said: &str| format!(r#"{{{said},"hits":{{"total":1,"hits":[{HIT}]}}}}"#);
    let total = |said: &str| format!(r#"{{"hits":{{"total":{said},"hits":[{HIT}]}}}}"#);
    let expected = "answer-broken: the search timed out, so hits may be missing";
    check(&hits(r#""timed_out":true"#), expected);
    let expected = "answer-broken: 2 of 3 shards failed, so hits are missing";
    check(&hits(r#""_shards":{"total":3,"failed":2}"#), expected);
    check(&total("12"), "answer-limited: the answer has 1 of 12 hits");
    let expected = "answer-limited: the answer has 1 of at least 10000 hits";
    check(&total(r#"{"value":10000,"relation":"gte"}"#), expected);
}

#[test]
fn what_clickhouse_says_about_missing_rows_is_reported() {
    let answer = |behind: &str| clickhouse(ROW, behind);
    let expected =
        "answer-broken: the engine stopped after 1 row with an error: Code: 241. Memory limit";
    check(
        &answer(r#","rows":1,"exception":"Code: 241. Memory limit""#),
        expected,
    );
    let expected = "answer-broken: the answer says that it has 2 rows, and has 1";
    check(&answer(r#","rows":2"#), expected);
    let expected = "answer-limited: the answer has 1 of at least 40 rows";
    check(
        &answer(r#","rows":1,"rows_before_limit_at_least":40"#),
        expected,
    );
}

/// In any format the error is the last text of an answer whose rows were sent before.
#[test]
fn an_error_behind_the_rows_of_clickhouse_is_reported_and_not_a_row() {
    const ERROR: &str = "Code: 241. DB::Exception: Memory limit exceeded: would use 1 GiB, maximum: 1 GiB. (MEMORY_LIMIT_EXCEEDED)";
    const TAG: &str = "0123456789abcdef";
    let row = r#"{"datetime":"2021-08-14T10:22:33Z","message":"a"}"#;
    let frame = format!(
        "\r\n__exception__\r\n{TAG}\r\n{ERROR}\n{} {TAG}\r\n__exception__\r\n",
        ERROR.len()
    );
    let table = "datetime,message\n2021-08-14T10:22:33Z,a\n2021-08-14T10:22:33Z,a\n";
    let lines = format!("{row}\n{row}\n");
    let document = clickhouse(&format!("{row},{row}"), "");
    let cut = document.strip_suffix("]}").expect("it ends so");
    for text in [
        format!("{lines}{frame}"),
        format!("{lines}{{\"exception\":\"{ERROR}\"}}\n"),
        format!("{lines}{ERROR}\n"),
        format!("{table}{frame}"),
        format!("{table}__exception__\n{ERROR}\n"),
        format!("{table}{ERROR}\n"),
        format!("{}{frame}", table.replace(',', "\t")),
        format!("{cut}{frame}"),
    ] {
        let name = if text.starts_with('{') {
            "a.json"
        } else {
            "a.csv"
        };
        let (timeline, findings) = open(name, &text);
        let titles: Vec<&str> = timeline.events().map(Event::title).collect();
        let expected = format!("answer-broken: the engine stopped with an error: {ERROR}");
        assert_eq!(
            (titles, findings),
            (vec!["a", "a"], vec![expected]),
            "{text}"
        );
    }
}

#[test]
fn what_the_tables_of_kusto_say_about_missing_rows_is_reported() {
    let stopped =
        |said: &str| format!("answer-broken: the engine stopped after 1 row with an error: {said}");
    let status = r#",{"Columns":[{"ColumnName":"SeverityName"},{"ColumnName":"StatusDescription"}],"Rows":[["Info","done"],["Error","too large"]]}]"#;
    check(&kusto(ROW, status), &stopped("too large"));
    let contents = r#",{"Columns":[{"ColumnName":"Ordinal"},{"ColumnName":"Kind"}],"Rows":[[0,"QueryResult"],[1,"QueryResult"],[2,"QueryStatus"]]}]"#;
    check(
        &kusto(ROW, contents),
        "answer-limited: only the first of 2 tables of results is read",
    );
    let exceptions = r#"],"Exceptions":["Query is too large"]"#;
    check(&kusto(ROW, exceptions), &stopped("Query is too large"));
    let row = format!(r#"{ROW},{{"Exceptions":["Query is too large"]}}"#);
    check(
        &kusto(&row, "]"),
        "answer-broken: the engine stopped with an error: Query is too large",
    );
    let row = format!(r#"{ROW},["2021"]"#);
    check(
        &kusto(&row, "]"),
        "row-unreadable: the row has 1 value, and there are 2 columns",
    );
    let partial = r#"],"error":{"code":"PartialError","message":"partial"}"#;
    check(&azure_monitor(&kusto(ROW, partial)), &stopped("partial"));
}

#[test]
fn what_the_frames_of_kusto_say_about_missing_rows_is_reported() {
    let row = format!(
        r#"{ROW},{{"OneApiErrors":[{{"error":{{"code":"LimitsExceeded","@message":"64 MB"}}}}]}}"#
    );
    check(
        &frames(&row, ""),
        "answer-broken: the engine stopped with an error: 64 MB",
    );
    let end = r#",{"FrameType":"DataSetCompletion","HasErrors":true,"OneApiErrors":[{"error":{"message":"cancelled"}}]}"#;
    let expected = "answer-broken: the engine stopped after 1 row with an error: cancelled";
    check(&frames(ROW, end), expected);
    let fragment = format!(
        r#",{{"FrameType":"TableFragment","TableFragmentType":"DataAppend","Rows":[{ROW}]}}"#
    );
    let expected = "answer-broken: the answer comes in fragments, and only the first is read: set `results_progressive_enabled` to false";
    check(&frames(ROW, &fragment), expected);
    let table = format!(
        r#",{{"FrameType":"DataTable","TableKind":"PrimaryResult","Columns":{COLUMNS},"Rows":[{ROW}]}}"#
    );
    check(
        &frames(ROW, &table),
        "answer-limited: only the first of 2 tables of results is read",
    );
}

/// Chunks end elsewhere than at the error.
#[test]
fn an_error_behind_many_rows_is_found_wherever_a_chunk_ends() {
    let error = format!("Code: 241. DB::Exception: {} (X)", "memory ".repeat(900));
    for rows in 60..75 {
        let filler = "x".repeat(992);
        let row = |row: usize| format!("2021-08-14T10:22:33Z,{row:05} {filler}\n");
        let rows: String = (0..rows).map(row).collect();
        let text = format!(
            "datetime,message\n{rows}__exception__\r\n0\r\n{error}\n1 0\r\n__exception__\r\n"
        );
        let opened = read_in_chunks("answer.csv", text.as_bytes());
        let kinds: Vec<&str> = opened.findings.iter().map(|it| it.kind.name).collect();
        assert_eq!(kinds, ["answer-broken"], "{} bytes", text.len());
    }
}

/// Wherever an answer is cut off, that is reported, and no row before the cut is lost.
#[test]
fn an_answer_that_breaks_off_is_reported() {
    let rows = [r#"["2021-08-14T10:22:33Z","a ],[ \" b"]"#; 3].join(",");
    let whole = kusto(&rows, r#",{"Columns":[],"Rows":[]}]"#);
    let begin = whole.find("[\"2021").expect("the first row");
    let first = r#"["2021-08-14T10:22:33Z","a ],[ \" b"]"#.len();
    for end in begin + first..whole.len() {
        let cut = whole.get(..end).expect("ASCII");
        let (timeline, findings) = open("answer.json", cut);
        let is_broken =
            |it: &String| it.starts_with("answer-broken: the answer of Kusto breaks off after");
        assert!(findings.iter().any(is_broken), "{findings:?} {cut}");
        let rows = (end - begin + 1) / (first + 1);
        assert!(timeline.len() >= rows.min(3), "{cut}");
    }
}

/// An answer is often one line of many megabytes, with lists of other things behind its rows.
#[test]
fn a_long_line_is_read_in_chunks_up_to_its_last_row() {
    let row = |number: usize| {
        format!(
            r#"["2021-08-14T10:22:33Z","row {number}: }},{{ ],[ \"{}"]"#,
            "x".repeat(90)
        )
    };
    let rows: Vec<String> = (0..5_000).map(row).collect();
    let other = vec![ROW; 5_000].join(",");
    assert!(other.len() > 2 * CHUNK_SIZE, "{}", other.len());
    let text = kusto(
        &rows.join(","),
        &format!(r#",{{"Columns":{COLUMNS},"Rows":[{other}]}}]"#),
    );
    assert!(text.len() > 10 * CHUNK_SIZE, "{}", text.len());
    let opened = read_in_chunks("answer.json", text.as_bytes());
    assert_eq!(opened.findings, []);
    assert_eq!(opened.timeline.len(), rows.len());
    let last = opened.timeline.events().next_back();
    assert!(last.is_some_and(|it| it.title().starts_with("row 4999: }")));

    let hits = vec![HIT; 5_000].join(",");
    let text =
        format!(r#"{{"took":1,"hits":{{"hits":[{hits}]}},"aggregations":{{"a":[{hits}]}}}}"#);
    let opened = read_in_chunks("answer.json", text.as_bytes());
    assert_eq!(opened.timeline.len(), 5_000);
}

#[test]
fn a_mapping_of_the_user_names_the_columns_of_an_answer() {
    let text = kusto(ROW, "]")
        .replace("message", "Vorgang")
        .replace("datetime", "Wann");
    let mapping = GivenMapping::parse("when=Wann,title=Vorgang").expect("a mapping");
    let options = TableOptions::default().with_mapping(Some(mapping));
    let texts = [SourceText::new("answer.json", text.as_str())];
    let (timeline, findings) = formats::open_in(&texts, &options);
    assert_eq!((timeline.len(), findings.len()), (1, 0), "{findings:?}");
}
