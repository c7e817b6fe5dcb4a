//! A contract's clauses, told from its terms and its process: nothing in them is written by hand, so that they cannot
//! say anything else than what the order will do.

use engine::{Process, Span, Term, TermKind, Terms};
use kernel::{DAY, Locale};

use crate::edge::i18n::{t, t_args};

/// A clause: what it is about, and what holds.
pub struct Clause {
    /// What it is about.
    pub title: String,
    /// What holds.
    pub text: String,
}

/// Every clause that the terms and the process make.
pub fn clauses(process: &Process, terms: &Terms, locale: Locale) -> Vec<Clause> {
    let mut all = vec![escrow(locale)];
    all.extend(process.states().iter().filter_map(|state| {
        let clock = process.clocks_of(&state.name).next()?;
        let spans: Vec<_> = clock
            .after
            .iter()
            .map(|span| span_words(process, terms, span, locale))
            .collect();
        let text = t_args(
            locale,
            "contract-clause-clock",
            &[
                ("time", spans.join(" + ").into()),
                ("says", clock.says.pick(locale).into()),
            ],
        );
        Some(Clause {
            title: state.label.pick(locale).to_owned(),
            text,
        })
    }));
    let counts = process.terms().iter().filter(|term| term.kind == TermKind::Count);
    all.extend(counts.map(|term| Clause {
        title: term.label.pick(locale).to_owned(),
        text: count_words(process, terms, term, locale),
    }));
    all.push(fees(terms, locale));
    all.push(Clause {
        title: t(locale, "contract-clause-law"),
        text: t(locale, "contract-clause-law-text"),
    });
    all
}

fn escrow(locale: Locale) -> Clause {
    Clause {
        title: t(locale, "contract-clause-escrow"),
        text: t(locale, "contract-clause-escrow-text"),
    }
}

fn count_words(process: &Process, terms: &Terms, term: &Term, locale: Locale) -> String {
    let value = terms.value(process, 0, &term.name);
    t_args(locale, "contract-clause-count", &[("count", value.into())])
}

fn span_words(process: &Process, terms: &Terms, span: &Span, locale: Locale) -> String {
    let days = |micros: i64| t_args(locale, "contract-days", &[("days", (micros / DAY).into())]);
    match span {
        Span::Fixed(micros) => days(*micros),
        Span::Term(name) => {
            let label = process
                .term(name)
                .map(|term| term.label.pick(locale).to_owned())
                .unwrap_or_default();
            let values: Vec<_> = (0..terms.parts.len())
                .map(|part| terms.value(process, part, name))
                .collect();
            let same = values.windows(2).all(|pair| pair[0] == pair[1]);
            if same && let Some(value) = values.first() {
                format!("{label} {}", days(*value))
            } else {
                label
            }
        }
    }
}

fn fees(terms: &Terms, locale: Locale) -> Clause {
    let percent = |bp: u32| {
        format!("{}.{:02}", bp / 100, bp % 100)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    let text = t_args(
        locale,
        "contract-clause-fee-text",
        &[
            ("provider", percent(terms.fee.provider_bp).into()),
            ("client", percent(terms.fee.client_bp).into()),
        ],
    );
    Clause {
        title: t(locale, "contract-clause-fee"),
        text,
    }
}
