//! Where a person is reached: an e-mail address or a phone number, told apart by how it looks and kept in one form
//! each (small letters; E.164). Pure.

use kernel::{Refusal, Refuse as _};
use phonenumber::{Type, country};
pub use site::Channel;

const EMAIL_CHARS_MAX: usize = 254;
const EMAIL_LOCAL_CHARS_MAX: usize = 64;
const PHONE_CHARS_MAX: usize = 40;

kernel::refusals! {
    /// Why an address or number is not taken.
    pub enum DestinationRefusal {
        /// Nothing was typed.
        Empty => ("destination-empty", Invalid, "to"),
        /// It looks like an address and is none.
        BadEmail => ("destination-bad-email", Invalid, "to"),
        /// It looks like a number and is none that takes messages.
        BadPhone => ("destination-bad-phone", Invalid, "to"),
        /// It is neither.
        Unreadable => ("destination-unreadable", Invalid, "to"),
    }
}

/// An address or a number in its one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Which of the two.
    pub channel: Channel,
    /// `li@example.com` or `+8613800138000`.
    pub value: String,
}

impl Destination {
    /// Reads what a person typed.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let typed = typed.trim();
        let found = if typed.is_empty() {
            Err(DestinationRefusal::Empty)
        } else if typed.contains(['@', '＠']) {
            parse_email(typed).ok_or(DestinationRefusal::BadEmail)
        } else if typed.chars().any(|c| plain_digit(c).is_some()) {
            parse_phone(typed).ok_or(DestinationRefusal::BadPhone)
        } else {
            Err(DestinationRefusal::Unreadable)
        };
        found.map_err(DestinationRefusal::refusal)
    }

    /// The address or number, so far hidden that only its owner knows it again: `l***@example.com`, `+86 138****8000`.
    pub fn masked(&self) -> String {
        mask(self.channel, &self.value)
    }
}

fn mask(channel: Channel, value: &str) -> String {
    match channel {
        Channel::Mail => {
            let (local, domain) = value.split_once('@').unwrap_or((value, ""));
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        Channel::Sms => {
            let head = value.len().saturating_sub(8).min(6);
            let tail = value.len().saturating_sub(4);
            format!("{}****{}", &value[..head], &value[tail..])
        }
    }
}

fn parse_email(typed: &str) -> Option<Destination> {
    let address = typed.replace('＠', "@").to_ascii_lowercase();
    let (local, domain) = address.split_once('@')?;
    let local_ok = (1..=EMAIL_LOCAL_CHARS_MAX).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    let domain_ok =
        domain.contains('.') && domain.split('.').all(label_ok) && last.bytes().any(|b| b.is_ascii_alphabetic());
    (address.len() <= EMAIL_CHARS_MAX && local_ok && domain_ok).then_some(Destination {
        channel: Channel::Mail,
        value: address,
    })
}

/// Numbers without a country are Chinese. Only what text messages can reach is taken.
fn parse_phone(typed: &str) -> Option<Destination> {
    if typed.chars().count() > PHONE_CHARS_MAX {
        return None;
    }
    let mut plain = String::new();
    for (place, c) in typed.chars().enumerate() {
        match c {
            '+' | '＋' if place == 0 => plain.push('+'),
            c if plain_digit(c).is_some() => plain.extend(plain_digit(c)),
            ' ' | '-' | '(' | ')' | '（' | '）' | '.' | '－' | '\u{a0}' | '\u{3000}' => {}
            _ => return None,
        }
    }
    let number = phonenumber::parse(Some(country::CN), &plain).ok()?;
    let kind = number.number_type(&phonenumber::metadata::DATABASE);
    let reachable = matches!(kind, Type::Mobile | Type::FixedLineOrMobile | Type::PersonalNumber);
    (number.is_valid() && reachable).then(|| Destination {
        channel: Channel::Sms,
        value: number.format().mode(phonenumber::Mode::E164).to_string(),
    })
}

fn plain_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_has_one_form() {
        for (typed, channel, value) in [
            (" Li.Na@Example.COM ", Channel::Mail, "li.na@example.com"),
            ("a+b＠mail.example.cn", Channel::Mail, "a+b@mail.example.cn"),
            ("138 0013 8000", Channel::Sms, "+8613800138000"),
            ("１３８００１３８０００", Channel::Sms, "+8613800138000"),
            ("+86 138-0013-8000", Channel::Sms, "+8613800138000"),
            ("+44 7400 123456", Channel::Sms, "+447400123456"),
        ] {
            let wanted = Destination {
                channel,
                value: value.to_owned(),
            };
            assert_eq!(Destination::parse(typed), Ok(wanted), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_reached_is_refused() {
        for (typed, code) in [
            ("  ", "destination-empty"),
            ("李娜", "destination-unreadable"),
            ("a@b", "destination-bad-email"),
            ("a b@example.com", "destination-bad-email"),
            ("a@example.com\r\nbcc: b@example.com", "destination-bad-email"),
            ("a@@example.com", "destination-bad-email"),
            ("\"a\"@example.com", "destination-bad-email"),
            (".a@example.com", "destination-bad-email"),
            ("a@-x.com", "destination-bad-email"),
            ("a@127.0.0.1", "destination-bad-email"),
            ("12345", "destination-bad-phone"),
            ("010-62345678", "destination-bad-phone"),
            ("138001380001", "destination-bad-phone"),
            ("1380013800x", "destination-bad-phone"),
            ("+999 138 0013 8000", "destination-bad-phone"),
        ] {
            assert_eq!(Destination::parse(typed).map_err(|r| r.code), Err(code), "{typed:?}");
        }
        assert!(Destination::parse(&"1".repeat(5_000)).is_err());
        assert!(Destination::parse(&format!("{}@example.com", "a".repeat(5_000))).is_err());
    }

    #[test]
    fn masks_hide_enough() {
        let mail = Destination::parse("lina@example.com").expect("an address");
        assert_eq!(mail.masked(), "l***@example.com");
        let phone = Destination::parse("13800138000").expect("a number");
        assert_eq!(phone.masked(), "+86138****8000");
    }
}
