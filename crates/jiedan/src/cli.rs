//! What can be typed after `jiedan`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// 接单 Jiedan: a freelance market that anyone can host.
///
/// Without a command it opens the demo market: a believable cast, running orders, a payment sandbox, nothing real.
#[derive(Debug, Parser)]
#[command(name = "jiedan", version, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do; the demo when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  jiedan                                   open the demo market at http://127.0.0.1:8080
  jiedan serve --data ./market             open your own, empty market
  jiedan staff grant --data ./market you@example.com
                                           let the account with that e-mail run it
  jiedan setting set --data ./market inspect_requests false
                                           let requests appear without a look at them first
  jiedan config --example > jiedan.toml    every setting, with its meaning
  jiedan process check my-process.toml     check how your orders would run, on all their paths
  jiedan doctor --data ./market            prove that the books are whole";

/// Where the settings come from; the same for every command.
#[derive(Debug, Args, Clone)]
pub struct Source {
    /// The file of settings; `jiedan.toml` here is read when it is there.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder with the data; goes before the file's.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// "sqlite" or postgres://…; goes before the file's.
    #[arg(long, value_name = "DATABASE")]
    pub database: Option<String>,
    /// The address and port to listen on; goes before the file's.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a market on a folder: empty at first, yours from then on.
    Serve {
        /// Settings.
        #[command(flatten)]
        source: Source,
    },
    /// Open the demo market, with people, requests, orders and a payment sandbox. A second start keeps the data.
    Demo {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// Open it without the cast: an empty market with the demo's conveniences (outbox, clock, sandbox).
        #[arg(long)]
        empty: bool,
    },
    /// Run the payment sandbox: a gateway that moves no real money, as a process of its own.
    SandboxGateway {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// Stop when the input ends: the demo's way to take it along.
        #[arg(long, hide = true)]
        until_input_ends: bool,
    },
    /// Print or check the settings.
    Config {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// Print every setting with its meaning and default.
        #[arg(long)]
        example: bool,
    },
    /// Look at processes: the files that say how an order runs.
    #[command(subcommand)]
    Process(ProcessCommand),
    /// Show or change the market's own settings: fees, days, whether requests are inspected. No restart is needed.
    #[command(subcommand)]
    Setting(SettingCommand),
    /// Give or take the right to run the market.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Prove that the books are whole: the ledger's chain, its balance, and that escrow is what the orders say.
    Doctor {
        /// Settings.
        #[command(flatten)]
        source: Source,
    },
}

/// `jiedan process …`
#[derive(Debug, Subcommand)]
pub enum ProcessCommand {
    /// Check a process on all its paths; prints its states and the outcome table of a sample order, or what is wrong.
    Check {
        /// The file.
        file: PathBuf,
        /// Speak English (Chinese otherwise, unless LANG says English).
        #[arg(long)]
        english: bool,
    },
}

/// `jiedan staff …`
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Let an account run the market.
    Grant {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// The e-mail address or phone number the account logs in with.
        name: String,
    },
    /// Take that right away.
    Revoke {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// The e-mail address or phone number the account logs in with.
        name: String,
    },
}

/// `jiedan setting …`
#[derive(Debug, Subcommand)]
pub enum SettingCommand {
    /// Print every setting and its value.
    List {
        /// Settings.
        #[command(flatten)]
        source: Source,
    },
    /// Change one. It holds for what begins from now on; running contracts keep their terms.
    Set {
        /// Settings.
        #[command(flatten)]
        source: Source,
        /// Which one, such as inspect_requests.
        key: String,
        /// Its new value.
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// Why; stands in the audit log.
        #[arg(long, default_value = "command line")]
        reason: String,
    },
}
