"""The nouns of the product: frozen, keyword-only records that import only each other."""
