//! Money in hundredths of a percent of a part's price: what every contract has in common. Rounding is followed as a
//! remainder ("dust") that only a `rest` takes along.

use crate::{Amount, MoneyRule, Role, Transition};

/// The whole price.
pub(super) const WHOLE: u32 = 10_000;

/// The money of a part, as shares of its price.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Shares {
    /// In escrow.
    pub(super) pot: u32,
    /// Held so far, all in all.
    pub(super) held: u32,
    /// Gone to the provider so far; where shares were agreed, as if all had.
    pub(super) provider: u32,
    /// Whether rounding may have left something in the pot that the shares do not show.
    pub(super) dust: bool,
}

/// What a move may not do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bad {
    /// Holds more than the price.
    TooMuchHeld,
    /// Pays out more than is there.
    Overdrawn { wanted: u32, pot: u32 },
    /// Says that it pays, and there is nothing.
    Nothing,
}

impl Shares {
    /// After all money rules of a transition.
    pub(super) fn after(self, rule: &Transition) -> Result<Self, Bad> {
        rule.money.iter().try_fold(self, |shares, money| shares.run(*money))
    }

    fn run(self, money: MoneyRule) -> Result<Self, Bad> {
        match money {
            MoneyRule::Hold(amount) => self.hold(amount),
            MoneyRule::Release(amount) => self.pay(amount, WHOLE),
            MoneyRule::Refund(amount) => self.pay(amount, 0),
            MoneyRule::SplitFixed { client_bp } => self.pay(Amount::Rest, WHOLE - client_bp),
            MoneyRule::SplitAgreed => self.pay(Amount::Rest, WHOLE),
        }
    }

    fn hold(mut self, amount: Amount) -> Result<Self, Bad> {
        let left = WHOLE - self.held;
        let more = match amount {
            Amount::All => WHOLE,
            Amount::Rest => left,
            Amount::Share(bp) => bp,
        };
        if more > left || more == 0 {
            return Err(Bad::TooMuchHeld);
        }
        self.held += more;
        self.pot += more;
        self.dust |= matches!(amount, Amount::Share(_));
        Ok(self)
    }

    fn pay(mut self, amount: Amount, to_provider: u32) -> Result<Self, Bad> {
        let (paid, dust) = match amount {
            Amount::All | Amount::Rest => (self.pot, false),
            Amount::Share(bp) => (bp, true),
        };
        if self.pot == 0 {
            return Err(Bad::Nothing);
        }
        if paid > self.pot {
            return Err(Bad::Overdrawn {
                wanted: paid,
                pot: self.pot,
            });
        }
        self.pot -= paid;
        self.dust = dust;
        self.provider += paid * to_provider / WHOLE;
        Ok(self)
    }

    /// Whether anything may be in the pot.
    pub(super) const fn any(self) -> bool {
        self.pot > 0 || self.dust
    }
}

/// `100 %`, `12.5 %`.
pub(super) fn shown(bp: u32) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => format!("{whole} %"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{} %", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02} %"),
    }
}

/// Whether a transition can give money to `side`.
pub(super) fn pays(rule: &Transition, side: Role) -> bool {
    rule.money.iter().any(|money| match money {
        MoneyRule::Hold(_) => false,
        MoneyRule::Release(_) => side == Role::Provider,
        MoneyRule::Refund(_) => side == Role::Client,
        MoneyRule::SplitFixed { .. } | MoneyRule::SplitAgreed => true,
    })
}

/// Whether a transition brings money in.
pub(super) fn holds(rule: &Transition) -> bool {
    rule.money.iter().any(|money| matches!(money, MoneyRule::Hold(_)))
}

/// Whether a transition takes money out.
pub(super) fn pays_out(rule: &Transition) -> bool {
    pays(rule, Role::Client) || pays(rule, Role::Provider)
}
