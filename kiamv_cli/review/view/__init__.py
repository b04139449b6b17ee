"""Reviews, shown."""

VIEWS = {"Dependence": "dependence:DependenceView"}
