import ComposeSpec

/// The manifest's keys as data: the decoder's structural check, the JSON Schema and the reference pages come from this
/// table (specification 2).
package struct ManifestShape: Sendable {
    private let fragments: ComposeFragments

    package init(_ fragments: ComposeFragments) { self.fragments = fragments }

    /// The whole manifest.
    package var root: ObjectShape {
        ObjectShape(
            "manifest",
            [
                KeyShape("version", .integer(1...1), required: true, "The version of the manifest language"),
                KeyShape(
                    "name", .string(nil), "The workspace's name, in documents and the bake file; by default `workspace`"
                ),
                KeyShape(
                    "images", .declarations(.object(image)), required: true,
                    "The images by their generic names"),
                KeyShape(
                    "projects", .declarations(.object(project)), required: true,
                    "The projects by their Compose project names"),
                KeyShape("naming", .object(naming), "The naming rules"),
                KeyShape("defaults", .object(defaults), "What lies under every service of every project"),
                KeyShape(
                    "environments", .declarations(.anyOf([.object(environment), .null])),
                    "Named variants of the whole output"),
                KeyShape("outputs", .object(outputs), "Which artifacts are emitted, and their names"),
                KeyShape(
                    "rules", .mapping(.oneOf(["off", "info", "warning", "error"]), keys: nil),
                    "The level of a rule, by its code or name"),
            ])
    }

    private var image: ObjectShape {
        ObjectShape(
            "image",
            [
                KeyShape("description", .string(nil), "The image's purpose, for documents"),
                KeyShape("owner", .string(nil), "The one project that builds the image"),
                KeyShape("build", fragments.build, "How the owner builds the image, as in Compose"),
                KeyShape("pull", .string(nil), "The reference of a third-party image, named once for all projects"),
                KeyShape("repository", .string(nil), "The name of its repository; by default the image's own"),
                KeyShape("tag", .anyOf([.string(nil), .number]), "Its tag; by default `naming.tag`"),
                KeyShape(
                    "needs", .sequence(.string(nil), unique: true),
                    "The built images that this one is built from; they are built first"),
                KeyShape(
                    "platforms", .sequence(.string(nil), unique: true), "The platforms that releases are built for"),
                KeyShape("service", fragments.service, "Defaults for every service that runs the image"),
            ])
    }

    private var project: ObjectShape {
        ObjectShape(
            "project",
            [
                KeyShape(
                    "path", .string(nil),
                    "The project's folder, relative to the manifest's; by default the project's name"),
                KeyShape("description", .string(nil), "The project's purpose, for documents"),
                KeyShape(
                    "container_name", .string(nil),
                    "The template of container names in this project; by default `naming.container`"),
                KeyShape(
                    "profiles", .sequence(.string(nil), unique: true),
                    "Profiles of each service that states none, as templates"),
                KeyShape(
                    "services", .declarations(fragments.manifestService), required: true,
                    "The containers that the project runs, by service name"),
                KeyShape("networks", fragments.networks, "Compose networks, copied through"),
                KeyShape("volumes", fragments.volumes, "Compose volumes, copied through"),
                KeyShape("configs", fragments.configs, "Compose configs, copied through"),
                KeyShape("secrets", fragments.secrets, "Compose secrets, copied through"),
            ])
    }

    private var naming: ObjectShape {
        ObjectShape(
            "naming",
            [
                KeyShape(
                    "image", .string(nil),
                    "The pattern of whole image names; by default lower-case words joined by hyphens"),
                KeyShape("service", .string(nil), "The pattern of whole service names; by default the same"),
                KeyShape("project", .string(nil), "The pattern of whole project names; by default the same"),
                KeyShape(
                    "container", .string(nil), "The template of container names; by default `{project}-{service}`"),
                KeyShape(
                    "tag", .anyOf([.string(nil), .number]),
                    "The tag of built images that state none; by default `latest`"),
                KeyShape(
                    "generic", .boolean,
                    "Whether image names must not begin with what a template puts before `{service}`; by default true"
                ),
            ])
    }

    private var defaults: ObjectShape {
        ObjectShape(
            "defaults", [KeyShape("service", fragments.service, "Lies under every service of every project")])
    }

    private var environment: ObjectShape {
        ObjectShape(
            "environment",
            [
                KeyShape("registry", .string(nil), "Prefix of every built image's reference"),
                KeyShape("tag", .anyOf([.string(nil), .number]), "Tag of every built image; may interpolate"),
                KeyShape("build", .boolean, "Whether owners keep their build; by default only without a registry"),
                KeyShape(
                    "images", .declarations(.object(environmentImage)), "What differs here for single images"),
                KeyShape("defaults", .object(defaults), "Merged over every service here"),
                KeyShape(
                    "projects", .declarations(.object(environmentProject)), "What differs here in single projects"),
            ])
    }

    private var environmentImage: ObjectShape {
        ObjectShape(
            "environment image",
            [
                KeyShape("tag", .anyOf([.string(nil), .number]), "The image's tag here"),
                KeyShape("registry", .string(nil), "The image's registry here"),
                KeyShape("digest", .string(nil), "The digest that pins the image here"),
            ])
    }

    private var environmentProject: ObjectShape {
        ObjectShape(
            "environment project",
            [
                KeyShape("container_name", .string(nil), "Another template of container names here"),
                KeyShape(
                    "services", .declarations(fragments.override),
                    "Overrides merged last; null removes the service here"),
            ])
    }

    private var outputs: ObjectShape {
        ObjectShape(
            "outputs",
            [
                KeyShape(
                    "compose", fileOrOff,
                    "The Compose file in each project's folder, or false; by default `docker-compose.yml`"),
                KeyShape("compose_version", .anyOf([.string(nil), .number]), "A `version:` for docker-compose v1"),
                KeyShape(
                    "scripts", fileOrOff,
                    "The folder of the scripts, relative to the manifest's, or false; by default `scripts`"),
                KeyShape(
                    "bake", fileOrOff,
                    "The bake file, relative to the manifest's folder, or false; by default `bake.json`"),
                KeyShape(
                    "document", fileOrOff,
                    "The document, relative to the manifest's folder, or false; by default `IMAGES.md`"),
            ])
    }

    /// A name, or `false` to emit nothing.
    private var fileOrOff: Shape { .anyOf([.string(nil), .boolean]) }
}
