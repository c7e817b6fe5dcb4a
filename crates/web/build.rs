//! Builds what the pages need: styles and scripts with Vite, icons from lucide, and the words of both languages, and
//! refuses to go on when a word is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use fluent_syntax::ast::Entry;

/// Methods and functions whose first literal is a key.
const CALLS: [&str; 6] = ["t", "ta", "t1", "t2", "t3", "t_args"];

/// What a missing word does to the build.
const LEVEL: &str = "error";

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let sources = sources(&root);
    for path in [
        "frontend/src",
        "frontend/package-lock.json",
        "frontend/vite.config.ts",
        "frontend/icons.txt",
        "locales",
    ] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    for path in ["templates", "src", "build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let mut wrong = words(&root, &out, &sources);
    pages(&root.join("frontend"), &out.join("assets"));
    wrong.extend(icons(&root, &out, &sources));
    for line in &wrong {
        println!("cargo::{LEVEL}={line}");
    }
}

/// Every template and source file of the pages, with its text.
fn sources(root: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in ["crates/web/templates", "crates/web/src"] {
        walk(&root.join(folder), &mut files);
    }
    files
        .into_iter()
        .filter(|p| matches!(p.extension().and_then(|e| e.to_str()), Some("html" | "rs")))
        .filter_map(|p| fs::read_to_string(&p).ok().map(|text| (p, text)))
        .collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, out);
        } else {
            out.push(path);
        }
    }
}

// ---- words ----

type Keys = BTreeMap<String, PathBuf>;

/// Writes the table of texts and answers what is wrong with them.
fn words(root: &Path, out: &Path, sources: &[(PathBuf, String)]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut table = String::new();
    let mut all: Vec<(&str, Keys)> = Vec::new();
    for (tag, name) in [("zh-CN", "ZH_CN"), ("en", "EN")] {
        let mut files = Vec::new();
        walk(&root.join("locales").join(tag), &mut files);
        files.retain(|f| f.extension().is_some_and(|e| e == "ftl"));
        let _ = writeln!(table, "pub(super) const {name}: &[&str] = &[");
        for file in &files {
            let _ = writeln!(
                table,
                "    include_str!({:?}),",
                file.canonicalize().unwrap_or_else(|_| file.clone())
            );
        }
        table.push_str("];\n");
        all.push((tag, keys(&files, &mut wrong)));
    }
    for (here, there) in [(0, 1), (1, 0)] {
        for (key, file) in &all[here].1 {
            if !all[there].1.contains_key(key) {
                wrong.push(format!("{}: `{key}` has no words in {}", file.display(), all[there].0));
            }
        }
    }
    wrong.extend(unknown(sources, &all[0].1));
    write(&out.join("locales.rs"), &table);
    wrong
}

/// Every key of these files.
fn keys(files: &[PathBuf], wrong: &mut Vec<String>) -> Keys {
    let mut keys = Keys::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_default();
        let resource = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                let line = |at: usize| text.get(..at).map_or(0, |t| t.lines().count());
                wrong.extend(
                    errors
                        .iter()
                        .map(|e| format!("{}:{}: {e}", file.display(), line(e.pos.start))),
                );
                resource
            }
        };
        for entry in resource.body {
            if let Entry::Message(message) = entry
                && let Some(before) = keys.insert(message.id.name.to_owned(), file.clone())
            {
                wrong.push(format!(
                    "{}: `{}` is also in {}",
                    file.display(),
                    message.id.name,
                    before.display()
                ));
            }
        }
    }
    keys
}

/// Keys named in the source that nobody wrote words for.
fn unknown(sources: &[(PathBuf, String)], known: &Keys) -> Vec<String> {
    let mut wrong = BTreeSet::new();
    for (file, text) in sources {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        let code = lines.join("\n");
        for key in CALLS.iter().flat_map(|call| literals(&code, call)) {
            let plain = key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if plain && key.contains('-') && !key.ends_with('-') && !known.contains_key(key) {
                wrong.insert(format!("{}: no words for `{key}`", file.display()));
            }
        }
    }
    wrong.into_iter().collect()
}

/// The first literals of calls to `name`: `name("…"` and `name(first, "…"`.
fn literals<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let call = format!("{name}(");
    let mut found = Vec::new();
    for (at, _) in text.match_indices(&call) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + call.len()..];
        let Some(start) = rest
            .find('"')
            .filter(|s| *s < 60 && !rest[..*s].contains([')', ';', '{', '[']))
        else {
            continue;
        };
        if let Some(end) = rest[start + 1..].find('"') {
            found.push(&rest[start + 1..start + 1 + end]);
        }
    }
    found
}

// ---- icons ----

/// Writes the table of icons and answers which do not exist.
fn icons(root: &Path, out: &Path, sources: &[(PathBuf, String)]) -> Vec<String> {
    let list = fs::read_to_string(root.join("frontend/icons.txt")).unwrap_or_default();
    let mut names: BTreeSet<&str> = list
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .collect();
    names.extend(
        sources
            .iter()
            .flat_map(|(_, text)| literals(text, "icon"))
            .filter(|n| !n.is_empty()),
    );
    let mut wrong = Vec::new();
    let mut table = String::from("pub(super) const ICONS: &[(&str, &str)] = &[\n");
    for name in names {
        let file = root.join(format!("frontend/node_modules/lucide-static/icons/{name}.svg"));
        match fs::read_to_string(&file) {
            Ok(svg) => {
                let _ = writeln!(table, "    ({name:?}, {:?}),", inline(&svg));
            }
            Err(_) => wrong.push(format!("lucide has no icon `{name}`")),
        }
    }
    table.push_str("];\n");
    write(&out.join("icons.rs"), &table);
    wrong
}

/// The drawing alone, in a frame of our own.
fn inline(svg: &str) -> String {
    let start = svg
        .find("<svg")
        .and_then(|s| svg[s..].find('>').map(|e| s + e + 1))
        .unwrap_or_default();
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let body: Vec<&str> = svg[start..end]
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    format!(
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" fill=\"none\" stroke=\"currentColor\" \
         stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">{}</svg>",
        body.concat()
    )
}

// ---- styles and scripts ----

/// Runs Vite; installs its packages first when the lockfile is newer than they are.
fn pages(frontend: &Path, assets: &Path) {
    let stamp = frontend.join("node_modules/.package-lock.json");
    let age = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    if age(&stamp).is_none_or(|installed| age(&frontend.join("package-lock.json")).is_some_and(|lock| lock > installed))
    {
        run(frontend, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    }
    let vite = frontend.join("node_modules/vite/bin/vite.js");
    let outdir = assets.to_string_lossy();
    run(
        frontend,
        "node",
        &[
            &vite.to_string_lossy(),
            "build",
            "--logLevel",
            "warn",
            "--emptyOutDir",
            "--outDir",
            &outdir,
        ],
    );
}

fn run(folder: &Path, program: &str, args: &[&str]) {
    match Command::new(program).args(args).current_dir(folder).output() {
        Ok(done) if done.status.success() => {}
        Ok(done) => panic!(
            "`{program} {}` failed in frontend/:\n{}\n{}",
            args.join(" "),
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        ),
        Err(error) => panic!(
            "`{program}` could not be started ({error}). Jiedan's pages are built with Node.js 20 or newer: install \
             it (https://nodejs.org) and build again."
        ),
    }
}

/// Writes only what changed, so that nothing is compiled again for nothing.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::write(path, text).unwrap_or_else(|e| panic!("{} cannot be written: {e}", path.display()));
}
