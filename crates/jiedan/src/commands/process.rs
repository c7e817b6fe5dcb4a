//! `jiedan process check FILE`.

use anyhow::Context as _;

use crate::cli::ProcessCommand;

/// A process file is small; anything larger is something else.
const LARGEST: u64 = 1 << 20;

/// Checks a process and prints what it found.
pub fn run(command: &ProcessCommand) -> anyhow::Result<()> {
    let ProcessCommand::Check { file, english } = command;
    let size = std::fs::metadata(file)
        .with_context(|| file.display().to_string())?
        .len();
    anyhow::ensure!(size <= LARGEST, "{}: {size} bytes are not a process", file.display());
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let speaks_english = *english || std::env::var("LANG").is_ok_and(|lang| lang.starts_with("en"));
    match engine::report(&text, !speaks_english) {
        Ok(report) => {
            println!("{report}");
            Ok(())
        }
        Err(faults) => anyhow::bail!("{}:\n{faults}", file.display()),
    }
}
