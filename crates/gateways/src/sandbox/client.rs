//! The market's side of the sandbox: calls it over HTTP and checks what it sends.

use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use serde::de::DeserializeOwned;

use super::signing::{SIGNATURE, TIME, is_near, notice_holds, now_seconds, sign_ask};
use super::wire::{CreatePayin, CreateRefund, NoticeBody, PAID, PayinCreated, PayinStands, RefundStands};
use crate::payment::{
    Answer, GatewayError, Notice, NoticeFault, PayinAsk, PayinOpened, PayinReport, PaymentGateway, RefundAsk,
    RefundStanding, Standing,
};

/// What the market must know of the sandbox.
#[derive(Debug, Clone)]
pub struct SandboxSettings {
    /// Where it answers, without a slash at the end.
    pub base_url: String,
    /// The secret both share; signs our calls.
    pub merchant_secret: String,
    /// Its public key in hexadecimal; checks its notices.
    pub public_key: String,
}

/// The sandbox as a gateway of the market.
pub struct SandboxGateway {
    settings: SandboxSettings,
    public_key: Vec<u8>,
    http: Client,
}

impl SandboxGateway {
    /// A gateway with these settings. Error: the key is not hexadecimal, or no HTTP client can be made.
    pub fn new(settings: SandboxSettings) -> Result<Self, GatewayError> {
        let public_key =
            hex::decode(settings.public_key.trim()).map_err(|e| GatewayError::Refused(format!("public key: {e}")))?;
        let http = Client::builder()
            .timeout(Duration::from_secs(10))
            .connect_timeout(Duration::from_secs(3))
            .no_proxy()
            .build()
            .map_err(|e| GatewayError::Refused(e.to_string()))?;
        Ok(Self {
            settings,
            public_key,
            http,
        })
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<Option<T>, GatewayError> {
        let time = now_seconds().to_string();
        let signature = sign_ask(
            &self.settings.merchant_secret,
            &time,
            method.as_str(),
            path,
            body.as_bytes(),
        );
        let url = format!("{}{path}", self.settings.base_url);
        let ask = self
            .http
            .request(method, url)
            .header(TIME, time)
            .header(SIGNATURE, signature);
        let ask = ask.header("content-type", "application/json").body(body);
        let answer = ask.send().await.map_err(|e| GatewayError::Later(e.to_string()))?;
        let status = answer.status();
        if status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let text = answer.text().await.map_err(|e| GatewayError::Later(e.to_string()))?;
        if status.is_client_error() {
            return Err(GatewayError::Refused(format!(
                "{status}: {}",
                text.chars().take(200).collect::<String>()
            )));
        }
        if !status.is_success() {
            return Err(GatewayError::Later(status.to_string()));
        }
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|e| GatewayError::Later(e.to_string()))
    }
}

fn body<T: serde::Serialize>(value: &T) -> Result<String, GatewayError> {
    serde_json::to_string(value).map_err(|e| GatewayError::Refused(e.to_string()))
}

fn report(found: Option<PayinStands>) -> PayinReport {
    let Some(found) = found else {
        return PayinReport {
            standing: Standing::Unknown,
            gateway_ref: String::new(),
            order: String::new(),
            amount_minor: 0,
            currency: String::new(),
        };
    };
    let standing = match found.state.as_str() {
        "paid" => Standing::Paid,
        "failed" => Standing::Failed,
        "closed" => Standing::Closed,
        _ => Standing::Pending,
    };
    PayinReport {
        standing,
        gateway_ref: found.gateway_ref,
        order: found.order,
        amount_minor: found.amount_minor,
        currency: found.currency,
    }
}

fn refunded(found: Option<RefundStands>) -> RefundStanding {
    match found {
        Some(found) if found.state == "done" => RefundStanding::Done(found.gateway_ref),
        Some(_) => RefundStanding::Pending,
        None => RefundStanding::Unknown,
    }
}

impl PaymentGateway for SandboxGateway {
    fn name(&self) -> &'static str {
        super::NAME
    }

    fn create_payin<'a>(&'a self, ask: &'a PayinAsk) -> Answer<'a, PayinOpened> {
        Box::pin(async move {
            let wish = CreatePayin {
                payin: ask.payin.clone(),
                order: ask.order.clone(),
                amount_minor: ask.amount.minor(),
                currency: ask.amount.currency().code().to_owned(),
                title: ask.title.clone(),
                locale: ask.locale.tag().to_owned(),
                // The market's clock may be ahead of the gateway's: what counts is how long it stays open.
                expires_at_s: now_seconds() + 2 * 3_600,
                notify_url: ask.notify_url.clone(),
                return_url: ask.return_url.clone(),
            };
            let opened: Option<PayinCreated> = self.call(Method::POST, "/api/payins", body(&wish)?).await?;
            let opened = opened.ok_or_else(|| GatewayError::Later("no such address".to_owned()))?;
            Ok(PayinOpened {
                gateway_ref: opened.gateway_ref,
                pay_url: opened.pay_url,
            })
        })
    }

    fn verify_notice(&self, headers: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeFault> {
        let (time, signature) = headers(TIME).zip(headers(SIGNATURE)).ok_or(NoticeFault::Forged)?;
        if !notice_holds(&self.public_key, &time, body, &signature) {
            return Err(NoticeFault::Forged);
        }
        if !is_near(&time) {
            return Err(NoticeFault::Stale);
        }
        let notice: NoticeBody = serde_json::from_slice(body).map_err(|_| NoticeFault::Unreadable)?;
        Ok(Notice {
            event: notice.event,
            payin: notice.payin,
            order: notice.order,
            gateway_ref: notice.gateway_ref,
            amount_minor: notice.amount_minor,
            currency: notice.currency,
            paid: notice.kind == PAID,
        })
    }

    fn query_payin<'a>(&'a self, payin: &'a str) -> Answer<'a, PayinReport> {
        Box::pin(async move {
            Ok(report(
                self.call(Method::GET, &format!("/api/payins/{payin}"), String::new())
                    .await?,
            ))
        })
    }

    fn close_payin<'a>(&'a self, payin: &'a str) -> Answer<'a, PayinReport> {
        Box::pin(async move {
            Ok(report(
                self.call(Method::POST, &format!("/api/payins/{payin}/close"), String::new())
                    .await?,
            ))
        })
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> Answer<'a, RefundStanding> {
        Box::pin(async move {
            let wish = CreateRefund {
                refund: ask.refund.clone(),
                payin: ask.payin.clone(),
                amount_minor: ask.amount.minor(),
                currency: ask.amount.currency().code().to_owned(),
            };
            let found: Option<RefundStands> = self.call(Method::POST, "/api/refunds", body(&wish)?).await?;
            // A payin it does not know cannot be refunded there, ever.
            found.map_or_else(
                || Err(GatewayError::Refused("no such payin".to_owned())),
                |found| Ok(refunded(Some(found))),
            )
        })
    }

    fn query_refund<'a>(&'a self, refund: &'a str) -> Answer<'a, RefundStanding> {
        Box::pin(async move {
            Ok(refunded(
                self.call(Method::GET, &format!("/api/refunds/{refund}"), String::new())
                    .await?,
            ))
        })
    }
}
