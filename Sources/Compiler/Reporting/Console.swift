import Diagnostics

/// Where a run writes, and how what it writes is to look; injected, so that tests read what a person would.
package struct Console {
    /// Takes results.
    package var output: ([UInt8]) -> Void
    /// Takes everything else.
    package var error: ([UInt8]) -> Void
    /// The columns of the terminal; nil where there is none.
    package var width: Int?
    /// Whether results are read on a terminal, which what they hold could steer.
    package var isTerminal = false
    package var colorsOutput = false
    package var colorsError = false
    package var isQuiet = false
    /// Is told what a run is at; nil where nobody watches.
    package var progress: ((Progress) -> Void)?

    package init(output: @escaping ([UInt8]) -> Void, error: @escaping ([UInt8]) -> Void) {
        self.output = output
        self.error = error
    }

    /// Lines of a result that no renderer makes.
    package func result(_ text: VisibleText) { output(Array(text.text.utf8)) }
    /// A line that is no result, unless the run is to be quiet.
    package func note(_ text: String) { if !isQuiet { fail(text) } }
    /// Why the run cannot go on: one line, and what else there is to say of it.
    package func fail(_ text: String, _ lines: VisibleText = "") {
        error(Array("bayplan: \(visible(text))\(lines.text)\n".utf8))
    }
}
