//! Changing a setting: a new version, an audit record, an event.

use kernel::{Actor, Id};
use serde_json::{Value, json};
use store::{Fail, Fault, NewEvent, Tx};

use super::{Settings, keys, load, sql};
use crate::audit;

kernel::refusals! {
    /// Why a setting is not changed.
    pub enum SettingRefusal {
        /// Only staff may.
        NotStaff => ("setting-not-staff", Forbidden),
        /// There is no such setting.
        Unknown => ("setting-unknown", NotFound),
        /// The value does not fit.
        Misfit => ("setting-misfit", Invalid, "value"),
        /// Together with the other settings it makes no sense.
        PricesCrossed => ("setting-prices-crossed", Invalid, "value"),
        /// No reason was given.
        NoReason => ("setting-no-reason", Invalid, "reason"),
    }
}

/// The operator changes a setting. It holds for everything that begins from now on; running contracts keep theirs.
/// Refusals: not staff, unknown, does not fit, no reason.
pub fn change(tx: &mut Tx, actor: &Actor, key: &str, value: &str, reason: &str) -> Result<(), Fail> {
    if !actor.is_staff() {
        return Err(SettingRefusal::NotStaff.into());
    }
    let reason = kernel::clean_line(reason, 2, 300).map_err(|_| SettingRefusal::NoReason)?;
    set(tx, actor, key, value, &reason)
}

/// Writes the next version of a setting without asking who may. For packs, the demo and tests.
pub fn set(tx: &mut Tx, actor: &Actor, key: &str, value: &str, reason: &str) -> Result<(), Fail> {
    let known = keys::find(key).ok_or(SettingRefusal::Unknown)?;
    let value = keys::tidy(known, value).map_err(|_| SettingRefusal::Misfit)?;
    let before = load(tx)?;
    let mut after = before.clone();
    after.put(key, &value).map_err(|_| SettingRefusal::Misfit)?;
    if after.min_price_minor > after.max_price_minor {
        return Err(SettingRefusal::PricesCrossed.into());
    }
    write_down(tx, actor, key, &value, &before, reason)?;
    Ok(())
}

fn write_down(
    tx: &mut Tx,
    actor: &Actor,
    key: &str,
    value: &str,
    before: &Settings,
    reason: &str,
) -> Result<Id, Fault> {
    let version = sql::latest(tx, key)?.unwrap_or(0) + 1;
    let id = tx.new_id();
    sql::insert(tx, id, key, version, value, reason, actor.account())?;
    let old = before.text(key).map_or(Value::Null, Value::String);
    audit::record(
        tx,
        actor,
        "setting.change",
        "setting",
        id,
        json!({ key: old }),
        json!({ key: value }),
        reason,
    )?;
    tx.emit(NewEvent {
        kind: "settings.changed",
        subject_kind: "setting",
        subject: id,
        actor: actor.account(),
        data: json!({ "key": key, "version": version }),
    })?;
    Ok(id)
}
