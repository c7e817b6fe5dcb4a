## Why a step of an order is refused: what happened, what it means for the money, what to do.

refusal-engine-unknown = There is no such step, or no such milestone. No money has moved. Reload the page and try again.
refusal-engine-wrong-state = The order has moved on, and this step is no longer possible. No money has moved. Reload the page to see what you can do now.
refusal-engine-not-yours = This step is not yours to take. No money has moved.
refusal-engine-not-in-turn = An earlier milestone is still open, so it is not this one's turn yet. No money has moved. Come back when the earlier ones have ended.
refusal-engine-used-up = The { $limit } times agreed in the contract are used up. No money has moved. You can accept, agree on something with the other side, or open a dispute.
refusal-engine-too-late = The deadline passed at { $due }, and what was announced for it is happening now. Your step had no effect. Reload the page in a moment to see the result.
refusal-engine-too-early = The deadline is { $due }. Until then no money moves.
refusal-engine-needs-delivery = Attach your delivery first. An empty delivery is none, and does not stop the deadline.
refusal-engine-needs-reason = Give your reasons, so that the other side knows what to do. No money has moved.
refusal-engine-needs-shares = Say how much goes back to the client and how much to the provider. No money has moved.
refusal-engine-shares-sum = Neither share may be below zero, and together they must be exactly the { $pot } in escrow. No money has moved.
refusal-engine-part-count = An order has at least one milestone and at most { $max }.
refusal-engine-bad-price = The price of milestone { $part } must be above zero and not too large.
refusal-engine-unknown-term = This kind of order has no term “{ $term }”. Take it out of the terms.
refusal-engine-term-bounds = The term “{ $term }” must lie between { $min } and { $max }.
refusal-engine-bad-fee = A fee cannot be above 100%.
refusal-engine-mismatch = The order and its contract do not fit together. To protect the money nothing was changed. Please contact the market.
