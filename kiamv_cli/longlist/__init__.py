"""The long list: reading and checking it, tables in and out, merging, duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.draft import Draft as Draft
    from kiamv_cli.longlist.model.draft import DraftColumn as DraftColumn
    from kiamv_cli.longlist.model.draft import DraftValue as DraftValue
    from kiamv_cli.longlist.model.duplicates import Answered as Answered
    from kiamv_cli.longlist.model.duplicates import Checked as Checked
    from kiamv_cli.longlist.model.duplicates import Duplicates as Duplicates
    from kiamv_cli.longlist.model.duplicates import Named as Named
    from kiamv_cli.longlist.model.duplicates import Reason as Reason
    from kiamv_cli.longlist.model.duplicates import Suspicion as Suspicion
    from kiamv_cli.longlist.model.identity import Decision as Decision
    from kiamv_cli.longlist.model.identity import Identities as Identities
    from kiamv_cli.longlist.model.joining import Contradiction as Contradiction
    from kiamv_cli.longlist.model.joining import Entry as Entry
    from kiamv_cli.longlist.model.joining import Pooled as Pooled
    from kiamv_cli.longlist.model.longlist import Ecosystem as Ecosystem
    from kiamv_cli.longlist.model.longlist import Lead as Lead
    from kiamv_cli.longlist.model.longlist import ListOrigin as ListOrigin
    from kiamv_cli.longlist.model.longlist import Longlist as Longlist
    from kiamv_cli.longlist.model.longlist import Suggestion as Suggestion
    from kiamv_cli.longlist.model.longlist import TableOptions as TableOptions
    from kiamv_cli.longlist.model.lookup import Contribution as Contribution
    from kiamv_cli.longlist.model.lookup import Contributions as Contributions
    from kiamv_cli.longlist.model.lookup import UnknownEcosystemError as UnknownEcosystemError
    from kiamv_cli.longlist.model.mapping import ColumnUse as ColumnUse
    from kiamv_cli.longlist.model.mapping import TableMapping as TableMapping
    from kiamv_cli.longlist.model.merging import Imported as Imported
    from kiamv_cli.longlist.model.merging import Merged as Merged
    from kiamv_cli.longlist.reading.identities import load_identities as load_identities
    from kiamv_cli.longlist.reading.longlist import Loaded as Loaded
    from kiamv_cli.longlist.results import check as check
    from kiamv_cli.longlist.results import draft_mapping as draft_mapping
    from kiamv_cli.longlist.results import edit as edit
    from kiamv_cli.longlist.results import export_longlist as export_longlist
    from kiamv_cli.longlist.results import import_longlists as import_longlists
    from kiamv_cli.longlist.results import load_criteria as load_criteria
    from kiamv_cli.longlist.results import load_longlist as load_longlist
    from kiamv_cli.longlist.results import load_types as load_types
    from kiamv_cli.longlist.results import longlist_from as longlist_from
    from kiamv_cli.longlist.results import problems_workbook as problems_workbook
    from kiamv_cli.longlist.results import same as same


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
