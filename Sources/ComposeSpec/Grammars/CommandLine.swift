/// A command as one text, which Compose takes apart into words (mattn/go-shellwords, as Compose 2.26 uses it).
package enum CommandLine {
    /// Why Compose cannot take a command apart, or nil.
    ///
    /// `;`, `&`, `|`, `<` and `>` outside quotes end what is read; nothing behind them is judged.
    package static func fault(_ text: UnsafeBufferPointer<UInt8>) -> TextFault? {
        // What is open, and where it was opened.
        var (single, double, backtick, substitution): (Int?, Int?, Int?, Int?)
        var last: UInt8?
        var index = 0
        while index < text.count {
            let byte = text[index]
            let here = index
            index += 1
            if byte == UInt8(ascii: "\\"), single == nil {
                guard index < text.count else { return TextFault("nothing follows the backslash", at: here..<index) }
                last = text[index]
                index += 1
                continue
            }
            let isOpen = single != nil || double != nil || backtick != nil || substitution != nil
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                last = isOpen ? byte : nil
                continue
            case UInt8(ascii: "`") where single == nil && double == nil && substitution == nil:
                backtick = backtick == nil ? here : nil
            case UInt8(ascii: ")") where single == nil && double == nil && backtick == nil:
                substitution = substitution == nil ? here : nil
            case UInt8(ascii: "(") where single == nil && double == nil && backtick == nil:
                guard substitution == nil, last == UInt8(ascii: "$") else {
                    return TextFault("a parenthesis must be quoted", at: here..<index)
                }
                substitution = here
            case UInt8(ascii: "\"") where single == nil && substitution == nil:
                double = double == nil ? here : nil
                continue
            case UInt8(ascii: "'") where double == nil && substitution == nil:
                single = single == nil ? here : nil
                continue
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                if !isOpen { return nil }
            default: break
            }
            last = byte
        }
        if let single { return TextFault("this quote is not closed", at: single..<single + 1) }
        if let double { return TextFault("this quote is not closed", at: double..<double + 1) }
        if let backtick { return TextFault("this backtick is not closed", at: backtick..<backtick + 1) }
        return substitution.map { TextFault("this parenthesis has no other", at: $0..<$0 + 1) }
    }

    /// The words of a command that Compose can take apart.
    package static func words(_ text: UnsafeBufferPointer<UInt8>) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        // Whether a word has begun: `''` is one.
        var hasWord = false
        var (isSingle, isDouble, isBacktick, isSubstitution) = (false, false, false, false)
        func isOpen() -> Bool { isSingle || isDouble || isBacktick || isSubstitution }
        func end() {
            if hasWord { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
            hasWord = false
        }
        var index = 0
        scan: while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "\\"), !isSingle {
                guard index < text.count else { break }
                word.append(text[index])
                hasWord = true
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                if !isOpen() {
                    end()
                    continue
                }
            case UInt8(ascii: "`") where !isSingle && !isDouble && !isSubstitution: isBacktick.toggle()
            case UInt8(ascii: ")") where !isSingle && !isDouble && !isBacktick: isSubstitution.toggle()
            case UInt8(ascii: "(") where !isSingle && !isDouble && !isBacktick: isSubstitution = true
            case UInt8(ascii: "\"") where !isSingle && !isSubstitution:
                isDouble.toggle()
                hasWord = true
                continue
            case UInt8(ascii: "'") where !isDouble && !isSubstitution:
                isSingle.toggle()
                hasWord = true
                continue
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                if !isOpen() {
                    // A digit before `>` is a file's number and no word.
                    if byte == UInt8(ascii: ">"), word.count == 1, (0x30...0x39).contains(word[0]) { hasWord = false }
                    break scan
                }
            default: break
            }
            word.append(byte)
            hasWord = true
        }
        end()
        return words
    }
}
