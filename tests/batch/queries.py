"""Runs the queries of docs/batch.md, and compares the tables below them with the results."""

import os
import re
from pathlib import Path

import duckdb

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "batch.md"
# A block of SQL, and the table below it.
QUERY = re.compile(r"(```sql\n(.*?)```\n\n)((?:\|[^\n]*\n)+)", re.DOTALL)


def cell(value):
    """A value as text in a table of Markdown."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(cell, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("|", "\\|")


def table(folder, query):
    """The result of a query as a table of Markdown."""
    before = os.getcwd()
    os.chdir(folder)
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    result = database.execute(query)
    titles = [column[0] for column in result.description]
    rows = [titles, ["---"] * len(titles), *result.fetchall()]
    os.chdir(before)
    assert len(rows) > 3, f"nothing is found: {query}"
    return "".join(f"| {' | '.join(map(cell, row))} |\n" for row in rows)


def compare_queries(folder):
    """Runs the queries where `tables` are in the folder. Returns how many there are."""
    document = DOCUMENT.read_text(encoding="utf-8")
    queries = list(QUERY.finditer(document))
    assert len(queries) == document.count("```sql"), "a query without its result"
    real = QUERY.sub(lambda it: it[1] + table(folder, it[2]), document)
    if os.environ.get("IMSHARK_BLESS") == "1":
        DOCUMENT.write_text(real, encoding="utf-8")
        return len(queries)
    for shown, now in zip(document.splitlines(), real.splitlines()):
        assert shown == now, f"docs/batch.md has\n{shown}\nbut the query gives\n{now}"
    assert document == real, "docs/batch.md has more or fewer lines than the queries give"
    return len(queries)
