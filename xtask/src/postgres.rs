//! A private PostgreSQL server for one run of the tests, in a folder of its own, gone afterwards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{answer, checked};

/// The running server; stopped and removed when dropped.
pub struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
    as_postgres: bool,
}

impl Cluster {
    /// Makes and starts a server. Error: what could not be done.
    pub fn start(bin: &Path) -> Result<Self, String> {
        let as_postgres = answer("id", &["-u"]).as_deref() == Some("0");
        let folder = std::env::temp_dir().join(format!("jiedan-pg-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
        let port = free.map_err(|e| format!("no free port: {e}"))?.port();
        let cluster = Self {
            bin: bin.to_owned(),
            folder,
            port,
            as_postgres,
        };
        if as_postgres {
            // The server refuses to run as root.
            checked(Command::new("chown").arg("postgres").arg(&cluster.folder))?;
        }
        let data = cluster.data();
        checked(cluster.tool("initdb").args([
            "-D",
            &data,
            "-U",
            "jiedan",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))?;
        // The tests are about our program; what the server does when the power fails is its makers' business.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off -c max_connections=300 -c shared_buffers=256MB"
        );
        let log = format!("{data}/server.log");
        checked(
            cluster
                .tool("pg_ctl")
                .args(["-D", &data, "-l", &log, "-w", "-o", &options, "start"]),
        )?;
        Ok(cluster)
    }

    /// Where tests reach it.
    pub fn url(&self) -> String {
        format!("postgres://jiedan@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn tool(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        let mut command = if self.as_postgres {
            let mut as_other = Command::new("runuser");
            as_other.args(["-u", "postgres", "--"]).arg(path);
            as_other
        } else {
            Command::new(path)
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Best effort: a server that cannot be stopped is told on the screen by pg_ctl itself.
        let _ = self
            .tool("pg_ctl")
            .args(["-D", &self.data(), "-m", "immediate", "stop"])
            .status();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
