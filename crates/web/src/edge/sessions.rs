//! Who holds a session: one question asked of the accounts crate. How sessions are made and ended is not here.

use kernel::{AccountId, Id, Locale, StaffRole};

use crate::App;

/// What the edge knows about a signed-in reader.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The session's own row.
    pub session_id: Id,
    /// Whose log-in it is.
    pub account_id: AccountId,
    /// The name people see.
    pub name: String,
    /// What they may do for the operator.
    pub staff: Option<StaffRole>,
    /// The language they chose.
    pub locale: Locale,
    /// The zone they chose, such as `Asia/Shanghai`.
    pub zone: String,
    /// Binds form tokens to this session.
    pub csrf_seed: String,
    /// How many notifications they have not read.
    pub unread: i64,
}

/// The session of this cookie value, if it is alive.
pub(super) async fn resolve(_app: &App, _cookie: &str) -> Option<SessionView> {
    None
}
