//! What every handler is given: the parts of the running program that pages need. It is not a place for globals of
//! one slice.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gateways::files::FileStore;
use gateways::payment::PaymentGateway;
use store::{OffsetClock, Store};

use crate::edge::limits::Limits;
use crate::edge::live::Hub;

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The market's data.
    pub store: Store,
    /// What the operator set for the pages.
    pub settings: Arc<WebSettings>,
    /// Where the bytes of files lie.
    pub files: Arc<dyn FileStore>,
    /// Who takes money, the first offered first.
    pub gateways: Arc<Vec<Arc<dyn PaymentGateway>>>,
    /// Who asked how often.
    pub limits: Arc<Limits>,
    /// Tells open pages what changed; the program spawns `live.clone().follow(store)`.
    pub live: Hub,
    /// The clock of a demo market, which visitors may move ahead; nothing anywhere else.
    pub demo_clock: Option<Arc<OffsetClock>>,
    /// Where that clock's offset is kept.
    pub demo_clock_file: Arc<Path>,
}

impl App {
    /// The state of a market with these data, files and settings.
    pub fn new(store: Store, files: Arc<dyn FileStore>, settings: WebSettings) -> Self {
        let limits = Arc::new(Limits::new(&settings.limits));
        Self {
            store,
            settings: Arc::new(settings),
            files,
            gateways: Arc::default(),
            limits,
            live: Hub::new(),
            demo_clock: None,
            demo_clock_file: PathBuf::new().into(),
        }
    }

    /// The same with these gateways.
    #[must_use]
    pub fn with_gateways(mut self, gateways: Vec<Arc<dyn PaymentGateway>>) -> Self {
        self.gateways = Arc::new(gateways);
        self
    }

    /// The same with a clock that visitors of the demo may move ahead. Its offset, in microseconds, is kept in `file`,
    /// so that a restart does not turn time back; see [`crate::demo_clock_offset`].
    #[must_use]
    pub fn with_demo_clock(mut self, clock: Arc<OffsetClock>, file: PathBuf) -> Self {
        self.demo_clock = Some(clock);
        self.demo_clock_file = file.into();
        self
    }
}

/// How often one person or address may ask, by kind. Each number is both the burst and the refill.
#[derive(Clone, Debug)]
pub struct LimitSettings {
    /// Log-ins, codes, sign-ups and resets a minute, by address.
    pub login_per_minute: u32,
    /// Forms sent a minute.
    pub post_per_minute: u32,
    /// Uploads a minute.
    pub upload_per_minute: u32,
    /// Pages read a minute.
    pub read_per_minute: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            login_per_minute: 20,
            post_per_minute: 120,
            upload_per_minute: 60,
            read_per_minute: 600,
        }
    }
}

impl LimitSettings {
    /// Limits that no test reaches.
    pub const fn generous() -> Self {
        Self {
            login_per_minute: 1_000_000,
            post_per_minute: 1_000_000,
            upload_per_minute: 1_000_000,
            read_per_minute: 1_000_000,
        }
    }
}

/// What the operator set for the pages.
#[derive(Clone)]
pub struct WebSettings {
    /// Where the market is reached, without a slash at the end, such as `https://market.example`.
    pub base_url: String,
    /// The name of the market in Chinese and in English.
    pub market_name: (String, String),
    /// Cookies only over TLS, and HSTS.
    pub secure_cookies: bool,
    /// The demo market: outbox, clock and sample people are offered.
    pub demo: bool,
    /// The most bytes of files in one upload.
    pub max_upload_bytes: usize,
    /// Origins that payment forms may be sent to, such as `https://pay.example`.
    pub gateway_origins: Vec<String>,
    /// Believe `X-Forwarded-For` of the proxy before us.
    pub trust_proxy: bool,
    /// Signs cookies and form tokens. Kept by the program, never shown.
    pub secret: [u8; 32],
    /// The zone of readers who have not chosen one, such as `Asia/Shanghai`.
    pub zone: String,
    /// Seconds until a request is given up.
    pub timeout_seconds: u64,
    /// How often people may ask.
    pub limits: LimitSettings,
}

impl WebSettings {
    /// Settings for tests and the style guide: one address, no TLS, limits nobody reaches.
    pub fn for_tests() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".to_owned(),
            market_name: ("接单".to_owned(), "Jiedan".to_owned()),
            secure_cookies: false,
            demo: true,
            max_upload_bytes: 20 << 20,
            gateway_origins: Vec::new(),
            trust_proxy: false,
            secret: [7; 32],
            zone: "Asia/Shanghai".to_owned(),
            timeout_seconds: 30,
            limits: LimitSettings::generous(),
        }
    }
}
