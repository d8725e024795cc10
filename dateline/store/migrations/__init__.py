"""Changes of the kept tables, oldest first. Derived tables have none: they are dropped and made anew."""
