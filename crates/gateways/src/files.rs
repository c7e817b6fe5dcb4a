//! Where the bytes of files lie. A key is the hash of what lies under it, so that putting the same bytes twice is
//! harmless and nothing is ever overwritten with something else.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use tokio::io::AsyncWriteExt;

/// A future of a file store.
pub type FileFuture<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// A place for bytes: a folder here, object storage elsewhere.
pub trait FileStore: Send + Sync {
    /// Keeps the bytes under the key, durably, before it answers.
    fn put<'a>(&'a self, key: &'a str, bytes: &'a [u8]) -> FileFuture<'a, ()>;
    /// The bytes under the key; nothing when there are none.
    fn get<'a>(&'a self, key: &'a str) -> FileFuture<'a, Option<Vec<u8>>>;
}

/// Files in a folder of this machine.
#[derive(Clone, Debug)]
pub struct LocalFiles {
    folder: PathBuf,
}

impl LocalFiles {
    /// Keeps files under `folder`, which is made when the first file comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Two levels, so that no folder holds too many. A key is plain ASCII or it is refused.
    fn path(&self, key: &str) -> io::Result<PathBuf> {
        let plain = key.len() >= 8 && key.len() <= 128 && key.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file key"));
        }
        Ok(self.folder.join(&key[..2]).join(key))
    }

    async fn put_file(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(key)?;
        if tokio::fs::try_exists(&path).await? {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder).to_owned();
        tokio::fs::create_dir_all(&folder).await?;
        // Two uploads of the same bytes write two temporary files; the later rename changes nothing.
        let temporary = folder.join(format!("{key}.{}.part", temporary_number()));
        let written = write_durably(&temporary, bytes).await;
        let renamed = match written {
            Ok(()) => tokio::fs::rename(&temporary, &path).await,
            Err(error) => Err(error),
        };
        if renamed.is_err() {
            // What is left of a failed write is only in the way; the error itself is what counts.
            drop(tokio::fs::remove_file(&temporary).await);
        }
        renamed?;
        sync_folder(&folder).await
    }
}

impl FileStore for LocalFiles {
    fn put<'a>(&'a self, key: &'a str, bytes: &'a [u8]) -> FileFuture<'a, ()> {
        Box::pin(self.put_file(key, bytes))
    }

    fn get<'a>(&'a self, key: &'a str) -> FileFuture<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            match tokio::fs::read(self.path(key)?).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        })
    }
}

fn temporary_number() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    (u64::from(std::process::id()) << 32) | (NEXT.fetch_add(1, Ordering::Relaxed) & 0xffff_ffff)
}

async fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tokio::fs::File::create(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

/// The rename itself is durable only when the folder is written too.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    tokio::fs::File::open(folder).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bytes_come_back_and_keys_cannot_escape() {
        let folder = std::env::temp_dir().join(format!("jiedan-files-{}", std::process::id()));
        let files = LocalFiles::new(&folder);
        let key = "ab".repeat(32);
        assert_eq!(files.get(&key).await.expect("readable"), None);
        files.put(&key, b"hello").await.expect("writable");
        files.put(&key, b"hello").await.expect("twice is harmless");
        assert_eq!(files.get(&key).await.expect("readable"), Some(b"hello".to_vec()));
        for key in ["../../etc/passwd", "", "a", "ab/cdefghij", "..........", "中文中文"] {
            assert!(files.put(key, b"x").await.is_err(), "{key}");
            assert!(files.get(key).await.is_err(), "{key}");
        }
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
