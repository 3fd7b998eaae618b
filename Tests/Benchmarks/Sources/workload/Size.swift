/// A generated size: so many projects of so many services that share so many images.
struct Size {
    let name: String
    let projects: Int
    /// Services in each project, at most the number of `Words.services`.
    let services: Int
    let images: Int

    /// The sizes of the specification's table of speeds, except tiny, which is written by hand.
    static let all = [
        Size(name: "medium", projects: 20, services: 10, images: 50),
        Size(name: "large", projects: 200, services: 25, images: 1_000),
        Size(name: "huge", projects: 1_000, services: 50, images: 1_000),
    ]
}
