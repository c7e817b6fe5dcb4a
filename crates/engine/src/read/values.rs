//! The small values inside texts: durations, percentages, lengths of clocks, money moves.

use kernel::{DAY, HOUR, MINUTE};

use super::sheet::{At, Reader, Sheet};
use crate::fault::{bad_value, unknown_name};
use crate::{Amount, MoneyRule, Need, Remind, Role, Span, Tone};

/// `7d`, `36h`, `30m` as microseconds; nothing else, and no more than ten years.
pub(crate) fn duration(text: &str) -> Option<i64> {
    let split = text.len().checked_sub(1).filter(|at| text.is_char_boundary(*at))?;
    let (number, unit) = text.split_at(split);
    let unit = match unit {
        "d" => DAY,
        "h" => HOUR,
        "m" => MINUTE,
        _ => return None,
    };
    if number.is_empty() || number.len() > 6 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let micros = number.parse::<i64>().ok()?.checked_mul(unit)?;
    (micros <= 3_650 * DAY).then_some(micros)
}

/// `30%`, `12.5%`, `0.25%` in hundredths of a percent, above nothing and up to everything.
pub(crate) fn percent(text: &str) -> Option<u32> {
    let number = text.strip_suffix('%')?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |s: &str, max: usize| !s.is_empty() && s.len() <= max && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 3) || !digits(decimals, 2) {
        return None;
    }
    let bp: u32 = format!("{whole}{decimals:0<2}").parse().ok()?;
    (bp > 0 && bp <= 10_000).then_some(bp)
}

impl Reader {
    /// A duration, or with `count` a plain number.
    pub(crate) fn measure(&mut self, sheet: &mut Sheet<'_>, key: &'static str, count: bool) -> Option<At<i64>> {
        if !sheet.has(key) {
            self.say(crate::fault::missing_key(sheet.line, &sheet.place, key));
        }
        if count {
            return self.number(sheet, key);
        }
        let text = self.text(sheet, key)?;
        let value = duration(&text.value);
        if value.is_none() {
            self.say(bad_value(
                text.line,
                key,
                "写成时长，如 \"7d\"、\"36h\"、\"30m\"，最长十年",
                "write a duration such as \"7d\", \"36h\", \"30m\", at most ten years",
            ));
        }
        value.map(|value| At { line: text.line, value })
    }

    /// `acceptance_days`, `7d`, or several of them joined by `+`.
    pub(crate) fn spans(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> (u32, Vec<Span>) {
        let Some(text) = self.need_text(sheet, key) else {
            return (sheet.line, Vec::new());
        };
        let mut spans = Vec::new();
        for piece in text.value.split('+').map(str::trim) {
            if let Some(micros) = duration(piece) {
                spans.push(Span::Fixed(micros));
            } else if piece.starts_with(|c: char| c.is_ascii_digit()) || piece.is_empty() {
                self.say(bad_value(
                    text.line,
                    key,
                    "写成条款名或时长，用 + 相连，如 \"work_days + 14d\"",
                    "write terms or durations joined by +, such as \"work_days + 14d\"",
                ));
            } else {
                spans.push(Span::Term(piece.to_owned()));
            }
        }
        (text.line, spans)
    }

    pub(crate) fn reminders(&mut self, sheet: &mut Sheet<'_>) -> Vec<Remind> {
        let mut reminders = Vec::new();
        for item in self.list(sheet, "remind") {
            match (item.value.as_str(), duration(&item.value)) {
                ("half", _) => reminders.push(Remind::Half),
                (_, Some(micros)) if micros > 0 => reminders.push(Remind::Before(micros)),
                _ => self.say(bad_value(
                    item.line,
                    "remind",
                    "写 \"half\"（过半时）或到期前的时长，如 \"24h\"",
                    "write \"half\" or a duration before the deadline, such as \"24h\"",
                )),
            }
        }
        reminders
    }

    pub(crate) fn role(&mut self, at: &At<String>, allowed: &[Role]) -> Option<Role> {
        let role = Role::from_name(&at.value).filter(|role| allowed.contains(role));
        if role.is_none() {
            let names: Vec<_> = allowed.iter().map(|role| role.name()).collect();
            self.say(unknown_name(at.line, "角色", "role", &at.value, &names));
        }
        role
    }

    pub(crate) fn tone(&mut self, sheet: &mut Sheet<'_>, fallback: Tone) -> Tone {
        let Some(text) = self.text(sheet, "tone") else {
            return fallback;
        };
        Tone::from_name(&text.value).unwrap_or_else(|| {
            let names = ["waiting", "active", "alarm", "done", "shared", "lost"];
            self.say(unknown_name(text.line, "色调", "tone", &text.value, &names));
            fallback
        })
    }

    pub(crate) fn needs(&mut self, sheet: &mut Sheet<'_>) -> Vec<Need> {
        let mut needs = Vec::new();
        for item in self.list(sheet, "needs") {
            match Need::from_name(&item.value).filter(|need| *need != Need::Shares) {
                Some(need) => needs.push(need),
                None => self.say(unknown_name(
                    item.line,
                    "必备事实",
                    "need",
                    &item.value,
                    &["delivery", "reason"],
                )),
            }
        }
        needs
    }

    /// The money moves of a transition.
    pub(crate) fn money(&mut self, sheet: &mut Sheet<'_>) -> Vec<MoneyRule> {
        let mut rules = Vec::new();
        for mut one in self.tables(sheet, "money", "") {
            if let Some(rule) = self.money_rule(&mut one) {
                rules.push(rule);
            }
            self.close(&one);
        }
        rules
    }

    fn money_rule(&mut self, sheet: &mut Sheet<'_>) -> Option<MoneyRule> {
        let kind = self.need_text(sheet, "move")?;
        match kind.value.as_str() {
            "hold" => self.amount(sheet, true).map(MoneyRule::Hold),
            "release" => self.amount(sheet, false).map(MoneyRule::Release),
            "refund" => self.amount(sheet, false).map(MoneyRule::Refund),
            "split" => {
                let share = self.need_text(sheet, "client")?;
                match (share.value.as_str(), percent(&share.value)) {
                    ("agreed", _) => Some(MoneyRule::SplitAgreed),
                    (_, Some(client_bp)) if client_bp < 10_000 => Some(MoneyRule::SplitFixed { client_bp }),
                    _ => {
                        self.say(bad_value(
                            share.line,
                            "client",
                            "写需求方的份额，如 \"50%\"，或 \"agreed\"（由双方或裁决给出）",
                            "write the client's share such as \"50%\", or \"agreed\" for shares that are brought",
                        ));
                        None
                    }
                }
            }
            other => {
                // What belongs to the move that was meant is not told as unknown too.
                let _ = (self.text(sheet, "amount"), self.text(sheet, "client"));
                let known = ["hold", "release", "refund", "split"];
                self.say(unknown_name(kind.line, "资金动作", "money move", other, &known));
                None
            }
        }
    }

    fn amount(&mut self, sheet: &mut Sheet<'_>, hold: bool) -> Option<Amount> {
        let text = self.need_text(sheet, "amount")?;
        let amount = match text.value.as_str() {
            "all" if hold => Some(Amount::All),
            "rest" => Some(Amount::Rest),
            share => percent(share).map(Amount::Share),
        };
        if amount.is_none() {
            self.say(bad_value(
                text.line,
                "amount",
                "写 \"rest\"（余下全部）或价格的百分比，如 \"30%\"；托管还可写 \"all\"",
                "write \"rest\" or a share of the price such as \"30%\"; a hold may also say \"all\"",
            ));
        }
        amount
    }
}
