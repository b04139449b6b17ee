"""Decision records, and what comes of them, shown."""

VIEWS = {
    "Differences": "diff:DiffView",
    "Record": "record:record_view",
    "Verification": "verify:VerifyView",
}
