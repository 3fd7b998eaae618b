import ComposeSpec
import Diagnostics
import Workspace

/// A line of what `bayplan pin` reads: `redis redis:7-alpine sha256:9f86…`.
package struct PinRequest: Equatable, Sendable {
    package let image: String
    /// What the registry was asked for, without a digest.
    package let reference: ImageReference
    package let digest: String

    /// The requests of some lines; empty lines are passed over.
    ///
    /// - Throws: at the first line that is no request, and where one image is to have two digests.
    package static func requests(in text: [UInt8]) throws(SystemFailure) -> [PinRequest] {
        var requests: [PinRequest] = []
        var digests: [String: String] = [:]
        for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if words.isEmpty { continue }
            func refuse(_ reason: String) -> SystemFailure {
                SystemFailure("line \(number + 1) of standard input cannot be used: \(reason); nothing was changed")
            }
            guard words.count == 3 else { throw refuse("it is not `image reference digest`") }
            let texts = words.map { String(decoding: $0, as: UTF8.self) }
            if let fault = ImageReference.digestFault(Array(texts[2].utf8)[...]) { throw refuse(fault.reason) }
            guard case .success(var reference) = ImageReference.parse(texts[1]) else {
                throw refuse("`\(visible(texts[1]))` is no image reference")
            }
            reference.digest = nil
            if let earlier = digests.updateValue(texts[2], forKey: texts[0]) {
                guard earlier == texts[2] else { throw refuse("`\(visible(texts[0]))` has another digest above") }
                continue
            }
            requests.append(PinRequest(image: texts[0], reference: reference, digest: texts[2]))
        }
        return requests
    }
}
