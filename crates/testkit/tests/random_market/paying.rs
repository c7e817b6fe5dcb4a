//! Payments, and a gateway that is late, silent, repeats itself and lies.

use kernel::Id;
use payments::notices::{Notice, Outcome, Verdict};

use crate::walk::{Order, Walk};

impl Walk<'_> {
    pub fn begin_to_pay(&mut self, order: &Order, part: usize) {
        let outcome = self.market.begin_payin(&order.client, order.id, part);
        let Some(payin) = self.note("begin payment", outcome) else {
            return;
        };
        self.payins.push(payin);
        self.market.run_jobs();
        if self.dice.percent(60) {
            self.pay(payin);
        }
    }

    /// The client does something at the gateway some time after beginning.
    pub fn gateway(&mut self) {
        if let Some(payin) = self.dice.pick_recent(&self.payins, 8) {
            self.pay(payin);
        }
    }

    fn pay(&mut self, payin: Id) {
        let notice = if self.dice.percent(90) {
            self.market.pay_at_gateway(payin)
        } else {
            self.market.fail_at_gateway(payin)
        };
        let Some(notice) = notice else { return };
        self.notices.push(notice.clone());
        // The rest comes late, or never: then our side asks.
        if self.dice.percent(75) {
            self.deliver(notice);
        }
    }

    fn deliver(&mut self, notice: Notice) {
        let verdict = self.market.tell(notice);
        self.count(&format!("notice {}", verdict.word()));
    }

    /// The client pays, nothing works for eight days, and only then the notice arrives.
    pub fn tell_late(&mut self) {
        let Some(payin) = self.dice.pick_recent(&self.payins, 3) else {
            return;
        };
        let Some(notice) = self.market.pay_at_gateway(payin) else {
            return;
        };
        self.market.advance_days(8);
        self.notices.push(notice.clone());
        self.deliver(notice);
    }

    /// A notice again, much later, or with something changed in it.
    pub fn tell_again(&mut self) {
        let Some(mut notice) = self.dice.pick(&self.notices) else {
            return;
        };
        let honest = notice.clone();
        match self.dice.below(9) {
            0 => notice.amount_minor += self.dice.between(1, 1000),
            1 => notice.amount_minor = -notice.amount_minor,
            2 => notice.currency = "USD".into(),
            3 => notice.order = notice.payin.clone(),
            4 => notice.payin = notice.order.clone(),
            5 => notice.event = "never seen".into(),
            6 => notice.gateway = "another".into(),
            7 => return self.forge(),
            _ => {}
        }
        // A lie that says "failed" of what was paid, or "paid" of what failed, under another event: our side verifies
        // signatures before, so a gateway that signs both does not exist; but a repeat under a new event does.
        let lied = notice.amount_minor != honest.amount_minor
            || notice.currency != honest.currency
            || notice.order != honest.order
            || notice.payin != honest.payin
            || notice.gateway != honest.gateway;
        let verdict = self.market.tell(notice);
        assert!(
            !(lied && matches!(verdict, Verdict::Taken | Verdict::Late)),
            "a lie was believed: {verdict:?}"
        );
        assert!(
            honest.outcome == Outcome::Paid || verdict != Verdict::Late,
            "money came of a failure"
        );
        self.count(&format!("notice {}", verdict.word()));
    }

    fn forge(&mut self) {
        self.attempt("notice forged", |tx| {
            payments::notices::forged(tx, testkit::GATEWAY, "bad signature")
        });
    }
}
