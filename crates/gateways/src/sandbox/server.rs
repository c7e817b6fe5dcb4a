//! The sandbox gateway itself: a small server with its own page, key and book. It behaves as a real gateway does at its
//! worst, on request, so that the market can be seen to cope. It is no place for real money.

mod api;
mod book;
mod page;
mod sender;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;

use book::Book;

/// How the sandbox is run.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Where browsers reach it, without a slash at the end.
    pub public_url: String,
    /// Its folder: key and book.
    pub folder: PathBuf,
    /// The secret shared with the market.
    pub merchant_secret: String,
}

/// What every handler is given.
pub(crate) struct Gateway {
    config: ServerConfig,
    key: KeyPair,
    /// Signs forged notices: nobody has its public half.
    forger: KeyPair,
    book: Book,
}

type Shared = Arc<Gateway>;

/// Runs the sandbox until `stop` turns true.
pub async fn run(config: ServerConfig, mut stop: watch::Receiver<bool>) -> io::Result<()> {
    let listener = TcpListener::bind(config.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "sandbox gateway is open");
    let until = async move {
        // An error means that the sender is gone, which also ends the process.
        let _ = stop.wait_for(|stopped| *stopped).await;
    };
    serve(listener, config, until).await
}

/// Runs the sandbox on a listener until `until` is over.
pub async fn serve(
    listener: TcpListener,
    config: ServerConfig,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let key = super::keys::load_or_make(&config.folder)?;
    let forger = KeyPair::generate(KeySize::Rsa2048).map_err(|_| io::Error::other("no key could be made"))?;
    let book = Book::open(&config.folder)?;
    let gateway = Arc::new(Gateway {
        config,
        key,
        forger,
        book,
    });
    let sending = tokio::spawn(sender::run(gateway.clone()));
    let served = axum::serve(listener, routes(gateway))
        .with_graceful_shutdown(until)
        .await;
    sending.abort();
    served
}

fn routes(gateway: Shared) -> Router {
    Router::new()
        .route("/", get(page::home))
        .route("/style.css", get(page::style))
        .route("/health", get(async || "ok"))
        .route("/pay/{token}", get(page::show).post(page::choose))
        .route("/api/payins", post(api::create_payin))
        .route("/api/payins/{payin}", get(api::payin))
        .route("/api/payins/{payin}/close", post(api::close_payin))
        .route("/api/refunds", post(api::create_refund))
        .route("/api/refunds/{refund}", get(api::refund))
        .layer(DefaultBodyLimit::max(64 * 1024))
        .layer(from_fn(protect))
        .with_state(gateway)
}

/// The headers every answer carries.
async fn protect(request: axum::extract::Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy =
            HeaderValue::from_static("default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}
