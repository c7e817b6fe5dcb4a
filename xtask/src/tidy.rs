//! The rules of the house that no compiler checks. Each says why when it refuses.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::run::root;

/// Rooms that must stay synchronous and know neither clock nor chance.
const DOMAIN: &[&str] = &[
    "kernel", "engine", "ledger", "site", "accounts", "catalog", "orders", "payments", "trust", "talk",
];
/// Names of the database drivers.
const DRIVERS: &[&str] = &["rusqlite", "postgres::", "tokio_postgres", "refinery"];
/// A file longer than this is two files.
const LINES: usize = 500;

struct Rule {
    why: &'static str,
    broken: fn(&Source) -> Option<usize>,
}

struct Source {
    /// From the workspace's folder, with `/`.
    path: String,
    text: String,
}

const RULES: &[Rule] = &[
    Rule {
        why: "every file starts with `//!`: what it is and what it is not",
        broken: no_header,
    },
    Rule {
        why: "files stay under 500 lines: split by use case",
        broken: too_long,
    },
    Rule {
        why: "SQL stands in `sql.rs` (or in the store): one place for each noun",
        broken: stray_sql,
    },
    Rule {
        why: "only `store` knows a database driver",
        broken: stray_driver,
    },
    Rule {
        why: "domain rooms are synchronous: what waits for the outside happens after the commit",
        broken: stray_async,
    },
    Rule {
        why: "time and chance come from the transaction or the edge",
        broken: stray_clock,
    },
    Rule {
        why: "`#[allow]` hides without saying why: use `#[expect(…, reason = …)]`",
        broken: stray_allow,
    },
    Rule {
        why: "no inline style or script: the Content-Security-Policy forbids them",
        broken: inline_code,
    },
    Rule {
        why: "a template shows, it does not compute: no SQL, no arithmetic on money",
        broken: template_computes,
    },
];

/// Checks every rule on every file. Error: each place, and why.
pub fn check() -> Result<(), String> {
    println!("\n> tidy");
    let mut said = String::new();
    let sources = sources();
    for source in &sources {
        for rule in RULES {
            if let Some(line) = (rule.broken)(source) {
                let _ = writeln!(said, "{}:{line}: {}", source.path, rule.why);
            }
        }
    }
    for problem in manifests().into_iter().chain(languages()) {
        let _ = writeln!(said, "{problem}");
    }
    if said.is_empty() {
        println!("{} files are tidy", sources.len());
        Ok(())
    } else {
        Err(said)
    }
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in ["crates", "xtask", "e2e", "frontend/src"] {
        walk(&root().join(folder), &mut paths);
    }
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).ok()?.to_string_lossy().replace('\\', "/");
        Some(Source { path, text })
    };
    paths.into_iter().filter_map(read).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !matches!(name.to_str(), Some("node_modules" | "target" | "out")) {
                walk(&path, found);
            }
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("rs" | "html")) {
            found.push(path);
        }
    }
}

fn is_rust(source: &Source) -> bool {
    source.path.ends_with(".rs")
}

fn room(source: &Source) -> Option<&str> {
    source.path.strip_prefix("crates/")?.split('/').next()
}

fn in_src(source: &Source) -> bool {
    source.path.contains("/src/")
}

/// The part of a file before its tests.
fn product_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let lines = source.text.lines().enumerate().map(|(i, l)| (i + 1, l));
    lines.take_while(|(_, l)| !l.starts_with("#[cfg(test)]"))
}

fn find(source: &Source, wrong: impl Fn(&str) -> bool) -> Option<usize> {
    let code = product_lines(source).filter(|(_, l)| !l.trim_start().starts_with("//"));
    code.into_iter().find(|(_, l)| wrong(l)).map(|(n, _)| n)
}

fn no_header(source: &Source) -> Option<usize> {
    (is_rust(source) && !source.text.starts_with("//!")).then_some(1)
}

fn too_long(source: &Source) -> Option<usize> {
    (source.text.lines().count() > LINES).then_some(LINES)
}

fn stray_sql(source: &Source) -> Option<usize> {
    let allowed = source.path.ends_with("/sql.rs")
        || room(source) == Some("store")
        || source.path.starts_with("xtask/")
        || !in_src(source);
    if allowed || !is_rust(source) {
        return None;
    }
    let starts = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM ", "\"WITH "];
    find(source, |line| starts.iter().any(|s| line.contains(s)))
}

