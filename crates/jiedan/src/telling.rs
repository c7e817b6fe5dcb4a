//! Logs and metrics, as the operator wants them.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::config::Telling;

/// Starts logging and, when an address is set, the metrics page. Must be called inside the runtime.
pub fn start(settings: &Telling) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log).with_context(|| format!("telling.log: `{}`", settings.log))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let outcome = if settings.log_format == "json" {
        builder.json().try_init()
    } else {
        builder.with_target(false).try_init()
    };
    outcome.map_err(|e| anyhow::anyhow!("logging: {e}"))?;
    if let Some(address) = &settings.metrics {
        serve_metrics(address)?;
    }
    Ok(())
}

/// Prometheus asks `GET /metrics` at an address of its own, so that the market's address never shows them.
fn serve_metrics(address: &str) -> anyhow::Result<()> {
    let handle = metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .context("metrics")?;
    let address: std::net::SocketAddr = address.parse().context("telling.metrics")?;
    let listener = std::net::TcpListener::bind(address).with_context(|| format!("telling.metrics: {address}"))?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = axum::Router::new().route(
        "/metrics",
        axum::routing::get(move || std::future::ready(handle.render())),
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}
