//! `cargo xtask test`: the whole check, in the order in which a mistake is cheapest to find.

use std::path::Path;
use std::time::Instant;

use crate::postgres::Cluster;
use crate::run::{answer, checked, command, overheard, root};
use crate::{setup, tidy};

#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
}

/// Runs everything and ends with a line that counts tests. Error: what failed.
pub fn everything(browser: bool) -> Result<(), String> {
    let begun = Instant::now();
    let tools = setup::tools()?;
    checked(&mut command("cargo", &["fmt", "--all", "--check"]))?;
    tidy::check()?;
    checked(&mut command(
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    ))?;
    frontend()?;
    deny()?;

    let cluster = Cluster::start(&tools.postgres)?;
    let mut count = Count::default();
    let mut problems = Vec::new();
    let doubled = [rust_tests(&cluster.url()), doc_tests()];
    for outcome in doubled {
        collect(outcome?, &mut count, &mut problems);
    }
    if browser {
        collect(walks(&cluster.url(), &tools.chromium)?, &mut count, &mut problems);
    }
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    println!("\nall checks took {minutes:.1} minutes");
    println!("{} passed, {} failed", count.passed, count.failed);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

fn collect((ok, part, what): (bool, Count, &str), count: &mut Count, problems: &mut Vec<String>) {
    count.passed += part.passed;
    count.failed += part.failed;
    if !ok {
        problems.push(format!("{what} failed"));
    } else if part.passed == 0 && what != "documentation tests" {
        problems.push(format!("{what}: not one test was run"));
    }
}

/// Types and style of the scripts; the styles themselves are built by the crate that embeds them.
fn frontend() -> Result<(), String> {
    if !root().join("frontend/node_modules/.bin/tsc").exists() {
        checked(
            command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(root().join("frontend")),
        )?;
    }
    checked(command("npm", &["run", "--silent", "check"]).current_dir(root().join("frontend")))
}

/// Licences, bans and sources of the dependencies, where the tool is installed.
fn deny() -> Result<(), String> {
    if answer("cargo", &["deny", "--version"]).is_none() {
        println!("\ncargo-deny is not installed: licences and sources are not checked in this run");
        return Ok(());
    }
    checked(&mut command(
        "cargo",
        &["deny", "--offline", "check", "licenses", "bans", "sources"],
    ))
}

fn rust_tests(postgres: &str) -> Result<(bool, Count, &'static str), String> {
    let nextest = answer("cargo", &["nextest", "--version"]).is_some();
    let args: &[&str] = if nextest {
        &["nextest", "run", "--workspace", "--no-fail-fast"]
    } else {
        &["test", "--workspace", "--no-fail-fast"]
    };
    let (ok, heard) = overheard(command("cargo", args).env("JIEDAN_TEST_PG", postgres))?;
    let count = if nextest {
        nextest_count(&heard)
    } else {
        libtest_count(&heard)
    };
    Ok((ok, count, "tests"))
}

/// nextest does not run the examples in the documentation.
fn doc_tests() -> Result<(bool, Count, &'static str), String> {
    if answer("cargo", &["nextest", "--version"]).is_none() {
        return Ok((true, Count::default(), "documentation tests"));
    }
    let (ok, heard) = overheard(&mut command("cargo", &["test", "--doc", "--workspace"]))?;
    Ok((ok, libtest_count(&heard), "documentation tests"))
}

fn walks(postgres: &str, chromium: &Path) -> Result<(bool, Count, &'static str), String> {
    checked(&mut command("cargo", &["build", "--package", "jiedan"]))?;
    let e2e = root().join("e2e");
    checked(command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&e2e))?;
    let mut walks = command("npm", &["run", "--silent", "walk"]);
    walks
        .current_dir(&e2e)
        .env("JIEDAN_TEST_PG", postgres)
        .env("CHROMIUM", chromium);
    walks.env("JIEDAN", target().join("debug/jiedan"));
    let (ok, heard) = overheard(&mut walks)?;
    Ok((ok, node_count(&heard), "browser walks"))
}

fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

/// `Summary [ 12.3s] 40 tests run: 39 passed (1 slow), 1 failed, 0 skipped`
fn nextest_count(heard: &str) -> Count {
    let line = heard
        .lines()
        .rev()
        .find(|l| l.contains("tests run:") || l.contains("test run:"))
        .unwrap_or_default();
    Count {
        passed: number_before(line, " passed"),
        failed: number_before(line, " failed") + number_before(line, " timed out"),
    }
}

/// `test result: ok. 3 passed; 0 failed; …`, one line for each program.
fn libtest_count(heard: &str) -> Count {
    let lines = || heard.lines().filter(|l| l.starts_with("test result:"));
    Count {
        passed: lines().map(|l| number_before(l, " passed")).sum(),
        failed: lines().map(|l| number_before(l, " failed")).sum(),
    }
}

/// `# pass 12` and `# fail 0`, or `ℹ pass 12`, from node's test runner.
fn node_count(heard: &str) -> Count {
    let after = |word: &str| {
        let lines = heard
            .lines()
            .filter_map(|l| l.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix(word));
        lines.filter_map(|rest| rest.trim().parse::<u64>().ok()).sum()
    };
    Count {
        passed: after("pass "),
        failed: after("fail "),
    }
}

fn number_before(line: &str, word: &str) -> u64 {
    let Some(end) = line.find(word) else { return 0 };
    let digits: String = line[..end].chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_each_runner() {
        let next = nextest_count("x\n     Summary [  12.3s] 40 tests run: 38 passed (1 slow), 2 failed, 0 skipped\n");
        assert_eq!((next.passed, next.failed), (38, 2));
        let lib =
            libtest_count("test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 2 failed;");
        assert_eq!((lib.passed, lib.failed), (4, 2));
        let node = node_count("ℹ tests 5\nℹ pass 4\nℹ fail 1\n");
        assert_eq!((node.passed, node.failed), (4, 1));
    }
}
