"""People from a sheet: upload, columns, questions, preview, saving, undoing.

It stands behind ``seats``, because a row puts a person on an office's seat and its facts are the seats; and before
``attendance``, because it knows nothing of who came. Undoing asks later rooms whom they need: ``app.py`` joins them.
"""
