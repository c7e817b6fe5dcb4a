//! Money: an amount in the currency's minor unit, and the currency. Two currencies never mix, and an amount that
//! does not fit is an error, not another amount.

use std::fmt;

/// An ISO 4217 currency, such as CNY.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Chinese yuan.
    pub const CNY: Self = Self(*b"CNY");
    /// US dollar.
    pub const USD: Self = Self(*b"USD");

    /// The currency for an ISO 4217 code in capitals; nothing if ISO does not know it or it has no minor unit rule.
    pub fn from_code(code: &str) -> Option<Self> {
        let known = iso_currency::Currency::from_code(code)?;
        known.exponent()?;
        code.as_bytes().try_into().ok().map(Self)
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals people write: 2 for CNY, 0 for JPY, 3 for KWD (ISO 4217).
    pub fn exponent(&self) -> u32 {
        iso_currency::Currency::from_code(self.code())
            .and_then(|c| c.exponent())
            .map_or(2, u32::from)
    }

    /// The sign people write, such as ¥.
    pub fn symbol(&self) -> String {
        match self.code() {
            "CNY" | "JPY" => "¥".to_owned(),
            code => iso_currency::Currency::from_code(code).map_or_else(|| code.to_owned(), |c| c.symbol().to_string()),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl From<Currency> for String {
    fn from(c: Currency) -> Self {
        c.code().to_owned()
    }
}
impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::from_code(&code).ok_or(MoneyError::UnknownCurrency)
    }
}

/// What can go wrong with money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies met.
    #[error("two currencies cannot be added or compared")]
    MixedCurrencies,
    /// The result does not fit in 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// The text is not an amount.
    #[error("not an amount of money")]
    NotAnAmount,
    /// More decimals than the currency has.
    #[error("more decimals than the currency has")]
    TooPrecise,
    /// ISO 4217 does not know the code.
    #[error("unknown currency")]
    UnknownCurrency,
}

/// An amount of one currency, in its minor unit (fen, cents). May be negative: a debt or a correction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// `minor` minor units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in minor units.
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether the amount is above zero.
    pub const fn is_positive(&self) -> bool {
        self.minor > 0
    }

    /// The sum. Errors: other currency, does not fit.
    #[expect(clippy::should_implement_trait, reason = "the operators of Rust cannot say no")]
    pub fn add(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor
            .checked_add(other.minor)
            .map(|m| Self::new(m, self.currency))
            .ok_or(MoneyError::Overflow)
    }

    /// The difference. Errors: other currency, does not fit.
    #[expect(clippy::should_implement_trait, reason = "the operators of Rust cannot say no")]
    pub fn sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor
            .checked_sub(other.minor)
            .map(|m| Self::new(m, self.currency))
            .ok_or(MoneyError::Overflow)
    }

    /// The sum of many, zero of `currency` for none. Errors: other currency, does not fit.
    pub fn sum(currency: Currency, all: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        all.into_iter().try_fold(Self::zero(currency), Self::add)
    }

    /// `basis_points` hundredths of a percent of the amount, rounded down towards zero; what is left over stays
    /// with whoever holds the rest. Error: does not fit.
    pub fn share(self, basis_points: u32) -> Result<Self, MoneyError> {
        let part = i128::from(self.minor) * i128::from(basis_points) / 10_000;
        i64::try_from(part)
            .map(|m| Self::new(m, self.currency))
            .map_err(|_| MoneyError::Overflow)
    }

    /// Reads what a person typed: `3000`, `3,000.50`, `¥3 000`, full-width digits. Errors: not an amount, too many
    /// decimals, does not fit. A minus sign is read, so that the caller can say what is wrong with it.
    pub fn parse(typed: &str, currency: Currency) -> Result<Self, MoneyError> {
        let plain: String = typed.chars().filter_map(plain_amount_char).collect();
        let (negative, digits) = plain
            .strip_prefix('-')
            .map_or((false, plain.as_str()), |rest| (true, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && decimals.is_empty() || !all_digits(whole) || !all_digits(decimals) {
            return Err(MoneyError::NotAnAmount);
        }
        let exponent = currency.exponent() as usize;
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > exponent {
            return Err(MoneyError::TooPrecise);
        }
        let minor: i64 = format!("{whole}{decimals:0<exponent$}")
            .parse()
            .map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The plain number with all decimals, without sign of currency or grouping: `3000.50`. For inputs and data.
    pub fn plain(&self) -> String {
        let exponent = self.currency.exponent();
        let unit = 10u64.pow(exponent);
        let (sign, all) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        if exponent == 0 {
            return format!("{sign}{all}");
        }
        format!("{sign}{}.{:0width$}", all / unit, all % unit, width = exponent as usize)
    }

    /// As people read it: `¥3,000.50`, `-¥20.00`.
    pub fn shown(&self) -> String {
        let plain = self.plain();
        let (sign, number) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = number.split_once('.').map_or((number, None), |(w, d)| (w, Some(d)));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let tail = decimals.map_or_else(String::new, |d| format!(".{d}"));
        format!("{sign}{}{grouped}{tail}", self.currency.symbol())
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::MixedCurrencies)
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.plain(), self.currency)
    }
}

