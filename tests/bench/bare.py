"""The floor: the least that Flask and SQLite can do for each of our pages, for ours to be held against.

No languages, no layout, no headers, no tokens, no limits; but the same work at heart, and the same promise that
what was taken is on the disk.
"""

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

SUPPLIERS = 10_000
ROWS = [
    (number, f"Supplier number {number}", "Some words about this supplier, what they do and where they are. " * 2)
    for number in range(100)
]
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><ul>
{% for row in rows %}<li><a href="/supplier/{{ row[0] }}">{{ row[1] }}</a> <p class="summary">{{ row[2] }}</p></li>
{% endfor %}</ul></body></html>"""
"""Twenty kilobytes, always the same."""
FOUND = """<!DOCTYPE html><html lang="en"><head><title>{{ words }}</title></head><body><h1>{{ total }}</h1><ul>
{% for row in rows %}<li><a href="/supplier/{{ row[0] }}">{{ row[1] }}</a> <p>{{ row[2] }}</p></li>
{% endfor %}</ul></body></html>"""
FORM = """<!DOCTYPE html><html lang="en"><head><title>Take a place</title></head><body><form method="post">
<label>Name <input name="name"></label><label>Email <input name="email"></label>
<button>Take it</button></form></body></html>"""
THANKS = "<!DOCTYPE html><title>Thank you</title><p>{{ name }}</p>"


def fill(file: Path, texts: Iterable[tuple[str, str]]) -> None:
    """A name and some words of each supplier, indexed in two columns; and a table for sign-ups."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE supplier (id INTEGER PRIMARY KEY, name TEXT, words TEXT)")
    connection.execute("CREATE TABLE sign_up (id INTEGER PRIMARY KEY, name TEXT, email TEXT)")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(name, words, content='supplier', content_rowid='id')")
    connection.executemany("INSERT INTO supplier (name, words) VALUES (?, ?)", texts)
    connection.execute("INSERT INTO found (found) VALUES ('rebuild')")
    connection.commit()
    connection.close()


def create(file: Path | str) -> Flask:
    """The bare site over one file; gunicorn can only be told its name as a text."""
    app = Flask(__name__)
    own = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(file, isolation_level=None, timeout=10)
            own.connection.execute("PRAGMA synchronous=FULL")
        return own.connection

    page, found, thank_you = (app.jinja_env.from_string(source) for source in (PAGE, FOUND, THANKS))

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/page")
    def constant() -> str:
        return page.render(title="Suppliers", rows=ROWS)

    @app.get("/search")
    def search() -> str:
        words = " ".join(f'"{word}"' for word in request.args.get("q", "").replace('"', " ").split())
        rows = connection().execute(
            "SELECT s.id, s.name, s.words FROM found JOIN supplier AS s ON s.id = found.rowid "
            "WHERE found MATCH ? ORDER BY bm25(found) LIMIT 20",
            (words,),
        )
        total = connection().execute("SELECT count(*) FROM found WHERE found MATCH ?", (words,)).fetchone()[0]
        return found.render(words=words, total=total, rows=rows.fetchall())

    @app.route("/sign-up", methods=("GET", "POST"))
    def sign_up() -> str | Response:
        if request.method == "GET":
            return FORM
        name, email = request.form["name"], request.form["email"]
        if not name or "@" not in email:
            abort(400)
        cursor = connection().execute("INSERT INTO sign_up (name, email) VALUES (?, ?)", (name, email))
        return redirect(f"/thanks/{cursor.lastrowid}", 303)

    @app.get("/thanks/<int:number>")
    def thanks(number: int) -> str:
        row = connection().execute("SELECT name FROM sign_up WHERE id = ?", (number,)).fetchone()
        return thank_you.render(name=row[0])

    return app
