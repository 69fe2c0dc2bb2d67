//! Which addresses may become links: web addresses, and nothing that a program would run.

/// Whether a text is a web address that can be a link as it is: `http` or `https`, ASCII only, without characters that
/// could end the link early.
pub fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let is_safe = |it: u8| it.is_ascii_graphic() && !b"<>\"'`\\|{}^".contains(&it);
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(is_safe))
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn only_plain_web_addresses_are_links() {
        for address in ["https://www.gov.uk/a?b=c&d#e", "HTTP://example.org/(x)"] {
            assert!(is_web_address(address), "{address}");
        }
        for text in [
            "javascript:alert(1)",
            "JavaScript://x%0Aalert(1)",
            "data:text/html,x",
            "https://",
            "https://a b",
            "https://a\"onclick=",
            "https://a>b",
            "https://ex\u{430}mple.org",
            " https://example.org",
            "//example.org",
            "",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
    }
}
