//! The sandbox gateway over HTTP, as the market meets it: signatures, keys, mischief, and a restart.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use gateways::payment::{GatewayError, NoticeFault, PayinAsk, PaymentGateway, RefundAsk, RefundStanding, Standing};
use gateways::sandbox::server::{ServerConfig, serve};
use gateways::sandbox::{SandboxGateway, SandboxSettings, keys};
use kernel::{Currency, Locale, Money, Timestamp};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

struct Sandbox {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    served: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn open(folder: &TempDir) -> Sandbox {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let listen = listener.local_addr().expect("an address");
    let url = format!("http://{listen}");
    let config = ServerConfig {
        listen,
        public_url: url.clone(),
        folder: folder.path().to_owned(),
        merchant_secret: "a shared secret".to_owned(),
    };
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listener, config, async move {
        let _ = stopped.await;
    }));
    Sandbox {
        url,
        stop: Some(stop),
        served,
    }
}

impl Sandbox {
    async fn close(mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        self.served.abort();
        let _ = self.served.await;
    }
}

fn client(sandbox: &Sandbox, folder: &TempDir, secret: &str) -> SandboxGateway {
    let public_key = keys::public_key(folder.path()).expect("a key");
    SandboxGateway::new(SandboxSettings {
        base_url: sandbox.url.clone(),
        merchant_secret: secret.to_owned(),
        public_key,
    })
    .expect("a client")
}

