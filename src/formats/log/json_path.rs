//! Finds the first row in a document of JSON whose rows are below some names, such as `Records`.

use memchr::memchr2;

/// The name that means every name.
const ANY: &str = "*";

/// The first byte of the first object at a path: names with dots between them. At the end of the path is a list of
/// objects, or behind `*` each value. The text may break off. `None` if there is no such object in it.
pub(super) fn first_row(text: &str, path: &str) -> Option<usize> {
    let at = if is_keyed(path) {
        value_at(text, path)?
    } else {
        first_item(text, path)?
    };
    text.get(at..)?.starts_with('{').then_some(at)
}

/// The first byte of the first value of the list at a path; of the bracket that closes it if the list is empty.
pub(super) fn first_item(text: &str, path: &str) -> Option<usize> {
    let at = value_at(text, path)?;
    let bytes = text.as_bytes();
    (bytes.get(at) == Some(&b'[')).then(|| behind_space(bytes, at + 1))
}

/// The first byte of the value at a path in the object at the beginning of a text.
pub(super) fn value_at(text: &str, path: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut names = path.split('.');
    names.try_fold(behind_space(bytes, 0), |at, name| value_of(bytes, at, name))
}

/// The values of a list from the first byte of one on, as they are written, up to the first that breaks off.
pub(super) fn items(text: &str, from: usize) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        let start = behind_space(bytes, at);
        if matches!(bytes.get(start), None | Some(b']' | b'}')) {
            return None;
        }
        let end = behind_value(bytes, start)?;
        let next = behind_space(bytes, end);
        at = next + usize::from(bytes.get(next) == Some(&b','));
        text.get(start..end).map(str::trim_ascii_end)
    })
}

/// Whether the path ends with every name: then each row has a name before it.
pub(super) fn is_keyed(path: &str) -> bool {
    path.split('.').next_back() == Some(ANY)
}

/// The byte behind the quotation mark that closes a text of JSON.
fn closed(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

fn behind_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|it| it.is_ascii_whitespace())
        .count()
}

/// The first byte of the value of a name in the object that begins at `at`.
fn value_of(bytes: &[u8], at: usize, wanted: &str) -> Option<usize> {
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    let mut at = behind_space(bytes, at + 1);
    loop {
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let end = closed(bytes, at + 1)?;
        let name = bytes.get(at + 1..end - 1)?;
        at = behind_space(bytes, end);
        if bytes.get(at) != Some(&b':') {
            return None;
        }
        at = behind_space(bytes, at + 1);
        if wanted == ANY || name == wanted.as_bytes() {
            return Some(at);
        }
        at = behind_space(bytes, behind_value(bytes, at)?);
        if bytes.get(at) != Some(&b',') {
            return None;
        }
        at = behind_space(bytes, at + 1);
    }
}

/// The byte behind a value.
fn behind_value(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut depth) = (from, 0_usize);
    loop {
        match *bytes.get(at)? {
            b'"' => {
                at = closed(bytes, at + 1)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The names of the first object whose values are lists of objects. The text may break off.
pub(super) fn lists(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = behind_space(bytes, 0);
    if bytes.get(at) != Some(&b'{') {
        return found;
    }
    at = behind_space(bytes, at + 1);
    while bytes.get(at) == Some(&b'"') {
        let Some(end) = closed(bytes, at + 1) else {
            break;
        };
        let name = text.get(at + 1..end - 1).unwrap_or_default();
        let value = behind_space(bytes, behind_space(bytes, end) + 1);
        let first = behind_space(bytes, value + 1);
        if bytes.get(value) == Some(&b'[') && bytes.get(first) == Some(&b'{') {
            found.push(name.to_owned());
        }
        let Some(end) = behind_value(bytes, value) else {
            break;
        };
        at = behind_space(bytes, behind_space(bytes, end) + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_found_by_its_path() {
        fn found<'t>(text: &'t str, path: &str) -> Option<&'t str> {
            first_row(text, path).and_then(|at| text.get(at..))
        }
        let trail = r#"{ "a": [1, "}"], "Records" : [ {"x": 1}, {"#;
        assert_eq!(found(trail, "Records"), Some(r#"{"x": 1}, {"#));
        let hits = r#"{"took":3,"hits":{"total":{"value":1},"hits":[{"_id":1}]}}"#;
        assert_eq!(found(hits, "hits.hits"), Some(r#"{"_id":1}]}}"#));
        let keyed = r#"{"event_0": {"a":1}, "event_1": {}}"#;
        assert_eq!(found(keyed, "*"), Some(r#"{"a":1}, "event_1": {}}"#));
        for (text, path) in [
            (r#"{"Records":[]}"#, "Records"),
            (r#"{"Records":{}}"#, "Records"),
            (r#"{"a":"\"Records\":[{"}"#, "Records"),
            (r#"{"a":["#, "Records"),
            ("[]", "*"),
            ("", "a"),
        ] {
            assert_eq!(found(text, path), None, "{text}");
        }
        assert_eq!(lists(trail), ["Records"]);
        let listed = r#"{"a":[ "], x" , {"b":[1]},[2,{}],3 ,4"#;
        let from = first_item(listed, "a").expect("a list");
        let found: Vec<&str> = items(listed, from).collect();
        assert_eq!(found, ["\"], x\"", "{\"b\":[1]}", "[2,{}]", "3"]);
        let empty = r#"{"a":[ ]}"#;
        assert_eq!(
            first_item(empty, "a").map(|at| items(empty, at).count()),
            Some(0)
        );
        assert!(is_keyed("*") && !is_keyed("a.b"));
    }
}
