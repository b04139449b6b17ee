"""Long lists and what is found in them, shown."""

VIEWS = {
    "Checked": "check:checked_view",
    "Duplicates": "same:SameView",
    "Longlist": "table:LonglistView",
}
