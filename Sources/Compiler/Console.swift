import Diagnostics

/// Where a run writes, and how what it writes is to look; injected, so that tests read what a person would.
package struct Console {
    /// Takes results.
    package var output: ([UInt8]) -> Void
    /// Takes everything else.
    package var error: ([UInt8]) -> Void
    /// The columns of the terminal; nil where there is none.
    package var width: Int?
    package var colorsOutput = false
    package var colorsError = false
    package var isQuiet = false
    /// Is told what a run is at; nil where nobody watches.
    package var progress: ((Progress) -> Void)?

    package init(output: @escaping ([UInt8]) -> Void, error: @escaping ([UInt8]) -> Void) {
        self.output = output
        self.error = error
    }

    package func result(_ text: String) { output(Array(text.utf8)) }
    /// A line that is no result, unless the run is to be quiet.
    package func note(_ text: String) { if !isQuiet { error(Array(("bayplan: " + text + "\n").utf8)) } }
    /// Why the run cannot go on.
    package func fail(_ text: String) { error(Array(("bayplan: " + text + "\n").utf8)) }
}
