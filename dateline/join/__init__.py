"""What only many reports together can tell: each joiner a pure function of claims as told, and of rulings."""
