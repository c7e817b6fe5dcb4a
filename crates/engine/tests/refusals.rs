//! Shows that the checker bites: every file in `broken/` names the one fault it has and its line, and is refused with
//! exactly that; the files in `sound/` and the tender itself are accepted.

use std::fs;
use std::path::{Path, PathBuf};

use kernel::Locale;

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut paths: Vec<_> = fs::read_dir(root)
        .expect("the folder is part of the sources")
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(&path).expect("a readable file")))
        .collect()
}

#[test]
fn every_broken_process_is_refused_for_what_is_wrong_with_it() {
    let mut wrong = Vec::new();
    let all = files("broken");
    assert!(all.len() >= 50, "only {} files", all.len());
    for (path, text) in all {
        let first = text.lines().next().unwrap_or_default();
        let expected = first
            .strip_prefix("# expect: ")
            .expect("the first line names the fault");
        let got = match engine::load(&text) {
            Ok(_) => "accepted".to_owned(),
            Err(faults) => {
                for fault in &faults {
                    for locale in Locale::ALL {
                        assert!(!fault.what.pick(locale).is_empty() && !fault.mend.pick(locale).is_empty());
                    }
                }
                let told = faults.iter().map(|fault| format!("{} @ {}", fault.code, fault.line));
                told.collect::<Vec<_>>().join(", ")
            }
        };
        if got != expected {
            wrong.push(format!("{}: expected {expected}, got {got}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_the_reference_has_a_broken_file_and_the_other_way_round() {
    let reference = include_str!("../../../docs/PROCESSES.md");
    let told: std::collections::BTreeSet<_> = reference
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(code, _)| code.to_owned())
        .filter(|code| code.contains('-') || code == "syntax")
        .collect();
    let mut shown: std::collections::BTreeSet<_> = files("broken")
        .iter()
        .filter_map(|(_, text)| {
            text.strip_prefix("# expect: ")?
                .split_once(' ')
                .map(|(code, _)| code.to_owned())
        })
        .collect();
    // A file of more than 64 KiB is made by a test instead of being kept.
    shown.insert("too-large".to_owned());
    assert_eq!(told, shown);
}

#[test]
fn a_money_state_without_a_clock_is_told_with_its_path() {
    let faults = engine::load(include_str!("broken/money-without-clock.toml")).expect_err("it is broken");
    let told = faults[0].to_string();
    assert!(
        told.contains("open → funded (fund) → disputed (dispute) → silence: 100 % stays in escrow for ever"),
        "{told}"
    );
    let told = faults[0].shown(Locale::ZhCn);
    assert!(told.contains("沉默：100 % 永远留在托管中"), "{told}");
}

#[test]
fn sound_processes_are_accepted() {
    let tender = include_str!("../../../packs/general/processes/tender.toml").to_owned();
    let all = files("sound")
        .into_iter()
        .chain([(PathBuf::from("tender.toml"), tender)]);
    for (path, text) in all {
        for zh in [true, false] {
            let told = engine::report(&text, zh).unwrap_or_else(|told| panic!("{}: {told}", path.display()));
            assert!(told.contains("⏱"), "{told}");
        }
    }
}

#[test]
fn large_and_senseless_files_are_refused_quietly() {
    let large = "#".repeat(engine::MAX_BYTES + 1);
    let deep = format!("a = {}{}", "[".repeat(20_000), "]".repeat(20_000));
    for (text, code) in [
        (large.as_str(), "too-large"),
        (deep.as_str(), "syntax"),
        ("", "missing-key"),
        ("\u{0}", "syntax"),
    ] {
        let faults = engine::load(text).expect_err("it is no process");
        assert_eq!(faults[0].code, code);
    }
}

#[test]
fn every_refusal_has_words_in_both_languages() {
    use kernel::Refuse;
    for file in [
        include_str!("../../../locales/zh-CN/engine.ftl"),
        include_str!("../../../locales/en/engine.ftl"),
    ] {
        for code in engine::EngineRefusal::CODES {
            assert!(file.contains(&format!("\nrefusal-{code} = ")), "no words for {code}");
        }
    }
}
