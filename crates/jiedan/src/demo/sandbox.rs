//! The payment sandbox as a child process: started with the demo, gone with it.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

use crate::config::Config;

/// How long the child may take to answer.
const PATIENCE: u32 = 100;

/// The running child. Dropping it closes its input, which it takes as the word to stop.
pub struct Sandbox {
    child: Child,
}

impl Sandbox {
    /// Starts it on the settings' address, or on a free one when that is taken (the settings then name the new one).
    pub fn start(config: &mut Config) -> anyhow::Result<Self> {
        gateways::sandbox::keys::public_key(&config.sandbox_folder()).context("the sandbox's key")?;
        config.payments.sandbox_url = free_address(&config.payments.sandbox_url)?;
        let program = std::env::current_exe().context("the program does not know itself")?;
        let child = Command::new(program)
            .args(["sandbox-gateway", "--until-input-ends", "--data"])
            .arg(&config.data.folder)
            .env("JIEDAN_SANDBOX_URL", &config.payments.sandbox_url)
            .env("JIEDAN_SANDBOX_SECRET", &config.payments.sandbox_secret)
            .env("JIEDAN_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("the sandbox gateway cannot be started")?;
        let mut sandbox = Self { child };
        sandbox.wait_until_open(&config.payments.sandbox_url)?;
        Ok(sandbox)
    }

    fn wait_until_open(&mut self, url: &str) -> anyhow::Result<()> {
        let address = url.trim_start_matches("http://").to_owned();
        for _ in 0..PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                anyhow::bail!("the sandbox gateway ended at once ({status})");
            }
            if std::net::TcpStream::connect(&address).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        anyhow::bail!("the sandbox gateway does not answer at {url}")
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        for _ in 0..40 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address if it is free, otherwise one on the same host that is.
fn free_address(url: &str) -> anyhow::Result<String> {
    let address = url
        .strip_prefix("http://")
        .with_context(|| format!("payments.sandbox_url: {url} must begin with http:// in the demo"))?;
    if TcpListener::bind(address).is_ok() {
        return Ok(url.to_owned());
    }
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let free = TcpListener::bind((host, 0)).with_context(|| format!("payments.sandbox_url: no free port on {host}"))?;
    Ok(format!("http://{host}:{}", free.local_addr()?.port()))
}
