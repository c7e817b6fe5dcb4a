//! The market itself: opened, moved through time, closed with an audit.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use kernel::{Actor, Currency, DAY, Id, Money, Timestamp};
use ledger::Account;
use site::Pack;
use store::{Clock, Fail, Location, ManualClock, Options, Store, Tx};

use crate::auditing;
use crate::database::{Database, server_url};
use crate::gateway::Gateway;

/// Monday, 5 January 2026, 09:00 in Shanghai: where every test market begins.
const START: Timestamp = Timestamp::from_micros(1_767_574_800_000_000);

/// A whole market for one test. When it is dropped, the book is audited; a fault there fails the test.
pub struct Market {
    store: RefCell<Option<Store>>,
    clock: Arc<ManualClock>,
    pub(crate) people: Cell<u32>,
    pub(crate) operator: Cell<Option<Actor>>,
    pub(crate) gateway: Gateway,
    // Dropped after the store.
    database: Database,
}

impl Market {
    /// A market on SQLite.
    pub fn sqlite() -> Self {
        Self::open(Database::folder())
    }

    /// A market in a fresh database of the server at `url`.
    pub fn postgres(url: &str) -> Self {
        Self::open(Database::on_server(url))
    }

    fn open(database: Database) -> Self {
        let market = Self {
            store: RefCell::new(None),
            clock: Arc::new(ManualClock::new(START)),
            people: Cell::new(0),
            operator: Cell::new(None),
            gateway: Gateway::default(),
            database,
        };
        market.start();
        market
            .write(|tx| install(tx, &Pack::general()))
            .expect("the general pack installs");
        market
    }

    fn start(&self) {
        let options = Options {
            clock: Arc::<ManualClock>::clone(&self.clock) as Arc<dyn Clock>,
            run_twice: true,
            readers: 2,
            writers: 4,
            ..Options::default()
        };
        let store = Store::open(&self.database.location(), options).expect("the store opens");
        *self.store.borrow_mut() = Some(store);
    }

    /// Closes the store and opens it again on the same data, as after a crash or an update.
    pub fn restart(&self) {
        self.store.borrow_mut().take();
        // Ids must go on from where they were although the clock stands still.
        self.clock.advance(1_000_000);
        self.start();
    }

    /// The store.
    pub fn store(&self) -> Store {
        self.store
            .borrow()
            .clone()
            .expect("a market has a store until it is dropped")
    }

    /// Where the data lives; for a second node on the same data.
    pub fn location(&self) -> Location {
        self.database.location()
    }

    /// Runs a use case and waits for its commit.
    pub fn write<T, F>(&self, run: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        self.store().write("test", run).wait()
    }

    /// Reads.
    pub fn read<T, F>(&self, run: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        self.store().read("test", run).wait()
    }

    /// The present moment of this market.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lets time pass, in microseconds. Nothing runs by itself: call [`Market::pump`].
    pub fn advance(&self, micros: i64) {
        self.clock.advance(micros);
    }

    /// Lets days pass.
    pub fn advance_days(&self, days: i64) {
        self.advance(days * DAY);
    }

    /// Sets a setting, as a pack would.
    pub fn set(&self, key: &'static str, value: &'static str) {
        let outcome = self.write(move |tx| site::settings::set(tx, &Actor::System, key, value, "test"));
        outcome.expect("the setting takes the value");
    }

    /// What an account holds, in yuan's minor units.
    pub fn balance(&self, account: Account) -> i64 {
        let read = self.read(move |tx| Ok(ledger::balance(tx, &account, Currency::CNY)?));
        read.map(|money: Money| money.minor()).expect("a balance can be read")
    }

    /// What a person's wallet holds, in yuan's minor units.
    pub fn wallet(&self, person: Id) -> i64 {
        self.balance(Account::Wallet(person))
    }

    /// Audits the book now.
    pub fn audit(&self) {
        auditing::audit(&self.store());
    }
}

/// Everything a new market is given.
fn install(tx: &mut Tx, pack: &Pack) -> Result<(), Fail> {
    site::install(tx, pack)?;
    catalog::install(tx, pack)?;
    orders::processes::install(tx, pack)?;
    trust::install(tx, pack)
}

impl Drop for Market {
    fn drop(&mut self) {
        // A test that already failed has said what is wrong; a panic now would end the process.
        if !std::thread::panicking() {
            self.audit();
        }
        self.store.borrow_mut().take();
    }
}

/// A market for each engine at hand: SQLite always, PostgreSQL when `JIEDAN_TEST_PG` is set.
pub fn engines() -> Vec<Market> {
    let server = server_url().map(|url| Market::postgres(&url));
    std::iter::once(Market::sqlite()).chain(server).collect()
}

/// Runs a test on each engine at hand, one after the other, each on a market of its own.
pub fn on_both(test: impl Fn(&Market)) {
    test(&Market::sqlite());
    if let Some(url) = server_url() {
        test(&Market::postgres(&url));
    }
}
