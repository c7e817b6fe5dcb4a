//! What such work costs here: quartiles of the prices that were really paid, and honestly nothing when they are too few.

use kernel::{Id, Money, Timestamp};
use store::{Fail, Tx};

use crate::orders;

/// The most deals that are looked at: the newest.
const DEALS_MAX: i64 = 500;

/// What the market's deals say about a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// How many deals there are.
    pub deals: i64,
    /// How many are needed before they say anything.
    pub needed: i64,
    /// The prices a quarter, half and three quarters of the deals stay under; nothing when there are too few.
    pub quartiles: Option<[Money; 3]>,
}

/// What was paid in a category, in the market's currency. A deal counts once its order has ended with money for the work.
pub fn guidance(tx: &mut Tx, category: Id) -> Result<Guidance, Fail> {
    let settings = site::settings::load(tx)?;
    let deals = orders::closed_deals(tx, Some(category), Timestamp::from_micros(0), DEALS_MAX)?;
    let totals = deals
        .into_iter()
        .map(|deal| deal.total)
        .filter(|total| total.currency() == settings.currency);
    let prices: Vec<i64> = totals.map(|total| total.minor()).collect();
    let deals = i64::try_from(prices.len()).unwrap_or(i64::MAX);
    let needed = settings.guidance_min_deals.max(1);
    let quartiles = (deals >= needed).then(|| quartiles(prices).map(|minor| Money::new(minor, settings.currency)));
    Ok(Guidance {
        deals,
        needed,
        quartiles,
    })
}

/// Nearest rank: always a price that was really paid. At least one price.
fn quartiles(mut prices: Vec<i64>) -> [i64; 3] {
    prices.sort_unstable();
    [25, 50, 75].map(|percent| {
        let rank = (prices.len() * percent).div_ceil(100).max(1);
        prices.get(rank - 1).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::quartiles;

    #[test]
    fn quartiles_are_prices_that_were_paid() {
        assert_eq!(quartiles(vec![7]), [7, 7, 7]);
        assert_eq!(quartiles(vec![4, 1, 3, 2]), [1, 2, 3]);
        assert_eq!(quartiles((1..=100).collect()), [25, 50, 75]);
        assert_eq!(quartiles(vec![5, 5, 5, 5, 900]), [5, 5, 5]);
    }
}
