//! Where a test market's data lives: a folder that goes with it, or a fresh database on a server.

use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};
use store::Location;
use tempfile::TempDir;

/// The server for tests, if there is one: `JIEDAN_TEST_PG`.
pub fn server_url() -> Option<String> {
    std::env::var("JIEDAN_TEST_PG")
        .ok()
        .filter(|url| !url.trim().is_empty())
}

/// A place for one market, removed when dropped.
pub(crate) enum Database {
    Folder(TempDir),
    Server { url: String, name: String },
}

impl Database {
    pub(crate) fn folder() -> Self {
        Self::Folder(tempfile::tempdir().expect("the machine has room for a folder"))
    }

    pub(crate) fn on_server(url: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "jiedan_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::SeqCst)
        );
        let mut client = Client::connect(url, NoTls).expect("the server of JIEDAN_TEST_PG answers");
        // Left behind by a test that was killed, with the same process number.
        client
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .expect("the server drops");
        client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .expect("the server makes a database");
        Self::Server {
            url: url.to_owned(),
            name,
        }
    }

    pub(crate) fn location(&self) -> Location {
        match self {
            Self::Folder(folder) => Location::Sqlite(folder.path().join("market.db")),
            Self::Server { url, name } => {
                let (server, query) = url.split_once('?').map_or((url.as_str(), None), |(s, q)| (s, Some(q)));
                let server = server.rsplit_once('/').map_or(server, |(host, _)| host);
                Location::Postgres(query.map_or_else(|| format!("{server}/{name}"), |q| format!("{server}/{name}?{q}")))
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Server { url, name } = self
            && let Ok(mut client) = Client::connect(url, NoTls)
        {
            // A leftover database is untidy, not wrong.
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
