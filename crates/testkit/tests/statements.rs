//! Every SQL statement of the product is prepared on both engines: what one of them does not understand, and what names
//! a table or a column that is not there, fails here and not in front of a person.
//!
//! Statements are the string literals of every `sql.rs` (and of the store's own files) that begin like one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::path::{Path, PathBuf};

use testkit::Market;

/// Fewer would mean that the search is broken, not that the product is small.
const FEWEST: usize = 150;
/// Files of the store that hold statements of both engines.
const OF_THE_STORE: [&str; 4] = ["tx.rs", "events.rs", "jobs.rs", "once.rs"];
const BEGINNINGS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

struct Statement {
    file: PathBuf,
    line: usize,
    sql: String,
}

#[test]
fn every_statement_is_understood_by_both_engines() {
    let statements = collect();
    assert!(
        statements.len() >= FEWEST,
        "only {} statements were found",
        statements.len()
    );
    println!("{} statements", statements.len());
    let mut refused = Vec::new();
    for market in testkit::engines() {
        let engine = market.store().engine();
        for statement in &statements {
            if let Err(why) = prepare(&market, &statement.sql) {
                refused.push(format!(
                    "{engine:?} {}:{}: {why}\n    {}",
                    statement.file.display(),
                    statement.line,
                    statement.sql
                ));
            }
        }
    }
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.join("\n"));
}

fn prepare(market: &Market, sql: &str) -> Result<(), String> {
    let sql = sql.to_owned();
    market
        .read(move |tx| Ok(tx.prepare(&sql)?))
        .map_err(|fail| fail.to_string())
}

fn collect() -> Vec<Statement> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for room in std::fs::read_dir(&crates).unwrap() {
        find(&room.unwrap().path().join("src"), &mut files);
    }
    files.extend(OF_THE_STORE.map(|name| crates.join("store/src").join(name)));
    files.sort();
    files.into_iter().flat_map(|file| statements_of(&file)).collect()
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, files);
        } else if path.file_name().is_some_and(|name| name == "sql.rs") {
            files.push(path);
        }
    }
}

fn statements_of(file: &Path) -> Vec<Statement> {
    let text = std::fs::read_to_string(file).unwrap();
    let all = literals(&text).into_iter();
    all.filter(|(_, sql)| {
        BEGINNINGS
            .iter()
            .any(|beginning| sql.trim_start().starts_with(beginning))
    })
    .map(|(line, sql)| Statement {
        file: file.to_owned(),
        line,
        sql,
    })
    .collect()
}

/// The string literals of a Rust source, with the lines they begin on. Knows comments, escapes, continued lines, raw
/// strings, and that `'` may begin a lifetime.
fn literals(source: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => rest
                .windows(2)
                .position(|two| two == ['*', '/'])
                .map_or(rest.len(), |end| end + 2),
            ['\'', '\\', ..] => {
                2 + rest[2..]
                    .iter()
                    .skip(1)
                    .position(|c| *c == '\'')
                    .map_or(0, |end| end + 2)
            }
            ['\'', _, '\'', ..] => 3,
            ['r', '"' | '#', ..] if at == 0 || !is_word(chars[at - 1]) => match raw(rest) {
                Some((text, length)) => {
                    found.push((line_of(&chars[..at]), text));
                    length
                }
                None => 1,
            },
            ['"', ..] => {
                let (text, length) = plain(rest);
                found.push((line_of(&chars[..at]), text));
                length
            }
            _ => 1,
        };
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_of(before: &[char]) -> usize {
    before.iter().filter(|c| **c == '\n').count() + 1
}

fn plain(rest: &[char]) -> (String, usize) {
    let (mut text, mut at) = (String::new(), 1);
    while at < rest.len() && rest[at] != '"' {
        if rest[at] != '\\' {
            text.push(rest[at]);
            at += 1;
            continue;
        }
        match rest.get(at + 1) {
            // A continued line: the break and the white space after it are not part of the text.
            Some('\n') => at += 2 + rest[at + 2..].iter().take_while(|c| c.is_whitespace()).count(),
            Some('n') => {
                text.push('\n');
                at += 2;
            }
            Some(other) => {
                text.push(*other);
                at += 2;
            }
            None => at += 1,
        }
    }
    (text, at + 1)
}

fn raw(rest: &[char]) -> Option<(String, usize)> {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let start = hashes + 2;
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let length = rest[start..].windows(end.len()).position(|window| window == end)?;
    Some((rest[start..start + length].iter().collect(), start + length + end.len()))
}

#[test]
fn the_search_reads_rust_as_rust_is_written() {
    let source = r##"
        // "SELECT in a comment"
        /* "SELECT too" */
        fn a<'a>(x: &'a str) -> char { '"' }
        const A: &str = "SELECT 1 \
                         FROM \"a\"";
        let b = r#"SELECT "b""#; let q = '\''; let for_ = "x\ny";
    "##;
    let found: Vec<String> = literals(source).into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["SELECT 1 FROM \"a\"", "SELECT \"b\"", "x\ny"]);
}
