# Signing up, logging in, account settings, and the demo's outbox

account-to = E-mail or phone number
account-send-code = Send me a code
account-send-again = Send again
account-sent = If { $to } takes mail or messages, a six-digit code arrives in a moment. Look among the spam if it does not.
account-sent-again = A new code is on its way. The one before no longer works.
account-demo-outbox = This is a demo market: read the code in the outbox
account-code = Code
account-code-hint = Six digits, good for 10 minutes and at most 5 tries.
account-other-to = Use another address or number
account-name = Name
account-name-hint = 2–40 characters that others will see: your name, a nickname or your studio.
account-password = Password
account-new-password = New password
account-current-password = Present password
account-password-hint = At least 15 characters. A few unrelated words in a row are easy to keep and hard to guess.

signup-title = Sign up
signup-lead = One account to have work done and to do it.
signup-to-hint = Numbers outside mainland China begin with + and the country code.
signup-have = You have an account?
signup-have-login = Log in
signup-code-title = Finish signing up
signup-password-hint = May stay empty: then you log in with codes. If you choose one: at least 15 characters; a few unrelated words in a row are easy to keep and hard to guess.
signup-finish = Agree and sign up
signup-done = Welcome, { $name }! You can post a request or find work now.
signup-existed = You already had an account. We have logged you in.

consent-agree = I have read and agree to the
consent-terms = terms of service
consent-privacy = privacy policy
consent-rules = trading rules
consent-comma = ,{ " " }
consent-and = { " " }and{ " " }
consent-title = Our terms have changed
consent-lead = New versions of these were published. Please read them and agree to go on. Running orders keep the terms they were signed under, and money in escrow is not touched.
consent-do = Agree and go on
consent-later = Not now, log me out
consent-done = The versions you agreed to are recorded with the time.

legal-label = Terms and rules
legal-published = Version { $version }, published { $date }

login-title = Log in
login-do = Log in
login-by-code = Log in with a code
login-by-password = Log in with a password
login-forgot = Forgot your password, or never set one?
login-new = New here?
login-new-signup = Sign up
login-code-title = Log in with a code
login-code-lead = The code goes to the address or number you signed up with.
login-enter-title = Enter the code
login-out = You are logged out.

reset-title = New password
reset-lead = First confirm your address or number, then choose a new password.
reset-enter-title = Choose a new password
reset-ends-sessions = Every device is signed out then; this one is logged in.
reset-do = Set password and log in
reset-done = Your new password works now. Other devices are signed out.

sessions-title = Signed-in devices
sessions-lead = These devices can use your account now. If you do not know one, sign it out and change your password.
sessions-unknown-device = Unknown device
sessions-this = This device
sessions-seen = Last used
sessions-since = signed in
sessions-end = Sign out
sessions-end-this = Log out
sessions-end-others = Sign out all other devices
sessions-ended = That device is signed out.
sessions-ended-others = { $n ->
    [one] One other device is signed out.
   *[other] { $n } other devices are signed out.
}

me-title = Me
me-client = Have work done
me-provider = Do work
me-both = Trade and talk
me-account = Account
me-staff = Running the market
me-watch-text = Requests to inspect, orders, the ledger and jobs
me-notifications-text = What happened, and whose turn it is
me-requests = My requests
me-requests-text = What you posted, and the bids you received
me-post = Post a request
me-post-text = Say what you need and wait for bids
me-bids = My bids
me-bids-text = What you offered, and what came of it
me-profile = My profile
me-profile-text = Who you are and what you can do; clients look here first
me-orders = My orders
me-orders-text = Running and finished orders
me-money = Balance and statement
me-money-text = Every amount in and out, and where it came from
me-messages = Messages
me-messages-text = Your conversations
me-reviews = How others see me
me-reviews-text = Your public page and your reviews
me-settings = Account settings
me-settings-text = Name, language, e-mail, phone and password
me-sessions = Signed-in devices
me-sessions-text = Where you are signed in; sign out any of them
me-log-out = Log out

