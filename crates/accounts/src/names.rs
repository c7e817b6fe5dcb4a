//! The name people see: 2 to 40 characters on one line, with at least one letter or digit among them. Pure.

use kernel::{Refusal, Refuse as _, TextFault, clean_line};

const CHARS_MIN: usize = 2;
const CHARS_MAX: usize = 40;

kernel::refusals! {
    /// Why a name is not taken.
    pub enum NameRefusal {
        /// Nothing was typed.
        Empty => ("name-empty", Invalid, "name"),
        /// Fewer or more characters than a name may have.
        BadLength { min: i64, max: i64 } => ("name-bad-length", Invalid, "name"),
        /// Control characters, or nothing one could call somebody by.
        BadCharacters => ("name-bad-characters", Invalid, "name"),
    }
}

/// The clean name.
pub fn clean(typed: &str) -> Result<String, Refusal> {
    let name = clean_line(typed, CHARS_MIN, CHARS_MAX).map_err(|fault| match fault {
        TextFault::Empty => NameRefusal::Empty.refusal(),
        TextFault::Forbidden => NameRefusal::BadCharacters.refusal(),
        TextFault::TooShort | TextFault::TooLong => NameRefusal::BadLength {
            min: CHARS_MIN as i64,
            max: CHARS_MAX as i64,
        }
        .refusal(),
    })?;
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{3164}' | '\u{ffa0}');
    if name.chars().any(char::is_alphanumeric) && !name.chars().any(unseen) {
        Ok(name)
    } else {
        Err(NameRefusal::BadCharacters.refusal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_or_refused() {
        for (typed, wanted) in [
            ("  李  娜 ", Ok("李 娜")),
            ("Ann-Marie O'Neil", Ok("Ann-Marie O'Neil")),
            ("", Err("name-empty")),
            ("李", Err("name-bad-length")),
            ("--", Err("name-bad-characters")),
            ("a\u{202e}b", Err("name-bad-characters")),
            ("a\u{200b}b", Err("name-bad-characters")),
        ] {
            assert_eq!(clean(typed).map_err(|r| r.code), wanted.map(str::to_owned), "{typed:?}");
        }
        assert_eq!(clean(&"长".repeat(41)).map_err(|r| r.code), Err("name-bad-length"));
    }
}
