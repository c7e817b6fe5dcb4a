//! Styles and scripts, built by Vite and compiled in: hashed names, kept forever, sent compressed.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::App;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/assets"]
struct Built;

#[derive(serde::Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    css: Vec<String>,
}

/// Source name → built path, from Vite's manifest.
static PATHS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let manifest = Built::get(".vite/manifest.json").map(|f| f.data).unwrap_or_default();
    let entries: HashMap<String, Entry> = serde_json::from_slice(&manifest).unwrap_or_default();
    let mut paths = HashMap::new();
    for (source, entry) in entries {
        if let Some(css) = entry.css.first() {
            paths.insert(format!("{source}.css"), format!("/assets/{css}"));
        }
        paths.insert(source, format!("/assets/{}", entry.file));
    }
    paths
});

/// The address of a built file by its source name, such as `src/main.ts`.
pub fn path(name: &str) -> String {
    PATHS.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/assets/{*path}", get(asset))
        .route("/favicon.svg", get(favicon))
        .route("/favicon.ico", get(favicon))
        .route("/robots.txt", get(robots))
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve(&path, &headers, "public, max-age=31536000, immutable")
}

async fn favicon(headers: HeaderMap) -> Response {
    serve("favicon.svg", &headers, "public, max-age=86400")
}

async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /orders/\nDisallow: /settings\nDisallow: /watch\n"
}

fn serve(path: &str, headers: &HeaderMap, keep: &'static str) -> Response {
    if path.contains("..") || path.starts_with('.') || path.ends_with(".br") || path.ends_with(".gz") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(plain) = Built::get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", hex::encode(&plain.metadata.sha256_hash()[..12]));
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    if asked.is_some_and(|a| a.contains(&tag)) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = plain.metadata.mimetype().to_owned();
    let (encoding, file) = smallest(path, headers, plain);
    let mut response = file.data.into_owned().into_response();
    let out = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind.as_str()),
        (header::CACHE_CONTROL, keep),
        (header::ETAG, tag.as_str()),
        (header::VARY, "accept-encoding"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The smallest form the browser takes.
fn smallest(path: &str, headers: &HeaderMap, plain: EmbeddedFile) -> (Option<&'static str>, EmbeddedFile) {
    let takes = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    for (name, end) in [("br", "br"), ("gzip", "gz")] {
        if takes.contains(name)
            && let Some(file) = Built::get(&format!("{path}.{end}"))
        {
            return (Some(name), file);
        }
    }
    (None, plain)
}
