"""Surveys, shown."""

VIEWS = {
    "Aspects": "aspects:AspectsView",
    "CrossTabs": "compare:CrossTabsView",
    "Profile": "characteristics:ProfileView",
    "SelectionCompared": "compare:ComparedView",
}
