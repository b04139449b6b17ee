"""Shortlists and what explains them, shown."""

# The view of each kind of result: ``module:view``.
VIEWS = {
    "Clash": "conflict:ClashView",
    "Explanation": "explain:ExplainView",
    "Gaps": "gaps:GapsView",
    "Rivals": "shortlist:rivals_view",
    "Robustness": "robustness:RobustnessView",
    "Shortlist": "shortlist:ShortlistView",
    "Spread": "spread:SpreadView",
    "Sweep": "sweep:SweepView",
    "TradeOffs": "tradeoff:TradeOffView",
}
