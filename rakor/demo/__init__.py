"""The demo worlds: made-up meetings at every stage of life, and one that really took place."""
