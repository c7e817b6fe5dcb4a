//! A store of its own for each test, on each engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kernel::Timestamp;
use postgres::{Client, NoTls};
use store::{Clock, Fail, Location, ManualClock, Options, Store, Tx, params};
use tempfile::TempDir;

/// A place for data, removed when dropped.
pub enum Place {
    Folder(TempDir),
    Server { url: String, name: String },
}

impl Place {
    pub fn folder() -> Self {
        Self::Folder(tempfile::tempdir().unwrap())
    }

    pub fn on_server() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let url = std::env::var("JIEDAN_TEST_PG").ok().filter(|url| !url.is_empty())?;
        let name = format!(
            "jiedan_store_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::SeqCst)
        );
        let mut client = Client::connect(&url, NoTls).unwrap();
        client
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        Some(Self::Server { url, name })
    }

    pub fn location(&self) -> Location {
        match self {
            Self::Folder(folder) => Location::Sqlite(folder.path().join("data.db")),
            Self::Server { url, name } => Location::Postgres(format!("{}/{name}", url.rsplit_once('/').unwrap().0)),
        }
    }

    /// Runs statements behind the store's back.
    pub fn behind(&self, sql: &str) {
        match self.location() {
            Location::Sqlite(path) => rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap(),
            Location::Postgres(url) => Client::connect(&url, NoTls).unwrap().batch_execute(sql).unwrap(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Server { url, name } = self {
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = Client::connect(url, NoTls).map(|mut client| client.batch_execute(&drop));
        }
    }
}

/// Every engine at hand.
pub fn places() -> Vec<Place> {
    std::iter::once(Place::folder()).chain(Place::on_server()).collect()
}

/// A store, the clock that stands still, and the place.
pub struct Bench {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub place: Place,
}

impl Bench {
    pub fn open(place: Place, change: impl Fn(&mut Options)) -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp::from_micros(1_770_000_000_000_000)));
        let mut options = Options {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            readers: 2,
            writers: 8,
            ..Options::default()
        };
        change(&mut options);
        let store = Store::open(&place.location(), options).unwrap();
        store.write("make", make_notes).wait().unwrap();
        Self { store, clock, place }
    }

    pub fn write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        self.store.write("test", run).wait()
    }

    pub fn read<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        self.store.read("test", run).wait()
    }

    pub fn notes(&self) -> Vec<String> {
        self.read(|tx| Ok(tx.query("SELECT words FROM notes ORDER BY id", &[], |row| row.get(0))?))
            .unwrap()
    }
}

fn make_notes(tx: &mut Tx) -> Result<(), Fail> {
    tx.execute(
        "CREATE TABLE IF NOT EXISTS notes (id BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL)",
        &[],
    )?;
    tx.execute(
        "CREATE TABLE IF NOT EXISTS counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)",
        &[],
    )?;
    Ok(())
}

pub fn note(tx: &mut Tx, words: &str) -> Result<(), Fail> {
    let id = tx.new_id();
    tx.execute("INSERT INTO notes (id, words) VALUES (?1, ?2)", params![id, words])?;
    Ok(())
}

/// Runs a test on each engine at hand.
pub fn on_both(test: impl Fn(&Bench)) {
    on_both_with(|_| {}, test);
}

pub fn on_both_with(change: impl Fn(&mut Options) + Copy, test: impl Fn(&Bench)) {
    for place in places() {
        test(&Bench::open(place, change));
    }
}