/// One typed character as a plain one; nothing for what people put into amounts for the eye only.
fn plain_amount_char(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        '．' | '。' => Some('.'),
        '－' | '−' | '-' => Some('-'),
        ',' | '，' | '_' | '¥' | '￥' | '$' | '元' | '+' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_amounts_are_read_as_people_mean_them() {
        let jpy = Currency::from_code("JPY").expect("ISO knows the yen");
        let kwd = Currency::from_code("KWD").expect("ISO knows the dinar");
        for (typed, currency, minor) in [
            ("3000", Currency::CNY, 300_000),
            ("3,000.5", Currency::CNY, 300_050),
            ("￥３０００．５０", Currency::CNY, 300_050),
            (" 12.30 元", Currency::CNY, 1_230),
            ("-5", Currency::CNY, -500),
            ("0.10", Currency::CNY, 10),
            ("12.00", jpy, 12),
            ("1.234", kwd, 1_234),
        ] {
            assert_eq!(Money::parse(typed, currency).map(|m| m.minor()), Ok(minor), "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (typed, error) in [
            ("", MoneyError::NotAnAmount),
            (".", MoneyError::NotAnAmount),
            ("abc", MoneyError::NotAnAmount),
            ("1e9", MoneyError::NotAnAmount),
            ("--5", MoneyError::NotAnAmount),
            ("1.2.3", MoneyError::NotAnAmount),
            ("1.234", MoneyError::TooPrecise),
            ("99999999999999999999", MoneyError::Overflow),
        ] {
            assert_eq!(Money::parse(typed, Currency::CNY), Err(error), "{typed}");
        }
    }

    #[test]
    fn money_is_shown_in_its_own_decimals() {
        assert_eq!(Money::new(123_456_789, Currency::CNY).shown(), "¥1,234,567.89");
        assert_eq!(Money::new(-2_000, Currency::CNY).shown(), "-¥20.00");
        assert_eq!(Money::new(7, Currency::CNY).shown(), "¥0.07");
    }

    #[test]
    fn sums_never_mix_or_wrap() {
        let yuan = Money::new(i64::MAX, Currency::CNY);
        assert_eq!(yuan.add(Money::new(1, Currency::CNY)), Err(MoneyError::Overflow));
        assert_eq!(yuan.add(Money::new(1, Currency::USD)), Err(MoneyError::MixedCurrencies));
        assert_eq!(yuan.share(10_000), Ok(yuan));
        assert_eq!(Money::new(999, Currency::CNY).share(1_000).map(|m| m.minor()), Ok(99));
    }
}
