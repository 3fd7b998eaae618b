extension PortParts {
    /// What a port with variables says, part by part: of `${ADDRESS}:${PORT:-x}:80` the default is judged, although the
    /// address is not known. A part that cannot be told is as a part that is right.
    static func readings(of text: String) -> [VariableReading] {
        let whole = VariableText(text)?.readings ?? []
        if !whole.isEmpty { return whole }
        var text = text
        return text.withUTF8 { bytes -> [VariableReading] in
            let parts = PortParts(bytes)
            var isByDefault = false
            func said(_ range: Range<Int>, or standIn: String) -> String {
                let part = String(decoding: bytes[range], as: UTF8.self)
                guard let settled = VariableText(part)?.settled else { return standIn }
                if settled != part { isByDefault = true }
                return settled
            }
            var read = ""
            if let address = parts.address { read += said(address, or: "127.0.0.1") + ":" }
            if let published = parts.published { read += said(published, or: "") + ":" }
            read += said(parts.container, or: "1")
            if let transport = parts.transport { read += "/" + said(transport, or: "tcp") }
            return [VariableReading(text: read, condition: isByDefault ? .byDefault : .always)]
        }
    }
}
