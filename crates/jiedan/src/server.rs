//! Listening, and closing cleanly: what was begun is finished, nothing new is taken.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long connections may take to finish once the program was asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Takes the address, so that a second start on it is refused before anything else is done.
pub async fn bind(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("server.listen: {address} is taken or not ours; is the market already open?"))
}

/// Serves until `stop` turns true, then lets running requests finish for a while.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let mut also = stop.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let asked = async move {
        // An error means that the sender is gone, which also ends the program.
        let _ = stop.wait_for(|s| *s).await;
    };
    let serving = axum::serve(listener, service).with_graceful_shutdown(asked);
    tokio::select! {
        outcome = serving => outcome.context("serving"),
        () = async { let _ = also.wait_for(|s| *s).await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

/// Turns true when the program is asked to stop: Ctrl-C or SIGTERM.
pub fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (send, receive) = watch::channel(false);
    #[cfg(unix)]
    let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::spawn(async move {
        #[cfg(unix)]
        let terminated = term.recv();
        #[cfg(not(unix))]
        let terminated = std::future::pending::<Option<()>>();
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
        tracing::info!("closing: what was begun is finished first");
        let _ = send.send(true);
    });
    Ok(receive)
}
