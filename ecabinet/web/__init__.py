"""Pages, forms, the live socket and the JSON interface."""

from starlette.convertors import IntegerConvertor, register_url_convertor


class RowNumber(IntegerConvertor):
    """At most nine digits: a larger number names no row, and would break on its way into the database."""

    regex = "[0-9]{1,9}"


# Before any route is made: a route compiles its path at once.
register_url_convertor("int", RowNumber())
