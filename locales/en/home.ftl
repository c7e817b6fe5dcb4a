# The first page

home-title = Take work with confidence. Pay with confidence.
home-lead = The client’s money is held first, where the provider can see it. Before anyone pays, both sides see every way the order can end, with exact amounts.
home-or = Need something done?
home-or-post = Post a request
home-categories = Browse by category
home-open-count = { $n ->
    [one] 1 open request
   *[other] { $n } open requests
}
home-open-none = No requests yet
home-how = How the money protects both sides
home-how-agree = Agree first, in writing
home-how-agree-text = Providers bid with a milestone plan. The contract fixes scope, price and fee; after that neither side can change it alone.
home-how-hold = The money is held
home-how-hold-text = The client puts the current milestone in escrow. The provider starts when the money is there, and it has not been paid out yet.
home-how-pay = Paid when accepted
home-how-pay-text = Once accepted, the money is in the provider’s balance. If nothing is ever delivered, it goes back to the client by itself.
home-promise-endings = See every ending before you pay
home-promise-endings-text = Acceptance, delay, cancellation, refund: who gets what is listed beforehand, and the order must end in one of them.
home-promise-clock = Silence has an outcome too
home-promise-clock-text = Every step has a deadline, and what happens then is written down first. Nothing hangs forever.
home-promise-book = Every cent is in the books
home-promise-book-text = Double entry, never overwritten. You find each movement in your statement.
home-requests = Newest requests
home-requests-all = See all
home-requests-none = No public requests yet
home-requests-none-text = Be the first to post one: it fits on a page, and providers see it as soon as it is checked.
home-bids = { $n ->
    [0] No bids yet
    [one] 1 bid
   *[other] { $n } bids
}
home-people = Providers who finished orders lately
home-tree-label = Every ending of an order, as a sketch
home-tree-now = Held in escrow. It can only end like this:
home-tree-accepted = The client accepts
home-tree-accepted-by = any time
home-tree-silence = Delivered, then silence
home-tree-silence-by = paid when time is up
home-tree-split = Cancelled by agreement
home-tree-split-by = split as agreed
home-tree-refund = Never delivered
home-tree-refund-by = full refund
home-tree-provider = Provider
home-tree-platform = Platform fee
home-tree-client = Back to the client
