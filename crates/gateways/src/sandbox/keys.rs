//! The sandbox's own signing key: made once, kept in its folder, readable by its owner alone. Not a secret of the
//! market: the market only ever sees the public half.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;

const PRIVATE: &str = "signing-key.pk8";

fn broken(what: &str) -> io::Error {
    io::Error::other(what.to_owned())
}

/// Reads the key in `folder`, making it first if there is none. Two programs may do so at once: one key wins.
pub(super) fn load_or_make(folder: &Path) -> io::Result<KeyPair> {
    fs::create_dir_all(folder)?;
    let path = folder.join(PRIVATE);
    if !path.exists() {
        make(folder, &path)?;
    }
    KeyPair::from_pkcs8(&fs::read(&path)?).map_err(|_| broken("the sandbox's signing key cannot be read"))
}

/// Writes a fresh key beside the path, then puts it in place whole, unless somebody else was first.
fn make(folder: &Path, path: &Path) -> io::Result<()> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| broken("no signing key could be made"))?;
    let der = AsDer::<Pkcs8V1Der>::as_der(&pair).map_err(|_| broken("the signing key has no form to be kept in"))?;
    let mut name = [0_u8; 8];
    aws_lc_rs::rand::fill(&mut name).map_err(|_| broken("no randomness"))?;
    let fresh = folder.join(format!("{}.new", hex::encode(name)));
    write_private(&fresh, der.as_ref())?;
    let placed = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    match placed {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The public half in hexadecimal, making the key first if there is none: what the market's settings need.
pub fn public_key(folder: &Path) -> io::Result<String> {
    let pair = load_or_make(folder)?;
    Ok(hex::encode(pair.public_key().as_ref()))
}
