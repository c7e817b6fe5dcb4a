//! The event log: what happened, in one order, without gaps.
//!
//! A transaction adds events without a number. A sequencer numbers committed events one transaction at a time, so
//! that a follower that asks for what comes after a number never passes one that a slower transaction commits later.

use kernel::{Id, Timestamp};

use crate::{Fail, Fault, Pending, Row, Store, Tx, params};

/// An event to be written.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happened, such as `bid.placed`: noun, dot, verb in the past.
    pub kind: &'static str,
    /// The noun the event is about, such as `request`.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject: Id,
    /// Who did it; nobody when the market did.
    pub actor: Option<Id>,
    /// Facts followers need, as JSON; ids and amounts, no personal words.
    pub data: serde_json::Value,
}

/// An event as followers read it.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its place in the one order of events, from 1, without gaps.
    pub seq: i64,
    /// Its id.
    pub id: Id,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: String,
    /// The noun it is about.
    pub subject_kind: String,
    /// The noun's id.
    pub subject: Id,
    /// Who did it.
    pub actor: Option<Id>,
    /// Facts, as JSON.
    pub data: serde_json::Value,
}

fn read_event(row: &Row) -> Result<Event, Fault> {
    let data: String = row.get(7)?;
    Ok(Event {
        seq: row.get(0)?,
        id: row.get(1)?,
        at: row.get(2)?,
        kind: row.get(3)?,
        subject_kind: row.get(4)?,
        subject: row.get(5)?,
        actor: row.get(6)?,
        data: serde_json::from_str(&data).map_err(|e| Fault::Shape(format!("event data: {e}")))?,
    })
}

impl Tx<'_> {
    /// Adds an event; followers see it after the commit.
    pub fn emit(&mut self, event: NewEvent) -> Result<Id, Fault> {
        let (id, now) = (self.new_id(), self.now());
        let sql = "INSERT INTO events (id, at, kind, subject_kind, subject_id, actor_id, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.execute(
            sql,
            params![
                id,
                now,
                event.kind,
                event.subject_kind,
                event.subject,
                event.actor,
                event.data.to_string()
            ],
        )?;
        self.nudges = true;
        Ok(id)
    }

    /// Events after `seq`, oldest first, at most `limit`.
    pub fn events_after(&mut self, seq: i64, limit: i64) -> Result<Vec<Event>, Fault> {
        let sql = "SELECT seq, id, at, kind, subject_kind, subject_id, actor_id, data FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        self.query(sql, params![seq, limit], read_event)
    }

    /// Events before `seq`, newest first, at most `limit`; for the operator's page.
    pub fn events_before(&mut self, seq: i64, limit: i64) -> Result<Vec<Event>, Fault> {
        let sql = "SELECT seq, id, at, kind, subject_kind, subject_id, actor_id, data FROM events WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
        self.query(sql, params![seq, limit], read_event)
    }

    /// How far the follower `name` has come; 0 when it has never run.
    pub fn cursor(&mut self, name: &str) -> Result<i64, Fault> {
        Ok(self
            .query_opt("SELECT seq FROM cursors WHERE name = ?1", params![name], |row| {
                row.get(0)
            })?
            .unwrap_or(0))
    }

    /// Writes down how far the follower `name` has come, in the transaction that holds what it did.
    pub fn set_cursor(&mut self, name: &str, seq: i64) -> Result<(), Fault> {
        let sql = "INSERT INTO cursors (name, seq) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq";
        self.execute(sql, params![name, seq])?;
        Ok(())
    }

    /// Numbers up to `limit` committed events. Answers how many; 0 also when another node is at it.
    fn number_events(&mut self, limit: i64) -> Result<i64, Fail> {
        let lock = self.dialect().sequencer_lock();
        if self.query_one(lock, &[], |row| row.get::<i64>(0))? != 1 {
            return Ok(0);
        }
        let last: i64 = self.query_one(
            "SELECT COALESCE(MAX(seq), 0) FROM events WHERE seq IS NOT NULL",
            &[],
            |row| row.get(0),
        )?;
        let sql = "WITH waiting AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM events WHERE seq IS NULL ORDER BY id LIMIT ?2) \
                   UPDATE events SET seq = ?1 + waiting.place FROM waiting WHERE events.id = waiting.id";
        let numbered = self.execute(sql, params![last, limit])?;
        if numbered > 0 {
            self.nudges = true;
        }
        Ok(i64::try_from(numbered).unwrap_or(i64::MAX))
    }
}

impl Store {
    /// Numbers committed events; the worker calls it whenever it is nudged, before followers read.
    pub fn number_events(&self) -> Pending<i64> {
        self.write("number_events", |tx| tx.number_events(1000))
    }
}
