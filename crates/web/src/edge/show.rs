//! Values as people read them: moments in the reader's zone, spans in words, counts with separators. Pure.

use jiff::tz::TimeZone;
use kernel::{DAY, HOUR, Locale, MINUTE, Timestamp};

use super::i18n::t_args;

/// A day and a time: `2026年11月28日 14:00`, `28 Nov 2026, 14:00`.
pub fn time(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    format(locale, zone, at, "%Y年%-m月%-d日 %H:%M", "%-d %b %Y, %H:%M")
}

/// A day: `2026年11月28日`, `28 Nov 2026`.
pub fn date(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    format(locale, zone, at, "%Y年%-m月%-d日", "%-d %b %Y")
}

/// A day and a time, for lists: `11月28日 14:00`, `28 Nov 14:00`; with the year when it is not the present one.
pub fn short_time(locale: Locale, zone: &TimeZone, now: Timestamp, at: Timestamp) -> String {
    let year = |moment: Timestamp| moment.to_jiff().to_zoned(zone.clone()).year();
    if year(now) != year(at) {
        return time(locale, zone, at);
    }
    format(locale, zone, at, "%-m月%-d日 %H:%M", "%-d %b %H:%M")
}

fn format(locale: Locale, zone: &TimeZone, at: Timestamp, zh: &str, en: &str) -> String {
    let zoned = at.to_jiff().to_zoned(zone.clone());
    zoned.strftime(locale.pick(zh, en)).to_string()
}

/// The moment as machines read it, for `<time datetime>`.
pub fn iso(at: Timestamp) -> String {
    at.to_jiff()
        .round(jiff::Unit::Second)
        .unwrap_or_else(|_| at.to_jiff())
        .to_string()
}

/// How long ago, in words: just now, 5 minutes ago, 3 days ago; older than 30 days, the day itself.
pub fn ago(locale: Locale, zone: &TimeZone, now: Timestamp, at: Timestamp) -> String {
    let span = now.since(at);
    let (key, n) = match span {
        s if s < MINUTE => return t_args(locale, "time-just-now", &[]),
        s if s < HOUR => ("time-minutes-ago", s / MINUTE),
        s if s < DAY => ("time-hours-ago", s / HOUR),
        s if s < 30 * DAY => ("time-days-ago", s / DAY),
        _ => return date(locale, zone, at),
    };
    t_args(locale, key, &[("n", n.into())])
}

/// How long until, in words; past moments say so.
pub fn until(locale: Locale, now: Timestamp, at: Timestamp) -> String {
    let span = at.since(now);
    let (key, n) = match span {
        s if s <= 0 => return t_args(locale, "time-over", &[]),
        s if s < MINUTE => return t_args(locale, "time-in-a-minute", &[]),
        s if s < HOUR => ("time-in-minutes", s / MINUTE),
        s if s < 2 * DAY => ("time-in-hours", s / HOUR),
        s => ("time-in-days", s / DAY),
    };
    t_args(locale, key, &[("n", n.into())])
}

/// A count with separators: `12,345`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size people understand: `980 B`, `1.2 MB`.
pub fn bytes(n: i64) -> String {
    const UNITS: [&str; 3] = ["kB", "MB", "GB"];
    if n < 1000 {
        return format!("{n} B");
    }
    let mut tenths = n / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit < UNITS.len() - 1 {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_counts_read_well() {
        for (n, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_500, "1.5 kB"),
            (1_234_567, "1.2 MB"),
            (5_000_000_000, "5.0 GB"),
        ] {
            assert_eq!(bytes(n), said);
        }
        for (n, said) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(count(n), said);
        }
    }

    #[test]
    fn moments_are_shown_in_the_readers_zone() {
        let zone = TimeZone::get("Asia/Shanghai").expect("the zones are bundled");
        let at = Timestamp::from_micros(1_795_845_600_000_000);
        assert_eq!(time(Locale::ZhCn, &zone, at), "2026年11月28日 14:00");
        assert_eq!(time(Locale::En, &zone, at), "28 Nov 2026, 14:00");
        assert_eq!(iso(at), "2026-11-28T06:00:00Z");
        let (same_year, next_year) = (at.plus_days(-200), at.plus_days(60));
        assert_eq!(short_time(Locale::ZhCn, &zone, same_year, at), "11月28日 14:00");
        assert_eq!(short_time(Locale::En, &zone, next_year, at), "28 Nov 2026, 14:00");
    }
}
