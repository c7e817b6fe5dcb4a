//! The steps a person can take now, as forms: made from what the engine offers, whatever the process is.

use std::collections::BTreeMap;

use ::orders::orders::{OrderPage, PartView};
use engine::{Choice, MoveKind, MoveRange, Need, Role, Shares};
use kernel::{Currency, Locale, Money, Refusal};

use crate::edge::form::Form;
use crate::edge::i18n::{t, t_args};
use crate::edge::viewer::Viewer;

/// One step as a form.
pub struct ActionView {
    /// Distinguishes its fields from those of other forms on the page.
    pub key: String,
    /// Where it is sent.
    pub url: String,
    /// The part it is about; empty for the whole order.
    pub part: String,
    /// The part's number and title, in words; empty for the whole order.
    pub about: String,
    /// The verb.
    pub title: String,
    /// What the button says.
    pub button: String,
    /// What would happen to the money.
    pub says: Vec<String>,
    /// A delivery is asked for.
    pub delivery: bool,
    /// Reasons are asked for.
    pub reason: bool,
    /// Shares are asked for.
    pub shares: Vec<ShareField>,
    /// It is a payment.
    pub pay: bool,
    /// The other side has to agree.
    pub both: bool,
    /// The one main step.
    pub main: bool,
    /// Money or work is given up by it.
    pub danger: bool,
    /// What was refused, in words.
    pub errors: Vec<String>,
    /// What was typed.
    pub typed: Form,
}

/// How one pot is divided: the provider's share is typed, the rest goes back.
pub struct ShareField {
    /// The name of the field.
    pub name: String,
    /// Whose pot, in words.
    pub label: String,
    /// What is in the pot.
    pub pot: Money,
}

impl ActionView {
    /// Whether it needs nothing but a click.
    pub fn is_plain(&self) -> bool {
        !self.delivery && !self.reason && self.shares.is_empty() && !self.both
    }

    /// Whether its form stands open.
    pub fn is_open(&self) -> bool {
        self.main || !self.errors.is_empty()
    }

    /// What was typed into a field.
    pub fn value(&self, name: &str) -> &str {
        self.typed.get(name)
    }
}

/// A step that was refused, to be shown again with what was typed.
pub struct Again<'a> {
    /// The transition.
    pub transition: &'a str,
    /// What was typed.
    pub form: &'a Form,
    /// Why not.
    pub refusal: &'a Refusal,
}

/// Every step, the main one first.
pub fn actions(order: &OrderPage, viewer: &Viewer, again: Option<&Again>) -> Vec<ActionView> {
    let mut all: Vec<_> = order
        .choices
        .iter()
        .map(|choice| action(order, choice, viewer, again))
        .collect();
    all.sort_by_key(|action| (!action.main, action.danger, !action.is_plain(), action.part.is_empty()));
    let mut seen_main = false;
    for action in &mut all {
        action.main = action.main && !seen_main;
        seen_main |= action.main;
    }
    all
}

fn action(order: &OrderPage, choice: &Choice, viewer: &Viewer, again: Option<&Again>) -> ActionView {
    let locale = viewer.locale();
    let part = choice.part.map(|part| part.to_string()).unwrap_or_default();
    let rule = order.process.transition(&choice.transition);
    let title = rule.map(|rule| rule.label.pick(locale).to_owned()).unwrap_or_default();
    let (pay, both) = (choice.by == Role::Gateway, choice.by == Role::Both);
    let again = again.filter(|again| again.transition == choice.transition && again.form.get("part") == part);
    let says: Vec<_> = choice
        .moves
        .iter()
        .map(|one| move_words(order, one, choice.part.is_none(), locale))
        .collect();
    let url = match (pay, both) {
        (true, _) => format!("/orders/{}/parts/{part}/funding", order.id),
        (_, true) => format!("/orders/{}/proposals/{}", order.id, choice.transition),
        _ => format!("/orders/{}/moves/{}", order.id, choice.transition),
    };
    let about = choice
        .part
        .and_then(|part| order.parts.get(part))
        .map(|part| part_words(part, locale))
        .unwrap_or_default();
    ActionView {
        key: format!("{}-{}", choice.transition, if part.is_empty() { "all" } else { &part }),
        url,
        about,
        button: button(choice, &title, order.terms.currency, locale),
        says,
        delivery: choice.needs.contains(&Need::Delivery),
        reason: both || choice.needs.contains(&Need::Reason),
        shares: shares(order, choice, locale),
        pay,
        both,
        main: is_main(order, choice),
        danger: is_danger(choice),
        errors: again
            .map(|again| again.refusal.all().map(|one| viewer.say(one)).collect())
            .unwrap_or_default(),
        typed: again.map(|again| again.form.clone()).unwrap_or_default(),
        part,
        title,
    }
}

