"""What a reader of a PDF reads, and how it looks: PDFium's own text and pixels."""

import re

import pypdfium2


def text_of(pdf: bytes) -> str:
    """Return the text of every page in reading order; a form feed ends a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\f".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def words_of(pdf: bytes) -> str:
    """Return the text with single spaces, as one looks for a sentence in it."""
    return re.sub(r"\s+", " ", text_of(pdf))
