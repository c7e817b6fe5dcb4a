//! How often one may ask: four buckets, by account when signed in, by address when not. Log-ins always count by
//! address. Not a defence against floods; that is the proxy's work.

use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::{Method, header};

use super::respond::PageError;
use super::viewer::Viewer;
use crate::{App, LimitSettings};

/// Where a wrong guess costs somebody else: these count in the smallest bucket.
const LOGIN_PATHS: [&str; 7] = [
    "/login",
    "/signup",
    "/reset",
    "/me/password",
    "/me/email",
    "/me/phone",
    "/me/contact",
];

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(i64),
    Address(IpAddr),
}

type Bucket = DefaultKeyedRateLimiter<Key>;

/// The buckets of this process.
pub struct Limits {
    login: Bucket,
    post: Bucket,
    upload: Bucket,
    read: Bucket,
}

impl Limits {
    /// Empty buckets of these sizes.
    pub fn new(settings: &LimitSettings) -> Self {
        Self {
            login: bucket(settings.login_per_minute),
            post: bucket(settings.post_per_minute),
            upload: bucket(settings.upload_per_minute),
            read: bucket(settings.read_per_minute),
        }
    }

    /// Forgets those who have not asked for a while. Called now and then by the program.
    pub fn forget_idle(&self) {
        for bucket in [&self.login, &self.post, &self.upload, &self.read] {
            bucket.retain_recent();
            bucket.shrink_to_fit();
        }
    }
}

fn bucket(per_minute: u32) -> Bucket {
    RateLimiter::keyed(Quota::per_minute(
        NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN),
    ))
}

/// Counts the request, or says when to come back.
pub(super) async fn guard(State(app): State<App>, viewer: Viewer, request: Request, next: Next) -> Response {
    let address = Key::Address(viewer.ip());
    let person = viewer
        .account()
        .map_or_else(|| address.clone(), |a| Key::Account(a.raw()));
    let (bucket, key) = choose(&app.limits, &request, address, person);
    match bucket.check_key(&key) {
        Ok(()) => next.run(request).await,
        Err(until) => {
            let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            PageError::TooMany { seconds }.into_response()
        }
    }
}

fn choose<'a>(limits: &'a Limits, request: &Request, address: Key, person: Key) -> (&'a Bucket, Key) {
    let path = request.uri().path();
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    match *request.method() {
        Method::GET | Method::HEAD => (&limits.read, person),
        _ if LOGIN_PATHS.iter().any(|p| path.starts_with(p)) => (&limits.login, address),
        _ if kind.starts_with("multipart/") => (&limits.upload, person),
        _ => (&limits.post, person),
    }
}