/// The main step: what the part waits for, and it brings the order on.
fn is_main(order: &OrderPage, choice: &Choice) -> bool {
    let Some(part) = choice.part.and_then(|part| order.parts.get(part)) else {
        return false;
    };
    let mine = match choice.by {
        Role::Gateway => part.state.waits_for == Some(Role::Client),
        by => part.state.waits_for == Some(by),
    };
    let onward = choice.by == Role::Gateway
        || choice.needs.contains(&Need::Delivery)
        || choice.by == Role::Operator
        || choice.moves.iter().any(|one| one.kind == MoveKind::Release);
    mine && part.in_turn && onward
}

fn is_danger(choice: &Choice) -> bool {
    let refund = choice.moves.iter().any(|one| one.kind == MoveKind::Refund);
    choice.part.is_none()
        || refund
        || (choice.needs.contains(&Need::Reason) && choice.left.is_none())
        || (choice.moves.is_empty() && choice.needs.is_empty())
}

fn part_words(part: &PartView, locale: Locale) -> String {
    let number = i64::try_from(part.part + 1).unwrap_or(i64::MAX);
    t_args(
        locale,
        "order-part-named",
        &[("number", number.into()), ("title", part.title.as_str().into())],
    )
}

fn button(choice: &Choice, title: &str, currency: Currency, locale: Locale) -> String {
    let money = |one: &MoveRange| Money::new(one.client.max, currency).shown();
    match choice.by {
        Role::Gateway => {
            let amount = choice.moves.first().map(money).unwrap_or_default();
            t_args(locale, "order-button-fund", &[("amount", amount.into())])
        }
        Role::Both => t_args(locale, "order-button-propose", &[("step", title.to_owned().into())]),
        _ => title.to_owned(),
    }
}

/// What a move of money means, in words.
fn move_words(order: &OrderPage, one: &MoveRange, whole: bool, locale: Locale) -> String {
    let shown = |minor: i64| Money::new(minor, order.terms.currency).shown();
    let (key, first, second) = match one.kind {
        MoveKind::Hold => ("order-says-hold", shown(one.client.max), String::new()),
        MoveKind::Release => ("order-says-release", shown(one.provider.max), shown(one.platform.max)),
        MoveKind::Refund => ("order-says-refund", shown(one.client.max), String::new()),
        MoveKind::Split => (
            "order-says-split",
            shown(one.shares_of.unwrap_or(one.client.max)),
            String::new(),
        ),
    };
    let words = t_args(locale, key, &[("amount", first.into()), ("fee", second.into())]);
    match order.parts.get(one.part).filter(|_| whole) {
        Some(part) => format!("{}：{words}", part_words(part, locale)),
        None => words,
    }
}

fn shares(order: &OrderPage, choice: &Choice, locale: Locale) -> Vec<ShareField> {
    let needed = choice.moves.iter().filter_map(|one| Some((one.part, one.shares_of?)));
    needed
        .map(|(part, pot)| ShareField {
            name: format!("share_{part}"),
            label: order
                .parts
                .get(part)
                .map(|part| part_words(part, locale))
                .unwrap_or_else(|| t(locale, "order-whole")),
            pot: Money::new(pot, order.terms.currency),
        })
        .collect()
}

/// The shares a form names: what goes to the provider is typed, the rest of the pot goes back.
pub fn typed_shares(
    order: &OrderPage,
    form: &Form,
    transition: &str,
    part: Option<usize>,
) -> Result<BTreeMap<usize, Shares>, Refusal> {
    let choice = order
        .choices
        .iter()
        .find(|choice| choice.transition == transition && choice.part == part);
    let mut shares = BTreeMap::new();
    for (part, pot) in choice
        .into_iter()
        .flat_map(|choice| &choice.moves)
        .filter_map(|one| Some((one.part, one.shares_of?)))
    {
        let name = format!("share_{part}");
        let Some(typed) = form.find(&name) else { continue };
        let typed = Money::parse(typed, order.terms.currency)
            .map_err(|_| Refusal::new("form-money-unreadable", kernel::Status::Invalid).on("shares"))?;
        shares.insert(
            part,
            Shares {
                to_client_minor: pot.saturating_sub(typed.minor()),
                to_provider_minor: typed.minor(),
            },
        );
    }
    Ok(shares)
}
