//! Finds everything that is wrong with a file of settings, by name and all at once, before anything is started.

use std::fmt;
use std::net::SocketAddr;

use confique::Config as _;
use confique::meta::{Field, FieldKind, Meta};
use serde::Deserialize;

use super::{Config, Data, Limits, Mail, Payments, Telling};

type Layer = <Config as confique::Config>::Layer;

/// What is wrong with the settings, one line each.
#[derive(Debug)]
pub struct Problems(Vec<String>);

impl Problems {
    /// A single problem.
    pub fn one(problem: String) -> Self {
        Self(vec![problem])
    }

    fn unless_none(found: Vec<String>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the settings cannot be used:")?;
        for problem in &self.0 {
            writeln!(f, "  - {problem}")?;
        }
        write!(
            f,
            "`jiedan config --example` prints every setting with its meaning and default"
        )
    }
}

impl std::error::Error for Problems {}

/// The file as a layer. Every unknown name and every value of the wrong kind is reported.
pub fn read_layer(table: &toml::Table) -> Result<Layer, Problems> {
    let mut problems = Vec::new();
    for (section, value) in table {
        match (section_of(section), value) {
            (None, _) => problems.push(format!(
                "[{section}]: there is no such section; there are {}",
                names(Config::META.fields)
            )),
            (Some(meta), toml::Value::Table(keys)) => check_section(section, meta, keys, &mut problems),
            (Some(_), _) => problems.push(format!("{section}: is a section, write [{section}]")),
        }
    }
    Problems::unless_none(problems)?;
    Layer::deserialize(table.clone()).map_err(|e| Problems::one(e.to_string()))
}

fn check_section(section: &str, meta: &Meta, keys: &toml::Table, problems: &mut Vec<String>) {
    for (key, value) in keys {
        if !meta.fields.iter().any(|f| f.name == key) {
            problems.push(format!(
                "{section}.{key}: there is no such setting; there are {}",
                names(meta.fields)
            ));
            continue;
        }
        let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
        let alone = toml::Table::from_iter([(section.to_owned(), toml::Value::Table(alone))]);
        if let Err(error) = Layer::deserialize(alone) {
            problems.push(format!("{section}.{key}: {}", error.message().trim()));
        }
    }
}

fn section_of(name: &str) -> Option<&'static Meta> {
    Config::META
        .fields
        .iter()
        .find(|f| f.name == name)
        .and_then(|f| match f.kind {
            FieldKind::Nested { meta } => Some(meta),
            FieldKind::Leaf { .. } => None,
        })
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ")
}

/// What the kinds alone do not tell.
pub fn values(config: &Config) -> Result<(), Problems> {
    let all = [
        server(config),
        data(&config.data),
        mail(&config.mail),
        payments(&config.payments),
        limits(&config.limits),
    ];
    let broken = all
        .into_iter()
        .flatten()
        .chain(telling(&config.telling))
        .filter(|(holds, _)| !holds);
    Problems::unless_none(broken.map(|(_, problem)| problem).collect())
}

/// What must hold, and what is said when it does not.
type Rules = Vec<(bool, String)>;

fn between<T: PartialOrd + fmt::Display>(name: &str, value: T, least: T, most: T) -> (bool, String) {
    (
        value >= least && value <= most,
        format!("{name}: {value} is not between {least} and {most}"),
    )
}

fn one_of(name: &str, value: &str, known: &[&str]) -> (bool, String) {
    (
        known.contains(&value),
        format!("{name}: `{value}` is not known; there are {}", known.join(", ")),
    )
}

fn web_address(name: &str, value: &str) -> (bool, String) {
    let problem = format!("{name}: `{value}` must begin with http:// or https:// and have no slash at the end");
    (is_web_address(value), problem)
}

fn server(config: &Config) -> Rules {
    let server = &config.server;
    let listen = format!(
        "server.listen: `{}` is not an address and port such as 127.0.0.1:8080",
        server.listen
    );
    let zone = format!("server.zone: `{}` is not a zone such as Asia/Shanghai", server.zone);
    vec![
        (is_address(&server.listen), listen),
        web_address("server.base_url", &config.base_url()),
        between("server.node", server.node, 0, 1023),
        between("server.timeout_seconds", server.timeout_seconds, 1, 600),
        (jiff::tz::TimeZone::get(&server.zone).is_ok(), zone),
    ]
}

