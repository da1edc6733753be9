/// What Jinja2 or Tera have and a panel's template has not, with what to do instead.
enum Refused {
    private static let oneTemplate = "a panel is one template, which reads no other"

    static let statements: [String: String] = [
        "include": oneTemplate, "import": oneTemplate, "from": oneTemplate, "extends": oneTemplate, "block": oneTemplate,
        "endblock": oneTemplate,
        "macro": "write it out, or loop over a list", "endmacro": "macros are not known", "call": "macros are not known",
        "filter": "use `{{ value | filter }}`", "endfilter": "use `{{ value | filter }}`",
        "with": "use `set`", "endwith": "use `set`", "do": "use `set`",
        "autoescape": "every value is escaped, always", "endautoescape": "every value is escaped, always",
        "trans": "translate before you send the arguments", "debug": "give it as an argument", "verbatim": "use `raw`",
    ]

    private static let sandbox = "a template sees its arguments alone: no environment, no clock, no chance"

    static let functions: [String: String] = [
        "get_env": sandbox, "now": sandbox, "get_random": sandbox, "lipsum": sandbox, "throw": "use `if`",
        "namespace": "use `set_global`", "dict": "write `{\"name\": value}`", "cycler": "use `list[loop.index0 % (list | length)]`",
        "joiner": "use `loop.first`", "caller": "macros are not known", "super": oneTemplate, "self": oneTemplate, "url_for": sandbox,
    ]

    static let filters: [String: String] = [
        "safe": "every value is escaped, always", "markup": "every value is escaped, always", "tojson": "use `json_encode`",
        "attr": "write `value.name`", "random": sandbox, "pprint": "use `json_encode`", "date": sandbox,
        "selectattr": "use `for … if …`", "rejectattr": "use `for … if …`", "select": "use `for … if …`", "reject": "use `for … if …`",
        "xmlattr": "write the attributes out", "striptags": "every value is escaped, always", "linebreaksbr": "use `tspan`",
        "escape_xml": "every value is escaped, always", "addslashes": "every value is escaped, always",
    ]
}
