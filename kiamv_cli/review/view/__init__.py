"""Reviews, shown."""

VIEWS = {
    "Dependence": "dependence:DependenceView",
    "ReviewAgreement": "agreement:AgreementView",
}
