//! Makes processes, terms and walks from a tape of numbers, so that proptest can vary and shrink them. Most of what
//! it makes is sound, some of it is not: the checker decides, not this file.

use std::collections::BTreeMap;
use std::fmt::Write;

use engine::{FeeSnapshot, PartTerms, Process, Terms};
use kernel::Currency;

/// Numbers that decide everything that is left open; read again from the start when they run out.
pub struct Tape {
    numbers: Vec<u16>,
    at: usize,
}

impl Tape {
    pub fn new(numbers: Vec<u16>) -> Self {
        Self { numbers, at: 0 }
    }

    /// A number below `below`.
    pub fn pick(&mut self, below: usize) -> usize {
        let round = self.at / self.numbers.len();
        let number = usize::from(self.numbers[self.at % self.numbers.len()]);
        self.at += 1;
        (number + round) % below.max(1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.pick(100) < percent
    }
}

/// One transition while it is being made.
struct Made {
    from: usize,
    to: String,
    by: &'static [&'static str],
    extra: String,
}

/// A process file.
pub fn process_text(tape: &mut Tape) -> String {
    let money_states = 1 + tape.pick(4);
    let judged = tape.chance(80);
    let partial = tape.chance(40);
    let mut made = opening(tape, partial);
    let mut clocks = vec![(0, made.len() - 1)];
    for state in 1..=money_states {
        let first = made.len();
        moves(tape, &mut made, state, money_states, judged);
        let object = made[first..]
            .iter()
            .any(|m| m.by.contains(&"client") && m.to == "disputed");
        clocks.push((state, made.len()));
        made.push(silence(tape, state, money_states, object));
    }
    if judged {
        let dispute = money_states + 1;
        made.push(rule(
            dispute,
            "split",
            &["operator"],
            "money = [{ move = \"split\", client = \"agreed\" }]",
        ));
        clocks.push((dispute, made.len()));
        let share = ["50%", "30%", "75%", "0.01%"][tape.pick(4)];
        made.push(rule(
            dispute,
            "split",
            &[],
            &format!("money = [{{ move = \"split\", client = \"{share}\" }}]"),
        ));
    }
    write_down(
        tape,
        &made,
        &clocks,
        money_states + usize::from(judged),
        judged.then_some(money_states + 1),
    )
}

fn rule(from: usize, to: &str, by: &'static [&'static str], extra: &str) -> Made {
    Made {
        from,
        to: to.to_owned(),
        by,
        extra: extra.to_owned(),
    }
}

/// The way into the first money state, and the way out before it.
fn opening(tape: &mut Tape, partial: bool) -> Vec<Made> {
    let amount = if partial {
        ["30%", "50%", "12.5%"][tape.pick(3)]
    } else {
        "all"
    };
    let in_turn = if tape.chance(70) { "in_turn = true\n" } else { "" };
    let money = format!("{in_turn}money = [{{ move = \"hold\", amount = \"{amount}\" }}]");
    let leave: &[&str] = [&["client"][..], &["client", "provider"], &["both"]][tape.pick(3)];
    vec![rule(0, "s1", &["gateway"], &money), rule(0, "void", leave, "")]
}

const RELEASE: &str = "money = [{ move = \"release\", amount = \"rest\" }]";
const REFUND: &str = "money = [{ move = \"refund\", amount = \"rest\" }]";
const AGREED: &str = "money = [{ move = \"split\", client = \"agreed\" }]";

