//! What the workers are given: the store, the ways out of the house, and the state the pages share with them.

use std::sync::Arc;

use anyhow::anyhow;
use gateways::files::LocalFiles;
use gateways::mail::{self, Mail, Mailer, Sending, Smtp};
use gateways::sms::{self, SmsSender};
use store::Store;
use web::{App, LimitSettings, WebSettings};

use super::payments;
use crate::config::Config;
use crate::market;

/// Everything that runs beside the pages works on this. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The market's data.
    pub store: Store,
    /// The state of the pages.
    pub app: App,
    /// Where people reach the market.
    pub base_url: String,
    /// This process's number.
    pub node: u16,
    /// How mail leaves.
    pub mailer: Arc<dyn Mailer>,
    /// How text messages leave.
    pub sms: Arc<dyn SmsSender>,
}

impl Context {
    /// Wires a market. `demo` offers the demo's conveniences: outbox and clock.
    pub fn new(store: Store, config: &Config, demo: bool) -> anyhow::Result<Self> {
        let names = store
            .read("market_name", |tx| site::settings::load(tx).map_err(store::Fail::from))
            .wait()?;
        let settings = web_settings(config, demo, (names.market_name_zh, names.market_name_en))?;
        let files = Arc::new(LocalFiles::new(config.data.folder.join("files")));
        let app = App::new(store.clone(), files, settings).with_gateways(payments::gateways(config)?);
        let mailer = mailer(config, demo)?;
        let sms: Arc<dyn SmsSender> = if demo {
            Arc::new(sms::Outbox)
        } else {
            Arc::new(sms::NoProvider)
        };
        Ok(Self {
            store,
            app,
            base_url: config.base_url(),
            node: config.server.node,
            mailer,
            sms,
        })
    }
}

fn web_settings(config: &Config, demo: bool, market_name: (String, String)) -> anyhow::Result<WebSettings> {
    let limits = &config.limits;
    let base_url = config.base_url();
    Ok(WebSettings {
        secure_cookies: base_url.starts_with("https://"),
        base_url,
        market_name,
        demo,
        max_upload_bytes: limits.upload_mib << 20,
        gateway_origins: vec![config.payments.sandbox_url.clone()],
        trust_proxy: config.server.trust_proxy,
        secret: market::secret(&config.data.folder)?,
        zone: config.server.zone.clone(),
        timeout_seconds: config.server.timeout_seconds,
        limits: LimitSettings {
            login_per_minute: limits.login_per_minute,
            post_per_minute: limits.post_per_minute,
            upload_per_minute: limits.upload_per_minute,
            read_per_minute: limits.read_per_minute,
        },
    })
}

fn mailer(config: &Config, demo: bool) -> anyhow::Result<Arc<dyn Mailer>> {
    match (config.mail.by.as_str(), &config.mail.smtp_url, &config.mail.from) {
        ("smtp", Some(url), Some(from)) => Ok(Arc::new(Smtp::new(url, from).map_err(|e| anyhow!(e))?)),
        _ if demo => Ok(Arc::new(mail::Outbox)),
        _ => Ok(Arc::new(Logged)),
    }
}

/// Sends nothing and writes the letter into the log, so that the first people can join before mail is set up. The
/// operator reads codes there; nobody else does.
struct Logged;

impl Mailer for Logged {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        tracing::warn!(
            to = mail.to,
            subject = mail.subject,
            "mail.by is \"outbox\": this letter was not sent\n{}",
            mail.text
        );
        Box::pin(async { Ok(()) })
    }
}
