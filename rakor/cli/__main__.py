"""``python -m rakor.cli`` is ``rakor``."""

import sys

from rakor.cli import main

if __name__ == "__main__":
    sys.exit(main())
