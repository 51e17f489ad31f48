"""To and from other people's computers: workbooks, packs, receipts."""
