//! `jiedan sandbox-gateway`: the payment sandbox, a process of its own.

use std::io::Read as _;

use tokio::sync::watch;

use crate::cli::Source;
use crate::config::Telling;
use crate::workers::payments::sandbox_server_settings;
use crate::{server, telling};

/// Runs until it is asked to stop.
pub fn run(source: &Source, until_input_ends: bool) -> anyhow::Result<()> {
    let config = super::settings(source, None)?;
    super::block_on(async move {
        telling::start(&Telling {
            metrics: None,
            ..config.telling.clone()
        })?;
        let stop = if until_input_ends {
            input_ends()
        } else {
            server::stop_signal()?
        };
        Ok(gateways::sandbox::server::run(sandbox_server_settings(&config)?, stop).await?)
    })
}

/// Turns true when whoever started us is gone, however that came about.
fn input_ends() -> watch::Receiver<bool> {
    let (send, receive) = watch::channel(false);
    std::thread::spawn(move || {
        let mut nothing = Vec::new();
        // Whatever is read, or whatever goes wrong with reading: it is over.
        let _ = std::io::stdin().read_to_end(&mut nothing);
        let _ = send.send(true);
    });
    receive
}
