"""What the pages of the sources share: the blueprint."""

from flask import Blueprint

blueprint = Blueprint("sources", __name__)
