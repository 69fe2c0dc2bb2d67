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

    /// The relative luminance of a colour such as `#a11616` or `#444` (Web Content Accessibility Guidelines 2.2).
    fn luminance(colour: &str) -> f64 {
        let digits = colour.strip_prefix('#').expect("a colour has a sign");
        let step = digits.len() / 3;
        let part = |index: usize| {
            let digits = digits.get(index * step..(index + 1) * step);
            let digits = digits.expect("three parts");
            let value = u8::from_str_radix(digits, 16).expect("hexadecimal digits");
            let value = if step == 1 { value * 17 } else { value };
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
    }

    /// The value of a variable on paper.
    fn paper(name: &str) -> &'static str {
        let (_, paper) = PAGE
            .split_once("@media print")
            .expect("the page is printed");
        let value = paper.split_once(&format!("--{name}: "));
        let value = value.and_then(|(_, value)| value.split_once(';'));
        value.expect(name).0
    }

    #[test]
    fn writing_and_marks_are_seen_on_either_ground() {
        let contrast = |colour: &str, ground: &str| {
            let (colour, ground) = (luminance(paper(colour)), luminance(paper(ground)));
            (colour.max(ground) + 0.05) / (colour.min(ground) + 0.05)
        };
        for ground in ["ground", "shade"] {
            for colour in [
                "text",
                "quiet",
                "hostile",
                "knowledge",
                "consequence",
                "denial",
                "context",
            ] {
                let contrast = contrast(colour, ground);
                assert!(contrast >= 4.5, "{colour} on {ground}: {contrast}");
            }
        }
    }
}
