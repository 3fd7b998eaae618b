/// Names that are all different, made of texts that may be the same: each with as many more signs as it takes.
struct FreeNames {
    private var taken: Set<String>
    /// How many further names each text has been asked for.
    private var uses: [String: Int] = [:]
    private let sign: Character

    /// - Parameters:
    ///   - taken: what no name may be.
    ///   - sign: what is put behind a text whose name is taken.
    init(taken: Set<String>, sign: Character) {
        self.taken = taken
        self.sign = sign
    }

    /// Returns the text, or the text with more behind it; that name is taken from now on.
    mutating func name(for text: String) -> String {
        if taken.insert(text).inserted { return text }
        while true {
            let use = uses[text, default: 0] + 1
            uses[text] = use
            // Thousands of texts that are the same would become ever longer.
            let name = text + (use <= 16 ? String(repeating: sign, count: use) : "\(sign)\(use)")
            if taken.insert(name).inserted { return name }
        }
    }
}
