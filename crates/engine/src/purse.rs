//! The money of one part: what is in the pot, what came in, where it went. Every division is exact to the minor unit
//! and nothing is ever made or lost. Deliberately ignorant of states and actors.

use crate::{Amount, FeeSnapshot, MoneyRule, Move, MoveKind, PartState, Shares};

/// The money fields of a [`PartState`] alone, so that the outcome table can explore without the rest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Purse {
    pub(crate) pot: i64,
    pub(crate) pot_fee: i64,
    pub(crate) held: i64,
    pub(crate) held_fee: i64,
    pub(crate) to_client: i64,
    pub(crate) to_provider: i64,
    pub(crate) to_platform: i64,
}

impl From<&PartState> for Purse {
    fn from(part: &PartState) -> Self {
        Self {
            pot: part.pot_minor,
            pot_fee: part.pot_fee_minor,
            held: part.held_minor,
            held_fee: part.held_fee_minor,
            to_client: part.to_client_minor,
            to_provider: part.to_provider_minor,
            to_platform: part.to_platform_minor,
        }
    }
}

/// Amounts that leave a pot, or enter it.
#[derive(Clone, Copy, Default)]
struct Sides {
    client: i64,
    provider: i64,
    platform: i64,
}

impl Purse {
    /// Puts the money back into its part.
    pub(crate) fn store(self, part: &mut PartState) {
        part.pot_minor = self.pot;
        part.pot_fee_minor = self.pot_fee;
        part.held_minor = self.held;
        part.held_fee_minor = self.held_fee;
        part.to_client_minor = self.to_client;
        part.to_provider_minor = self.to_provider;
        part.to_platform_minor = self.to_platform;
    }

    /// What the client has paid in so far, fee included.
    pub(crate) const fn paid_in(&self) -> i64 {
        self.held + self.held_fee
    }

    /// Moves the money of one rule and says what moved (of part 0; the caller knows which). `shares` is looked at by agreed splits alone; the caller has
    /// checked that they add up to the pot.
    pub(crate) fn run(&mut self, rule: MoneyRule, price: i64, fee: FeeSnapshot, shares: Shares) -> Move {
        let (kind, sides) = match rule {
            MoneyRule::Hold(amount) => (MoveKind::Hold, self.hold(amount, price, fee)),
            MoneyRule::Release(amount) => {
                let gross = self.bounded(amount, price);
                (MoveKind::Release, self.pay(0, gross, fee))
            }
            MoneyRule::Refund(amount) => {
                let back = self.bounded(amount, price);
                (MoveKind::Refund, self.pay(back, 0, fee))
            }
            MoneyRule::SplitFixed { client_bp } => {
                let client = part_of(self.pot, i64::from(client_bp), 10_000);
                (MoveKind::Split, self.pay(client, self.pot - client, fee))
            }
            MoneyRule::SplitAgreed => (
                MoveKind::Split,
                self.pay(shares.to_client_minor, shares.to_provider_minor, fee),
            ),
        };
        Move {
            part: 0,
            kind,
            client_minor: sides.client,
            provider_minor: sides.provider,
            platform_minor: sides.platform,
        }
    }

    /// How much of the pot a release or refund takes. Never more than is there, so rounding cannot overdraw it.
    fn bounded(&self, amount: Amount, price: i64) -> i64 {
        match amount {
            Amount::All | Amount::Rest => self.pot,
            Amount::Share(bp) => part_of(price, i64::from(bp), 10_000).min(self.pot),
        }
    }

    fn hold(&mut self, amount: Amount, price: i64, fee: FeeSnapshot) -> Sides {
        let left = price - self.held;
        let more = match amount {
            Amount::All | Amount::Rest => left,
            Amount::Share(bp) => part_of(price, i64::from(bp), 10_000).min(left),
        };
        // The fee comes in by the same steps as the price, and the last step brings what rounding left behind.
        let whole_fee = part_of(price, i64::from(fee.client_bp), 10_000);
        let fee_due = part_of(whole_fee, self.held + more, price) - self.held_fee;
        self.held += more;
        self.held_fee += fee_due;
        self.pot += more;
        self.pot_fee += fee_due;
        Sides {
            client: more + fee_due,
            ..Sides::default()
        }
    }

