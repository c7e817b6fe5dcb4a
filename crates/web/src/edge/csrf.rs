//! Forms from elsewhere are refused: every change must come from a page of ours, shown to this very browser.
//!
//! The token is an HMAC over a random cookie and, when there is one, the session. It travels as the field `_csrf`
//! (the first of a multipart form) or the header `x-csrf-token`. What machines call is listed in [`MACHINES`] and
//! proves itself by its own signature.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use futures_util::stream;
use http::{HeaderMap, Method, header};

use super::cookies;
use super::respond::PageError;
use super::sessions::SessionView;
use super::viewer::Viewer;
use crate::{App, WebSettings};

/// Paths that other machines call and that carry their own proof.
const MACHINES: [&str; 1] = ["/gateway/"];
/// The most bytes of text in a form without files.
pub const TEXT_BYTES_MAX: usize = 256 << 10;
/// The token must be within this many bytes of a multipart form.
const HEAD_BYTES_MAX: usize = 16 << 10;

/// The token for this browser and session.
pub(super) fn token(secret: &[u8; 32], seed: &str, session: Option<&SessionView>) -> String {
    let bound = session.map_or("", |s| s.csrf_seed.as_str());
    cookies::sign(secret, "csrf", &[seed, bound])
}

/// Lets reads pass and asks everything else for its proof.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || MACHINES.iter().any(|path| request.uri().path().starts_with(path)) {
        return next.run(request).await;
    }
    match prove(&app.settings, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn prove(settings: &WebSettings, request: Request) -> Result<Request, PageError> {
    if !same_site(settings, request.headers()) {
        return Err(PageError::FormExpired);
    }
    let viewer = request
        .extensions()
        .get::<Viewer>()
        .cloned()
        .ok_or_else(|| PageError::fault("no viewer"))?;
    if let Some(given) = request.headers().get("x-csrf-token") {
        let given = given.to_str().unwrap_or_default();
        return if cookies::same(given, viewer.csrf()) {
            Ok(request)
        } else {
            Err(PageError::FormExpired)
        };
    }
    let multipart = content_type(request.headers()).starts_with("multipart/form-data");
    let (parts, body) = request.into_parts();
    let (given, body) = if multipart {
        peek(body).await?
    } else {
        whole(body).await?
    };
    if given.is_some_and(|g| cookies::same(&g, viewer.csrf())) {
        Ok(Request::from_parts(parts, body))
    } else {
        Err(PageError::FormExpired)
    }
}

/// Browsers say where a form came from; who says nothing is judged by the token alone.
fn same_site(settings: &WebSettings, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let Some(origin) = text("origin") else { return true };
    let host = text("host").unwrap_or_default();
    origin == settings.base_url || origin.split_once("://").is_some_and(|(_, from)| from == host)
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

/// Reads a form without files, finds the token, and gives the form back.
async fn whole(body: Body) -> Result<(Option<String>, Body), PageError> {
    let bytes = axum::body::to_bytes(body, TEXT_BYTES_MAX)
        .await
        .map_err(|_| PageError::TooLarge)?;
    let token = url::form_urlencoded::parse(&bytes)
        .find(|(name, _)| name == "_csrf")
        .map(|(_, v)| v.into_owned());
    Ok((token, Body::from(bytes)))
}

/// Reads the head of a form with files, finds the token, and gives the whole form back.
async fn peek(body: Body) -> Result<(Option<String>, Body), PageError> {
    let mut rest = body.into_data_stream();
    let mut head = Vec::new();
    let mut token = None;
    while token.is_none() && head.len() < HEAD_BYTES_MAX {
        match rest.next().await {
            Some(Ok(chunk)) => head.extend_from_slice(&chunk),
            Some(Err(_)) => return Err(PageError::TooLarge),
            None => break,
        }
        token = multipart_token(&head);
    }
    let first = stream::iter([Ok::<_, axum::Error>(Bytes::from(head))]);
    Ok((token, Body::from_stream(first.chain(rest))))
}

fn multipart_token(head: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"name=\"_csrf\"";
    let at = head.windows(NAME.len()).position(|w| w == NAME)? + NAME.len();
    let rest = &head[at..];
    let start = rest.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let end = rest[start..].windows(2).position(|w| w == b"\r\n")? + start;
    String::from_utf8(rest[start..end].to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_multipart_form_is_found_once_it_is_whole() {
        let form = b"--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\nabc\r\n--b\r\n";
        assert_eq!(multipart_token(form).as_deref(), Some("abc"));
        assert_eq!(multipart_token(&form[..form.len() - 8]), None);
        assert_eq!(multipart_token(b"--b\r\nname=\"other\"\r\n\r\nabc\r\n"), None);
    }
}
