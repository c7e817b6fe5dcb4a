# Profiles and files

profile-title = My profile
profile-lead = Clients see this when they compare bids.
profile-see = See it as others do
profile-headline = One line about you
profile-headline-hint = For example: brand designer for ten years, 60 restaurants and counting
profile-about = About you
profile-about-hint = What you have done, what you do best, how you work. Markdown is fine.
profile-skills = Skills
profile-skills-hint = Up to 15. Choose those you are really good at.
skills-choose = Choose skills
profile-location = Where you are
profile-rate = Rate for a day
profile-rate-hint = For orientation only; the contract of each order decides.
profile-save = Save profile
profile-saved = Your profile is saved; everybody sees the new one now.
refusal-profile-log-in = Please log in to change your profile.
refusal-profile-headline-long = The line about you may have { $max } characters at most.
refusal-profile-headline-forbidden = The line about you contains invisible control characters. Please remove them and save again.
refusal-profile-about-long = The text about you may have { $max } characters at most.
refusal-profile-about-forbidden = The text about you contains invisible control characters. Please remove them and save again.
refusal-profile-location-bad = The place may have { $max } characters at most, and no control characters.
refusal-profile-skills-bad = Choose up to { $max } skills, from the list.
refusal-profile-rate-bad = The rate must be above zero and at most { $max }.
refusal-profile-stale = Your profile was changed elsewhere. What you typed is still here; please check it and save again.

refusal-file-log-in = Please log in to upload files.
refusal-file-empty = “{ $name }” is empty and was not uploaded.
refusal-file-too-large = “{ $name }” is too large; a file may have { $max_megabytes } MB at most.
refusal-file-kind-refused = Files like “{ $name }” are not taken. Put it into a ZIP, or use PDF, pictures or office documents.
refusal-file-kind-mismatch = What is inside “{ $name }” does not match its ending, so it was not uploaded. Please save it again in its own format.
refusal-file-too-many = At most { $max } files can be attached. Please put the others into a ZIP.
refusal-file-quota-used = Your room for files is used up ({ $max_megabytes } MB in all), or too many uploads were never used. Please ask the market to clear some.
refusal-file-unknown = One of the files cannot be found; it may be in use elsewhere. Please choose it again.