    /// Pays `back` of the pot to the client and `gross` to the provider's side. The client's fee follows in
    /// proportion; its rounding stays with the client when the pot is emptied, with the pot before.
    fn pay(&mut self, back: i64, gross: i64, fee: FeeSnapshot) -> Sides {
        let fee_kept = part_of(self.pot_fee, gross, self.pot);
        let fee_back = if back + gross == self.pot {
            self.pot_fee - fee_kept
        } else {
            part_of(self.pot_fee, back, self.pot)
        };
        let commission = part_of(gross, i64::from(fee.provider_bp), 10_000);
        let sides = Sides {
            client: back + fee_back,
            provider: gross - commission,
            platform: commission + fee_kept,
        };
        self.pot -= back + gross;
        self.pot_fee -= fee_kept + fee_back;
        self.to_client += sides.client;
        self.to_provider += sides.provider;
        self.to_platform += sides.platform;
        sides
    }
}

/// `amount` × `share` ÷ `of`, rounded down; nothing of nothing. For `share` ≤ `of` the result fits.
fn part_of(amount: i64, share: i64, of: i64) -> i64 {
    if of <= 0 {
        return 0;
    }
    let exact = i128::from(amount) * i128::from(share) / i128::from(of);
    i64::try_from(exact).unwrap_or(amount)
}

/// Both ends of what a list of rules can move: everything agreed to the provider, everything agreed to the client.
pub(crate) fn ends(purse: Purse, rules: &[MoneyRule], price: i64, fee: FeeSnapshot) -> [(Purse, Vec<Move>); 2] {
    [false, true].map(|to_client| {
        let mut purse = purse;
        let moves = rules
            .iter()
            .map(|rule| {
                let shares = one_sided(purse.pot, to_client);
                purse.run(*rule, price, fee, shares)
            })
            .collect();
        (purse, moves)
    })
}

/// The whole pot to one side.
pub(crate) const fn one_sided(pot: i64, to_client: bool) -> Shares {
    if to_client {
        Shares {
            to_client_minor: pot,
            to_provider_minor: 0,
        }
    } else {
        Shares {
            to_client_minor: 0,
            to_provider_minor: pot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEE: FeeSnapshot = FeeSnapshot {
        provider_bp: 1_000,
        client_bp: 550,
    };

    fn full(price: i64) -> Purse {
        let mut purse = Purse::default();
        purse.run(MoneyRule::Hold(Amount::All), price, FEE, one_sided(0, true));
        purse
    }

    #[test]
    fn commission_and_fee_follow_the_price() {
        let mut purse = full(100_000);
        assert_eq!((purse.pot, purse.pot_fee), (100_000, 5_500));
        let moved = purse.run(MoneyRule::Release(Amount::Rest), 100_000, FEE, one_sided(0, true));
        assert_eq!(
            (moved.client_minor, moved.provider_minor, moved.platform_minor),
            (0, 90_000, 15_500)
        );
    }

    #[test]
    fn every_division_is_exact() {
        for price in [1, 2, 3, 7, 99, 101, 12_345, 1_000_000_000_000_000] {
            for client_bp in [0, 1, 3_333, 5_000, 10_000] {
                let mut purse = full(price);
                let paid = purse.paid_in();
                purse.run(MoneyRule::Refund(Amount::Share(3_333)), price, FEE, one_sided(0, true));
                purse.run(MoneyRule::SplitFixed { client_bp }, price, FEE, one_sided(0, true));
                assert_eq!(purse.to_client + purse.to_provider + purse.to_platform, paid);
                assert_eq!((purse.pot, purse.pot_fee), (0, 0));
            }
        }
    }

    #[test]
    fn a_price_held_in_steps_brings_the_whole_fee() {
        let mut purse = Purse::default();
        for _ in 0..3 {
            purse.run(MoneyRule::Hold(Amount::Share(3_333)), 1_001, FEE, one_sided(0, true));
        }
        purse.run(MoneyRule::Hold(Amount::Rest), 1_001, FEE, one_sided(0, true));
        assert_eq!((purse.held, purse.held_fee), (1_001, 55));
    }
}
