import ComposeSpec
import Diagnostics
import Planning
import SourceText
import Workspace
import YAMLSyntax

/// `bayplan pin`: writes the digests of images into the manifest, and nothing else.
package struct PinRun {
    package var session: SessionOptions
    /// What says the digests: a line `image reference digest` for each.
    package var input: [UInt8]
    /// The environment in whose `images` the digests are to stand; nil for `pull`.
    package var environment: String?
    /// Whether the changes are only shown.
    package var showsDiff = false

    package init(session: SessionOptions, input: [UInt8]) {
        self.session = session
        self.input = input
    }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        let opened = try Session(session)
        let requests = try PinRequest.requests(in: input)
        guard !requests.isEmpty else {
            throw SystemFailure(
                "there is nothing to pin: standard input has no line `image reference digest`, as pin.sh prints them")
        }
        guard let plan = try opened.plan(session, reportingTo: console) else { return .findings }
        let variant = try plan.variant(ofEnvironment: environment).index
        let images = try images(of: requests, in: plan)
        let pinning = Pinning(requests, of: images, in: plan, variant: variant)
        let source = SourceFile(path: opened.source.path, bytes: pinning.edits.applied(to: opened.source.bytes))
        if !pinning.edits.isEmpty {
            let (pinned, diagnostics) = opened.plan(of: source, session)
            guard let pinned else {
                try console.report(diagnostics.sorted(), ReportOptions(), isResult: false)
                throw SystemFailure("with these digests the manifest would have errors; nothing was changed")
            }
            let surprises = pinning.surprises(of: plan, pinned: pinned, images: images, variant: variant)
            guard surprises.isEmpty else {
                throw SystemFailure(
                    "pinning would change other references too, those of \(surprises.map(visible).joined(separator: ", ")): "
                        + "what an anchor shares is pinned by hand; nothing was changed")
            }
            if showsDiff {
                console.showDiff(opened.source, source)
            } else {
                try opened.replaceManifest(with: source.bytes)
            }
        }
        let isDone = tell(pinning, visible(source.path), console)
        return isDone && (pinning.edits.isEmpty || !showsDiff) ? .clean : .findings
    }

    /// The indices of the images that the requests name.
    private func images(of requests: [PinRequest], in plan: Plan) throws(SystemFailure) -> [Int] {
        var images: [Int] = []
        for request in requests {
            guard let symbol = plan.tree.symbols.find(request.image),
                let image = plan.manifest.imageIndex[symbol]
            else {
                let names = plan.manifest.images.indices.map { plan.imageName($0) }
                let match = namesInstead(of: request.image, among: names)
                throw SystemFailure(
                    "this workspace has no image `\(visible(request.image))`\(match); nothing was changed")
            }
            if environment == nil, plan.manifest.images[image].isBuilt {
                throw SystemFailure(
                    "`\(request.image)` is built here, so that its digest belongs to an environment that takes it from a "
                        + "registry: --environment NAME; nothing was changed")
            }
            images.append(image)
        }
        return images
    }

    /// Says what became of the images; whether each is now pinned, or cannot be.
    private func tell(_ pinning: Pinning, _ manifest: String, _ console: Console) -> Bool {
        func names(_ outcome: Pinning.Outcome) -> [String] {
            pinning.outcomes.filter { $0.outcome == outcome }.map(\.request.image)
        }
        let pinned = names(.pinned)
        if !pinned.isEmpty {
            let list = pinned.joined(separator: ", ")
            console.note(
                showsDiff
                    ? "without --diff, \(list) would be pinned in \(manifest)"
                    : "pinned in \(manifest): \(list); `bayplan compile` brings that into the artifacts")
        }
        let same = names(.same)
        if !same.isEmpty { console.note("pinned to these digests already: \(same.joined(separator: ", "))") }
        var isDone = true
        for (request, outcome) in pinning.outcomes {
            switch outcome {
            case .pinned, .same: continue
            case .variable(let reference):
                console.note(
                    "`\(request.image)` is not pinned, since its reference holds a variable: \(visible(reference))")
            case .otherReference(let reference):
                isDone = false
                console.fail(
                    "`\(request.image)` is not pinned: the manifest says \(reference), and the digest is that of "
                        + "\(request.reference.text); run `bayplan compile`, then ask the registry again")
            case .unclear:
                isDone = false
                console.fail(
                    "`\(request.image)` is not pinned: what it is written with, such as an anchor or an escape, leaves a "
                        + "doubt; write the digest by hand: \(request.digest)")
            }
        }
        return isDone
    }
}
