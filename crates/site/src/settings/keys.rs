//! What each setting may hold, and how its text becomes its value. Pure.

use kernel::{Currency, clean_line};

use super::Settings;

/// What a setting may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line of words, up to so many characters; `min` 0 may be empty.
    Words {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// A whole number between two bounds, both included.
    Whole {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// `true` or `false`.
    Switch,
    /// An ISO 4217 code.
    Currency,
}

/// A setting's name and what it may hold. Its words for people are `setting-<name with hyphens>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The name, as in the row.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
}

const fn words(name: &'static str, min: usize, max: usize) -> Key {
    Key {
        name,
        shape: Shape::Words { min, max },
    }
}
const fn whole(name: &'static str, min: i64, max: i64) -> Key {
    Key {
        name,
        shape: Shape::Whole { min, max },
    }
}

/// Every setting, in the order the operator sees them.
pub const KEYS: &[Key] = &[
    words("market_name_zh", 1, 40),
    words("market_name_en", 1, 40),
    Key {
        name: "currency",
        shape: Shape::Currency,
    },
    words("support_contact", 0, 200),
    whole("acceptance_days", 1, 30),
    whole("nondelivery_days", 1, 60),
    whole("funding_days", 1, 60),
    whole("agreement_days", 1, 60),
    whole("dispute_days", 5, 60),
    whole("revisions", 0, 10),
    whole("provider_fee_bp", 0, 5000),
    whole("client_fee_bp", 0, 5000),
    whole("review_window_days", 1, 90),
    whole("reply_days", 1, 90),
    Key {
        name: "inspect_requests",
        shape: Shape::Switch,
    },
    whole("min_price_minor", 1, 1_000_000_000),
    whole("max_price_minor", 1, 100_000_000_000),
    whole("guidance_min_deals", 1, 1000),
    whole("code_minutes", 1, 60),
    whole("session_days", 1, 365),
];

pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The text does not fit the setting, or there is no such setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Misfit;

fn number(text: &str, min: i64, max: i64) -> Result<i64, Misfit> {
    let n: i64 = text.trim().parse().map_err(|_| Misfit)?;
    if (min..=max).contains(&n) { Ok(n) } else { Err(Misfit) }
}

/// The text as it will stand in the row, if it fits.
pub(super) fn tidy(key: &Key, text: &str) -> Result<String, Misfit> {
    match key.shape {
        Shape::Words { min, max } => clean_line(text, min, max).map_err(|_| Misfit),
        Shape::Whole { min, max } => number(text, min, max).map(|n| n.to_string()),
        Shape::Switch => match text.trim() {
            "true" | "on" | "1" => Ok("true".to_owned()),
            "false" | "off" | "0" | "" => Ok("false".to_owned()),
            _ => Err(Misfit),
        },
        Shape::Currency => Currency::from_code(text.trim())
            .map(|c| c.code().to_owned())
            .ok_or(Misfit),
    }
}

impl Settings {
    /// Takes one setting from its text. Nothing changes when it does not fit.
    pub(crate) fn put(&mut self, name: &str, text: &str) -> Result<(), Misfit> {
        let key = find(name).ok_or(Misfit)?;
        let text = tidy(key, text)?;
        let whole = || text.parse::<i64>().map_err(|_| Misfit);
        let points = || text.parse::<u32>().map_err(|_| Misfit);
        match name {
            "market_name_zh" => self.market_name_zh = text,
            "market_name_en" => self.market_name_en = text,
            "currency" => self.currency = Currency::from_code(&text).ok_or(Misfit)?,
            "support_contact" => self.support_contact = text,
            "acceptance_days" => self.acceptance_days = whole()?,
            "nondelivery_days" => self.nondelivery_days = whole()?,
            "funding_days" => self.funding_days = whole()?,
            "agreement_days" => self.agreement_days = whole()?,
            "dispute_days" => self.dispute_days = whole()?,
            "revisions" => self.revisions = whole()?,
            "provider_fee_bp" => self.provider_fee_bp = points()?,
            "client_fee_bp" => self.client_fee_bp = points()?,
            "review_window_days" => self.review_window_days = whole()?,
            "reply_days" => self.reply_days = whole()?,
            "inspect_requests" => self.inspect_requests = text == "true",
            "min_price_minor" => self.min_price_minor = whole()?,
            "max_price_minor" => self.max_price_minor = whole()?,
            "guidance_min_deals" => self.guidance_min_deals = whole()?,
            "code_minutes" => self.code_minutes = whole()?,
            "session_days" => self.session_days = whole()?,
            _ => return Err(Misfit),
        }
        Ok(())
    }

    /// A setting's value as text, for a form; nothing for a name that is none.
    pub fn text(&self, name: &str) -> Option<String> {
        Some(match name {
            "market_name_zh" => self.market_name_zh.clone(),
            "market_name_en" => self.market_name_en.clone(),
            "currency" => self.currency.code().to_owned(),
            "support_contact" => self.support_contact.clone(),
            "acceptance_days" => self.acceptance_days.to_string(),
            "nondelivery_days" => self.nondelivery_days.to_string(),
            "funding_days" => self.funding_days.to_string(),
            "agreement_days" => self.agreement_days.to_string(),
            "dispute_days" => self.dispute_days.to_string(),
            "revisions" => self.revisions.to_string(),
            "provider_fee_bp" => self.provider_fee_bp.to_string(),
            "client_fee_bp" => self.client_fee_bp.to_string(),
            "review_window_days" => self.review_window_days.to_string(),
            "reply_days" => self.reply_days.to_string(),
            "inspect_requests" => self.inspect_requests.to_string(),
            "min_price_minor" => self.min_price_minor.to_string(),
            "max_price_minor" => self.max_price_minor.to_string(),
            "guidance_min_deals" => self.guidance_min_deals.to_string(),
            "code_minutes" => self.code_minutes.to_string(),
            "session_days" => self.session_days.to_string(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_takes_its_own_default() {
        let mut settings = Settings::default();
        for key in KEYS {
            let text = settings.text(key.name).unwrap();
            assert_eq!(settings.put(key.name, &text), Ok(()), "{}", key.name);
        }
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn every_setting_has_words_in_both_languages() {
        for words in [
            include_str!("../../../../locales/zh-CN/site.ftl"),
            include_str!("../../../../locales/en/site.ftl"),
        ] {
            for key in KEYS {
                let line = format!("\nsetting-{} = ", key.name.replace('_', "-"));
                assert!(words.contains(&line), "no words for {}", key.name);
            }
        }
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let mut settings = Settings::default();
        for (name, text) in [
            ("acceptance_days", "0"),
            ("acceptance_days", "31"),
            ("acceptance_days", "seven"),
            ("provider_fee_bp", "-1"),
            ("provider_fee_bp", "5001"),
            ("currency", "ABC"),
            ("currency", "cny"),
            ("market_name_zh", "  "),
            ("market_name_en", "a\u{202e}b"),
            ("inspect_requests", "maybe"),
            ("nothing", "1"),
        ] {
            assert_eq!(settings.put(name, text), Err(Misfit), "{name} = {text}");
        }
        assert_eq!(settings, Settings::default());
    }
}
