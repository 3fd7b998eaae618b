import ComposeSpec
import StrategyManifest

/// A named context of a build: what stands in the place of a name that the Dockerfile says.
package struct BaseContext: Sendable {
    package let name: String
    /// As the build states it; nil for a base that only the manifest names.
    package let stated: BuildContext?
    /// The built image that it stands for; nil for a folder, and for an image that is not built here.
    package let image: Int?
}

extension Resolution {
    /// The named contexts of an image's build, one of each name: those that it states, then its bases.
    ///
    /// A Dockerfile names a base as development calls it. The context leads from there to the base's reference in each
    /// environment, so that nothing that is released stands on what was built for development.
    package func contexts(of image: Int) -> [BaseContext] {
        let stated = manifest.images[image].build?.contexts ?? []
        if stated.isEmpty, needs[image].isEmpty { return [] }
        var contexts = zip(stated, contextImages[image]).map { named, base in
            BaseContext(name: named.name, stated: named.context, image: base)
        }
        // Few are looked through, many have a set: most images have one base.
        var names = contexts.count + needs[image].count > 8 ? Set(contexts.map(\.name)) : nil
        for need in needs[image] where need.base != image && manifest.images[need.base].isBuilt {
            for name in variants[0].references[need.base].contextNames {
                if !(names?.insert(name).inserted ?? !contexts.contains { $0.name == name }) { continue }
                contexts.append(BaseContext(name: name, stated: nil, image: need.base))
            }
        }
        return contexts
    }
}
