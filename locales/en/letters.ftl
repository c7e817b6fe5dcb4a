# Letters and text messages: codes, and news about one's own account. subject and body are for mail, sms for text messages.
letter-signup-code-subject = {$code} is your sign-up code
letter-signup-code-body =
    Hello,

    you are joining {$market}. Please enter this code on the page:

    {$code}

    It works for {$minutes} minutes, once. Tell it to nobody; our staff will never ask for it.
    If this was not you, ignore this letter: no account will be made.
letter-signup-code-sms = {$market}: your sign-up code is {$code}, good for {$minutes} minutes. Tell it to nobody. Not you? Ignore this.
letter-signup-known-subject = {$code} is your log-in code (you already have an account)
letter-signup-known-body =
    Hello {$name},

    somebody is joining {$market} with this address, and you already have an account here.
    If it is you, enter this code on the page and you are logged in:

    {$code}

    It works for {$minutes} minutes, once. Tell it to nobody.
    If this was not you, ignore this letter: nothing about your account has changed.
letter-signup-known-sms = {$market}: you already have an account. Code {$code} logs you in, good for {$minutes} minutes. Tell it to nobody. Not you? Ignore this.
letter-login-code-subject = {$code} is your log-in code
letter-login-code-body =
    Hello {$name},

    you are logging in to {$market}. Your code is:

    {$code}

    It works for {$minutes} minutes, once. Tell it to nobody; our staff will never ask for it.
    If this was not you, ignore this letter: nobody can log in without the code.
letter-login-code-sms = {$market}: your log-in code is {$code}, good for {$minutes} minutes. Tell it to nobody. Not you? Ignore this.
letter-login-unknown-subject = This address has no account at {$market}
letter-login-unknown-body =
    Hello,

    somebody wants to log in to {$market} with this address, but nobody has joined with it.
    If it is you, use the address or phone number you joined with, or sign up first.
    If this was not you, ignore this letter.
letter-login-unknown-sms = {$market}: this number has no account. If you want to log in, sign up first. Not you? Ignore this.
letter-reset-code-subject = {$code} is your code for a new password
letter-reset-code-body =
    Hello {$name},

    you are choosing a new password for {$market}. Your code is:

    {$code}

    It works for {$minutes} minutes, once. With the new password, every device is signed out.
    If this was not you, ignore this letter: your password stays as it is.
letter-reset-code-sms = {$market}: your code for a new password is {$code}, good for {$minutes} minutes. Tell it to nobody. Not you? Ignore this.
letter-reset-unknown-subject = This address has no account at {$market}
letter-reset-unknown-body =
    Hello,

    somebody wants a new password at {$market} for this address, but nobody has joined with it.
    If it is you, try another address or phone number you may have joined with.
    If this was not you, ignore this letter.
letter-reset-unknown-sms = {$market}: this number has no account, so there is no password to renew. Not you? Ignore this.
letter-change-code-subject = {$code} is your code to confirm this address
letter-change-code-body =
    Hello {$name},

    you are adding this address to your account at {$market}. Your code is:

    {$code}

    It works for {$minutes} minutes, once.
    If this was not you, ignore this letter.
letter-change-code-sms = {$market}: your code to confirm this number is {$code}, good for {$minutes} minutes. Tell it to nobody. Not you? Ignore this.
letter-change-taken-subject = This address belongs to another account
letter-change-taken-body =
    Hello {$name},

    somebody wants to add this address to another account at {$market}. It is the address of yours, so nothing was changed.
    If it is you, log in with this address; if not, ignore this letter.
letter-change-taken-sms = {$market}: this number belongs to your account here and cannot be added to another one. Not you? Ignore this.
letter-contact-changed-subject = Your account at {$market} has a new contact
letter-contact-changed-body =
    Hello {$name},

    your account at {$market} has just been given a new contact: {$to}. Use it to log in from now on; notices go there too.

    If this was not you, choose a new password at once and tell us.
letter-contact-changed-sms = {$market}: your account has a new contact, {$to}. Not you? Choose a new password at once and tell us.
letter-password-changed-subject = Your password at {$market} was changed
letter-password-changed-body =
    Hello {$name},

    a new password was just set for your account at {$market}, and your other devices were signed out.

    If this was not you, log in with a code, choose a new password at once, and tell us.
letter-password-changed-sms = {$market}: a new password was set for your account and other devices were signed out. Not you? Choose a new one at once and tell us.
