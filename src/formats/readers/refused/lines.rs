//! Tests of the first lines of a text.

/// How many lines are tested.
const ENOUGH: usize = 20;

/// The first lines of a text that are not blank.
pub(super) struct FirstLines<'t> {
    text: &'t str,
    first: Vec<&'t str>,
}

impl<'t> FirstLines<'t> {
    pub fn new(text: &'t str) -> Self {
        let lines = text.lines().map(str::trim_end);
        let first = lines.filter(|line| !line.is_empty()).take(ENOUGH);
        Self {
            text,
            first: first.collect(),
        }
    }

    /// Whether the first line is exactly this.
    pub fn first_is(&self, line: &str) -> bool {
        self.first.first() == Some(&line)
    }

    /// Whether the text begins with this, in any letter case.
    pub fn begin(&self, with: &str) -> bool {
        let head = self.text.trim_start().get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    }

    pub fn any(&self, test: fn(&str) -> bool) -> bool {
        self.first.iter().any(|line| test(line))
    }

    pub fn all(&self, test: fn(&str) -> bool) -> bool {
        !self.first.is_empty() && self.first.iter().all(|line| test(line))
    }

    /// Whether all lines but comments have a form; the last may break off.
    pub fn all_rows(&self, test: fn(&str) -> bool) -> bool {
        let is_row = |line: &&&str| !line.starts_with('#');
        let mut rows = self.first.iter().filter(is_row).peekable();
        rows.peek().is_some_and(|row| test(row)) && {
            let rows: Vec<_> = rows.collect();
            let (_, whole) = rows.split_last().unwrap_or((&&"", &[]));
            whole.iter().all(|row| test(row))
        }
    }

    pub fn is_element(&self) -> bool {
        let mut head = self.text.trim_start().chars();
        head.next() == Some('<')
            && head
                .next()
                .is_some_and(|it| it.is_ascii_alphabetic() || it == '!')
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_digit() || it == b'.' || it == b'-')
}

/// `MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime`.
pub(super) fn is_body_row(line: &str) -> bool {
    let fields: Vec<&str> = line.split('|').collect();
    let stamps = fields.len().checked_sub(4).and_then(|at| fields.get(at..));
    fields.len() >= 11 && stamps.unwrap_or_default().iter().all(|it| is_number(it))
}

/// `Time|Source|Host|User|Description`, and with `|TZ|Notes` behind it.
pub(super) fn is_tln_row(line: &str) -> bool {
    let mut fields = line.split('|');
    let first = fields.next().unwrap_or_default();
    fields.count() >= 4 && (is_number(first) || first.eq_ignore_ascii_case("time"))
}

/// `2021-08: What happened`, `1930 - 1967: What happened`.
pub(super) fn is_markwhen_entry(line: &str) -> bool {
    let date = line.split(": ").next().unwrap_or_default();
    let is_digit = |it: char| it.is_ascii_digit();
    date.starts_with(is_digit) && date.len() < 30 && !line.contains('=')
}

/// `key: value`, `key:` or `- item`.
pub(super) fn is_yaml_line(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.split(':').next().unwrap_or_default();
    let is_key = key.len() < line.len()
        && key
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
    line.starts_with("- ") || line.starts_with('#') || is_key
}
