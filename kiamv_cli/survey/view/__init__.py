"""Surveys, shown."""

VIEWS = {
    "Aspects": "aspects:AspectsView",
    "CrossTabs": "compare:CrossTabsView",
    "MergedSurvey": "merged:MergedSurveyView",
    "Profile": "characteristics:ProfileView",
    "SelectionCompared": "compare:ComparedView",
}
