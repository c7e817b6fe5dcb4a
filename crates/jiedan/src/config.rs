//! What the operator sets before the market opens: one file, `jiedan.toml`, and environment variables over it.
//! What can change while the market runs is a setting of the market itself (`site::Settings`), not of this file.

mod check;

use std::path::{Path, PathBuf};

use confique::Config as _;

pub use check::Problems;

/// Everything in `jiedan.toml`.
#[derive(Debug, Clone, confique::Config)]
pub struct Config {
    /// Where the market is reached.
    #[config(nested)]
    pub server: Server,
    /// Where the data lives.
    #[config(nested)]
    pub data: Data,
    /// How mail leaves.
    #[config(nested)]
    pub mail: Mail,
    /// How money comes in.
    #[config(nested)]
    pub payments: Payments,
    /// How much a stranger may send.
    #[config(nested)]
    pub limits: Limits,
    /// What is told to the operator, and how.
    #[config(nested)]
    pub telling: Telling,
}

/// `[server]`
#[derive(Debug, Clone, confique::Config)]
pub struct Server {
    /// The address and port to listen on.
    #[config(default = "127.0.0.1:8080", env = "JIEDAN_LISTEN")]
    pub listen: String,
    /// Where people reach the market, without a slash at the end; stands in mails and in what the payment gateway
    /// calls back. Default: http:// and the address above. With https://, cookies travel over TLS only.
    #[config(env = "JIEDAN_BASE_URL")]
    pub base_url: Option<String>,
    /// Believe the X-Forwarded-For header of the proxy in front. Set this only when there is one, or anybody can
    /// name any address.
    #[config(default = false, env = "JIEDAN_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// Seconds after which a request is given up.
    #[config(default = 30)]
    pub timeout_seconds: u64,
    /// The number of this process, 0 to 1023, when several serve one market: part of every id it makes.
    #[config(default = 0, env = "JIEDAN_NODE")]
    pub node: u16,
    /// The zone of readers who have not chosen one, by its IANA name.
    #[config(default = "Asia/Shanghai")]
    pub zone: String,
}

/// `[data]`
#[derive(Debug, Clone, confique::Config)]
pub struct Data {
    /// The folder with the database (unless it is PostgreSQL), files and keys. Made if it is not there. Back it up.
    #[config(default = "data", env = "JIEDAN_DATA")]
    pub folder: PathBuf,
    /// "sqlite" for a file in the folder, or postgres://user:password@host:port/database.
    #[config(default = "sqlite", env = "JIEDAN_DATABASE")]
    pub database: String,
    /// Threads that answer reads.
    #[config(default = 4)]
    pub readers: usize,
    /// Connections that write, on PostgreSQL. SQLite has one and groups.
    #[config(default = 8)]
    pub writers: usize,
}

/// `[mail]`
#[derive(Debug, Clone, confique::Config)]
pub struct Mail {
    /// "smtp" sends mails; "outbox" sends nothing: the demo shows them on its outbox page, a market of your own writes
    /// them, codes included, into the log, which is enough to try it out and for nothing else.
    #[config(default = "outbox", env = "JIEDAN_MAIL")]
    pub by: String,
    /// smtps://user:password@host:465 or smtp://host:587?tls=required; needed for "smtp".
    #[config(env = "JIEDAN_SMTP_URL")]
    pub smtp_url: Option<String>,
    /// The sender people see, such as "接单 <hello@market.example>"; needed for "smtp".
    #[config(env = "JIEDAN_MAIL_FROM")]
    pub from: Option<String>,
}

