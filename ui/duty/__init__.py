"""值班: the month's roster on one page."""
