# Pages for what went wrong

error-home = Back to the first page
error-orders = See my orders
error-number = Number
error-refused-title = That did not go through
error-not-found-title = There is no such page
error-not-found-text = It may have been taken down, or only those involved can see it. Your money is not affected. Try the search.
error-wrong-method-title = This address cannot be opened like that
error-wrong-method-text = Please use the button on the page. No money was moved.
error-too-large-title = That is too much
error-too-large-text = The text or the files are larger than we take. Nothing was saved and no money was moved. Go back and send less.
error-form-expired-title = This page has been open too long
error-form-expired-text = So that nobody can act in your name, this form was not handled and no money was moved. Go back, reload the page and send it again.
error-too-many-title = Too many tries
error-too-many-text = Please try again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}. Nothing was handled and no money was moved.
error-busy-title = The market is busy
error-busy-text = Your request could not be handled in time. If you were paying, look at the order first and do not pay twice. Please try again shortly.
error-unreadable-title = We could not read that
error-unreadable-text = What arrived was cut off or is not text. Nothing was handled and no money was moved. Please go back and try again.
error-fault-title = Something went wrong on our side
error-fault-text = What you asked for was not done and no money was moved. The fault was recorded; please try again later, and mention the number below if you write to support.
