//! `jiedan staff grant|revoke`: who runs the market.

use std::sync::Arc;

use kernel::{Actor, StaffRole};
use store::SystemClock;

use crate::cli::StaffCommand;
use crate::market;

/// Gives or takes the right.
pub fn run(command: &StaffCommand) -> anyhow::Result<()> {
    let (source, name, role) = match command {
        StaffCommand::Grant { source, name } => (source, name, Some(StaffRole::Operator)),
        StaffCommand::Revoke { source, name } => (source, name, None),
    };
    let mut config = super::settings(source, None)?;
    // The market may be running: ids made here must not meet its own.
    config.server.node = super::COMMAND_NODE;
    let store = market::open(&config, Arc::new(SystemClock))?;
    let destination = accounts::destinations::Destination::parse(name)
        .map_err(|_| anyhow::anyhow!("`{name}` is neither an e-mail address nor a phone number"))?;
    let found = store.write("staff", move |tx| {
        let account = accounts::people::find_by(tx, &destination)?;
        if let Some(account) = account {
            accounts::people::make_staff(tx, &Actor::System, account, role, "command line")?;
        }
        Ok(account.is_some())
    });
    anyhow::ensure!(
        found.wait()?,
        "no account logs in as `{name}`: sign up in the browser first, then run this again"
    );
    println!(
        "{name}: {}",
        if role.is_some() {
            "runs the market now"
        } else {
            "is a member like any other now"
        }
    );
    Ok(())
}