/// A market's door for notices: keeps what comes, and takes it.
async fn door() -> (String, Heard) {
    let heard = Heard::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!(
        "http://{}/gateway/sandbox/notice",
        listener.local_addr().expect("an address")
    );
    let take = async |State(heard): State<Heard>, headers: HeaderMap, body: Bytes| {
        heard.lock().expect("no panic under this lock").push((headers, body));
        StatusCode::OK
    };
    let router = Router::new()
        .route("/gateway/sandbox/notice", post(take))
        .with_state(heard.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

fn ask(payin: &str, notify_url: &str) -> PayinAsk {
    PayinAsk {
        payin: payin.to_owned(),
        order: "01k3v9p2m4x7c".to_owned(),
        amount: Money::new(300_000, Currency::CNY),
        title: "标志 <script>alert(1)</script>".to_owned(),
        locale: Locale::ZhCn,
        expires_at: Timestamp::from_micros(0),
        notify_url: notify_url.to_owned(),
        return_url: "http://127.0.0.1:9/payins/x".to_owned(),
    }
}

async fn choose(url: &str, act: &str, trick: &str) -> u16 {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client");
    let answer = http
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("act={act}&trick={trick}"))
        .send();
    answer.await.expect("an answer").status().as_u16()
}

async fn hear(heard: &Heard, count: usize) -> Vec<(HeaderMap, Bytes)> {
    for _ in 0..100 {
        if heard.lock().expect("no panic under this lock").len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    heard.lock().expect("no panic under this lock").clone()
}

fn verify(gateway: &SandboxGateway, heard: &(HeaderMap, Bytes)) -> Result<gateways::payment::Notice, NoticeFault> {
    gateway.verify_notice(&|name| heard.0.get(name)?.to_str().ok().map(str::to_owned), &heard.1)
}

/// Refunds of the payment `p1` of 3,000.00: once for a key, never more than was paid, and known afterwards.
async fn assert_refunds(gateway: &SandboxGateway, gateway_ref: &str) {
    let refund = |key: &str, minor| RefundAsk {
        refund: key.to_owned(),
        payin: "p1".to_owned(),
        gateway_ref: gateway_ref.to_owned(),
        amount: Money::new(minor, Currency::CNY),
        of: Money::new(300_000, Currency::CNY),
    };
    let first = gateway.refund(&refund("r1", 200_000)).await.expect("sent");
    assert_eq!(
        gateway
            .refund(&refund("r1", 200_000))
            .await
            .expect("the same key sends once"),
        first
    );
    assert!(
        matches!(
            gateway.refund(&refund("r2", 100_001)).await,
            Err(GatewayError::Refused(_))
        ),
        "more than was paid"
    );
    assert_eq!(gateway.query_refund("r1").await.expect("known"), first);
    assert_eq!(
        gateway.query_refund("r9").await.expect("answered"),
        RefundStanding::Unknown
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_opened_paid_told_queried_and_refunded() {
    let folder = TempDir::new().expect("a folder");
    let (sandbox, (notify, heard)) = (open(&folder).await, door().await);
    let gateway = client(&sandbox, &folder, "a shared secret");
    let opened = gateway.create_payin(&ask("p1", &notify)).await.expect("opened");
    assert_eq!(
        gateway
            .create_payin(&ask("p1", &notify))
            .await
            .expect("the same key, the same page"),
        opened
    );
    let mut other = ask("p1", &notify);
    other.amount = Money::new(1, Currency::CNY);
    assert!(
        matches!(gateway.create_payin(&other).await, Err(GatewayError::Refused(_))),
        "the same key for another amount"
    );
    assert_eq!(
        gateway.query_payin("p1").await.expect("known").standing,
        Standing::Pending
    );
    assert_eq!(
        gateway.query_payin("p2").await.expect("answered").standing,
        Standing::Unknown
    );
    let page = reqwest::get(&opened.pay_url)
        .await
        .expect("a page")
        .text()
        .await
        .expect("text");
    assert!(
        page.contains("¥3,000.00") && page.contains("&lt;script&gt;") && !page.contains("<script"),
        "{page}"
    );
    assert_eq!(choose(&opened.pay_url, "pay", "none").await, 303);
    let told = hear(&heard, 1).await;
    let notice = verify(&gateway, &told[0]).expect("signed by the gateway");
    assert_eq!(
        (
            notice.payin.as_str(),
            notice.amount_minor,
            notice.currency.as_str(),
            notice.paid
        ),
        ("p1", 300_000, "CNY", true)
    );
    let mut bent = told[0].clone();
    bent.1 = Bytes::from(String::from_utf8_lossy(&bent.1).replace("300000", "300001"));
    assert_eq!(
        verify(&gateway, &bent),
        Err(NoticeFault::Forged),
        "another body under the same signature"
    );
    assert_refunds(&gateway, &opened.gateway_ref).await;
    sandbox.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mischief_is_signed_or_told_apart() {
    let folder = TempDir::new().expect("a folder");
    let (sandbox, (notify, heard)) = (open(&folder).await, door().await);
    let gateway = client(&sandbox, &folder, "a shared secret");
    let pay = async |payin: &str, trick: &str| {
        let opened = gateway.create_payin(&ask(payin, &notify)).await.expect("opened");
        assert_eq!(choose(&opened.pay_url, "pay", trick).await, 303);
    };
    pay("twice", "twice").await;
    let told = hear(&heard, 2).await;
    assert_eq!(
        verify(&gateway, &told[0]),
        verify(&gateway, &told[1]),
        "the same event twice"
    );
    pay("forged", "forged").await;
    let told = hear(&heard, 4).await;
    assert_eq!(verify(&gateway, &told[2]), Err(NoticeFault::Forged));
    assert!(verify(&gateway, &told[3]).expect("the real one").paid);
    pay("order", "disorder").await;
    let told = hear(&heard, 6).await;
    let paid: Vec<_> = told[4..6]
        .iter()
        .map(|one| verify(&gateway, one).expect("signed").paid)
        .collect();
    assert_eq!(paid, [true, false], "success first, the older failure after it");
    pay("never", "never").await;
    assert_eq!(
        gateway.query_payin("never").await.expect("known").standing,
        Standing::Paid
    );
    assert_eq!(
        verify(&gateway, &(HeaderMap::new(), told[0].1.clone())),
        Err(NoticeFault::Forged),
        "no signature at all"
    );
    sandbox.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_only_its_merchant_and_remembers_after_a_restart() {
    let folder = TempDir::new().expect("a folder");
    let (sandbox, (notify, _heard)) = (open(&folder).await, door().await);
    let thief = client(&sandbox, &folder, "a wrong guess");
    assert!(matches!(
        thief.create_payin(&ask("p1", &notify)).await,
        Err(GatewayError::Refused(_))
    ));
    let gateway = client(&sandbox, &folder, "a shared secret");
    gateway.create_payin(&ask("p1", &notify)).await.expect("opened");
    assert_eq!(
        gateway.close_payin("p1").await.expect("closed").standing,
        Standing::Closed
    );
    let opened = gateway.create_payin(&ask("p2", &notify)).await.expect("opened");
    assert_eq!(choose(&opened.pay_url, "cancel", "none").await, 303);
    let key = keys::public_key(folder.path()).expect("a key");
    sandbox.close().await;
    let again = open(&folder).await;
    let gateway = client(&again, &folder, "a shared secret");
    assert_eq!(keys::public_key(folder.path()).expect("a key"), key, "the same key");
    assert_eq!(
        gateway.query_payin("p1").await.expect("known").standing,
        Standing::Closed
    );
    assert_eq!(
        gateway.query_payin("p2").await.expect("known").standing,
        Standing::Failed
    );
    again.close().await;
}
