/// What a panel may say: the elements and attributes of SVG that draw, and none that runs, loads or leads elsewhere.
enum SVGVocabulary {
    static let namespace = "http://www.w3.org/2000/svg"
    static let linkNamespace = "http://www.w3.org/1999/xlink"

    /// Left out on purpose: `script`, `foreignObject`, `image`, `feImage`, `a`, `iframe`, `audio`, `video`, `metadata`, `handler`, `cursor`.
    static let elements = words(
        """
        svg g defs symbol use switch title desc style
        path rect circle ellipse line polyline polygon
        text tspan textPath
        linearGradient radialGradient stop clipPath mask pattern marker
        animate animateTransform animateMotion mpath set
        filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
        feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
        feSpecularLighting feSpotLight feTile feTurbulence
        """)

    /// What kind of attribute a word is.
    enum Kind: Sendable {
        /// Words, in which no function is read.
        case plain
        /// Read like a style.
        case styled
        case id, reference, target, namespace, linkNamespace
    }

    /// Each attribute with its kind; `aria-…` and `data-…` are let through besides.
    static let kinds: [String: Kind] = {
        var kinds: [String: Kind] = [:]
        for word in attributes { kinds[word] = plain.contains(word) ? .plain : .styled }
        for word in ["href", "xlink:href"] { kinds[word] = .reference }
        kinds["id"] = .id
        kinds["attributeName"] = .target
        kinds["xmlns"] = .namespace
        kinds["xmlns:xlink"] = .linkNamespace
        return kinds
    }()

    /// Left out on purpose: everything that begins with `on`, `href` but where it is checked, `xml:base`, `ping`, `target`, `src`.
    private static let attributes = words(
        """
        id class style lang role tabindex xml:space xml:lang
        x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height d points pathLength viewBox version baseProfile
        preserveAspectRatio transform transform-origin gradientTransform patternTransform gradientUnits patternUnits patternContentUnits
        spreadMethod offset clipPathUnits maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY orient zoomAndPan
        fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
        stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip clip-path clip-rule mask mask-type filter
        marker marker-start marker-mid marker-end paint-order vector-effect shape-rendering text-rendering image-rendering
        color-interpolation color-interpolation-filters color-rendering mix-blend-mode isolation pointer-events cursor
        stop-color stop-opacity flood-color flood-opacity lighting-color
        font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing
        text-anchor text-decoration text-overflow white-space dominant-baseline alignment-baseline baseline-shift direction unicode-bidi
        writing-mode glyph-orientation-vertical textLength lengthAdjust startOffset method spacing side rotate inline-size line-height
        attributeName attributeType begin dur end min max restart repeatCount repeatDur fill calcMode values keyTimes keySplines from to
        by additive accumulate type path keyPoints origin
        in in2 result stdDeviation mode operator k1 k2 k3 k4 values tableValues slope intercept amplitude exponent
        order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha kernelUnitLength surfaceScale diffuseConstant
        specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector
        yChannelSelector radius baseFrequency numOctaves seed stitchTiles filterUnits primitiveUnits
        requiredFeatures requiredExtensions systemLanguage media
        """)

    /// Elements whose `href` says which other part of the document they use.
    static let referring = words(
        "use textPath linearGradient radialGradient pattern filter mpath animate animateTransform animateMotion set")

    /// What no animation may change, as it is not there to be drawn.
    static let fixed = words("class style")

    private static let plain = words("class lang role xml:lang systemLanguage requiredExtensions requiredFeatures")

    /// Functions of a style that load nothing; `url` is looked at by itself.
    static let functions = words(
        """
        rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark
        calc min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow sqrt hypot log exp var env
        matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
        rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
        cubic-bezier steps linear
        blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
        circle ellipse inset polygon path rect xywh
        not is where nth-child nth-last-child nth-of-type nth-last-of-type lang
        """)

    /// What may follow `@` in a style.
    static let rules = words("keyframes -webkit-keyframes media supports layer")

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
