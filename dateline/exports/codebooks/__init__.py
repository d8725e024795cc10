"""One act, many codebooks: the store speaks PLOVER; CAMEO, ACLED and UCDP are views of it by tables."""
