//! What `jiedan process check FILE` prints: the process in words and the outcome table of a sample order, or what is
//! wrong with it. For a terminal; pages draw the [`OutcomeTable`] themselves.

use std::collections::BTreeMap;

use kernel::{Currency, HOUR, Locale, Money, Timestamp};

use crate::{
    FeeSnapshot, OutcomeTable, PartOutcomes, PartTerms, Process, Range, Remind, Role, Row, Span, State, Terms,
    Transition, load, outcomes, start,
};

/// Terms to show a process with: two parts of 1,000.00 and 2,000.00 CNY, the process's defaults, 10 % commission.
pub fn sample_terms(process: &Process) -> Terms {
    let part = |amount_minor| PartTerms {
        amount_minor,
        values: BTreeMap::new(),
    };
    let defaults = process.terms().iter().map(|term| (term.name.clone(), term.default));
    Terms {
        currency: Currency::CNY,
        parts: vec![part(100_000), part(200_000)],
        values: defaults.collect(),
        fee: FeeSnapshot {
            provider_bp: 1_000,
            client_bp: 0,
        },
    }
}

/// The process of a file told in words with a sample order's outcome table; or every fault, by line, with the path
/// that shows it and the mend. `zh` chooses Chinese, otherwise English.
pub fn report(text: &str, zh: bool) -> Result<String, String> {
    let locale = if zh { Locale::ZhCn } else { Locale::En };
    let process = load(text).map_err(|faults| {
        let count = faults.len();
        let head = pick(
            locale,
            format!("流程不能使用，共 {count} 处问题：\n"),
            format!("this process is refused, {count} fault(s):\n"),
        );
        let told = faults.iter().map(|fault| fault.shown(locale));
        std::iter::once(head).chain(told).collect::<Vec<_>>().join("\n")
    })?;
    let terms = sample_terms(&process);
    let began = Timestamp::from_micros(0);
    let started = start(&process, &terms, began).map_err(|refusal| {
        pick(locale, "示例条款不合用：", "the sample terms do not fit: ").to_owned() + refusal.code
    })?;
    let table = outcomes(&process, &terms, &started.state, began);
    let teller = Teller {
        process: &process,
        locale,
    };
    Ok([teller.states(), teller.order(), teller.table(&table)].concat())
}

fn pick<T>(locale: Locale, zh: T, en: T) -> T {
    match locale {
        Locale::ZhCn => zh,
        Locale::En => en,
    }
}

/// Tells one process in one language.
struct Teller<'a> {
    process: &'a Process,
    locale: Locale,
}

