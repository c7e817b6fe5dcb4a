//! Words from strangers: cleaned once, at the edge of every use case, before anything else looks at them.
//!
//! Control characters and the characters that turn the direction of text (used to disguise names and files) are
//! refused rather than dropped, so that nobody's words change silently.

use unicode_normalization::UnicodeNormalization;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing but white space.
    Empty,
    /// More characters than allowed.
    TooLong,
    /// Fewer characters than needed.
    TooShort,
    /// A control character or one that turns the direction of text.
    Forbidden,
}

/// One line: trimmed, NFC, inner white space folded to one space. Lengths in characters.
pub fn clean_line(text: &str, min: usize, max: usize) -> Result<String, TextFault> {
    check_chars(text, |c| c == '\t' || c == '\n' || c == '\r')?;
    let line = text
        .nfc()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    measure(line, min, max)
}

/// Several lines: trimmed, NFC, line ends as `\n`. Lengths in characters.
pub fn clean_text(text: &str, min: usize, max: usize) -> Result<String, TextFault> {
    check_chars(text, |c| matches!(c, '\t' | '\n' | '\r'))?;
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    measure(plain.trim().nfc().collect(), min, max)
}

/// A name for strangers' eyes: the first character and stars, `张**`.
pub fn mask_name(name: &str) -> String {
    name.chars()
        .next()
        .map_or_else(String::new, |first| format!("{first}**"))
}

fn measure(text: String, min: usize, max: usize) -> Result<String, TextFault> {
    let length = text.chars().count();
    if length == 0 && min > 0 {
        Err(TextFault::Empty)
    } else if length < min {
        Err(TextFault::TooShort)
    } else if length > max {
        Err(TextFault::TooLong)
    } else {
        Ok(text)
    }
}

fn check_chars(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), TextFault> {
    let turns = |c: char| matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if text.chars().any(|c| (c.is_control() && !allowed(c)) || turns(c)) {
        Err(TextFault::Forbidden)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_measured_in_characters() {
        assert_eq!(
            clean_line("  设计\t一个 \n 标志 ", 1, 20),
            Ok("设计 一个 标志".to_owned())
        );
        assert_eq!(clean_line(" \n ", 1, 20), Err(TextFault::Empty));
        assert_eq!(clean_line("", 0, 20), Ok(String::new()));
        assert_eq!(clean_line("四个汉字", 1, 3), Err(TextFault::TooLong));
        assert_eq!(clean_line("四", 2, 3), Err(TextFault::TooShort));
    }

    #[test]
    fn disguises_are_refused() {
        for text in ["a\u{202e}gpj.exe", "a\u{0}b", "\u{1b}[31m", "\u{2067}x"] {
            assert_eq!(clean_line(text, 1, 99), Err(TextFault::Forbidden));
            assert_eq!(clean_text(text, 1, 99), Err(TextFault::Forbidden));
        }
        assert_eq!(clean_text("一\r\n二", 1, 99), Ok("一\n二".to_owned()));
    }
}
