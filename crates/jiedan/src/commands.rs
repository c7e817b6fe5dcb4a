//! One file for each command.

mod config;
mod demo;
mod doctor;
mod process;
mod sandbox;
mod serve;
mod setting;
mod staff;

use std::path::Path;

use crate::cli::{Cli, Command, Source};
use crate::config::Config;

/// The node number of a command that writes beside a running market: its ids never meet the market's own.
const COMMAND_NODE: u16 = 1023;

/// Does what was asked for.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let demo = || Command::Demo {
        source: Source {
            config: None,
            data: None,
            database: None,
            listen: None,
        },
        empty: false,
    };
    match cli.command.unwrap_or_else(demo) {
        Command::Serve { source } => serve::run(&source),
        Command::Demo { source, empty } => demo::run(&source, empty),
        Command::SandboxGateway {
            source,
            until_input_ends,
        } => sandbox::run(&source, until_input_ends),
        Command::Config { source, example } => config::run(&source, example),
        Command::Process(command) => process::run(&command),
        Command::Setting(command) => setting::run(&command),
        Command::Staff(command) => staff::run(&command),
        Command::Doctor { source } => doctor::run(&source),
    }
}

/// The settings: the file that was named or found, the environment, and what was typed.
fn settings(source: &Source, folder: Option<&str>) -> anyhow::Result<Config> {
    let found = Path::new("jiedan.toml");
    let file = source.config.as_deref().or_else(|| found.exists().then_some(found));
    let mut config = Config::load(file)?;
    if let Some(folder) = source.data.clone().or_else(|| {
        folder
            .filter(|_| config.data.folder == Path::new("data"))
            .map(Into::into)
    }) {
        config.data.folder = folder;
    }
    if let Some(database) = &source.database {
        config.data.database = database.clone();
    }
    if let Some(listen) = &source.listen {
        config.server.listen = listen.clone();
    }
    config.checked()
}

/// Runs the asynchronous part of a command.
pub fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    outcome
}
