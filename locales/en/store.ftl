# Messages of the store
refusal-store-busy = The market is very busy right now. Nothing was done and no money moved. Please try again in a few seconds.
refusal-once-other-body = This form was already sent, with different content. Nothing was done twice and no money moved. Reload the page to see what came of the first time.
