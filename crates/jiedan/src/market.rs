//! Opening a market: the store, the pack installed into it, and the key that signs its cookies.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use site::Pack;
use store::{Clock, Options, Store};

use crate::config::Config;

/// Opens the store of these settings, migrated and with the pack in place.
pub fn open(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Store> {
    let folder = &config.data.folder;
    std::fs::create_dir_all(folder).with_context(|| format!("data.folder: {}", folder.display()))?;
    let options = Options {
        node: config.server.node,
        clock,
        readers: config.data.readers,
        writers: config.data.writers,
        ..Options::default()
    };
    let store = Store::open(&config.location(), options).context("the market's database cannot be opened")?;
    install(&store)?;
    Ok(store)
}

/// Puts the pack into the market. What is there stays, so that every start may do it.
fn install(store: &Store) -> anyhow::Result<()> {
    let outcome = store.write("install_pack", |tx| {
        let pack = Pack::general();
        site::install(tx, &pack)?;
        catalog::install(tx, &pack)?;
        orders::processes::install(tx, &pack)?;
        trust::install(tx, &pack)
    });
    outcome.wait().context("the pack cannot be installed")
}

/// The key that signs cookies and form tokens, made once and kept in the data folder, readable by the owner only.
pub fn secret(folder: &Path) -> anyhow::Result<[u8; 32]> {
    let path = folder.join("secret.key");
    if let Ok(kept) = std::fs::read(&path) {
        return kept.try_into().map_err(|_| {
            anyhow::anyhow!(
                "{}: must hold exactly 32 bytes; remove it to make a new one (forms that are open must be sent again)",
                path.display()
            )
        });
    }
    let mut fresh = [0u8; 32];
    SystemRandom::new()
        .fill(&mut fresh)
        .map_err(|_| anyhow::anyhow!("the machine gives no random numbers"))?;
    write_private(&path, &fresh).with_context(|| path.display().to_string())?;
    Ok(fresh)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
