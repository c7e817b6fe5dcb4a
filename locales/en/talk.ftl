# Pages of threads and notices.
talk-threads = Messages
talk-with = Messages with { $name }
talk-about-order = Order:
talk-about-request = Request:
talk-older = Earlier messages
talk-nothing-said = Nothing has been said yet. Write the first line; { $name } will hear of it at once.
talk-nothing-yet = Nothing said yet
talk-new-below = New since you last looked
talk-you = You
talk-you-said = You:{" "}
talk-only-files = Sent files
talk-seen = seen
talk-message-to = Write to { $name }
talk-files = Attachments
talk-files-hint = Up to 10 files of 20 MB each.
talk-send = Send
talk-unread = { $n } unread
talk-no-threads = No messages yet
talk-no-threads-text = Once there is a bid, you can talk here; every order has a thread of its own too.
talk-no-threads-do = See requests
talk-notices = Notifications
talk-no-notices = Nothing new yet
talk-no-notices-text = News of bids, escrow, deliveries, acceptance and reviews appears here; what matters is mailed to you as well.
talk-read-all = Mark all as read ({ $n })
talk-all-read = Everything is marked as read.

refusal-thread-log-in = Log in to see your messages.
refusal-thread-not-found = There is no such thread, or it is not yours.
refusal-thread-not-two = A thread needs two different people.
refusal-message-empty = Write something or attach a file. The message was not sent.
refusal-message-too-long = A message holds up to { $max } characters; please send it in parts. It was not sent.
refusal-message-forbidden = There are invisible control characters in the text; please remove them. The message was not sent.
refusal-message-too-many-files = A message carries up to { $max } files. It was not sent.
refusal-message-too-fast = That was a lot of messages at once; please try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}. The message was not sent; no money is affected.