/// What people can do in a money state.
fn moves(tape: &mut Tape, made: &mut Vec<Made>, state: usize, last: usize, judged: bool) {
    let next = if state < last {
        format!("s{}", state + 1)
    } else {
        "paid".to_owned()
    };
    if state < last {
        made.push(rule(
            state,
            &next,
            &["provider"],
            ["", "needs = [\"delivery\"]"][tape.pick(2)],
        ));
    }
    if judged && tape.chance(95) {
        made.push(rule(state, "disputed", &["client", "provider"], "needs = [\"reason\"]"));
    }
    for _ in 0..1 + tape.pick(4) {
        made.push(match tape.pick(9) {
            0 => rule(state, "paid", &["client"], RELEASE),
            1 => rule(state, "refunded", &["provider"], REFUND),
            2 => rule(state, "split", &["both"], AGREED),
            3 if state > 1 => {
                let back = format!("s{}", 1 + tape.pick(state - 1));
                let limit = ["limit = \"count_a\"", "limit = \"count_b\""][tape.pick(2)];
                rule(state, &back, &["client"], limit)
            }
            4 if state < last => rule(
                state,
                &next,
                &["client"],
                "money = [{ move = \"release\", amount = \"5%\" }]",
            ),
            5 if state < last => rule(
                state,
                &next,
                &["gateway"],
                "money = [{ move = \"hold\", amount = \"25%\" }]",
            ),
            6 => rule(
                state,
                "split",
                &["client"],
                "money = [{ move = \"release\", amount = \"3.33%\" }, { move = \"release\", amount = \"rest\" }]",
            ),
            7 => rule(state, "refunded", &["both", "operator"], REFUND),
            8 if tape.chance(20) => rule(state, &next, &["provider"], RELEASE),
            _ => rule(
                state,
                "paid",
                &["client"],
                "money = [{ move = \"release\", amount = \"rest\" }]\nneeds = [\"reason\"]",
            ),
        });
    }
}

/// What silence does in a money state; mostly something the other side could have objected to.
fn silence(tape: &mut Tape, state: usize, last: usize, object: bool) -> Made {
    let bold = tape.chance(10);
    match tape.pick(4) {
        0 if object || bold => rule(state, "paid", &[], RELEASE),
        1 if object || bold => rule(
            state,
            "split",
            &[],
            "money = [{ move = \"refund\", amount = \"3%\" }, { move = \"split\", client = \"40%\" }]",
        ),
        2 if state < last => rule(state, &format!("s{}", state + 1), &[], ""),
        _ => rule(state, "refunded", &[], REFUND),
    }
}

fn write_down(
    tape: &mut Tape,
    made: &[Made],
    clocks: &[(usize, usize)],
    last: usize,
    disputed: Option<usize>,
) -> String {
    let name = |state: usize| {
        if Some(state) == disputed {
            "disputed".to_owned()
        } else {
            format!("s{state}")
        }
    };
    let mut out = String::from(
        "process = \"made\"\nversion = 1\nlabel = { zh = \"随机\", en = \"Made\" }\npart = \"piece\"\n\
         part_label = { zh = \"件\", en = \"piece\" }\npot = \"part\"\n",
    );
    let _ = writeln!(out, "turn = \"{}\"", ["in_order", "together"][tape.pick(2)]);
    for count in ["count_a", "count_b"] {
        let _ = writeln!(
            out,
            "[term.{count}]\nlabel = {{ zh = \"次数\", en = \"Count\" }}\nkind = \"count\"\ndefault = 1\nmin = 0\nmax = {}\nper_part = true",
            1 + tape.pick(3)
        );
    }
    let _ = writeln!(
        out,
        "[term.wait]\nlabel = {{ zh = \"等待\", en = \"Wait\" }}\nkind = \"duration\"\ndefault = \"3d\"\nmin = \"2h\"\nmax = \"30d\"\nper_part = true"
    );
    for state in 0..=last {
        let by = made.iter().filter(|m| m.from == state).find_map(|m| m.by.first());
        let by = match by {
            Some(&"gateway") | None => "client",
            Some(by) => by,
        };
        let state = name(state);
        let _ = writeln!(
            out,
            "[state.{state}]\nlabel = {{ zh = \"状态\", en = \"{state}\" }}\nwaits_for = \"{by}\""
        );
    }
    let ends: Vec<_> = ["paid", "refunded", "split", "void"]
        .into_iter()
        .filter(|end| made.iter().any(|m| m.to == *end))
        .collect();
    for end in &ends {
        let _ = writeln!(out, "[ending.{end}]\nlabel = {{ zh = \"结局\", en = \"{end}\" }}");
    }
    rules_and_clocks(&mut out, tape, made, clocks, &name);
    let _ = writeln!(
        out,
        "[order.state.running]\nlabel = {{ zh = \"进行\", en = \"Running\" }}\nwaits_for = \"both\""
    );
    let _ = writeln!(
        out,
        "[order.ending.ended]\nlabel = {{ zh = \"结束\", en = \"Ended\" }}\nwhen_all = {ends:?}"
    );
    if tape.chance(50) {
        cancel(&mut out, made, last, &name);
    }
    out
}

