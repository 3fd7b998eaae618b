/// What a run is doing, for someone who may be watching a terminal.
///
/// A run tells this whether or not anyone sees it: whoever is told decides what is worth a line.
package enum Progress: Equatable {
    /// A run begins: whether it takes long counts from here.
    case began
    /// A part of it begins, of which it cannot be said how far it is.
    case doing(String)
    /// So much is done of a part, of so many; nil where the end is not known.
    case done(String, Int, of: Int?)
    /// Nothing more will be done: the run has ended or waits.
    case ended
}
