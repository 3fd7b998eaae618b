// Comparisons of the enums that every walk asks for at every node. What the compiler makes of `==` is, from another
// module, a call through a table; these are one instruction. Each enum has less than 256 cases and no payload, and so
// is one byte.

extension Node.Kind {
    @inlinable public static func == (one: Self, other: Self) -> Bool {
        unsafeBitCast(one, to: UInt8.self) == unsafeBitCast(other, to: UInt8.self)
    }
}

extension Node.Style {
    @inlinable public static func == (one: Self, other: Self) -> Bool {
        unsafeBitCast(one, to: UInt8.self) == unsafeBitCast(other, to: UInt8.self)
    }
}

extension Tag {
    @inlinable public static func == (one: Self, other: Self) -> Bool {
        unsafeBitCast(one, to: UInt8.self) == unsafeBitCast(other, to: UInt8.self)
    }
}

extension ScalarType {
    @inlinable public static func == (one: Self, other: Self) -> Bool {
        unsafeBitCast(one, to: UInt8.self) == unsafeBitCast(other, to: UInt8.self)
    }
}
