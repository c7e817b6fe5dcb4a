# Requests and bids

requests-title = Requests
requests-lead = These requests are waiting for bids. Bidding is free; a fee is due only when work is paid.
requests-filters = Filters
requests-words = Words
requests-words-placeholder = Words in title or brief
requests-all-categories = All categories
requests-budget-from = Budget from
requests-budget-to = Budget up to
requests-search = Search
requests-clear = Clear filters
requests-results = Results
requests-none-found = No request matches
requests-none-found-text = Try other words, or a wider category or budget.
requests-none = No open requests at the moment
requests-none-text = The first one gets the most attention.
requests-post = Post a request
my-requests-title = My requests
my-requests-none = You have not posted a request yet
my-requests-none-text = Say clearly what you need and what you can pay; bids usually come within a day.

request-untitled = (no title yet)
request-field-title = Title
request-field-brief = Brief
request-field-category = Category
request-field-skills = Skills needed
request-field-budget-min = Budget from
request-field-budget-max = Budget up to
request-field-deadline = Bids until
request-field-wish-days = Days the work should take
request-field-files = Attachments
request-change-nothing = (empty)
request-budget = Budget
request-budget-up-to = up to
request-budget-none = no budget given
request-bids-count = { $n ->
    [0] no bids yet
    [one] { $n } bid
   *[other] { $n } bids
}
request-wish-days = { $n ->
    [one] within { $n } day
   *[other] within { $n } days
}
request-bids-until = Bids until
request-choose-until = Choose until
days-count = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
request-state-draft = Draft
request-state-pending = Being checked
request-state-rejected = Needs changes
request-state-open = Open for bids
request-state-awarded = Provider chosen
request-state-withdrawn = Withdrawn
request-state-closed = Bidding closed

request-new-title = Post a request
request-new-lead = One page. Posting and receiving bids are free; you pay nothing before you choose somebody.
request-edit-title = Edit your request
request-edit-lead = Those who bid are told at once. A changed title, brief or attachment may be checked again.
request-title-hint = One line that says what is needed, 4 to 60 characters.
request-title-placeholder = For example: logo and shop sign for a small bakery
request-category-choose = Choose a category
request-outline-do = Use outline, see prices
request-outline-hint = The outline only fills an empty brief; it never replaces what you wrote.
request-brief-hint = The more exact, the better the bids. Markdown is fine; please leave out contact details.
request-skills-hint = Up to 8; the right people find you more easily.
request-budget-min-hint = Leave it empty if you are not sure.
request-budget-max-hint = For orientation; you pay what the contract says.
request-deadline-hint = Bids are taken until the end of this day, 90 days at most; then you have 30 days to choose.
request-wish-hint = Days from payment to delivery.
request-files-kept = Uploaded files
request-files-kept-hint = Untick a file to remove it.
request-files-hint = Pictures, documents and the like, up to 10. PDF, images, office documents, ZIP, audio and video.
request-send-do = Submit for checking
request-publish-do = Publish request
request-save-do = Save changes
request-draft-do = Save draft
request-draft-saved = The draft is saved; come back and go on whenever you like.
request-sent = We have it. It goes public once checked, and we tell you when bids come in.
request-discard-do = Discard draft
request-discard-ask = The draft and its files cannot be brought back. Discard it?
request-stale-title = This request was just changed elsewhere
request-stale-text = These are the changes made there. What you typed is still here; check it and save again to make it count.
request-next-title = What happens next
request-next-inspect = We look at it, usually within hours, and then it is public.
request-next-bids = Providers bid, each with price, days and a plan of milestones.
request-next-choose = You compare side by side, choose one, and both agree on the contract.
request-next-escrow = Your money is held until you accept the work.
request-next-free = Posting, receiving and comparing bids cost nothing.

guidance-title = What such work costs here
guidance-choose = Choose a category and press “Use outline, see prices” to see what was agreed in this market.
guidance-says = “{ $category }”: { $n ->
    [one] { $n } recent deal
   *[other] { $n } recent deals
}
guidance-quarter = A quarter below
guidance-half = Half below
guidance-three-quarters = Three quarters below
guidance-too-few = { $n ->
    [0] No deal has been made in this category yet; { $needed } are needed to say anything.
    [one] Only { $n } deal has been made in this category; { $needed } are needed to say anything.
   *[other] Only { $n } deals have been made in this category; { $needed } are needed to say anything.
}

