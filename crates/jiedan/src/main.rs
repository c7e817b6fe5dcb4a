//! The program: settings, wiring, workers, commands. It knows every room and decides nothing itself.

mod cli;
mod commands;
mod config;
mod demo;
mod market;
mod server;
mod telling;
mod workers;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match commands::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jiedan: {error:#}");
            ExitCode::FAILURE
        }
    }
}