/// `[payments]`
#[derive(Debug, Clone, confique::Config)]
pub struct Payments {
    /// The gateway money comes in through: "sandbox" moves no real money. Alipay, WeChat Pay and Stripe will follow.
    #[config(default = "sandbox", env = "JIEDAN_GATEWAY")]
    pub gateway: String,
    /// Where the sandbox gateway listens (`jiedan sandbox-gateway`). The demo starts it by itself.
    #[config(default = "http://127.0.0.1:8090", env = "JIEDAN_SANDBOX_URL")]
    pub sandbox_url: String,
    /// The folder in which the sandbox gateway keeps its books and its key. Default: `sandbox` in the data folder.
    pub sandbox_folder: Option<PathBuf>,
    /// The word the market and the sandbox gateway share.
    #[config(default = "sandbox-merchant-secret", env = "JIEDAN_SANDBOX_SECRET")]
    pub sandbox_secret: String,
}

/// `[limits]`
#[derive(Debug, Clone, confique::Config)]
pub struct Limits {
    /// The largest file a person may upload, in MiB.
    #[config(default = 20)]
    pub upload_mib: usize,
    /// Log-ins, codes, sign-ups and resets a minute from one address.
    #[config(default = 20)]
    pub login_per_minute: u32,
    /// Forms sent a minute from one address.
    #[config(default = 120)]
    pub post_per_minute: u32,
    /// Uploads a minute from one address.
    #[config(default = 60)]
    pub upload_per_minute: u32,
    /// Pages read a minute from one address.
    #[config(default = 600)]
    pub read_per_minute: u32,
}

/// `[telling]`
#[derive(Debug, Clone, confique::Config)]
pub struct Telling {
    /// "text" for people, "json" for collectors of logs.
    #[config(default = "text", env = "JIEDAN_LOG_FORMAT")]
    pub log_format: String,
    /// What is logged, as level or module=level, comma-separated.
    #[config(default = "info", env = "JIEDAN_LOG")]
    pub log: String,
    /// An address of its own for Prometheus metrics, such as 127.0.0.1:9464. Default: none. Keep it inside.
    #[config(env = "JIEDAN_METRICS")]
    pub metrics: Option<String>,
}

impl Config {
    /// Reads the file (if any), the environment over it, and the defaults under both. Error: every problem, by name.
    pub fn load(file: Option<&Path>) -> Result<Self, Problems> {
        let text = match file {
            None => String::new(),
            Some(path) => {
                std::fs::read_to_string(path).map_err(|e| Problems::one(format!("{}: {e}", path.display())))?
            }
        };
        Self::from_text(&text)
    }

    /// The same, from the text of a file.
    pub fn from_text(text: &str) -> Result<Self, Problems> {
        let table: toml::Table = text
            .parse()
            .map_err(|e: toml::de::Error| Problems::one(format!("not TOML: {e}")))?;
        let file = check::read_layer(&table)?;
        let env = <Self as confique::Config>::Layer::from_env().map_err(|e| Problems::one(format!("{e:#}")))?;
        use confique::Layer as _;
        let layered = env
            .with_fallback(file)
            .with_fallback(<Self as confique::Config>::Layer::default_values());
        let config = Self::from_layer(layered).map_err(|e| Problems::one(format!("{e:#}")))?;
        check::values(&config)?;
        Ok(config)
    }

    /// The same, once more checked after what was typed on the command line went over it.
    pub fn checked(self) -> anyhow::Result<Self> {
        check::values(&self)?;
        Ok(self)
    }

    /// The example file, every key with its meaning and default.
    pub fn example() -> String {
        let head = "# jiedan.toml: every setting, with its default. Remove the # in front of what you change.\n\n";
        format!(
            "{head}{}",
            confique::toml::template::<Self>(confique::toml::FormatOptions::default())
        )
    }

    /// Where people reach the market.
    pub fn base_url(&self) -> String {
        self.server
            .base_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.server.listen))
    }

    /// Where the store is.
    pub fn location(&self) -> store::Location {
        match self.data.database.as_str() {
            "sqlite" => store::Location::Sqlite(self.data.folder.join("jiedan.db")),
            url => store::Location::Postgres(url.to_owned()),
        }
    }

    /// The sandbox gateway's own folder.
    pub fn sandbox_folder(&self) -> PathBuf {
        self.payments
            .sandbox_folder
            .clone()
            .unwrap_or_else(|| self.data.folder.join("sandbox"))
    }
}
