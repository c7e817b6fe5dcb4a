//! The project's own commands: `cargo xtask test`, `cargo xtask tidy`.
//!
//! Knows no crate of the workspace and no library, so that it is built in seconds on a fresh clone.

mod postgres;
mod run;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  test          everything: format, lints, tidy, tests on both engines, browser walks
  test --fast   the same without the browser walks
  tidy          the rules of the house that no compiler checks
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => test::everything(true),
        ["test", "--fast"] => test::everything(false),
        ["tidy"] => tidy::check(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("unknown command: {}\n\n{HELP}", other.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
