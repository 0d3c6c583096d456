"""Which question does a message ask, after those before it? Follow-ups, corrections, paging: for any bot."""
