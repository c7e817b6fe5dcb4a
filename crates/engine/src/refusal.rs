//! Why the engine refuses a transition. Words in `locales/*/engine.ftl`.

kernel::refusals! {
    /// Why a transition is refused. Nothing has changed and no money has moved when one of these is answered.
    pub enum EngineRefusal {
        /// The process has no such transition, or the order no such part.
        Unknown => ("engine-unknown", NotFound),
        /// The part or order is in another state by now.
        WrongState => ("engine-wrong-state", Conflict),
        /// The actor may not do this.
        NotYours => ("engine-not-yours", Forbidden),
        /// An earlier part has not ended yet.
        NotYourTurn => ("engine-not-in-turn", Conflict),
        /// The contract's number of times is used up.
        UsedUp { limit: i64 } => ("engine-used-up", Conflict),
        /// The deadline has passed; what was announced for it is happening.
        TooLate { due: kernel::Timestamp } => ("engine-too-late", Conflict),
        /// The clock has not run out yet.
        TooEarly { due: kernel::Timestamp } => ("engine-too-early", Conflict),
        /// A delivery is needed and there is none.
        NeedsDelivery => ("engine-needs-delivery", Invalid, "delivery"),
        /// Written reasons are needed and there are none.
        NeedsReason => ("engine-needs-reason", Invalid, "reason"),
        /// The shares are missing.
        NeedsShares => ("engine-needs-shares", Invalid, "shares"),
        /// The shares do not add up to what is in escrow, or one is below zero.
        SharesDoNotAddUp { pot: kernel::Money } => ("engine-shares-sum", Invalid, "shares"),
        /// The order has no parts, or too many.
        PartCount { max: i64 } => ("engine-part-count", Invalid, "parts"),
        /// A part's price is not above zero, or too large.
        BadPrice { part: i64 } => ("engine-bad-price", Invalid, "price"),
        /// A named term is unknown to the process.
        UnknownTerm { term: String } => ("engine-unknown-term", Invalid),
        /// A named term lies outside the process's bounds.
        TermOutOfBounds { term: String, min: String, max: String } => ("engine-term-bounds", Invalid),
        /// A fee is above one hundred percent.
        BadFee => ("engine-bad-fee", Invalid),
        /// The terms and the state do not belong together.
        Mismatch => ("engine-mismatch", Conflict),
    }
}