fn rules_and_clocks(
    out: &mut String,
    tape: &mut Tape,
    made: &[Made],
    clocks: &[(usize, usize)],
    name: &dyn Fn(usize) -> String,
) {
    for (number, one) in made.iter().enumerate() {
        let (from, to, extra) = (name(one.from), &one.to, &one.extra);
        let _ = writeln!(
            out,
            "[[transition]]\nname = \"t{number}\"\nlabel = {{ zh = \"步骤\", en = \"t{number}\" }}\nfrom = [\"{from}\"]\nto = \"{to}\"\n{extra}"
        );
        if !one.by.is_empty() {
            let _ = writeln!(out, "by = {:?}", one.by);
        }
    }
    for (state, fires) in clocks {
        let after = ["wait", "2d", "wait + 36h", "5h"][tape.pick(4)];
        let from = ["", "from = \"turn\"\n"][usize::from(*state == 0)];
        let _ = writeln!(
            out,
            "[[clock]]\nstate = \"{}\"\nafter = \"{after}\"\n{from}fires = \"t{fires}\"\nremind = [\"half\", \"24h\"]\nsays = {{ zh = \"到期。\", en = \"Time is up.\" }}",
            name(*state)
        );
    }
}

/// A cancellation of the whole order by both sides, where every state has a way to agree on an ending.
fn cancel(out: &mut String, made: &[Made], last: usize, name: &dyn Fn(usize) -> String) {
    let mut parts = Vec::new();
    for state in 0..=last {
        let agreeable = made.iter().position(|m| {
            let sides = ["both", "client", "provider"];
            m.from == state
                && m.by.iter().any(|by| sides.contains(by))
                && !m.extra.contains("limit")
                && !m.to.starts_with('s')
                && m.to != "disputed"
        });
        let Some(number) = agreeable else { return };
        parts.push(format!("{{ from = [\"{}\"], do = \"t{number}\" }}", name(state)));
    }
    let _ = writeln!(
        out,
        "[order.ending.cancelled]\nlabel = {{ zh = \"取消\", en = \"Cancelled\" }}\n[[order.transition]]\nname = \"cancel\"\nlabel = {{ zh = \"取消\", en = \"Cancel\" }}\nfrom = [\"running\"]\nto = \"cancelled\"\nby = \"both\"\nparts = [{}]",
        parts.join(", ")
    );
}

/// Terms inside the process's bounds, with prices that divide badly.
pub fn terms(tape: &mut Tape, process: &Process) -> Terms {
    let value = |tape: &mut Tape, min: i64, max: i64| match tape.pick(4) {
        0 => min,
        1 => max,
        _ => min + (max - min) / (1 + i64::try_from(tape.pick(5)).expect("small")),
    };
    let mut values = BTreeMap::new();
    for term in process.terms() {
        values.insert(term.name.clone(), value(tape, term.min, term.max));
    }
    let prices = [1, 2, 3, 99, 101, 12_345, 100_000, 999_999_999];
    let parts = (0..1 + tape.pick(3))
        .map(|_| {
            let mut own = BTreeMap::new();
            for term in process.terms().iter().filter(|t| t.per_part) {
                if tape.chance(30) {
                    own.insert(term.name.clone(), value(tape, term.min, term.max));
                }
            }
            PartTerms {
                amount_minor: prices[tape.pick(prices.len())],
                values: own,
            }
        })
        .collect();
    let bp = [0, 1, 550, 1_000, 3_333, 10_000];
    Terms {
        currency: Currency::CNY,
        parts,
        values,
        fee: FeeSnapshot {
            provider_bp: bp[tape.pick(bp.len())],
            client_bp: bp[tape.pick(bp.len())],
        },
    }
}
