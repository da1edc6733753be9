import Testing
import WaiaasCore
import WaiaasTemplates

@Suite("What is let through as SVG")
struct SVGCheckTests {
    @Test(
        arguments: [
            panel(""), panel("<rect x=\"1\" y='2' width = \"3\"/>"), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + panel("<g/>"),
            "  <!-- hi -->" + panel("") + "\n<!-- bye -->\n",
            "<?xml version='1.0'?>" + panel(""), "<?xml version=\"1.0\" standalone=\"yes\"?>" + panel(""),
            panel("<text>a &amp; b &lt; c &#60; &#x1F600; &quot;&apos;&gt; > \u{fc}</text>"), panel("<text x=\"&#48;\">x</text>"),
            panel(
                "<style>.a { fill: red; stroke: url(#g) } @keyframes k { from { opacity: 0 } } @media (min-width: 10px) and (color) { g { x: calc(1px + (2px * 3)) } }</style>"
            ),
            panel(
                "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"rgb(1,2,3)\"/></linearGradient></defs><rect fill=\"url(#g)\" stroke=\"url( '#g' )\" style=\"fill:url(&quot;#g&quot;)\"/>"
            ),
            panel(
                "<symbol id=\"s\"><path d=\"M0 0\"/></symbol><use href=\"#s\" x=\"1\"/><use xlink:href=\"#s\"/>",
                root: " xmlns:xlink=\"http://www.w3.org/1999/xlink\""),
            panel("<g transform=\"translate(1 2) rotate(45)\" aria-label=\"x (y)\" data-kind=\"a(b\" class=\"c d\" id=\"i\"/>"),
            panel("<rect><animate attributeName=\"width\" from=\"0\" to=\"10\" dur=\"1s\" repeatCount=\"indefinite\"/></rect>"),
            panel("<svg x=\"1\" viewBox=\"0 0 1 1\"/>"),
            panel("<filter id=\"f\"><feGaussianBlur in=\"SourceGraphic\" stdDeviation=\"2\"/></filter><g filter=\"url(#f)\"/>"),
        ])
    func `panels that draw`(svg: String) throws {
        #expect(try refusal("{% raw %}\(svg){% endraw %}") == nil)
    }

    @Test(
        arguments: [
            ("<script>alert(1)</script>", "<script>"), ("<SCRIPT/>", "<SCRIPT>"), ("<foreignObject/>", "<foreignObject>"),
            ("<image href=\"#a\"/>", "<image>"), ("<a href=\"#a\"/>", "<a>"),
            ("<feImage/>", "<feImage>"), ("<iframe/>", "<iframe>"), ("<handler/>", "<handler>"), ("<metadata/>", "<metadata>"),
            ("<svg:script/>", "<svg:script>"),
            ("<g onload=\"a()\"/>", "`onload`"), ("<g ONLOAD=\"a()\"/>", "`ONLOAD`"), ("<g onfoo=\"\"/>", "`onfoo`"),
            ("<g xml:base=\"x\"/>", "`xml:base`"), ("<rect href=\"#a\"/>", "`href`"),
            ("<use href=\"http://x/#a\"/>", "`#id`"), ("<use href=\"//x#a\"/>", "`#id`"), ("<use href=\"a.svg#b\"/>", "`#id`"),
            ("<use href=\"javascript:a()\"/>", "`#id`"), ("<use href=\"&#106;avascript:a()\"/>", "`#id`"),
            ("<use href=\"data:image/svg+xml,x\"/>", "`#id`"), ("<use href=\" #a\"/>", "`#id`"), ("<use href=\"\"/>", "`#id`"),
            ("<use href=\"#\"/>", "`#id`"), ("<use xlink:href=\"#a\"/>", "xmlns:xlink"),
            ("<g fill=\"url(http://x)\"/>", "url(…)"), ("<g fill=\"URL(x)\"/>", "url(…)"),
            ("<g fill=\"url(&quot;http://x&quot;)\"/>", "url(…)"), ("<g fill=\"&#117;rl(x)\"/>", "url(…)"),
            ("<g style=\"fill:u\\72l(x)\"/>", "a backslash"),
            ("<g style=\"background:image-set('x' 1x)\"/>", "`image-set(`"), ("<g style=\"width:expression(alert(1))\"/>", "`expression(`"),
            ("<g style=\"x:src('y')\"/>", "`src(`"), ("<g style=\"fill:url(#a\"/>", "url(…)"),
            ("<g style=\"fill:url(#a b)\"/>", "url(…)"), ("<g style=\"fill:url(#a'')\"/>", "url(…)"),
            ("<g filter=\"url(x#y)\"/>", "url(…)"), ("<g style=\"x:attr(y)\"/>", "`attr(`"),
            ("<g style=\"a:-moz-element(#x)\"/>", "`-moz-element(`"),
            ("<style>@import 'x';</style>", "`@import`"), ("<style>@IMPORT 'x';</style>", "`@import`"),
            ("<style>@font-face{src:url(x)}</style>", "`@font-face`"), ("<style>a{b:url(/**/x)}</style>", "url(…)"),
            ("<style>&#64;import 'x';</style>", "`@import`"), ("<style>@\u{e9}import 'x'</style>", "@"),
            ("<style>a{b:\u{e9}url(x)}</style>", "url("),
            ("<set attributeName=\"onclick\" to=\"x\"/>", "onclick"), ("<animate attributeName=\"href\" to=\"javascript:a()\"/>", "href"),
            ("<animate attributeName=\"xlink:href\" to=\"x\"/>", "xlink:href"),
            ("<animate attributeName=\"fill\" to=\"url(http://x)\"/>", "url(…)"),
            ("<animate attributeName=\"&#104;ref\" to=\"x\"/>", "href"), ("<set attributeName=\"style\" to=\"x\"/>", "style"),
            ("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", "xmlns"), ("<g xmlns:x=\"y\"/>", "xmlns:x"),
            ("<g xmlns:xlink=\"y\"/>", "xmlns:xlink"),
            ("<![CDATA[x]]>", "CDATA"), ("<?php x ?>", "processing instruction"), ("<?xml version=\"1.0\"?>", "processing instruction"),
            ("<!DOCTYPE svg>", "document type"), ("&nbsp;", "an entity"), ("a & b", "an entity"),
            ("&#0;", "an entity"), ("&#xD800;", "an entity"), ("&#x110000;", "an entity"), ("&#;", "an entity"), ("&#x;", "an entity"),
            ("&#+60;", "an entity"), ("&lt", "an entity"), ("&AMP;", "an entity"), ("&#xFFFE;", "an entity"),
            ("<g a=b/>", "not in quotes"), ("<g x=\"1\"y=\"2\"/>", "space is missing"), ("<g x=\"1\" x=\"2\"/>", "twice"),
            ("<g x=\"<\"/>", "&lt;"), ("<g x/>", "has no value"), ("<g x=\"1/>", "&lt;"), ("<g", "space is missing"),
            ("<g></h>", "</g> is to be closed"), ("<g>", "</g> is to be closed"), ("</g>", "</svg> is to be closed"),
            ("< g/>", "a name is missing"), ("<1/>", "a name is missing"), ("]]>", "]]&gt;"), ("<!-- a -- b -->", "`--`"),
            ("<!-- x", "not closed"),
            ("<!-- a --->", "`--`"), ("<g / >", "slash"), ("\u{1}", "XML does not have"), ("\u{ffff}", "XML does not have"),
            ("<g \u{e9}=\"1\"/>", "a name is missing"), ("</svg><g/><svg>", "second element"),
        ])
    func `what is not`(inside: String, words: String) throws {
        let fault = try #require(try refusal("{% raw %}\(panel(inside)){% endraw %}"))
        #expect(fault.description.contains(words), "\(fault)")
    }

