"""The decisions of attendance, pure: the words, the facts, corrected time, the reducer and the verdict."""
