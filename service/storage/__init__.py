"""Where things are kept: SQLAlchemy Core on SQLite by default, PostgreSQL-ready.

`Database` opens transactions, `Store` is what one actor may reach inside one of them.
"""