fn data(data: &Data) -> Rules {
    let database = data.database.as_str();
    let known = database == "sqlite" || database.starts_with("postgres://") || database.starts_with("postgresql://");
    let problem = "data.database: write \"sqlite\" or postgres://user:password@host:port/database".to_owned();
    let threads = [
        between("data.readers", data.readers, 1, 256),
        between("data.writers", data.writers, 1, 256),
    ];
    std::iter::once((known, problem)).chain(threads).collect()
}

fn mail(mail: &Mail) -> Rules {
    let needed = |name: &str, is_there: bool| {
        (
            mail.by != "smtp" || is_there,
            format!("mail.{name}: needed when mail.by is \"smtp\""),
        )
    };
    vec![
        one_of("mail.by", &mail.by, &["outbox", "smtp"]),
        needed("smtp_url", mail.smtp_url.is_some()),
        needed("from", mail.from.is_some()),
    ]
}

fn payments(payments: &Payments) -> Rules {
    let secret = "payments.sandbox_secret: needs at least 16 characters".to_owned();
    vec![
        one_of("payments.gateway", &payments.gateway, &["sandbox"]),
        web_address("payments.sandbox_url", &payments.sandbox_url),
        (payments.sandbox_secret.len() >= 16, secret),
    ]
}

fn limits(limits: &Limits) -> Rules {
    vec![
        between("limits.upload_mib", limits.upload_mib, 1, 1024),
        between("limits.login_per_minute", limits.login_per_minute, 1, 1_000_000),
        between("limits.post_per_minute", limits.post_per_minute, 1, 1_000_000),
        between("limits.upload_per_minute", limits.upload_per_minute, 1, 1_000_000),
        between("limits.read_per_minute", limits.read_per_minute, 1, 1_000_000),
    ]
}

fn telling(telling: &Telling) -> Rules {
    let metrics = "telling.metrics: not an address and port such as 127.0.0.1:9464".to_owned();
    vec![
        one_of("telling.log_format", &telling.log_format, &["text", "json"]),
        (telling.metrics.as_deref().is_none_or(is_address), metrics),
    ]
}

fn is_address(text: &str) -> bool {
    text.parse::<SocketAddr>().is_ok()
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_named_at_once() {
        let text = "[server]\nlisten = 5\nlissten = \"x\"\n[dta]\nfolder = \"x\"\n[limits]\nupload_mib = \"many\"\n";
        let told = Config::from_text(text).expect_err("four mistakes").to_string();
        for name in ["server.listen:", "server.lissten:", "[dta]:", "limits.upload_mib:"] {
            assert!(told.contains(name), "{name} is missing in {told}");
        }
        let text = "[server]\nlisten = \"nowhere\"\nnode = 5000\n[mail]\nby = \"smtp\"\n";
        let told = Config::from_text(text).expect_err("four mistakes").to_string();
        for name in ["server.listen:", "server.node:", "mail.smtp_url:", "mail.from:"] {
            assert!(told.contains(name), "{name} is missing in {told}");
        }
    }

    #[test]
    fn the_example_is_valid_and_tells_every_key() {
        let example = Config::example();
        let uncommented: String = example
            .lines()
            .filter_map(|l| {
                l.strip_prefix('#')
                    .filter(|rest| rest.contains(" = ") && !rest.starts_with(' '))
                    .or_else(|| l.starts_with('[').then_some(l))
            })
            .map(|l| format!("{l}\n"))
            .collect();
        assert!(Config::from_text(&uncommented).is_ok(), "{uncommented}");
        for section in Config::META.fields {
            let FieldKind::Nested { meta } = section.kind else {
                panic!("only sections at the top")
            };
            for field in meta.fields {
                assert!(
                    example.contains(&format!("#{} =", field.name)),
                    "{} is missing",
                    field.name
                );
                assert!(!field.doc.is_empty(), "{} has no words", field.name);
            }
        }
    }
}
