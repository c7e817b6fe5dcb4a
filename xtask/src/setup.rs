//! What the tests need from the machine: installed on Debian as root, named elsewhere.

use std::path::{Path, PathBuf};

use crate::run::{answer, checked, command};

/// What was found on the machine.
pub struct Tools {
    /// The folder with `initdb` and `pg_ctl`.
    pub postgres: PathBuf,
    /// Chromium's program.
    pub chromium: PathBuf,
}

/// Finds or installs PostgreSQL and Chromium. Error: what to install by hand.
pub fn tools() -> Result<Tools, String> {
    if node_major() < Some(20) {
        return Err("Node.js 20 or newer is needed to build the pages: install it and try again".to_owned());
    }
    if postgres_bin().is_none() || chromium().is_none() || !has_chinese_font() {
        install()?;
    }
    Ok(Tools {
        postgres: postgres_bin().ok_or("PostgreSQL (15 or newer) is needed: install the package postgresql")?,
        chromium: chromium().ok_or("Chromium is needed: install the package chromium")?,
    })
}

fn install() -> Result<(), String> {
    let debian = Path::new("/etc/debian_version").exists();
    if !debian || answer("id", &["-u"]).as_deref() != Some("0") {
        return Err(
            "The tests need PostgreSQL 15 or newer, Chromium and a Chinese font (such as WenQuanYi Micro Hei).\n\
                    As root on Debian they are installed by themselves; here, install them and try again."
                .to_owned(),
        );
    }
    let mut apt = command("apt-get", &["update"]);
    checked(apt.env("DEBIAN_FRONTEND", "noninteractive"))?;
    let packages = [
        "install",
        "-y",
        "--no-install-recommends",
        "postgresql",
        "chromium",
        "fonts-wqy-microhei",
    ];
    checked(command("apt-get", &packages).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn node_major() -> Option<u32> {
    answer("node", &["--version"])?
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn has_chinese_font() -> bool {
    answer("fc-list", &[":lang=zh", "family"]).is_some_and(|fonts| !fonts.is_empty())
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named
        .into_iter()
        .chain(["/usr/bin/chromium", "/usr/bin/chromium-browser"].map(PathBuf::from))
        .find(|p| p.exists())
}

/// The newest installed server's folder.
fn postgres_bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}
