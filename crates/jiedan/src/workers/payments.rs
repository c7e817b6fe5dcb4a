//! Calls to payment gateways: opens pages to pay on, asks when no notice comes, sends refunds. Each call lies between
//! two transactions and carries a key of ours, so that a call that is made twice is done once.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use anyhow::Context as _;
use gateways::payment::{GatewayError, PayinAsk, PayinReport, PaymentGateway, RefundAsk, RefundStanding, Standing};
use gateways::sandbox::server::ServerConfig;
use gateways::sandbox::{SandboxGateway, SandboxSettings, keys};
use kernel::{Id, Locale};
use payments::notices::{self, Notice, Outcome};
use payments::refunds::{Prepared, RefundJob};
use payments::{payins, refunds};
use store::Job;

use super::Context;
use super::jobs::JobError;
use crate::config::Config;

/// The gateways these settings name.
pub fn gateways(config: &Config) -> anyhow::Result<Vec<Arc<dyn PaymentGateway>>> {
    let folder = config.sandbox_folder();
    let public_key = keys::public_key(&folder).with_context(|| format!("the sandbox's key in {}", folder.display()))?;
    let settings = SandboxSettings {
        base_url: config.payments.sandbox_url.clone(),
        merchant_secret: config.payments.sandbox_secret.clone(),
        public_key,
    };
    Ok(vec![Arc::new(SandboxGateway::new(settings)?)])
}

/// How `jiedan sandbox-gateway` is run under these settings.
pub fn sandbox_server_settings(config: &Config) -> anyhow::Result<ServerConfig> {
    Ok(ServerConfig {
        listen: listen(&config.payments.sandbox_url)?,
        public_url: config.payments.sandbox_url.clone(),
        folder: config.sandbox_folder(),
        merchant_secret: config.payments.sandbox_secret.clone(),
    })
}

/// The address behind `http://host:port`.
fn listen(address: &str) -> anyhow::Result<SocketAddr> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let with_port = if rest.contains(':') {
        rest.to_owned()
    } else {
        format!("{rest}:80")
    };
    let mut found = with_port
        .to_socket_addrs()
        .with_context(|| format!("payments.sandbox_url: {address}"))?;
    found
        .next()
        .with_context(|| format!("payments.sandbox_url: {address} has no address"))
}

/// Does a job of the kinds `payin.*` and `refund.*`.
pub async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    match job.kind.as_str() {
        "payin.create" => create(context, id_of(job, "payin")?, job).await,
        "payin.ask" => ask(context, id_of(job, "payin")?).await,
        "refund.send" => refund(context, job).await,
        kind => Err(JobError::for_good(format!("no payment job {kind}"))),
    }
}

fn id_of(job: &Job, name: &str) -> Result<Id, JobError> {
    let text = job.payload[name].as_str().unwrap_or_default();
    text.parse()
        .map_err(|_| JobError::for_good(format!("no {name} in the job")))
}

fn gateway(context: &Context, name: &str) -> Result<Arc<dyn PaymentGateway>, JobError> {
    let found = context
        .app
        .gateways
        .iter()
        .find(|gateway| gateway.name() == name)
        .cloned();
    found.ok_or_else(|| JobError::again(format!("no gateway {name} in the settings")))
}

async fn create(context: &Context, payin: Id, job: &Job) -> Result<(), JobError> {
    let store = &context.store;
    let Some(wish) = store
        .read("payin_to_create", move |tx| payins::to_create(tx, payin))
        .await?
    else {
        return Ok(());
    };
    let gateway = gateway(context, &wish.gateway)?;
    let locale = store
        .read("payer_locale", move |tx| payins::payer_locale(tx, payin))
        .await
        .unwrap_or(Locale::ZhCn);
    let asked = PayinAsk {
        payin: payin.short(),
        order: wish.order.short(),
        amount: wish.amount,
        title: wish.title,
        locale,
        expires_at: wish.expires_at,
        notify_url: format!("{}/gateway/{}/notice", context.base_url, wish.gateway),
        return_url: format!("{}/payins/{payin}", context.base_url),
    };
    match gateway.create_payin(&asked).await {
        Ok(opened) => {
            let write = move |tx: &mut store::Tx| payins::created(tx, payin, &opened.gateway_ref, &opened.pay_url);
            Ok(store.write("payin_created", write).await?)
        }
        Err(GatewayError::Later(why)) if job.attempt < job.max_attempts => Err(JobError::again(why)),
        Err(GatewayError::Later(why) | GatewayError::Refused(why)) => Ok(store
            .write("payin_create_failed", move |tx| payins::create_failed(tx, payin, &why))
            .await?),
    }
}

/// No notice has come: ask. What the gateway says is settled like a notice, once.
async fn ask(context: &Context, payin: Id) -> Result<(), JobError> {
    let store = &context.store;
    let Some(asking) = store.read("payin_to_ask", move |tx| payins::to_ask(tx, payin)).await? else {
        return Ok(());
    };
    let gateway = gateway(context, &asking.gateway)?;
    let key = payin.short();
    let mut report = gateway.query_payin(&key).await.map_err(JobError::again)?;
    if asking.over && report.standing == Standing::Pending {
        report = gateway.close_payin(&key).await.map_err(JobError::again)?;
    }
    match report.standing {
        Standing::Paid | Standing::Failed => {
            let notice = as_notice(&asking.gateway, payin, &report);
            store
                .write("payin_answered", move |tx| notices::settle(tx, &notice))
                .await?;
        }
        Standing::Closed => store.write("payin_closed", move |tx| payins::closed(tx, payin)).await?,
        Standing::Unknown if asking.over => store.write("payin_closed", move |tx| payins::closed(tx, payin)).await?,
        Standing::Pending | Standing::Unknown => store.write("payin_asked", move |tx| payins::asked(tx, payin)).await?,
    }
    Ok(())
}

fn as_notice(gateway: &str, payin: Id, report: &PayinReport) -> Notice {
    let paid = report.standing == Standing::Paid;
    Notice {
        gateway: gateway.to_owned(),
        event: format!("query:{payin}:{}", if paid { "paid" } else { "failed" }),
        payin: payin.short(),
        order: report.order.clone(),
        gateway_ref: report.gateway_ref.clone(),
        amount_minor: report.amount_minor,
        currency: report.currency.clone(),
        outcome: if paid { Outcome::Paid } else { Outcome::Failed },
    }
}

async fn refund(context: &Context, job: &Job) -> Result<(), JobError> {
    let store = &context.store;
    let wish: RefundJob = serde_json::from_value(job.payload.clone()).map_err(JobError::for_good)?;
    let id = wish.refund;
    let send = match store
        .write("refund_prepare", move |tx| refunds::prepare(tx, &wish))
        .await?
    {
        Prepared::Over => return Ok(()),
        Prepared::Send(send) => send,
    };
    let gateway = gateway(context, &send.gateway)?;
    let ask = RefundAsk {
        refund: id.short(),
        payin: send.payin.short(),
        gateway_ref: send.gateway_ref,
        amount: send.amount,
        of: send.of,
    };
    match gateway.refund(&ask).await {
        Ok(RefundStanding::Done(reference)) => Ok(store
            .write("refund_done", move |tx| refunds::done(tx, id, &reference))
            .await?),
        Ok(RefundStanding::Pending | RefundStanding::Unknown) => Err(JobError::again("the refund is on its way")),
        Err(GatewayError::Refused(why)) => Ok(store
            .write("refund_failed", move |tx| refunds::failed_for_good(tx, id, &why))
            .await?),
        Err(GatewayError::Later(why)) => Err(JobError::again(why)),
    }
}
