//! Forms: what was typed, in order, within limits, and how it is shown again when it is refused. Not validation: the
//! use cases decide what is right.

use std::str::FromStr;

use aws_lc_rs::digest;
use axum::extract::{FromRequest, Request};
use http::header;
use kernel::{Currency, Id, Money, MoneyError, Refusal, Status};
use store::OnceKey;

use super::cookies;
use super::csrf::TEXT_BYTES_MAX;
use super::multipart;
use super::respond::PageError;
use super::viewer::Viewer;

/// The most fields of one form.
pub const FIELDS_MAX: usize = 200;

/// What was typed: text fields in their order. Fields that begin with `_` are the edge's own.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// From fields; for tests and for prefilled forms.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self {
            fields: pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        }
    }

    pub(super) fn from_fields(fields: Vec<(String, String)>) -> Self {
        Self { fields }
    }

    /// The first value of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The first value of a field, when it was sent and is not empty.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
            .filter(|v| !v.is_empty())
    }

    /// Every value of a field, in order.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// Every field in order, the edge's own left out.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(n, _)| !n.starts_with('_'))
            .map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Whether a checkbox is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|(n, v)| n == name && !matches!(v.as_str(), "" | "0" | "off" | "false"))
    }

    /// An amount as people type it.
    pub fn money(&self, name: &'static str, currency: Currency) -> Result<Money, Refusal> {
        Money::parse(self.get(name), currency).map_err(|error| {
            let code = match error {
                MoneyError::TooPrecise => "form-money-too-precise",
                MoneyError::Overflow => "form-money-too-large",
                _ => "form-money-unreadable",
            };
            Refusal::new(code, Status::Invalid).on(name)
        })
    }

    /// A whole number.
    pub fn int(&self, name: &'static str) -> Result<i64, Refusal> {
        let plain: String = self.get(name).trim().chars().map(plain_digit).collect();
        plain
            .parse()
            .map_err(|_| Refusal::new("form-number-unreadable", Status::Invalid).on(name))
    }

    /// An id; what is not an id is not found, like any id of somebody else.
    pub fn id(&self, name: &'static str) -> Result<Id, Refusal> {
        Id::from_str(self.get(name)).map_err(|_| Refusal::new("form-unknown-choice", Status::Invalid).on(name))
    }

    /// The key under which a repeat of this very form does nothing, for `store.write_once`. A form without the hidden
    /// field `page.once()` gets a fresh key: it is done each time it is sent.
    pub fn once(&self, viewer: &Viewer) -> OnceKey {
        let key = self
            .find("_once")
            .filter(|k| k.len() <= 64)
            .map_or_else(cookies::random::<16>, str::to_owned);
        // Visitors share the scope of nobody; their form token keeps them apart.
        let key = if viewer.account().is_some() {
            key
        } else {
            format!("{key}:{}", viewer.csrf())
        };
        OnceKey {
            scope: viewer.account(),
            key,
            body: self.fingerprint(),
        }
    }

    /// The SHA-256 of what was typed.
    fn fingerprint(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in self.fields().flat_map(|(name, value)| [name, value]) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        hex::encode(context.finish())
    }
}

/// Full-width digits are digits too.
fn plain_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    }
}

/// The words of the refusals this file makes.
pub const CODES: [&str; 5] = [
    "form-money-too-precise",
    "form-money-too-large",
    "form-money-unreadable",
    "form-number-unreadable",
    "form-unknown-choice",
];

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return multipart::read(request, state, 0).await.map(|(form, _)| form);
        }
        let bytes = axum::body::to_bytes(request.into_body(), TEXT_BYTES_MAX)
            .await
            .map_err(|_| PageError::TooLarge)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| PageError::Unreadable)?;
        parse(text).map(Self::from_fields)
    }
}

