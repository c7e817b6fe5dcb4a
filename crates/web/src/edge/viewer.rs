//! Who is looking: session, language, zone, colours, form token, and where they are. Found once a request, put into
//! its extensions, and taken by handlers as an extractor. It decides nothing about rights beyond "signed in".

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{HeaderMap, Method, header};
use jiff::tz::TimeZone;
use kernel::{AccountId, Actor, Locale, Timestamp};

use super::respond::{Flash, PageError};
use super::sessions::{self, SessionView};
use super::{cookies, csrf, headers};
use crate::{App, WebSettings};

/// The colours a reader wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// What the device says.
    #[default]
    System,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

impl Theme {
    /// From a cookie or a form.
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The name in cookies and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Everything a handler or a page may know about who asks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Viewer {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    session: Option<SessionView>,
    locale: Locale,
    zone: TimeZone,
    theme: Theme,
    csrf: String,
    flash: Option<Flash>,
    path: String,
    query: String,
    ip: IpAddr,
    request_id: String,
    now: Timestamp,
    market_name: (String, String),
    demo: bool,
}

impl Viewer {
    /// The session, when signed in.
    pub fn session(&self) -> Option<&SessionView> {
        self.inner.session.as_ref()
    }

    /// Who acts, for use cases.
    pub fn actor(&self) -> Actor {
        self.session().map_or(Actor::Visitor, |s| Actor::Person {
            account: s.account_id,
            staff: s.staff,
            locale: s.locale,
        })
    }

    /// The account, when signed in.
    pub fn account(&self) -> Option<AccountId> {
        self.session().map(|s| s.account_id)
    }

    /// The language of this answer.
    pub fn locale(&self) -> Locale {
        self.inner.locale
    }

    /// The zone times are shown in.
    pub fn zone(&self) -> &TimeZone {
        &self.inner.zone
    }

    /// The colours.
    pub fn theme(&self) -> Theme {
        self.inner.theme
    }

    /// The token forms carry.
    pub fn csrf(&self) -> &str {
        &self.inner.csrf
    }

    /// The message from the page before.
    pub fn flash(&self) -> Option<&Flash> {
        self.inner.flash.as_ref()
    }

    /// Where the reader is, without the query.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// Where the reader is, with the query.
    pub fn here(&self) -> String {
        if self.inner.query.is_empty() {
            self.inner.path.clone()
        } else {
            format!("{}?{}", self.inner.path, self.inner.query)
        }
    }

    /// The address the request came from.
    pub fn ip(&self) -> IpAddr {
        self.inner.ip
    }

    /// The number of this request in the logs.
    pub fn request_id(&self) -> &str {
        &self.inner.request_id
    }

    /// The market's clock when the request came in.
    pub fn now(&self) -> Timestamp {
        self.inner.now
    }

    /// The market's name in the reader's language.
    pub fn market_name(&self) -> &str {
        let (zh, en) = &self.inner.market_name;
        self.inner.locale.pick(zh, en)
    }

    /// Whether this is the demo market.
    pub fn is_demo(&self) -> bool {
        self.inner.demo
    }

    /// A refusal in this reader's words.
    pub fn say(&self, refusal: &kernel::Refusal) -> String {
        super::i18n::refusal(self.locale(), self.zone(), refusal)
    }

    /// The page every template is given.
    pub fn page(&self) -> super::page::Page {
        super::page::Page::new(self.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| PageError::fault("no viewer was introduced"))
    }
}

/// A signed-in reader; others are sent to log in and come back, and who has yet to agree to newer terms to do that.
#[derive(Clone, Debug)]
pub struct RequireLogin {
    /// Who looks.
    pub viewer: Viewer,
    /// Their account.
    pub account: AccountId,
}

impl<S: Send + Sync> FromRequestParts<S> for RequireLogin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let viewer = Viewer::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        match viewer.session() {
            Some(session) if session.consent_due => {
                Err(Redirect::to(&address("/consent", &parts.method, &viewer)).into_response())
            }
            Some(session) => Ok(Self {
                account: session.account_id,
                viewer,
            }),
            None => Err(Redirect::to(&address("/login", &parts.method, &viewer)).into_response()),
        }
    }
}

