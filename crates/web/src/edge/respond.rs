//! What a handler answers: a page, a way on, a refusal, or a fault. The words are put on at the very edge, where the
//! reader is known ([`errors`](super::errors)).

use std::sync::Arc;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::Refusal;

use super::cookies;
use crate::WebSettings;

/// What handlers return.
pub type PageResult = Result<Response, PageError>;

/// Why there is no page.
#[derive(Clone, Debug)]
pub enum PageError {
    /// The person can do something about it.
    Refused(Refusal),
    /// Not there, or not theirs.
    NotFound,
    /// The address does not take this method.
    WrongMethod,
    /// More than we take.
    TooLarge,
    /// The form was not made for this browser, or is too old.
    FormExpired,
    /// Too many tries; seconds until the next.
    TooMany {
        /// When to come back.
        seconds: u64,
    },
    /// The market is busy or gave up waiting.
    Busy,
    /// The input is not even text.
    Unreadable,
    /// The operator must look; the text is for the log only.
    Fault(Arc<str>),
}

impl PageError {
    /// A fault, with what the log should say.
    pub fn fault(detail: impl std::fmt::Display) -> Self {
        Self::Fault(detail.to_string().into())
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        let code = match self {
            Self::Refused(refusal) => refusal.status.code(),
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::TooLarge => 413,
            Self::FormExpired => 403,
            Self::TooMany { .. } => 429,
            Self::Busy => 503,
            Self::Unreadable => 400,
            Self::Fault(_) => 500,
        };
        StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Fail> for PageError {
    fn from(fail: store::Fail) -> Self {
        match fail {
            store::Fail::Refused(refusal) => Self::Refused(*refusal),
            store::Fail::Fault(fault) => fault.into(),
        }
    }
}

impl From<store::Fault> for PageError {
    fn from(fault: store::Fault) -> Self {
        Self::fault(fault)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::fault(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::TooMany { seconds } = &self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The id in an address; what is not an id is not found, like any id of somebody else.
pub fn path_id(text: &str) -> Result<kernel::Id, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Renders a page.
pub fn html(template: &impl Template) -> PageResult {
    Ok(Html(template.render()?).into_response())
}

/// Renders a page with the status of a refusal: the form again, with what is wrong with it.
pub fn html_refused(template: &impl Template, refusal: &Refusal) -> PageResult {
    let mut response = html(template)?;
    *response.status_mut() = PageError::Refused(refusal.clone()).status();
    Ok(response)
}

/// 303: on to the page that shows what happened.
pub fn see_other(path: &str) -> PageResult {
    let target = HeaderValue::from_str(path).map_err(|_| PageError::fault("not an address"))?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, target);
    Ok(response)
}

/// 303 with a message on the next page: `see_other_saying(&app.settings, "/orders/…", Flash::done("order-funded"))`.
pub fn see_other_saying(settings: &WebSettings, path: &str, flash: Flash) -> PageResult {
    let mut response = see_other(path)?;
    flash.put(settings, &mut response);
    Ok(response)
}

/// A message for the next page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// `done`, `info` or `warn`.
    pub tone: String,
    /// The Fluent key.
    pub key: String,
    /// Values of the message, already in words.
    pub args: Vec<(String, String)>,
}

impl Flash {
    /// Something went well: says what happens now.
    pub fn done(key: &str) -> Self {
        Self::toned("done", key)
    }

    /// Something worth knowing.
    pub fn info(key: &str) -> Self {
        Self::toned("info", key)
    }

    /// Something to watch.
    pub fn warn(key: &str) -> Self {
        Self::toned("warn", key)
    }

    fn toned(tone: &str, key: &str) -> Self {
        Self {
            tone: tone.to_owned(),
            key: key.to_owned(),
            args: Vec::new(),
        }
    }

    /// The same, with a value for its message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets the cookie that carries it.
    pub fn put(&self, settings: &WebSettings, response: &mut Response) {
        let text = serde_json::to_string(self).unwrap_or_default();
        let sealed = cookies::seal(&settings.secret, "flash", &text);
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookies::set(settings, cookies::FLASH, &sealed, 120));
    }

    pub(super) fn open(secret: &[u8; 32], sealed: &str) -> Option<Self> {
        serde_json::from_str(&cookies::unseal(secret, "flash", sealed)?).ok()
    }
}
