//! The demo market: its cast, its payment sandbox, its clock. Everything in it goes through the same use cases, jobs
//! and gateway calls as in a real market; only the time in which it is lived is short.

mod acts;
mod cast;
mod live;
mod sandbox;
mod script;

pub use cast::Cast;
pub use live::live;
pub use sandbox::Sandbox;