    @Test(
        arguments: [
            ("", "no element"), ("text", "outside"), ("<html/>", "begins with <svg>"), ("<svg/>", "needs xmlns"),
            ("<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>", "xmlns"), (panel("") + "x", "outside"),
            (panel("") + panel(""), "second element"), (" <?xml version=\"1.0\"?>" + panel(""), "processing instruction"),
            ("<?xml version=\"1.1\"?>" + panel(""), "declaration"),
            ("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + panel(""), "declaration"),
            ("<?xml version=\"1.0\" encoding='UTF-8\"?>" + panel(""), "declaration"),
            ("<?xml version=\"1.0\" VERSION=\"1.0\"?>" + panel(""), "declaration"), ("<?xml  ?>" + panel(""), "declaration"),
            ("<?xml version=\"1.0\" standalone=\"no\" encoding=\"UTF-8\"?>" + panel(""), "declaration"),

            ("<?xml encoding=\"UTF-8\"?>" + panel(""), "declaration"), ("<?xml version=\"1.0\"" + panel(""), "declaration"),
            ("<!DOCTYPE svg [<!ENTITY a \"b\">]>" + panel("&a;"), "document type"), ("\u{feff}" + panel(""), "outside"),
            ("<svg x=\"1", "not closed"), ("<svg x", "has no value"), ("<svg", "ends within"), ("<", "ends within"),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\">", "not closed"),
        ])
    func `documents that are no panel`(document: String, words: String) throws {
        let fault = try #require(try refusal("{% raw %}\(document){% endraw %}"))
        #expect(fault.description.contains(words), "\(fault)")
    }

    @Test func `depth, attributes and what use shows have limits`() throws {
        func nested(_ depth: Int) -> String { panel(String(repeating: "<g>", count: depth) + String(repeating: "</g>", count: depth)) }
        #expect(try refusal(nested(63)) == nil)
        #expect(try refusal(nested(64))?.reason == .svg(.tooDeep(limit: 64)))
        let attributes = (0..<65).map { " data-a\($0)=\"\"" }.joined()
        #expect(try refusal(panel("<g\(attributes)/>"))?.reason == .svg(.tooDeep(limit: 64)))

        let laughs = panel("<g id=\"a\"><rect/></g><g id=\"b\"><use href=\"#a\"/><use href=\"#a\"/></g><use href=\"#b\"/>")
        #expect(try refusal(laughs)?.reason == .svg(.tooMuchUse(limit: 20_000)))
        let many = panel("<g id=\"a\">{% for i in range(1000) %}<g/>{% endfor %}</g>{% for i in range(20) %}<use href=\"#a\"/>{% endfor %}")
        #expect(try refusal(many)?.reason == .svg(.tooMuchUse(limit: 20_000)))
        #expect(try refusal(many.replacing("range(20)", with: "range(19)")) == nil)
    }

    @Test func `a fault in the output is shown where the template wrote it`() throws {
        let template =
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n{% for c in colors %}\n  <rect fill=\"{{ c }}\"/>{% endfor %}\n <script/></svg>"
        let inLoop = try #require(try refusal(template, #"{"colors":["red","url(http://x)"]}"#))
        #expect(inLoop.position == SourcePosition(line: 3, column: 15))
        let afterLoop = try #require(try refusal(template, #"{"colors":["red","blue"]}"#))
        #expect(afterLoop.position == SourcePosition(line: 4, column: 3))
    }
}
