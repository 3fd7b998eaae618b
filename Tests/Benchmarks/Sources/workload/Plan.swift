/// Who owns, needs and uses what in a generated workspace; every answer is a pure function of indices.
///
/// Images are dealt out in blocks: project `p` owns the images of its block, and its services run these and images of
/// earlier blocks. So every image is used, no two projects consume each other, and nothing is circular.
struct Plan {
    let size: Size

    func projectName(_ project: Int) -> String {
        "\(Words.projects[project % Words.projects.count])-\(Plan.padded(project, width: 3))"
    }

    func imageName(_ image: Int) -> String {
        "\(Words.images[image % Words.images.count])-\(Plan.padded(image, width: 4))"
    }

    /// The images of a project's block.
    func block(_ project: Int) -> Range<Int> {
        firstImage(project)..<firstImage(project + 1)
    }

    func owner(_ image: Int) -> Int {
        (image * size.projects + size.projects - 1) / size.images
    }

    /// Every tenth image is a third party's.
    func isPulled(_ image: Int) -> Bool {
        image % 10 == 9
    }

    /// The base of every third image: a built image before it.
    func base(_ image: Int) -> Int? {
        guard image % 3 == 2 else { return nil }
        let base = Plan.mixed(image, 7) % image
        return isPulled(base) ? base - 1 : base
    }

    /// A service's image: the project's own block once, then images of this block and the earlier ones.
    func image(project: Int, service: Int) -> Int {
        let block = block(project)
        if service < block.count { return block.lowerBound + service }
        return Plan.mixed(project, service) % max(block.upperBound, 1)
    }

    /// One or two earlier services of the project; none for its first service, which nothing can precede.
    func dependencies(project: Int, service: Int) -> [Int] {
        guard service > 0 else { return [] }
        let first = Plan.mixed(service, project) % service
        let second = Plan.mixed(project + 1, service + 1) % service
        return first == second ? [first] : [min(first, second), max(first, second)]
    }

    /// A loopback address of the project's own, so that host ports only have to differ within it.
    func address(_ project: Int) -> String {
        "127.10.\(project / 250).\(1 + project % 250)"
    }

    private func firstImage(_ project: Int) -> Int {
        project * size.images / size.projects
    }

    static func padded(_ number: Int, width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    /// A well-spread number below 2³¹ from two indices, the same in every run.
    private static func mixed(_ first: Int, _ second: Int) -> Int {
        var bits = UInt64(first) &* 0x9E37_79B9_7F4A_7C15 ^ (UInt64(second) &+ 1) &* 0xC2B2_AE3D_27D4_EB4F
        bits ^= bits >> 29
        bits = bits &* 0xBF58_476D_1CE4_E5B9
        return Int((bits ^ bits >> 32) >> 33)
    }
}