settings-title = Account settings
settings-name-title = Name
settings-name-save = Save name
settings-name-saved = Saved. This is the name others see now.
settings-language-title = Language and time zone
settings-language = Language
settings-language-hint = For pages, e-mail and text messages.
settings-zone = Time zone
settings-language-save = Save language and zone
settings-language-saved = Language and time zone are saved.
settings-entry-title = Logging in and security
settings-email = E-mail
settings-phone = Phone
settings-none = None yet
settings-add-email = Add e-mail
settings-change-email = Change e-mail
settings-add-phone = Add phone
settings-change-phone = Change phone
settings-password-set = Set
settings-password-none = None; you log in with codes
settings-add-password = Set password
settings-change-password = Change password
settings-sessions-text = See them, or sign them out
settings-sessions-see = See devices
settings-consents-title = What I agreed to
settings-consents-text = Each consent is kept with its version and time.
settings-consent-version = Version { $version }

password-title = Change password
password-do = Change password
password-ends-others = Your other devices are signed out then.
password-saved = Your new password works now. Other devices are signed out.

contact-email-title = E-mail address
contact-phone-title = Phone number
contact-lead = A code goes to the new one. When it is changed, we tell the old one.
contact-current = Present
contact-new-email = New address
contact-new-phone = New number
contact-phone-hint = Numbers outside mainland China begin with + and the country code.
contact-password-hint = So that we know it is you.
contact-enter-title = Confirm the new contact
contact-do = Change it
contact-cancel = Keep it as it is
contact-saved = Changed. You can log in with it from now on.

outbox-title = Demo outbox
outbox-lead = A demo market sends no real mail or messages. What would have left is here.
outbox-search = Address or number of the recipient
outbox-search-do = Show
outbox-all = All
outbox-empty = No letters yet
outbox-empty-text = Codes for signing up and logging in, and notices by mail, appear here.

# Refusals: what happened, what it means for the money, what to do
refusal-destination-empty = Please enter an e-mail address or a phone number.
refusal-destination-bad-email = This address is incomplete or misspelt. It should look like lina@example.com.
refusal-destination-bad-phone = This number cannot take text messages. Enter a mobile number; outside mainland China begin with + and the country code, such as +44 7400 123456.
refusal-destination-unreadable = Enter an e-mail address (with @) or a phone number (digits).
refusal-code-unreadable = The code has six digits.
refusal-code-wrong = That is not the code. { $left ->
    [one] One try is left.
   *[other] { $left } tries are left.
}
refusal-code-used-up = Five wrong tries: this code no longer works. Use “Send again” for a new one.
refusal-code-expired = The code is too old or was used. Use “Send again” for a new one.
refusal-tries-codes = Too many codes were sent there. Try again after { $until }; your account and money are unchanged.
refusal-tries-passwords = Too many passwords were tried. Try again after { $until }, or log in with a code; your account and money are unchanged.
refusal-tries-changes = Too many changes at once. Try again after { $until }; your account and money are unchanged.
refusal-login-wrong = Account or password is not right. Try again, log in with a code, or choose a new password.
refusal-name-empty = Please enter a name.
refusal-name-bad-length = A name has { $min } to { $max } characters.
refusal-name-bad-characters = The name holds invisible control characters, or no letters at all. Please change it.
refusal-password-too-short = A password has at least { $min } characters. Try a few unrelated words in a row.
refusal-password-too-long = A password has at most { $max } characters.
refusal-password-guessable = This password is guessed early: common words, repeats, or too much like your name or address. Please choose another.
refusal-password-wrong-current = That is not your present password. Nothing was changed.
refusal-consent-missing = Please read and tick the box to go on.
refusal-consent-stale = The terms changed while you were reading. Please look at the new version and confirm again.
refusal-person-not-found = There is nobody like that here.
refusal-person-contact-taken = This contact belongs to another account; nothing was changed. Use another, or log in to that account with it.
refusal-person-log-in = Please log in first.
refusal-person-staff-only = Only the market's staff can do this. Nothing was changed.
refusal-session-not-found = That device was not found; it may be signed out already.
refusal-session-log-in = Please log in first.
refusal-settings-unknown-zone = Please choose a time zone from the list.
refusal-settings-same-contact = This is your contact already; there is nothing to change.
