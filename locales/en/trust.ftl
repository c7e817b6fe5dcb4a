# Reviews and people's public pages.
people-as-provider = As a provider
people-as-client = As a client
people-joined = Joined { $date }
people-rate = { $rate } a day
people-edit = Edit profile
people-skills = Skills
people-no-profile = No profile has been written yet.
people-reviews = Reviews

rating-title = Rating
rating-of = { $n ->
    [one] 1 review
   *[other] { $n } reviews
} by { $people ->
    [one] 1 person
   *[other] { $people } people
}
rating-capped = With fewer than { $people } reviewers a rating shows at most { $cap }.
rating-receipts = How this number came about
rating-how = Everybody starts at { $prior }, which counts as much as { $weight } ordinary reviews. Each review is weighed by the worth of the order, its age, how often the same person reviewed, and whether the two are linked. All of them are here.
rating-when = When
rating-who = By
rating-mark = Mark
rating-order = Order
rating-by-value = Worth
rating-by-age = Age
rating-by-repeat = Repeat
rating-by-link = Linked
rating-counts = Counts

review-title = Review { $name }
review-how-title = Both sides review blind
review-how = Neither of you sees what the other wrote until both are in; then both open together, or when the window ends. An open review cannot be changed.
review-until = The window ends on { $at }.
review-other-in = { $name } has written theirs. As soon as yours is in, both open.
review-body = Your review
review-body-hint = 10 to 2000 characters, for everybody to read. Say what went well and what did not: it helps whoever comes next.
review-note = A note to the platform only
review-note-hint = Neither the other side nor anybody else sees it, and it does not change the rating.
review-send = Send review
review-sent-open = Your review is in, and both reviews are open now.
review-sent-hidden = Your review is in. It opens when the other side has written theirs, or when the window ends.
review-own-open = Your review (open to all)
review-own-hidden = Your review is in and not open yet
review-own-opens = It opens as soon as the other side has written theirs, and at the latest on { $at }.
review-open = Open reviews
review-reply = Reply
review-reply-of = Reply of { $name }
review-reply-do = Reply in public
review-reply-hint = One reply, for everybody to read; it cannot be changed. Until { $until }.
review-reply-send = Publish reply
review-replied = Your reply is published.

refusal-review-log-in = Log in to review.
refusal-review-not-found = There is no such order or review, or it is not yours.
refusal-review-still-running = The order still runs; it can be reviewed once it has ended. No money is affected.
refusal-review-nothing-happened = This order ended before anything was paid into escrow, so there is nothing to review.
refusal-review-window-over = The review window ended on { $closed }.
refusal-review-already = You have reviewed this order; each order can be reviewed once.
refusal-review-marks-incomplete = Please give every line a mark from { $min } to { $max }. The review was not sent.
refusal-review-body-short = Please write at least { $min } characters. The review was not sent.
refusal-review-body-long = Up to { $max } characters, please. The review was not sent.
refusal-review-body-forbidden = There are invisible control characters in the text; please remove them. The review was not sent.
refusal-review-note-misfit = The note holds up to { $max } characters and no control characters. The review was not sent.
refusal-review-not-open = There is no such review, or it is not open yet.
refusal-review-reply-already = You have replied to this review; one reply is possible.
refusal-review-reply-over = The time to reply ended on { $closed }.
refusal-review-reply-misfit = A reply has { $min } to { $max } characters and no control characters. It was not published.
refusal-link-not-staff = There is no such page.
refusal-link-not-two = A link needs two different accounts.
refusal-link-no-reason = Please write down what the link rests on. It was not recorded.
