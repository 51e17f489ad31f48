"""The windows. They call `Desk`, show what it returns and decide nothing."""
