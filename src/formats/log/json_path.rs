//! Finds the first row in a document of JSON whose rows are below some names, such as `Records`.

use memchr::memchr2;

/// The name that means every name.
const ANY: &str = "*";

/// The first byte of the first object at a path: names with dots between them. At the end of the path is a list of
/// objects, or behind `*` each value. The text may break off. `None` if there is no such object in it.
pub(super) fn first_row(text: &str, path: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = behind_space(bytes, 0);
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        at = value_of(bytes, at, name)?;
        if names.peek().is_none() && name != ANY {
            if bytes.get(at) != Some(&b'[') {
                return None;
            }
            at = behind_space(bytes, at + 1);
        }
    }
    (bytes.get(at) == Some(&b'{')).then_some(at)
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
        assert!(is_keyed("*") && !is_keyed("a.b"));
    }
}
