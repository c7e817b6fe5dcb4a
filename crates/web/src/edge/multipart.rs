//! Forms with files, read within limits. Files are held in memory while a form is read, so only a few forms with
//! files are read at once; keeping and checking files is the work of others.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use tokio::sync::Semaphore;

use super::csrf::TEXT_BYTES_MAX;
use super::form::{FIELDS_MAX, Form};
use super::respond::PageError;
use crate::App;

/// How many forms with files are read at once in this process.
static READING: Semaphore = Semaphore::const_new(16);
/// The most files of one form.
const FILES_MAX: usize = 20;

/// A file as it was sent: nothing about it is to be believed yet.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The form field.
    pub field: String,
    /// The name the sender gave it.
    pub name: String,
    /// What it is.
    pub bytes: Bytes,
}

/// A form that may carry files: `UploadForm { form, files }`. The files together are at most
/// `settings.max_upload_bytes`.
#[derive(Clone, Debug, Default)]
pub struct UploadForm {
    /// The text fields.
    pub form: Form,
    /// The files, in order; inputs left empty are left out.
    pub files: Vec<SentFile>,
}

impl FromRequest<App> for UploadForm {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let kind = request
            .headers()
            .get(http::header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok());
        if !kind.unwrap_or_default().starts_with("multipart/form-data") {
            return Ok(Self {
                form: Form::from_request(request, app).await?,
                files: Vec::new(),
            });
        }
        let (form, files) = read(request, app, app.settings.max_upload_bytes).await?;
        Ok(Self { form, files })
    }
}

/// Reads a multipart form with at most `files_bytes_max` bytes of files.
pub(super) async fn read<S: Send + Sync>(
    request: Request,
    state: &S,
    files_bytes_max: usize,
) -> Result<(Form, Vec<SentFile>), PageError> {
    let _turn = READING.acquire().await.map_err(PageError::fault)?;
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|_| PageError::Unreadable)?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let (mut text_left, mut files_left) = (TEXT_BYTES_MAX, files_bytes_max);
    while let Some(part) = parts.next_field().await.map_err(|_| PageError::Unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let bytes = take(part, &mut text_left).await?;
            let text = String::from_utf8(bytes).map_err(|_| PageError::Unreadable)?;
            fields.push((name, text));
            if fields.len() > FIELDS_MAX {
                return Err(PageError::TooLarge);
            }
            continue;
        };
        let bytes = take(part, &mut files_left).await?;
        if file_name.is_empty() && bytes.is_empty() {
            continue;
        }
        files.push(SentFile {
            field: name,
            name: file_name,
            bytes: bytes.into(),
        });
        if files.len() > FILES_MAX {
            return Err(PageError::TooLarge);
        }
    }
    Ok((Form::from_fields(fields), files))
}

async fn take(mut part: Field<'_>, left: &mut usize) -> Result<Vec<u8>, PageError> {
    let mut out = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| PageError::Unreadable)? {
        *left = left.checked_sub(chunk.len()).ok_or(PageError::TooLarge)?;
        out.extend_from_slice(&chunk);
    }
    Ok(out)
}
