"""The record on disk: SQLite in one file, or PostgreSQL by URL. Tables, keys, writing, asking."""