/// Where to log in or agree, and come back from when coming back makes sense.
fn address(path: &str, method: &Method, viewer: &Viewer) -> String {
    if method != Method::GET {
        return path.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(viewer.here().as_bytes()).collect();
    format!("{path}?next={next}")
}

/// A member of the operator's staff; for everybody else the page does not exist.
#[derive(Clone, Debug)]
pub struct RequireStaff {
    /// Who looks.
    pub viewer: Viewer,
    /// Their account.
    pub account: AccountId,
}

impl<S: Send + Sync> FromRequestParts<S> for RequireStaff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let viewer = Viewer::from_request_parts(parts, state).await?;
        match viewer.session() {
            Some(s) if s.staff.is_some() => Ok(Self {
                account: s.account_id,
                viewer,
            }),
            _ => Err(PageError::NotFound),
        }
    }
}

/// `next` when it is a path of this site, else `/`: what an outsider puts into a link must not lead away.
pub fn local_path(next: Option<&str>) -> String {
    let fine = |n: &&str| {
        n.starts_with('/') && !n.starts_with("//") && !n.contains(['\\', '\r', '\n', '\t']) && n.len() < 2000
    };
    next.filter(fine).unwrap_or("/").to_owned()
}

/// Finds out who looks and tells everybody further in.
pub(super) async fn introduce(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Infallible> {
    let cookie = cookies::get(request.headers(), cookies::SESSION)
        .unwrap_or_default()
        .to_owned();
    let session = if cookie.is_empty() {
        None
    } else {
        sessions::resolve(&app, &cookie).await
    };
    let (seed, fresh_seed) = match cookies::get(request.headers(), cookies::CSRF) {
        Some(seed) if seed.len() == 22 => (seed.to_owned(), false),
        _ => (cookies::random::<16>(), true),
    };
    let viewer = Viewer {
        inner: Arc::new(look(&app, &request, session, &seed)),
    };
    request.extensions_mut().insert(viewer.clone());
    let quiet = request.headers().contains_key("x-live");
    let mut response = next.run(request).await;
    let is_page = headers::is_html(&response);
    if is_page && fresh_seed {
        let cookie = cookies::set(&app.settings, cookies::CSRF, &seed, 60 * 60 * 24 * 365);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if is_page && viewer.flash().is_some() && !quiet {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookies::set(&app.settings, cookies::FLASH, "", 0));
    }
    if viewer.session().is_some() {
        headers::never_keep(&mut response);
    }
    Ok(response)
}

fn look(app: &App, request: &Request, session: Option<SessionView>, seed: &str) -> Inner {
    let settings = &*app.settings;
    let heads = request.headers();
    let zone = session.as_ref().map_or(settings.zone.as_str(), |s| s.zone.as_str());
    Inner {
        locale: locale(heads, session.as_ref()),
        zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        theme: cookies::get(heads, cookies::THEME).map_or(Theme::System, Theme::from_name),
        csrf: csrf::token(&settings.secret, seed, session.as_ref()),
        flash: cookies::get(heads, cookies::FLASH).and_then(|text| Flash::open(&settings.secret, text)),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        ip: client_ip(settings, request),
        request_id: cookies::random::<16>()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(10)
            .collect(),
        now: app.store.now(),
        market_name: settings.market_name.clone(),
        demo: settings.demo,
        session,
    }
}

/// The cookie a visitor chose wins, then the account, then the browser.
fn locale(heads: &HeaderMap, session: Option<&SessionView>) -> Locale {
    cookies::get(heads, cookies::LANG)
        .and_then(Locale::from_tag)
        .or_else(|| session.map(|s| s.locale))
        .or_else(|| accepted(heads.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
        .unwrap_or_default()
}

/// The language of `Accept-Language` with the highest weight that we speak.
fn accepted(header: &str) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for part in header.split(',').take(20) {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if let Some(locale) = Locale::from_tag(tag.trim())
            && best.is_none_or(|(w, _)| weight > w)
        {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

fn client_ip(settings: &WebSettings, request: &Request) -> IpAddr {
    let forwarded = || {
        let list = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let direct = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    settings
        .trust_proxy
        .then(forwarded)
        .flatten()
        .or_else(direct)
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for (given, taken) in [
            (Some("/orders?x=1"), "/orders?x=1"),
            (Some("//evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("/a\r\nset-cookie: x"), "/"),
            (None, "/"),
        ] {
            assert_eq!(local_path(given), taken);
        }
    }

    #[test]
    fn the_browsers_weights_are_respected() {
        for (header, locale) in [
            ("en-GB,en;q=0.9,zh;q=0.8", Some(Locale::En)),
            ("fr, zh-CN;q=0.7, en;q=0.3", Some(Locale::ZhCn)),
            ("fr, de", None),
            (";;q=;,", None),
        ] {
            assert_eq!(accepted(header), locale, "{header}");
        }
    }
}
