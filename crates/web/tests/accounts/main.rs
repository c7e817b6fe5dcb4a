//! Joining, logging in and one's own account, over HTTP: real pages, real cookies, codes read from the demo's outbox.

mod browser;
mod entering;
mod owning;
