"""How good are the answers? Question sets, what counts as right, runs, measures, noise or gain."""
