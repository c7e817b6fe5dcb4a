//! The page on which one pays, and plays tricks: plain HTML without scripts, in the payer's language.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use kernel::{Currency, Locale, Money};

use super::super::signing::now_seconds;
use super::super::wire::{FAILED, NoticeBody, PAID};
use super::Shared;
use super::book::{NoticeEntry, Pages, PayinEntry};

/// The tricks, by key: Chinese, English.
const TRICKS: [(&str, &str, &str); 9] = [
    ("none", "正常通知", "Notify as usual"),
    ("twice", "通知发两遍", "Send the notice twice"),
    ("late", "一分钟后才通知", "Notify a minute late"),
    ("never", "不发通知", "Never notify"),
    (
        "disorder",
        "先发“成功”，再发更早的“失败”",
        "Success first, then an older failure",
    ),
    ("forged", "先发一条伪造签名的通知", "A forged notice first"),
    ("amount", "先发一条金额不符的通知", "A notice for another amount first"),
    (
        "currency",
        "先发一条币种不符的通知",
        "A notice in another currency first",
    ),
    ("order", "先发一条别的订单的通知", "A notice for another order first"),
];

/// What the payer chose.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    act: String,
    #[serde(default)]
    trick: String,
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// `GET /style.css`
pub(super) async fn style() -> Response {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
        .into_response()
}

/// `GET /`
pub(super) async fn home() -> Html<String> {
    shell(
        Locale::ZhCn,
        "沙箱支付 · Sandbox pay",
        "<p>这里只能从订单进入。 Come here from an order.</p>",
    )
}

fn shell(locale: Locale, title: &str, body: &str) -> Html<String> {
    let note = locale.pick(
        "演示网关：不会动用任何真实资金",
        "Demonstration gateway: no real money moves",
    );
    Html(format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><header><span class=\"mark\" aria-hidden=\"true\">沙</span>\
         <span>{}</span></header><main>{body}</main><footer>{note}</footer></body></html>",
        locale.tag(),
        escape(title),
        locale.pick("沙箱支付", "Sandbox Pay"),
    ))
}

