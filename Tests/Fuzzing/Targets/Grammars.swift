import ComposeSpec

extension FuzzTarget {
    /// Holds a text against every grammar; a fault lies in the text, and what is taken apart can be put together.
    static let grammars = FuzzTarget("grammars") { input throws(BrokenPromise) in
        let faults: [(String, (UnsafeBufferPointer<UInt8>) -> TextFault?)] = [
            ("duration", Duration.fault), ("size", ByteSize.fault), ("port", PortNumbers.fault),
            ("mount", ShortMount.fault), ("command", CommandLine.fault),
        ]
        for (name, fault) in faults {
            let range = input.withUnsafeBufferPointer { fault($0)?.range } ?? 0..<0
            try expect(range.upperBound <= input.count, "a fault of the \(name) lies behind it")
        }
        input.withUnsafeBufferPointer { text in
            _ = (Names.isContainerName(text), Names.isProjectName(text), Names.isServiceName(text))
            _ = (ByteSize.bytes(text), PortNumbers.publishedRange(text))
        }
        _ = (ImageReference.pathFault(input[...]), ImageReference.tagFault(input[...]))
        _ = (ImageReference.digestFault(input[...]), IPAddress(input), Subnet(input))
        let text = String(decoding: input, as: UTF8.self)
        _ = (ImageReference.registryFault(text), Names.isPlatform(text))
        let mount = input.withUnsafeBufferPointer { ShortMount.parse($0) }
        if case .success(let mount) = mount {
            try expect(
                (mount.source?.upperBound ?? 0) <= mount.target.lowerBound && mount.target.upperBound <= input.count,
                "the parts of the mount overlap")
        }
        let port = input.withUnsafeBufferPointer { PortNumbers.parse($0) }
        if case .success(let port) = port {
            let published = port.published ?? 0...0
            try expect(
                (0...65535).contains(port.container.upperBound) && (0...65535).contains(published.upperBound),
                "a port that is none")
        }
        guard case .success(let reference) = ImageReference.parse(text) else { return }
        try expect(reference.text == text, "\(text) reads as \(reference.text)")
        // The registry that the normal form adds can make a text with variables longer than one may be.
        guard !reference.hasVariables || reference.normalized.text.utf8.count <= 1024 else { return }
        guard case .success(let again) = ImageReference.parse(reference.normalized.text) else {
            throw BrokenPromise(description: "\(reference.normalized.text) is no reference")
        }
        try expect(again.normalized == reference.normalized, "the normal form of \(text) is not its own")
    }

    /// Looks for faults of interpolation; each lies in the text.
    static let interpolation = FuzzTarget("interpolation") { input throws(BrokenPromise) in
        let range = input.withUnsafeBufferPointer { Interpolation.fault($0)?.range } ?? 0..<0
        try expect(range.upperBound <= input.count, "a fault lies behind the text")
        if !input.contains(UInt8(ascii: "$")) { try expect(range.isEmpty, "a fault without a variable") }
    }

    /// Compiles a pattern and matches a name, divided by a NUL.
    static let patterns = FuzzTarget("patterns") { input throws(BrokenPromise) in
        let (pattern, name) = halves(input)
        do {
            let compiled = try NamePattern(String(decoding: pattern, as: UTF8.self))
            let fits = compiled.matches(name)
            // A pattern in a group, or beside itself, matches the same names; anchors are such only at the ends.
            let text = compiled.text
            if text.hasPrefix("^") || text.hasSuffix("$") { return }
            guard let grouped = try? NamePattern("(\(text))|(\(text))") else { return }
            try expect(grouped.matches(name) == fits, "a group changes what \(text) matches")
        } catch let fault as NamePattern.Fault {
            let count = String(decoding: pattern, as: UTF8.self).utf8.count
            if fault.offset > count { throw BrokenPromise(description: "a fault lies behind the pattern") }
        } catch let broken as BrokenPromise {
            throw broken
        } catch {}
    }
}