/// Decodes by hand, because the usual decoder puts replacement characters where the text is broken.
fn parse(text: &str) -> Result<Vec<(String, String)>, PageError> {
    let mut fields = Vec::new();
    for pair in text.split('&').filter(|p| !p.is_empty()) {
        if fields.len() == FIELDS_MAX {
            return Err(PageError::TooLarge);
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        fields.push((decode(name)?, decode(value)?));
    }
    Ok(fields)
}

fn decode(text: &str) -> Result<String, PageError> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [bytes.next(), bytes.next()].map(|b| b.and_then(|b| char::from(b).to_digit(16)));
                let [Some(high), Some(low)] = digits else {
                    return Err(PageError::Unreadable);
                };
                u8::try_from(high * 16 + low).map_err(|_| PageError::Unreadable)?
            }
            byte => byte,
        });
    }
    String::from_utf8(out).map_err(|_| PageError::Unreadable)
}

/// A form as it is shown: what stands in it and what is wrong with it. Given to templates as `form`.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    values: Form,
    errors: Vec<(Option<&'static str>, String)>,
}

impl FormState {
    /// An empty form.
    pub fn empty() -> Self {
        Self::default()
    }

    /// A form with something in it already.
    pub fn with(pairs: &[(&str, &str)]) -> Self {
        Self {
            values: Form::from_pairs(pairs),
            errors: Vec::new(),
        }
    }

    /// The form again, with all that was typed and nothing wrong.
    pub fn typed(typed: &Form) -> Self {
        Self {
            values: typed.clone(),
            errors: Vec::new(),
        }
    }

    /// The form again, with all that was typed and why it was refused.
    pub fn refused(viewer: &Viewer, typed: &Form, refusal: &Refusal) -> Self {
        let errors = refusal.all().map(|r| (r.field, viewer.say(r))).collect();
        Self {
            values: typed.clone(),
            errors,
        }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name)
    }

    /// What stands in a field, or `other` when nothing was typed.
    pub fn value_or<'a>(&'a self, name: &str, other: &'a str) -> &'a str {
        self.values.find(name).unwrap_or(other)
    }

    /// Every value of a field with several.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.values
            .fields
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
            .collect()
    }

    /// The value of the `row`th field of this name, for tables of inputs.
    pub fn nth(&self, name: &str, row: &usize) -> &str {
        self.values
            .fields
            .iter()
            .filter(|(n, _)| n == name)
            .nth(*row)
            .map_or("", |(_, v)| v.as_str())
    }

    /// Whether a choice with this value is made.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.values.fields.iter().any(|(n, v)| n == name && v == value)
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|(field, _)| *field == Some(name))
            .map(|(_, said)| said.as_str())
    }

    /// What is wrong with the whole, to stand above the form.
    pub fn summary(&self) -> Vec<&str> {
        self.errors
            .iter()
            .filter(|(field, _)| field.is_none())
            .map(|(_, said)| said.as_str())
            .collect()
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_text_is_refused_not_repaired() {
        assert!(matches!(parse("a=%ff"), Err(PageError::Unreadable)));
        assert!(matches!(parse("a=%4"), Err(PageError::Unreadable)));
        assert!(matches!(parse("a=%zz"), Err(PageError::Unreadable)));
        let fields = parse("a=%E4%BD%A0+b&a=2&c").expect("it is text");
        assert_eq!(
            fields,
            [("a", "你 b"), ("a", "2"), ("c", "")].map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
        assert!(matches!(
            parse(&"a=1&".repeat(FIELDS_MAX + 1)),
            Err(PageError::TooLarge)
        ));
    }

    #[test]
    fn fields_are_read_as_people_mean_them() {
        let form = Form::from_pairs(&[
            ("days", "１４"),
            ("price", "￥3,000"),
            ("ok", "on"),
            ("no", "0"),
            ("bad", "x"),
        ]);
        assert_eq!(form.int("days"), Ok(14));
        assert_eq!(form.money("price", Currency::CNY).map(|m| m.minor()), Ok(300_000));
        assert!(form.is_on("ok") && !form.is_on("no") && !form.is_on("none"));
        assert_eq!(form.int("bad").map_err(|r| r.field), Err(Some("bad")));
        assert_eq!(form.id("bad").map_err(|r| r.status), Err(Status::Invalid));
    }
}
