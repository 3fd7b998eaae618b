import SourceText
import StrategyManifest
import YAMLSyntax

/// A place of the manifest that holds a Compose service fragment.
package struct ServiceFragment {
    package let body: NodeID
    /// Whether it is a service itself and not something that lies under several.
    package let isService: Bool
    /// The image that the fragment is about, where there is one.
    package let imageName: Name?

    /// Every fragment: defaults, images' services, services, and the environments' overrides of both.
    package static func all(in manifest: Manifest) -> [ServiceFragment] {
        var fragments: [ServiceFragment] = []
        if let node = manifest.defaultService {
            fragments.append(ServiceFragment(body: node, isService: false, imageName: nil))
        }
        for image in manifest.images {
            if let node = image.service {
                fragments.append(ServiceFragment(body: node, isService: false, imageName: image.name))
            }
        }
        for project in manifest.projects {
            for service in project.services where manifest.tree[service.body].kind == .mapping {
                fragments.append(ServiceFragment(body: service.body, isService: true, imageName: service.image))
            }
        }
        for environment in manifest.environments {
            if let node = environment.defaultService {
                fragments.append(ServiceFragment(body: node, isService: false, imageName: nil))
            }
            for image in environment.images {
                if let node = image.service {
                    fragments.append(ServiceFragment(body: node, isService: false, imageName: image.name))
                }
            }
            for project in environment.projects {
                for (_, body) in project.services where manifest.tree[body].kind == .mapping {
                    fragments.append(ServiceFragment(body: body, isService: true, imageName: nil))
                }
            }
        }
        return fragments
    }

    /// The node of a key in the fragment.
    package func key(_ symbol: Symbol, in tree: Tree) -> NodeID? {
        for entry in tree.entries(body) where tree[entry.key].symbol == symbol { return entry.key }
        return nil
    }
}
