//! Finds everything that is wrong with a file of settings, by name and all at once, before anything is started.

use std::fmt;
use std::net::SocketAddr;

use confique::Config as _;
use confique::meta::{Field, FieldKind, Meta};
use serde::Deserialize;

use super::Config;

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
    let mut found = Vec::new();
    let mut must = |holds: bool, problem: String| {
        if !holds {
            found.push(problem);
        }
    };
    let Config {
        server,
        data,
        mail,
        payments,
        limits,
        telling,
    } = config;
    must(
        is_address(&server.listen),
        format!(
            "server.listen: `{}` is not an address and port such as 127.0.0.1:8080",
            server.listen
        ),
    );
    let base = config.base_url();
    must(
        is_web_address(&base),
        format!("server.base_url: `{base}` must begin with http:// or https:// and have no slash at the end"),
    );
    must(
        server.node < 1024,
        format!("server.node: {} is not between 0 and 1023", server.node),
    );
    must(
        (1..=600).contains(&server.timeout_seconds),
        format!(
            "server.timeout_seconds: {} is not between 1 and 600",
            server.timeout_seconds
        ),
    );
    must(
        jiff::tz::TimeZone::get(&server.zone).is_ok(),
        format!("server.zone: `{}` is not a zone such as Asia/Shanghai", server.zone),
    );
    let database = data.database.as_str();
    let known = database == "sqlite" || database.starts_with("postgres://") || database.starts_with("postgresql://");
    must(
        known,
        "data.database: write \"sqlite\" or postgres://user:password@host:port/database".to_owned(),
    );
    must(
        (1..=256).contains(&data.readers),
        format!("data.readers: {} is not between 1 and 256", data.readers),
    );
    must(
        (1..=256).contains(&data.writers),
        format!("data.writers: {} is not between 1 and 256", data.writers),
    );
    must(
        matches!(mail.by.as_str(), "outbox" | "smtp"),
        format!("mail.by: `{}` is neither \"outbox\" nor \"smtp\"", mail.by),
    );
    must(
        mail.by != "smtp" || mail.smtp_url.is_some(),
        "mail.smtp_url: needed when mail.by is \"smtp\"".to_owned(),
    );
    must(
        mail.by != "smtp" || mail.from.is_some(),
        "mail.from: needed when mail.by is \"smtp\"".to_owned(),
    );
    must(
        payments.gateway == "sandbox",
        format!(
            "payments.gateway: `{}` is not known; there is \"sandbox\"",
            payments.gateway
        ),
    );
    must(
        is_web_address(&payments.sandbox_url),
        format!(
            "payments.sandbox_url: `{}` must begin with http:// or https:// and have no slash at the end",
            payments.sandbox_url
        ),
    );
    must(
        payments.sandbox_secret.len() >= 16,
        "payments.sandbox_secret: needs at least 16 characters".to_owned(),
    );
    must(
        (1..=1024).contains(&limits.upload_mib),
        format!("limits.upload_mib: {} is not between 1 and 1024", limits.upload_mib),
    );
    for (name, value) in [
        ("login_per_minute", limits.login_per_minute),
        ("post_per_minute", limits.post_per_minute),
        ("upload_per_minute", limits.upload_per_minute),
        ("read_per_minute", limits.read_per_minute),
    ] {
        must(value > 0, format!("limits.{name}: must be at least 1"));
    }
    must(
        matches!(telling.log_format.as_str(), "text" | "json"),
        format!(
            "telling.log_format: `{}` is neither \"text\" nor \"json\"",
            telling.log_format
        ),
    );
    must(
        telling.metrics.as_deref().is_none_or(is_address),
        "telling.metrics: not an address and port such as 127.0.0.1:9464".to_owned(),
    );
    Problems::unless_none(found)
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