fn stray_driver(source: &Source) -> Option<usize> {
    let allowed = matches!(room(source), Some("store" | "testkit") | None);
    if allowed || !is_rust(source) || !in_src(source) {
        return None;
    }
    find(source, |line| {
        DRIVERS
            .iter()
            .any(|d| line.contains(&format!("use {d}")) || line.contains(&format!(" {d}Client")))
    })
}

fn is_domain(source: &Source) -> bool {
    is_rust(source) && in_src(source) && room(source).is_some_and(|r| DOMAIN.contains(&r))
}

fn stray_async(source: &Source) -> Option<usize> {
    if is_domain(source) {
        find(source, |line| line.contains("async fn") || line.contains(".await"))
    } else {
        None
    }
}

fn stray_clock(source: &Source) -> Option<usize> {
    let words = [
        "SystemTime::now",
        "Instant::now",
        "Timestamp::now()",
        "Zoned::now",
        "SystemRandom",
        "thread_rng",
        "rand::fill",
    ];
    if is_domain(source) {
        find(source, |line| words.iter().any(|w| line.contains(w)))
    } else {
        None
    }
}

fn stray_allow(source: &Source) -> Option<usize> {
    if is_rust(source) && !source.path.starts_with("xtask/") {
        find(source, |line| line.trim_start().starts_with("#[allow("))
    } else {
        None
    }
}

fn inline_code(source: &Source) -> Option<usize> {
    if !source.path.ends_with(".html") {
        return None;
    }
    find(source, |line| {
        line.contains(" style=\"") || line.contains(" onclick=") || line.contains("<script>") || line.contains("<style")
    })
}

fn template_computes(source: &Source) -> Option<usize> {
    if !source.path.ends_with(".html") {
        return None;
    }
    find(source, |line| {
        line.contains("minor() *")
            || line.contains("minor() +")
            || line.contains("minor() /")
            || line.contains("SELECT ")
    })
}

/// Arrows that must not be: a pure room that knows the store, a domain room that knows the pages.
fn manifests() -> Vec<String> {
    let forbidden: &[(&str, &[&str])] = &[
        ("kernel", &["store", "engine", "tokio"]),
        ("engine", &["store", "tokio", "ledger"]),
        ("gateways", &["store", "orders", "payments"]),
        ("ledger", &["orders", "accounts", "web"]),
        ("site", &["accounts", "orders", "web"]),
        ("accounts", &["orders", "web", "gateways"]),
        ("catalog", &["orders", "web", "gateways"]),
        ("orders", &["payments", "trust", "talk", "web", "gateways"]),
        ("payments", &["web", "gateways", "talk"]),
        ("trust", &["web", "talk"]),
        ("talk", &["web"]),
        ("web", &["jiedan"]),
    ];
    let mut problems = Vec::new();
    for (room, rooms) in forbidden {
        let path = root().join("crates").join(room).join("Cargo.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let own = text.split("[dev-dependencies]").next().unwrap_or_default();
        for other in rooms.iter().filter(|o| {
            own.lines()
                .any(|l| l.starts_with(&format!("{o}.")) || l.starts_with(&format!("{o} =")))
        }) {
            problems.push(format!(
                "crates/{room}/Cargo.toml: `{room}` must not know `{other}` (docs/ARCHITECTURE.md)"
            ));
        }
    }
    problems
}

/// Both languages hold the same messages.
fn languages() -> Vec<String> {
    let mut problems = Vec::new();
    let (zh, en) = (keys("zh-CN"), keys("en"));
    for (have, lack, name) in [(&zh, &en, "en"), (&en, &zh, "zh-CN")] {
        for (file, key) in have
            .iter()
            .filter(|(_, key)| !lack.iter().any(|(_, other)| other == key))
        {
            problems.push(format!("locales/{name}/{file}: `{key}` is missing"));
        }
    }
    problems
}

fn keys(language: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let files = std::fs::read_dir(root().join("locales").join(language))
        .into_iter()
        .flatten()
        .flatten();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        let keys = text
            .lines()
            .filter_map(|l| l.split_once('='))
            .map(|(k, _)| k.trim_end());
        let keys = keys.filter(|k| k.starts_with(|c: char| c.is_ascii_lowercase()) && !k.contains(' '));
        out.extend(keys.map(|k| (name.clone(), k.to_owned())));
    }
    out
}