request-facts = Key facts
request-published = Published
request-pending-title = Waiting to be checked
request-pending-text = It goes public once checked, usually within hours. You can still change it.
request-rejected-title = Please change it and send it again
request-rejected-fix = Change it
request-closed-title = Bidding has closed
request-closed-text = No new bids are taken, but one of the bids received can still be chosen.
request-awarded-title = A provider has been chosen
request-awarded-text = No more bids are taken.
request-withdrawn-title = Withdrawn
request-withdrawn-text = The client took this request back. No money was moved.
request-withdrawn-said = Withdrawn. Everybody who bid is told. No money was moved.
request-yours = This is your request
request-yours-bids = { $n ->
    [0] No bids yet. A specific brief and a clear budget bring them sooner.
    [one] { $n } bid so far.
   *[other] { $n } bids so far; you can start comparing.
}
request-edit-do = Edit request
request-withdraw-do = Withdraw request
request-withdraw-ask = It cannot be brought back, and everybody who bid is told. Withdraw it?
request-talk = Talk
request-client = Client
request-client-record = { $n ->
    [one] { $n } public request
   *[other] { $n } public requests
}, { $hired } hired
request-escrow-note = Payment is held by the market and released when the work is accepted.
request-no-more-bids = This request takes no more bids.
request-find-others = See other requests

bid-new-title = Your bid
bid-edit-title = Edit your bid
bid-invite = Can you do this?
bid-invite-text = Bidding is free. Give a price, days and a plan; before sending you see exactly what you would get.
bid-do = Make a bid
bid-login-text = Log in to bid. Bidding is free.
bid-login-do = Log in to bid
bid-yours = Your bid
bid-price = Price
bid-net = You get
bid-days = Days
bid-price-hint = What the client pays in all. The market keeps { $fee } of it once work is accepted.
bid-days-hint = Days from payment into escrow to the last delivery.
bid-plan = Milestones
bid-plan-hint = 1 to 10 milestones. Amounts add up exactly to the price, days to no more than the total. Each is paid and accepted by itself. Empty rows are ignored.
bid-plan-total = Total
bid-step-title = What is delivered
bid-step-amount = Amount
bid-step-days = Days
bid-step-add = Add a milestone
bid-step-remove = Remove this milestone
bid-letter = Letter to the client
bid-letter-hint = How you would do it, and similar work you have done. Markdown is fine; please leave out contact details.
bid-preview-do = See what you get, then send
bid-back = Back to the request
bid-fee-note = The market’s fee is { $fee } of what is paid to you, rounded down for each milestone. The rate at the moment of bidding stays in the contract.
bid-preview-title = Before you send it
bid-preview-lead = Nothing is sent yet. Check the figures, then send.
bid-client-pays = The client pays
bid-fee = Market fee ({ $fee })
bid-fee-frozen = When everything is accepted. The rate is fixed from now on; later changes do not touch this bid.
bid-send-do = Send bid of { $price }
bid-resend-do = Change to { $price } and send
bid-preview-back = Back to editing
bid-sent = Your bid is sent and the client is told. You can change or withdraw it until somebody is chosen.
bid-edit-do = Edit bid
bid-withdraw-do = Withdraw bid
bid-withdraw-ask = The client will no longer see this bid. Withdraw it?
bid-withdrawn-said = The bid is withdrawn. No money was moved.
bid-outdated-title = The request changed after your bid
bid-outdated-text = Have a look, and adjust your bid if you need to.
bid-changed-title = The request was just changed
bid-changed-text = These are the changes. What you typed is still here; check it and send.
bid-state-live = Waiting for the client
bid-state-withdrawn = Withdrawn
bid-state-declined = Not chosen
bid-state-awarded = Chosen

bids-compare-title = Compare bids
bids-compare-do = Compare bids
bids-none = No bids yet
bids-none-text = Bids usually come within a day, sooner with a specific brief and a clear budget.
bids-sort-label = Sort
bids-sort-newest = Newest
bids-sort-price = Lowest price
bids-sort-days = Fewest days
bids-sort-rating = Best rated
bids-who = Provider
bids-choose = Choose
bids-lowest = Lowest price
bids-fastest = Fewest days
bids-outdated = Written before you last changed the request.
bids-award-do = Choose
bids-award-note = You first see the contract and every possible ending. Both agree before you pay, and the money is held by the market.
bids-request-is = Request:
my-bids-title = My bids
my-bids-none = You have not made a bid yet
my-bids-none-text = Find a request that suits you and say how you would do it.

