//! Pages for what went wrong, in the reader's language, with what it means for their money. Faults are logged here,
//! once, under the number the page shows.

use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::{Method, StatusCode, header};
use kernel::Status;

use super::headers::is_html;
use super::page::Page;
use super::respond::PageError;
use super::viewer::Viewer;

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    page: Page,
    code: u16,
    title: String,
    text: String,
    more: Vec<String>,
    icon: &'static str,
    search: bool,
    log_in: bool,
}

/// No such address.
pub(super) async fn no_such_page() -> PageError {
    PageError::NotFound
}

/// The address does not take this method.
pub(super) async fn wrong_method() -> PageError {
    PageError::WrongMethod
}

/// A handler panicked: a fault like any other.
pub(super) fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    PageError::fault(format_args!("panic: {said}")).into_response()
}

/// Puts a page on answers that have none.
pub(super) async fn dress(viewer: Viewer, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status();
    metrics::counter!("http_requests", "status" => status.as_str().to_owned()).increment(1);
    metrics::histogram!("http_seconds").record(started.elapsed().as_secs_f64());
    let Some(error) = error_of(&response) else {
        return response;
    };
    log(&viewer, &method, &error);
    if let PageError::Refused(r) = &error
        && method == Method::GET
        && r.status == Status::LogIn
    {
        return axum::response::Redirect::to("/login").into_response();
    }
    page_for(viewer, response, &error)
}

/// The error an answer stands for: ours, or a bare status of a layer below.
fn error_of(response: &Response) -> Option<PageError> {
    if let Some(error) = response.extensions().get::<PageError>() {
        return Some(error.clone());
    }
    let typed = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let bare = !is_html(response) && !typed.starts_with("application/json");
    match response.status() {
        status if !bare || !(status.is_client_error() || status.is_server_error()) => None,
        StatusCode::NOT_FOUND => Some(PageError::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(PageError::WrongMethod),
        StatusCode::PAYLOAD_TOO_LARGE => Some(PageError::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE => Some(PageError::Busy),
        status if status.is_server_error() => Some(PageError::fault(format_args!("bare status {status}"))),
        _ => Some(PageError::Unreadable),
    }
}

fn log(viewer: &Viewer, method: &Method, error: &PageError) {
    let (request, path) = (viewer.request_id(), viewer.path());
    match error {
        PageError::Fault(detail) => tracing::error!(request, %method, path, %detail, "fault"),
        PageError::Busy => tracing::warn!(request, %method, path, "busy"),
        _ => tracing::debug!(request, %method, path, status = error.status().as_u16(), "refused"),
    }
}

fn page_for(viewer: Viewer, mut bare: Response, error: &PageError) -> Response {
    let page = build(viewer, error);
    let status = error.status();
    let body = page.render().unwrap_or_else(|e| {
        tracing::error!(error = %e, "the error page itself could not be rendered");
        status.to_string()
    });
    let mut response = (status, Html(body)).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        if let Some(value) = bare.headers_mut().remove(&name) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn build(viewer: Viewer, error: &PageError) -> ErrorPage {
    let page = viewer.page();
    let (title, text, icon) = match error {
        PageError::Refused(r) if r.status == Status::NotFound => words(&page, "not-found", "search-x"),
        PageError::Refused(refusal) => (page.t("error-refused-title"), viewer.say(refusal), "circle-alert"),
        PageError::NotFound => words(&page, "not-found", "search-x"),
        PageError::WrongMethod => words(&page, "wrong-method", "circle-alert"),
        PageError::TooLarge => words(&page, "too-large", "file-warning"),
        PageError::FormExpired => words(&page, "form-expired", "timer-off"),
        PageError::TooMany { seconds } => {
            let text = page.ta("error-too-many-text", &[("seconds", (*seconds).into())]);
            (page.t("error-too-many-title"), text, "hourglass")
        }
        PageError::Busy => words(&page, "busy", "hourglass"),
        PageError::Unreadable => words(&page, "unreadable", "circle-alert"),
        PageError::Fault(_) => words(&page, "fault", "wrench"),
    };
    let more = match error {
        PageError::Refused(r) => r.more.iter().map(|m| viewer.say(m)).collect(),
        _ => Vec::new(),
    };
    let status = error.status();
    ErrorPage {
        search: status == StatusCode::NOT_FOUND,
        log_in: status == StatusCode::UNAUTHORIZED,
        code: status.as_u16(),
        page,
        title,
        text,
        more,
        icon,
    }
}

fn words(page: &Page, what: &str, icon: &'static str) -> (String, String, &'static str) {
    (
        page.t(&format!("error-{what}-title")),
        page.t(&format!("error-{what}-text")),
        icon,
    )
}
