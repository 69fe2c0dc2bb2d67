//! The style of pictures. In a handout it takes the colours of the page; a picture on its own has those of paper.

/// The rules, whose colours are variables.
pub(in crate::formats::writers) const STYLE: &str = include_str!("picture.css");

/// The style of the page, which has the colours.
const PAGE: &str = include_str!("../html/page.css");

/// The rules with the colours that the page has on paper: not every program that shows a picture knows variables.
pub(super) fn on_paper() -> String {
    let (_, paper) = PAGE.split_once("@media print").unwrap_or_default();
    let mut parts = STYLE.split("var(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(')').unwrap_or_default();
        let value = paper.split_once(&format!("{name}: "));
        let value = value.and_then(|(_, value)| value.split_once(';'));
        out.push_str(value.map_or("", |(value, _)| value));
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_colour_has_a_value_on_paper() {
        let style = on_paper();
        assert!(!style.contains("var(") && !style.contains(": ;"), "{style}");
        assert!(style.contains(".hostile { fill: #a11616;"), "{style}");
        assert_eq!(style.matches('{').count(), STYLE.matches('{').count());
    }
}
