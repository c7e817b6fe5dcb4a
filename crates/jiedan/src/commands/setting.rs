//! `jiedan setting`: the market's own settings, which change while it runs.

use std::sync::Arc;

use kernel::Actor;
use site::settings::{self, KEYS};
use store::{Fail, SystemClock};

use crate::cli::SettingCommand;
use crate::market;

/// Lists settings, or changes one; the change is recorded with its reason.
pub fn run(command: &SettingCommand) -> anyhow::Result<()> {
    let (SettingCommand::List { source } | SettingCommand::Set { source, .. }) = command;
    let mut config = super::settings(source, None)?;
    config.server.node = super::COMMAND_NODE;
    let store = market::open(&config, Arc::new(SystemClock))?;
    if let SettingCommand::Set { key, value, reason, .. } = command {
        let (key, value, reason) = (key.clone(), value.clone(), reason.clone());
        let (name, shown) = (key.clone(), value.clone());
        let written = store
            .write("setting", move |tx| {
                settings::set(tx, &Actor::System, &key, &value, &reason)
            })
            .wait();
        if let Err(Fail::Refused(refusal)) = &written {
            anyhow::bail!(
                "{name} = {shown} is refused ({}); `jiedan setting list` shows every setting",
                refusal.code
            );
        }
        written?;
    }
    let now = store.read("settings", |tx| Ok(settings::load(tx)?)).wait()?;
    for key in KEYS {
        println!("{:<22} {}", key.name, now.text(key.name).unwrap_or_default());
    }
    Ok(())
}
