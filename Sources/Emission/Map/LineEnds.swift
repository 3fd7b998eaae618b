/// What the lines of a picture end in: an arrow at what is built from something, a dot at what runs it.
enum LineEnds {
    static func write(to out: inout Markup) {
        for (name, size): (StaticString, Double) in [("arrow-base", 8), ("arrow-base-wide", 14)] {
            out.raw("<marker id=\"")
            out.raw(name)
            out.raw("\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"")
            out.number(size)
            out.raw("\" markerHeight=\"")
            out.number(size)
            out.raw(
                "\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip base\" d=\"M0 0.5 8 4 0 7.5Z\"/></marker>\n"
            )
        }
        out.raw(
            "<marker id=\"arrow-runs\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\"")
        out.raw(
            " markerUnits=\"userSpaceOnUse\" orient=\"auto\"><circle class=\"tip runs\" cx=\"4\" cy=\"4\" r=\"3\"/></marker>\n"
        )
    }
}