refusal-request-log-in = Please log in first.
refusal-request-not-found = This request cannot be found; it may have been withdrawn, or it is not yours.
refusal-request-stale = This request was just changed elsewhere and has not been saved. What you typed is still here; check the changes and save again.
refusal-request-ended = This request has ended or a provider is chosen, so it cannot be changed. No money was moved.
refusal-request-not-awardable = Nobody can be chosen on this request now: it is not public, somebody is chosen already, or the time to choose is over. No money was moved.
refusal-request-title-short = The title needs at least { $min } characters that say what is needed.
refusal-request-title-long = The title may have { $max } characters at most.
refusal-request-title-forbidden = The title contains invisible control characters. Please remove them.
refusal-request-brief-short = Besides the outline, please write at least { $min } characters about what is needed.
refusal-request-brief-long = The brief may have { $max } characters at most. Please attach longer texts as files.
refusal-request-brief-forbidden = The brief contains invisible control characters. Please remove them.
refusal-request-category-missing = Please choose a category.
refusal-request-skills-bad = Choose up to { $max } skills, from the list.
refusal-request-budget-missing = Please give the most you would pay. It is for orientation; nothing is charged.
refusal-request-budget-min-out = The lower end must be between { $min } and { $max }.
refusal-request-budget-max-out = The upper end must be between { $min } and { $max }.
refusal-request-budget-reversed = The upper end of the budget cannot be below the lower end.
refusal-request-deadline-missing = Please choose the day until which bids are taken.
refusal-request-deadline-out = Bids can be taken until a day between { $min } and { $max }.
refusal-request-wish-out = The days must be between 1 and { $max }; leave it empty if you are not sure.
refusal-request-drafts-full = You have too many drafts ({ $max } at most). Please publish or discard some.
refusal-request-open-full = You have as many running requests as one can have ({ $max }). Please wait until some have ended.

refusal-inspection-not-found = This inspection cannot be found.
refusal-inspection-stale = The request was just changed or withdrawn, or somebody else has decided. Please reload.
refusal-inspection-reason-missing = Please say why; the client reads it.
refusal-inspection-reason-bad = The reason may have { $max } characters at most, and no control characters.

refusal-bid-log-in = Please log in to bid.
refusal-bid-not-found = This bid or request cannot be found; it may have been withdrawn, or it is not yours.
refusal-bid-own-request = You cannot bid on your own request.
refusal-bid-request-closed = This request takes no more bids. Yours was not sent, and no money was moved.
refusal-bid-request-changed = The request was changed after you opened it, so your bid is not sent yet. Please look at the changes and send again.
refusal-bid-already = You already have a bid on this request. You can edit that one.
refusal-bid-stale = This bid was just changed elsewhere and has not been saved. Please open it again.
refusal-bid-ended = This bid was withdrawn, not chosen, or already chosen, so it cannot be changed.
refusal-bid-day-full = You can make { $max } bids in 24 hours. Please come back tomorrow.
refusal-bid-price-missing = Please give a price.
refusal-bid-price-out = The price must be between { $min } and { $max }.
refusal-bid-days-out = The days must be between 1 and { $max }.
refusal-bid-letter-short = Please write at least { $min } characters about how you would do it.
refusal-bid-letter-long = The letter may have { $max } characters at most.
refusal-bid-letter-forbidden = The letter contains invisible control characters. Please remove them.
refusal-bid-plan-count = Please give 1 to { $max } milestones.
refusal-bid-plan-sum = The milestones add up to { $plan }, not to the price of { $price }. Please make them equal.
refusal-bid-plan-days = The milestones take { $plan } days, more than the { $days } days in all.
refusal-bid-step-title = Milestone { $row } needs a name of up to { $max } characters.
refusal-bid-step-amount = The amount of milestone { $row } cannot be read or is too small; at least { $min }, with no more decimals than the currency has.
refusal-bid-step-days = Milestone { $row } needs its days, from 1 to 365.
