//! Files people send and open. The bytes are kept before the row is written; who may open a file is decided by what it
//! belongs to.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use catalog::files::{FileView, NewFile};
use http::{HeaderValue, header};
use kernel::{Actor, Id};
use store::{Fault, Tx};

use crate::App;
use crate::edge::multipart::{SentFile, UploadForm};
use crate::edge::respond::{PageError, PageResult, path_id};
use crate::edge::viewer::{RequireLogin, Viewer};

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/files", post(upload))
        .route("/files/{id}", get(download))
}

/// Checks, keeps and registers the files of a form, in order; they wait for a use case to attach them.
/// For every handler that takes files. Refused as a whole when one is refused.
pub async fn keep(app: &App, viewer: &Viewer, sent: &[SentFile]) -> Result<Vec<Id>, PageError> {
    let mut checked: Vec<NewFile> = Vec::new();
    for file in sent {
        let new = catalog::files::check(&file.name, &file.bytes, app.settings.max_upload_bytes);
        checked.push(new.map_err(|refusal| PageError::Refused(refusal.into()))?);
    }
    for (file, new) in sent.iter().zip(&checked) {
        app.files
            .put(&new.sha256, &file.bytes)
            .await
            .map_err(PageError::fault)?;
    }
    if checked.is_empty() {
        return Ok(Vec::new());
    }
    let actor = viewer.actor();
    let ids = app.store.write("register_files", move |tx| {
        let mut ids = Vec::new();
        for new in &checked {
            ids.push(catalog::files::register(tx, &actor, new)?);
        }
        Ok(ids)
    });
    Ok(ids.await?)
}

#[derive(serde::Serialize)]
struct Kept {
    id: Id,
}

async fn upload(State(app): State<App>, me: RequireLogin, sent: UploadForm) -> PageResult {
    let ids = keep(&app, &me.viewer, &sent.files).await?;
    Ok(Json(ids.into_iter().map(|id| Kept { id }).collect::<Vec<_>>()).into_response())
}

async fn download(State(app): State<App>, viewer: Viewer, Path(id): Path<String>) -> PageResult {
    let (id, actor) = (path_id(&id)?, viewer.actor());
    let found = app.store.read("file", move |tx| {
        let Some(file) = catalog::files::find(tx, id)? else {
            return Ok(None);
        };
        Ok(may_open(tx, &actor, &file)?.then_some(file))
    });
    let file = found.await?.ok_or(PageError::NotFound)?;
    let bytes = app.files.get(&file.sha256).await.map_err(PageError::fault)?;
    let bytes = bytes.ok_or_else(|| PageError::fault(format!("the bytes of file {} are gone", file.id)))?;
    serve(&file, bytes)
}

/// Its sender always; others by what it belongs to.
fn may_open(tx: &mut Tx, actor: &Actor, file: &FileView) -> Result<bool, Fault> {
    if actor.account() == Some(file.owner) {
        return Ok(true);
    }
    match &file.subject {
        Some((kind, id)) => may_see_subject(tx, actor, kind, *id),
        None => Ok(false),
    }
}

fn may_see_subject(tx: &mut Tx, actor: &Actor, kind: &str, id: Id) -> Result<bool, Fault> {
    match kind {
        "request" => Ok(::orders::requests::visible(tx, actor, id)?.is_some()),
        "delivery" => ::orders::orders::may_see_delivery(tx, actor, id),
        "message" => ::talk::threads::may_see_message(tx, actor, id),
        _ => Ok(false),
    }
}

/// Pictures may be shown in the page, everything else is saved; a browser never guesses and never runs anything.
fn serve(file: &FileView, bytes: Vec<u8>) -> PageResult {
    let manner = if file.is_picture() { "inline" } else { "attachment" };
    let plain: String = file
        .name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = file.name.bytes().map(percent).collect();
    let disposition = format!("{manner}; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let mut response = Response::new(bytes.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(&file.media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition)?);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    Ok(response)
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

fn value(text: &str) -> Result<HeaderValue, PageError> {
    HeaderValue::from_str(text).map_err(PageError::fault)
}
