//! `jiedan config`: the example, or a check of the file.

use crate::cli::Source;
use crate::config::Config;

/// Prints the example, or says whether the settings can be used.
pub fn run(source: &Source, example: bool) -> anyhow::Result<()> {
    if example {
        print!("{}", Config::example());
        return Ok(());
    }
    let config = super::settings(source, None)?;
    println!(
        "the settings can be used: {} on {}",
        config.base_url(),
        config.data.folder.display()
    );
    Ok(())
}
