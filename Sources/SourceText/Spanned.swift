/// A value and the place where it was written.
package struct Spanned<Value: Sendable>: Sendable {
    package var value: Value
    package var span: Span

    @inlinable
    package init(_ value: Value, at span: Span) {
        self.value = value
        self.span = span
    }
}
