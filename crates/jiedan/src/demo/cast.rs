//! The cast as data: `demo/cast.toml` of the pack.

use anyhow::Context as _;
use serde::Deserialize;
use site::Pack;

/// People and deals.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// The password of everybody in it.
    pub password: String,
    /// Who there is.
    pub person: Vec<Person>,
    /// What they did.
    pub deal: Vec<Deal>,
}

/// One person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// How deals name them.
    pub key: String,
    pub name: String,
    pub email: String,
    #[serde(default)]
    pub staff: bool,
    #[serde(default)]
    pub headline: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub location: String,
    #[serde(default)]
    pub skills: Vec<String>,
    pub locale: Option<String>,
    pub zone: Option<String>,
}

/// How far a deal went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Waits for its inspection.
    Pending,
    /// Takes bids.
    Open,
    /// A contract is offered.
    Offered,
    /// Agreed, nothing paid in.
    Unfunded,
    /// The first part is done, the second paid in.
    SecondPart,
    /// Delivered, waits for the client.
    Delivered,
    /// The client asked for changes.
    Revising,
    /// Every part accepted.
    Finished,
    /// The last part accepted by silence.
    AutoAccepted,
    /// Both agreed to stop and share.
    Cancelled,
}

/// One deal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    pub client: String,
    pub category: String,
    pub title: String,
    pub brief: String,
    #[serde(default)]
    pub skills: Vec<String>,
    /// From and up to, in yuan.
    pub budget: (i64, i64),
    pub days_ago: i64,
    /// Who got it.
    pub award: Option<String>,
    pub flow: Flow,
    #[serde(default)]
    pub bid: Vec<Bid>,
    pub reviews: Option<Reviews>,
    /// Who said what in the workroom: "client" or "provider", words.
    #[serde(default)]
    pub talk: Vec<(String, String)>,
    pub locale: Option<String>,
}

/// One bid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bid {
    pub provider: String,
    /// In yuan.
    pub price: i64,
    pub letter: String,
    /// Title, yuan, days.
    pub plan: Vec<(String, i64, i64)>,
}

/// What both sides said afterwards.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    pub client: Said,
    pub provider: Said,
    /// What the provider answered to the client's.
    pub reply: Option<String>,
}

/// One review.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// In the order of the pack's dimensions.
    pub marks: Vec<i64>,
    pub text: String,
    #[serde(default)]
    pub note: String,
}

impl Cast {
    /// The cast of a pack.
    pub fn of(pack: &Pack) -> anyhow::Result<Self> {
        let text = pack.text("demo/cast.toml").context("the pack has no demo/cast.toml")?;
        toml::from_str(text).context("demo/cast.toml")
    }

    /// The plan of the bid that got the deal.
    pub fn plan(deal: &Deal) -> &[(String, i64, i64)] {
        let winner = deal.bid.iter().find(|bid| Some(&bid.provider) == deal.award.as_ref());
        winner.map_or(&[], |bid| &bid.plan)
    }
}
