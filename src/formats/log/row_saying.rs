//! Whether a row says something, by its values alone: a search asks a million rows, and most of a row is not text.

use super::column_role::{ColumnRole, SUMMARY};
use super::event_title::title_of;

/// Whether a text passes a test.
pub(super) type TextTest<'t> = dyn Fn(&str) -> bool + 't;

/// Whether a title, a summary or an attribute of a row passes a test. `None` if only reading the row shows that: a stamp that
/// cannot be read is an attribute too, and a long title is shortened.
pub(super) fn is_said<'v>(
    values: impl Iterator<Item = (ColumnRole, &'v str)>,
    says: &TextTest<'_>,
) -> Option<bool> {
    let mut may_be_said = false;
    for (role, text) in values {
        let is_text = match role {
            SUMMARY
            | ColumnRole::Title
            | ColumnRole::Short
            | ColumnRole::Attribute
            | ColumnRole::Described
            | ColumnRole::Clock => true,
            ColumnRole::Nothing => continue,
            _ => false,
        };
        // Columns differ in which values count as missing.
        let is_text = is_text && !matches!(text.trim(), "" | "-" | "\\N");
        if (is_text || !may_be_said) && says(text) {
            if is_text {
                return Some(true);
            }
            may_be_said = true;
        }
        // A shortened title ends with a sign that its value lacks. Of several titles of a row one is shortened.
        let may_be_title = matches!(role, ColumnRole::Title | ColumnRole::Short);
        may_be_said |= may_be_title && title_of(text).is_some_and(|title| says(&title));
    }
    (!may_be_said).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_kept_with_the_texts_is_open() {
        let test = |text: &str| text.contains('x');
        let asked = |values: &[(ColumnRole, &'static str)]| is_said(values.iter().copied(), &test);
        assert_eq!(
            asked(&[(ColumnRole::Title, "a"), (SUMMARY, "b")]),
            Some(false)
        );
        assert_eq!(asked(&[(ColumnRole::Nothing, "x")]), Some(false));
        let hyphen = |text: &str| text.contains('-');
        assert_eq!(is_said([(SUMMARY, "-")].into_iter(), &hyphen), None);
        assert_eq!(is_said([(SUMMARY, "a-b")].into_iter(), &hyphen), Some(true));
        assert_eq!(
            asked(&[(ColumnRole::When, "x"), (ColumnRole::Attribute, "b")]),
            None
        );
        assert_eq!(
            asked(&[(ColumnRole::When, "x"), (SUMMARY, "x")]),
            Some(true)
        );
        let cut = |text: &str| text.contains('\u{2026}');
        let titled = |text: &'static str| is_said([(ColumnRole::Title, text)].into_iter(), &cut);
        assert_eq!((titled("a"), titled("a\nb")), (Some(false), None));
    }
}
