//! `jiedan demo`: the demo market, made at the first start and kept from then on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use site::Pack;
use store::{Location, OffsetClock};

use crate::cli::Source;
use crate::config::Config;
use crate::demo::{self, Cast, Sandbox};
use crate::workers::Context;
use crate::{market, server, telling};

/// Where the demo lives unless another folder is named.
const FOLDER: &str = "data/demo";
/// How far the demo's clock is ahead, in microseconds, in the data folder.
const CLOCK: &str = "demo-clock";

/// Opens the demo market and serves it until it is asked to stop.
pub fn run(source: &Source, empty: bool) -> anyhow::Result<()> {
    let mut config = super::settings(source, Some(FOLDER))?;
    let cast = Cast::of(&Pack::general())?;
    // A second start on the same address is refused before anything is made.
    drop(std::net::TcpListener::bind(&config.server.listen).with_context(|| {
        format!(
            "server.listen: {} is taken; is the market already open?",
            config.server.listen
        )
    })?);
    if !empty {
        make(&config, &cast)?;
    }
    std::fs::create_dir_all(&config.data.folder)?;
    let sandbox = Sandbox::start(&mut config)?;
    let file = config.data.folder.join(CLOCK);
    let clock = Arc::new(OffsetClock::new(offset(&file)?));
    let store = market::open(&config, clock.clone())?;
    let mut context = Context::new(store, &config, true)?;
    context.app = context.app.with_demo_clock(clock, file);
    super::block_on(async move {
        telling::start(&config.telling)?;
        let stop = server::stop_signal()?;
        greet(&config, &cast, empty);
        let outcome = super::serve::open(context, &config, stop).await;
        drop(sandbox);
        outcome
    })
}

/// Makes the market with its cast if it is not there yet. On SQLite it is made in a folder beside and moved into place
/// when it is whole, so that a start that was cut off leaves nothing half done.
fn make(config: &Config, cast: &Cast) -> anyhow::Result<()> {
    let done = config.data.folder.join("demo-cast");
    if done.exists() {
        return Ok(());
    }
    let folder = &config.data.folder;
    let occupied = folder.join("jiedan.db").exists();
    anyhow::ensure!(
        !occupied,
        "{}: holds a market that is not the demo's; name another folder with --data",
        folder.display()
    );
    println!("Making the demo market: people, requests, orders, payments. This happens once.");
    let beside = beside(folder);
    if beside.exists() {
        std::fs::remove_dir_all(&beside).with_context(|| beside.display().to_string())?;
    }
    let mut making = config.clone();
    making.data.folder = beside.clone();
    making.telling.metrics = None;
    std::fs::create_dir_all(&beside)?;
    let sandbox = Sandbox::start(&mut making)?;
    demo::live(&making, cast).context(match making.location() {
        Location::Sqlite(_) => "the demo market could not be made",
        Location::Postgres(_) => "the demo market could not be made; empty the database before the next try",
    })?;
    drop(sandbox);
    std::fs::write(beside.join("demo-cast"), "made\n")?;
    if folder.exists() {
        std::fs::remove_dir(folder)
            .with_context(|| format!("{}: is not empty; name another folder with --data", folder.display()))?;
    }
    std::fs::rename(&beside, folder).with_context(|| folder.display().to_string())
}

fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".making");
    folder.with_file_name(name)
}

fn offset(file: &Path) -> anyhow::Result<i64> {
    match std::fs::read_to_string(file) {
        Ok(text) => text
            .trim()
            .parse()
            .with_context(|| format!("{}: is not a number of microseconds", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

fn greet(config: &Config, cast: &Cast, empty: bool) {
    println!("\n  接单 Jiedan · 演示市场 demo market\n  {}\n", config.base_url());
    if !empty {
        println!("  登录 log in (密码 password: {})", cast.password);
        for person in &cast.person {
            let role = if person.staff {
                "运营 operator"
            } else if person.skills.is_empty() {
                "需求方 client"
            } else {
                "服务方 provider"
            };
            println!("    {:<24} {} · {role}", person.email, person.name);
        }
    }
    println!(
        "\n  邮件与短信 outbox   {0}/demo/outbox\n  快进时间 clock      {0}/demo/clock\n  停止 stop           Ctrl-C\n",
        config.base_url()
    );
}
