#!/usr/bin/env python3
"""What other programs make of what the integration tests wrote: `TemplateTests`.

Reads a JSON list of {"template", "arguments", "output"} from standard input. For each it prints a line of JSON with what Jinja2 makes of the
template, or why it makes nothing, and what expat says about our output: nothing, or its error.
"""
import json
import sys
from xml.parsers import expat

from jinja2 import Environment, Undefined
from jinja2.exceptions import TemplateError


class Missing(Undefined):
    """Something that is not there: a condition may ask for it, and nothing else, as in Tera."""

    __str__ = __iter__ = __len__ = __eq__ = __ne__ = Undefined._fail_with_undefined_error
    __hash__ = Undefined.__hash__


environment = Environment(autoescape=True, keep_trailing_newline=True, undefined=Missing, extensions=["jinja2.ext.loopcontrols"])


def jinja(case):
    try:
        return {"jinja": environment.from_string(case["template"]).render(**case["arguments"])}
    except (TemplateError, TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        return {"refusal": f"{type(error).__name__}: {error}"}


def outline(document):
    """The elements and attributes of a document as expat reads them."""
    seen = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: seen.append([name, attributes])
    parser.CharacterDataHandler = lambda text: seen.append(text)
    parser.buffer_text = True
    try:
        parser.Parse(document.encode(), True)
    except expat.ExpatError as error:
        return {"expat": str(error)}
    return {"elements": seen}


for case in json.load(sys.stdin):
    answer = jinja(case)
    if case.get("output", "").lstrip().startswith(("<svg", "<?xml")):
        answer |= outline(case["output"])
    print(json.dumps(answer))
