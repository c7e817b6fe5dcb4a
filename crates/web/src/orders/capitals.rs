//! An amount in Chinese capitals (大写), as contracts repeat it so that no figure can be altered. For yuan only; other
//! currencies stay in figures.

use kernel::{Currency, Money};

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// The amount in capitals; nothing for other currencies and amounts below zero.
pub fn capitals(money: &Money) -> Option<String> {
    if money.currency() != Currency::CNY || money.minor() < 0 {
        return None;
    }
    let all = money.minor().unsigned_abs();
    let (yuan, jiao, fen) = (all / 100, all / 10 % 10, all % 10);
    let mut out = String::new();
    if yuan > 0 || all == 0 {
        out.push_str(&whole(yuan));
        out.push('元');
    }
    match (jiao, fen) {
        (0, 0) => out.push('整'),
        (jiao, 0) => push(&mut out, jiao, "角整"),
        (0, fen) => {
            if yuan > 0 {
                out.push('零');
            }
            push(&mut out, fen, "分");
        }
        (jiao, fen) => {
            push(&mut out, jiao, "角");
            push(&mut out, fen, "分");
        }
    }
    Some(out)
}

fn push(out: &mut String, digit: u64, unit: &str) {
    out.push_str(DIGITS[usize::try_from(digit).unwrap_or(0) % 10]);
    out.push_str(unit);
}

/// Whole yuan, group by group of four digits.
fn whole(mut rest: u64) -> String {
    if rest == 0 {
        return DIGITS[0].to_owned();
    }
    let mut groups = Vec::new();
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut out = String::new();
    let mut gap = false;
    for (place, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = true;
            continue;
        }
        if !out.is_empty() && (gap || *group < 1_000) {
            out.push_str(DIGITS[0]);
        }
        gap = false;
        out.push_str(&four(*group));
        out.push_str(GROUPS[place.min(GROUPS.len() - 1)]);
    }
    out
}

fn four(group: u64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let digit = group / 10_u64.pow(place) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push_str(DIGITS[0]);
            gap = false;
        }
        push(&mut out, digit, PLACES[place as usize]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_banks_write_them() {
        for (minor, words) in [
            (0, "零元整"),
            (300_000, "叁仟元整"),
            (100_005, "壹仟元零伍分"),
            (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
            (1_000_010, "壹万元壹角整"),
            (10_010_000, "壹拾万零壹佰元整"),
            (100_000_000_100, "壹拾亿零壹元整"),
            (7, "柒分"),
            (50, "伍角整"),
            (2_000_400, "贰万零肆元整"),
            (1_500_000_000, "壹仟伍佰万元整"),
        ] {
            assert_eq!(
                capitals(&Money::new(minor, Currency::CNY)).as_deref(),
                Some(words),
                "{minor}"
            );
        }
        assert_eq!(capitals(&Money::new(100, Currency::USD)), None);
    }
}
