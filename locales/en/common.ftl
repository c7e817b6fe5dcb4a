# The whole site

skip-to-main = Skip to the content
nav-label = Main navigation
nav-bottom-label = Bottom navigation
nav-home = Home
nav-find = Find work
nav-find-short = Find
nav-post = Post a request
nav-post-short = Post
nav-orders = Orders
nav-messages = Messages
nav-notifications = Notifications
nav-me = Me
nav-watch = Back office
nav-login = Log in
nav-signup = Sign up
search-label = Search requests
search-placeholder = Search requests, such as “landing page”
search-do = Search
crumbs-label = You are here
tabs-label = Tabs
pager-label = Pages
pager-newer = Newer
pager-older = Older
dialog-close = Close
confirm-yes = Yes, go on
copy-do = Copy
copy-done = Copied
switch-language = Language
switch-theme = Colours
theme-light = Light
theme-dark = Dark
theme-system = As the device
footer-label = Footer
footer-says = Money is held until the work is accepted.
footer-terms = Terms
footer-privacy = Privacy
footer-rules = Trading rules
footer-outbox = Demo outbox
footer-clock = Demo clock

# Time
time-just-now = just now
time-minutes-ago = { $n ->
    [one] a minute ago
   *[other] { $n } minutes ago
}
time-hours-ago = { $n ->
    [one] an hour ago
   *[other] { $n } hours ago
}
time-days-ago = { $n ->
    [one] a day ago
   *[other] { $n } days ago
}
time-over = over
time-in-a-minute = less than a minute left
time-in-minutes = { $n ->
    [one] 1 minute left
   *[other] { $n } minutes left
}
time-in-hours = { $n ->
    [one] 1 hour left
   *[other] { $n } hours left
}
time-in-days = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}

# Forms
form-optional = (optional)
form-refused = Please look at what is marked; everything you typed is still here
refusal-form-money-unreadable = This should be an amount, such as 3000 or 3,000.50. No money was moved.
refusal-form-money-too-precise = The amount has more decimals than its currency. No money was moved.
refusal-form-money-too-large = The amount is too large to be handled. No money was moved.
refusal-form-number-unreadable = This should be a whole number, such as 14.
refusal-form-unknown-choice = Please choose one of the options.
upload-drop = Drop files here, or click to choose
upload-remove = Remove

# People
reviews-count = { $n ->
    [one] 1 review
   *[other] { $n } reviews
}
person-no-reviews = No reviews yet
person-finished = { $n ->
    [one] 1 order finished
   *[other] { $n } orders finished
}
person-answers = { $n ->
    [one] Answers within an hour
   *[other] Answers within { $n } hours
}

# Money and endings
money-line-label = Where this money is now
outcome-label = Every possible ending
outcome-now = Now:
outcome-ending = Ending
outcome-by = By
outcome-you = You get
outcome-you-back = Back to you
outcome-provider = Provider gets
outcome-client = Back to client
outcome-platform = Platform fee
outcome-silent = This is what silence decides
outcome-impossible = No longer possible
outcome-happened = This happened
outcome-open = Any time
outcome-foot = Each amount is computed from the escrow process; the order must end in one of these ways.

# Styles
styleguide-title = Style guide
styleguide-lead = Every component is drawn one way. New pages take theirs from here.
styleguide-buttons = Buttons and dialogs
styleguide-money = Money
styleguide-outcome = Outcome table
styleguide-timeline = Timeline
styleguide-people = Person cards
styleguide-badges = States, tags and steps
styleguide-notices = Notices and empty states
styleguide-form = Forms
styleguide-table = Tables
