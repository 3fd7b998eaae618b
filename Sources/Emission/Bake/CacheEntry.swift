/// Where Buildx keeps the layers of builds, in its words.
enum CacheEntry {
    static func reading(_ reference: String) -> String { "type=registry,ref=" + reference }

    /// With the layers of every stage, so that what stands on one is found, too.
    static func writing(_ reference: String) -> String { reading(reference) + ",mode=max" }
}