/// `GET /pay/{token}`
pub(super) async fn show(State(gateway): State<Shared>, Path(token): Path<String>) -> Response {
    let Some(entry) = gateway.book.read(|pages| pages.by_token(&token).cloned()) else {
        return (
            StatusCode::NOT_FOUND,
            shell(Locale::ZhCn, "404", "<h1>没有这笔付款</h1><p>No such payment.</p>"),
        )
            .into_response();
    };
    let locale = Locale::from_tag(&entry.asked.locale).unwrap_or_default();
    let body = if entry.state == "pending" {
        form(locale, &entry)
    } else {
        over(locale, &entry)
    };
    let title = locale.pick("付款", "Pay");
    let mut answer = shell(locale, title, &body).into_response();
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {}; frame-ancestors 'none'; base-uri 'none'",
        origin(&entry.asked.return_url)
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

fn origin(address: &str) -> String {
    url::Url::parse(address)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default()
}

fn amount(entry: &PayinEntry) -> String {
    let currency = Currency::from_code(&entry.asked.currency).unwrap_or(Currency::CNY);
    Money::new(entry.asked.amount_minor, currency).shown()
}

fn form(locale: Locale, entry: &PayinEntry) -> String {
    let tricks: String = TRICKS
        .iter()
        .map(|(key, zh, en)| {
            let checked = if *key == "none" { " checked" } else { "" };
            format!(
                "<label><input type=\"radio\" name=\"trick\" value=\"{key}\"{checked}> {}</label>",
                locale.pick(zh, en)
            )
        })
        .collect();
    format!(
        "<h1>{}</h1><p class=\"what\">{}</p><p class=\"amount\">{}</p><p class=\"ref\">{}</p>\
         <form method=\"post\"><button name=\"act\" value=\"pay\" class=\"pay\">{}</button>\
         <p class=\"row\"><button name=\"act\" value=\"fail\">{}</button><button name=\"act\" value=\"cancel\">{}</button></p>\
         <details><summary>{}</summary><fieldset><legend>{}</legend>{tricks}</fieldset></details></form>",
        locale.pick("确认付款", "Confirm your payment"),
        escape(&entry.asked.title),
        amount(entry),
        entry.gateway_ref,
        locale.pick("付款", "Pay now"),
        locale.pick("付款失败", "Let it fail"),
        locale.pick("取消", "Cancel"),
        locale.pick("捣乱：试试网关出错", "Mischief: let the gateway misbehave"),
        locale.pick("付款之后的通知", "The notice after paying"),
    )
}

fn over(locale: Locale, entry: &PayinEntry) -> String {
    let (zh, en) = match entry.state.as_str() {
        "paid" => ("这笔款已付", "This has been paid"),
        "failed" => ("付款没有成功", "The payment did not go through"),
        _ => ("这笔付款已关闭", "This payment is closed"),
    };
    format!(
        "<h1>{}</h1><p class=\"what\">{}</p><p class=\"amount\">{}</p><p><a class=\"back\" href=\"{}\">{}</a></p>",
        locale.pick(zh, en),
        escape(&entry.asked.title),
        amount(entry),
        escape(&entry.asked.return_url),
        locale.pick("返回市场", "Back to the market"),
    )
}

/// `POST /pay/{token}`
pub(super) async fn choose(
    State(gateway): State<Shared>,
    Path(token): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let kept = gateway.book.write(|pages| {
        let entry = pages.by_token(&token)?.clone();
        if entry.state == "pending" {
            act(pages, &entry, &chosen);
        }
        Some(entry.asked.return_url)
    });
    match kept {
        Ok(Some(back)) => Redirect::to(&back).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn act(pages: &mut Pages, entry: &PayinEntry, chosen: &Chosen) {
    let (state, kind) = if chosen.act == "pay" {
        ("paid", PAID)
    } else {
        ("failed", FAILED)
    };
    if let Some(kept) = pages.payins.get_mut(&entry.asked.payin) {
        state.clone_into(&mut kept.state);
    }
    let body = notice(pages, entry, kind);
    let trick = if chosen.act == "pay" {
        chosen.trick.as_str()
    } else {
        "none"
    };
    match trick {
        "never" => {}
        "late" => queue(pages, entry, &body, 60, false),
        "twice" => {
            queue(pages, entry, &body, 0, false);
            queue(pages, entry, &body, 1, false);
        }
        "disorder" => {
            let older = NoticeBody {
                kind: FAILED.to_owned(),
                event: format!("{}-older", body.event),
                ..body.clone()
            };
            queue(pages, entry, &body, 0, false);
            queue(pages, entry, &older, 2, false);
        }
        "none" => queue(pages, entry, &body, 0, false),
        wrong => {
            queue(pages, entry, &twisted(&body, wrong), 0, wrong == "forged");
            queue(pages, entry, &body, 1, false);
        }
    }
}

/// A notice that must not be believed.
fn twisted(body: &NoticeBody, trick: &str) -> NoticeBody {
    let mut wrong = NoticeBody {
        event: format!("{}-{trick}", body.event),
        ..body.clone()
    };
    match trick {
        "amount" => wrong.amount_minor += 100,
        "currency" => "USD".clone_into(&mut wrong.currency),
        "order" => "0000000000001".clone_into(&mut wrong.order),
        _ => {}
    }
    wrong
}

fn notice(pages: &mut Pages, entry: &PayinEntry, kind: &str) -> NoticeBody {
    NoticeBody {
        event: format!("evt_{:010}", pages.number()),
        kind: kind.to_owned(),
        payin: entry.asked.payin.clone(),
        order: entry.asked.order.clone(),
        gateway_ref: entry.gateway_ref.clone(),
        amount_minor: entry.asked.amount_minor,
        currency: entry.asked.currency.clone(),
        at_s: now_seconds(),
    }
}

fn queue(pages: &mut Pages, entry: &PayinEntry, body: &NoticeBody, after_s: i64, forged: bool) {
    let Ok(body) = serde_json::to_string(body) else { return };
    let id = pages.number();
    let due_s = now_seconds() + after_s;
    pages.notices.insert(
        id,
        NoticeEntry {
            url: entry.asked.notify_url.clone(),
            body,
            forged,
            due_s,
            attempts: 0,
        },
    );
}