impl Teller<'_> {
    fn states(&self) -> String {
        let process = self.process;
        let mut out = pick(
            self.locale,
            format!(
                "流程 {} 第 {} 版：{}\n",
                process.name(),
                process.version(),
                process.label().zh
            ),
            format!(
                "process {}, version {}: {}\n",
                process.name(),
                process.version(),
                process.label().en
            ),
        );
        out += pick(
            self.locale,
            "六项证明全部通过：一定会结束；有钱必有时钟；钱不丢不多；不会无限拖延；没有人能私自给自己付款；双语文字齐全。\n",
            "All six proofs hold: it always ends; where money is held a clock runs; no money is lost or made; nothing can be dragged out for ever; nobody can pay themselves; every word is there in both languages.\n",
        );
        for state in process.states() {
            out += &self.state(state);
        }
        out
    }

    fn state(&self, state: &State) -> String {
        let mut out = format!("\n{}  [{}]", state.label.pick(self.locale), state.name);
        match state.waits_for {
            Some(role) => {
                let words = role.words();
                out += &pick(
                    self.locale,
                    format!("  等待：{}\n", words.zh),
                    format!("  waits for: {}\n", words.en),
                );
            }
            None => out += pick(self.locale, "  结局\n", "  ending\n"),
        }
        let here = self
            .process
            .transitions()
            .iter()
            .filter(|t| t.from.contains(&state.name));
        for rule in here.filter(|rule| !rule.by.is_empty()) {
            out += &self.transition(rule);
        }
        for clock in self.process.clocks_of(&state.name) {
            let spans: Vec<_> = clock.after.iter().map(|span| self.span(span)).collect();
            let remind: Vec<_> = clock.remind.iter().map(|r| self.remind(*r)).collect();
            out += &format!("  ⏱ {}: {}", spans.join(" + "), clock.says.pick(self.locale));
            if !remind.is_empty() {
                let list = remind.join(pick(self.locale, "、", ", "));
                out += &pick(
                    self.locale,
                    format!("（提醒：{list}）"),
                    format!(" (reminders: {list})"),
                );
            }
            out += "\n";
        }
        out
    }

    fn transition(&self, rule: &Transition) -> String {
        let by: Vec<_> = rule.by.iter().map(|role| self.role(*role)).collect();
        let to = self
            .process
            .state(&rule.to)
            .or_else(|| self.process.order_state(&rule.to));
        let to = to.map_or("", |s| s.label.pick(self.locale));
        let limit = rule
            .limit
            .as_ref()
            .and_then(|name| self.process.term(name))
            .map_or_else(String::new, |term| format!("  ≤ {}", term.label.pick(self.locale)));
        let slash = by.join(" / ");
        format!("  · {slash}: {} → {to}{limit}\n", rule.label.pick(self.locale))
    }

    fn role(&self, role: Role) -> String {
        role.words().pick(self.locale).to_owned()
    }

    fn span(&self, span: &Span) -> String {
        match span {
            Span::Fixed(micros) => self.time(*micros),
            Span::Term(name) => self.process.term(name).map_or_else(String::new, |term| {
                let value = self.time(term.default);
                pick(
                    self.locale,
                    format!("{}（{value}）", term.label.zh),
                    format!("{} ({value})", term.label.en),
                )
            }),
        }
    }

    fn remind(&self, remind: Remind) -> String {
        match remind {
            Remind::Half => pick(self.locale, "过半", "half way").to_owned(),
            Remind::Before(micros) => {
                let time = self.time(micros);
                pick(self.locale, format!("到期前 {time}"), format!("{time} before"))
            }
        }
    }

    fn time(&self, micros: i64) -> String {
        let hours = micros / HOUR;
        match (hours / 24, hours % 24) {
            (days, 0) => pick(self.locale, format!("{days} 天"), format!("{days} d")),
            (0, hours) => pick(self.locale, format!("{hours} 小时"), format!("{hours} h")),
            (days, hours) => pick(
                self.locale,
                format!("{days} 天 {hours} 小时"),
                format!("{days} d {hours} h"),
            ),
        }
    }

    fn order(&self) -> String {
        let mut out = pick(self.locale, "\n整个订单\n", "\nThe whole order\n").to_owned();
        for state in self.process.order_states() {
            out += &format!("  {}  [{}]\n", state.label.pick(self.locale), state.name);
        }
        for rule in self.process.order_transitions() {
            out += &self.transition(rule);
        }
        out
    }

    fn table(&self, table: &OutcomeTable) -> String {
        let mut out = pick(
            self.locale,
            "\n示例订单的所有结局（服务方佣金 10 %）\n",
            "\nEvery ending of a sample order (10 % commission)\n",
        )
        .to_owned();
        for part in &table.parts {
            out += &self.part(table.currency, part);
        }
        out += pick(
            self.locale,
            "\n如果从此没有人操作\n",
            "\nIf nobody does anything from now on\n",
        );
        for step in &table.silent {
            let day = self.time(step.at.as_micros());
            let (number, says) = (step.part + 1, step.says.pick(self.locale));
            out += &pick(
                self.locale,
                format!("  第 {day}，{} {number}：{says}\n", self.process.part_label().zh),
                format!("  after {day}, {} {number}: {says}\n", self.process.part_label().en),
            );
        }
        let end = table.silent_state.pick(self.locale);
        out + &pick(self.locale, format!("  订单：{end}\n"), format!("  the order: {end}\n"))
    }

    fn part(&self, currency: Currency, part: &PartOutcomes) -> String {
        let price = Money::new(part.price_minor, currency).shown();
        let label = self.process.part_label().pick(self.locale);
        let mut out = format!("\n  {label} {}: {price}\n", part.part + 1);
        for row in &part.rows {
            out += &self.row(currency, row);
        }
        out
    }

    fn row(&self, currency: Currency, row: &Row) -> String {
        let amount = |range: Range| {
            let low = Money::new(range.min, currency).shown();
            let high = Money::new(range.max, currency).shown();
            if range.is_exact() {
                low
            } else {
                format!("{low}–{high}")
            }
        };
        let (client, provider) = (amount(row.amounts.client_back), amount(row.amounts.provider));
        let platform = amount(row.amounts.platform);
        let story: Vec<_> = row
            .story
            .iter()
            .map(|step| format!("{}: {}", self.role(step.who), step.verb.pick(self.locale)))
            .collect();
        let story = story.join(" → ");
        let silent = if row.silent {
            pick(self.locale, " ⏱ 无人操作时", " ⏱ if nobody acts")
        } else {
            ""
        };
        let money = pick(
            self.locale,
            format!("需求方收回 {client}，服务方 {provider}，平台 {platform}"),
            format!("client back {client}, provider {provider}, market {platform}"),
        );
        format!("  - {}{silent}: {money}\n      {story}\n", row.label.pick(self.locale))
    }
}
