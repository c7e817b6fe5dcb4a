//! Running other programs: shown, checked, and with their words kept where a count is read from them.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// A command in the folder of the workspace.
pub fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Runs it with its output on the screen. Error: what failed.
pub fn checked(command: &mut Command) -> Result<(), String> {
    let shown = show(command);
    println!("\n> {shown}");
    let status = command
        .status()
        .map_err(|e| format!("{shown}: cannot be started: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{shown}: failed ({status})"))
    }
}

/// Runs it with its output on the screen and answers what it said as well, whether or not it succeeded.
pub fn overheard(command: &mut Command) -> Result<(bool, String), String> {
    let shown = show(command);
    println!("\n> {shown}");
    let failed = |e: std::io::Error| format!("{shown}: {e}");
    // Both streams in one pipe, in the order they were written.
    let (read, write) = std::io::pipe().map_err(failed)?;
    let write_too = write.try_clone().map_err(failed)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(write)
        .stderr(write_too)
        .spawn()
        .map_err(failed)?;
    // The command keeps its ends of the pipe until they are replaced; without this the reading below never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut heard = String::new();
    for line in BufReader::new(read).lines() {
        let line = line.map_err(failed)?;
        println!("{line}");
        heard.push_str(&line);
        heard.push('\n');
    }
    let status = child.wait().map_err(failed)?;
    Ok((status.success(), heard))
}

/// What a quiet command printed; nothing when it failed.
pub fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = command(program, args).stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|w| w.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
