//! What is asked in a review and how marks become a rating: data of the industry pack, kept by version, so that every
//! number can say by which rules it was made.

use store::{Fail, Fault, Tx};

use super::{Hat, sql};

/// One thing that is asked.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Dimension {
    /// The side that is reviewed.
    pub hat: Hat,
    /// The word in rows.
    pub code: String,
    /// What people read in Chinese.
    pub zh: String,
    /// What people read in English.
    pub en: String,
    /// The question in Chinese.
    #[serde(default)]
    pub hint_zh: String,
    /// The question in English.
    #[serde(default)]
    pub hint_en: String,
}

/// From which worth of an order a review counts how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct ValueStep {
    /// Whole units of the order's currency.
    pub from: i64,
    /// Thousandths of an ordinary review.
    pub weight: i64,
}

/// How marks become a rating; every fraction in thousandths.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct RatingRules {
    /// Where everybody starts.
    pub prior: i64,
    /// How much the start counts.
    pub prior_weight: i64,
    /// Days after which a review counts half.
    pub half_life_days: i64,
    /// What an old review counts at least.
    pub recency_floor: i64,
    /// What a review by a linked person counts.
    pub linked: i64,
    /// Fewer different reviewers than this are few.
    pub reviewers_min: i64,
    /// With few reviewers the rating shows at most this.
    pub few_cap: i64,
    /// By worth, rising.
    pub value: Vec<ValueStep>,
}

/// A version of the rules.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Policy {
    /// What is asked, in the order it is shown.
    #[serde(rename = "dimension")]
    pub dimensions: Vec<Dimension>,
    /// How marks become a rating.
    pub rating: RatingRules,
}

impl Policy {
    /// What is asked about one hat.
    pub fn about(&self, hat: Hat) -> impl Iterator<Item = &Dimension> {
        self.dimensions.iter().filter(move |d| d.hat == hat)
    }

    /// Reads a pack's file. Fault: what is wrong with it, for whoever writes packs.
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        let policy: Self = toml::from_str(text).map_err(|e| Fault::broken(format!("reviews.toml: {e}")))?;
        policy
            .check()
            .map_err(|what| Fault::broken(format!("reviews.toml: {what}")))?;
        Ok(policy)
    }

    fn check(&self) -> Result<(), &'static str> {
        let rules = &self.rating;
        let share = |n: i64| (0..=1000).contains(&n);
        let mark = |n: i64| (1000..=5000).contains(&n);
        let rising = rules.value.is_sorted_by(|a, b| a.from < b.from);
        let mut codes: Vec<_> = self.dimensions.iter().map(|d| (d.hat, &d.code)).collect();
        codes.sort_unstable();
        let wrong = [
            (
                self.about(Hat::Client).count() == 0 || self.about(Hat::Provider).count() == 0,
                "each side needs a dimension",
            ),
            (codes.windows(2).any(|w| w[0] == w[1]), "a dimension stands twice"),
            (
                self.dimensions.iter().any(|d| d.zh.is_empty() || d.en.is_empty()),
                "a dimension needs words in both languages",
            ),
            (
                !mark(rules.prior) || !mark(rules.few_cap),
                "prior and few_cap are marks from 1000 to 5000",
            ),
            (
                !(0..=1_000_000).contains(&rules.prior_weight),
                "prior_weight is from 0 to 1000000",
            ),
            (
                !(1..=36_500).contains(&rules.half_life_days),
                "half_life_days is from 1 to 36500",
            ),
            (
                !share(rules.recency_floor) || !share(rules.linked),
                "recency_floor and linked are from 0 to 1000",
            ),
            (
                rules.value.first().is_none_or(|s| s.from != 0) || !rising,
                "value steps begin at 0 and rise",
            ),
            (
                rules.value.iter().any(|s| !(1..=100_000).contains(&s.weight)),
                "a value weight is from 1 to 100000",
            ),
        ];
        wrong
            .iter()
            .find(|(is_wrong, _)| *is_wrong)
            .map_or(Ok(()), |(_, what)| Err(what))
    }
}

/// The rules of now: the newest installed, or those of the general pack in a market that installed none.
pub fn policy(tx: &mut Tx) -> Result<Policy, Fault> {
    match sql::newest_policy(tx)? {
        Some((_, body)) => serde_json::from_str(&body).map_err(|e| Fault::Shape(format!("review policy: {e}"))),
        None => Policy::from_toml(include_str!("../../../../packs/general/reviews.toml")),
    }
}

/// Installs a pack's rules; the same rules again change nothing.
pub(crate) fn install(tx: &mut Tx, text: &str) -> Result<(), Fail> {
    let policy = Policy::from_toml(text)?;
    let body = serde_json::to_string(&policy).map_err(|e| Fault::broken(e.to_string()))?;
    let newest = sql::newest_policy(tx)?;
    if newest.as_ref().is_none_or(|(_, before)| *before != body) {
        sql::add_policy(tx, newest.map_or(1, |(version, _)| version + 1), &body)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERAL: &str = include_str!("../../../../packs/general/reviews.toml");

    #[test]
    fn the_general_pack_is_in_order() {
        let policy = Policy::from_toml(GENERAL).unwrap();
        let codes = |hat| policy.about(hat).map(|d| d.code.as_str()).collect::<Vec<_>>();
        assert_eq!(
            codes(Hat::Provider),
            ["quality", "communication", "timeliness", "value"]
        );
        assert_eq!(
            codes(Hat::Client),
            ["clear_brief", "communication", "timely_acceptance"]
        );
        assert_eq!((policy.rating.prior, policy.rating.prior_weight), (4000, 8000));
    }

    #[test]
    fn broken_rules_are_refused_in_words() {
        for (from, to, said) in [
            ("prior = 4000", "prior = 4", "prior and few_cap"),
            ("half_life_days = 365", "half_life_days = 0", "half_life_days"),
            ("from = 200", "from = 0", "value steps"),
            ("code = \"quality\"", "code = \"value\"", "stands twice"),
            ("zh = \"准时\"", "zh = \"\"", "both languages"),
            ("linked = 250", "linked = 2500", "recency_floor and linked"),
        ] {
            let fault = Policy::from_toml(&GENERAL.replacen(from, to, 1))
                .unwrap_err()
                .to_string();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
