import ComposeSpec
import Testing

@Suite struct VariableReferenceTests {
    private func reference(_ text: String) -> ImageReference? {
        if case .success(let reference) = ImageReference.parse(text) { return reference }
        return nil
    }

    @Test(
        "A reference is parted outside of its braces",
        arguments: [
            (
                "${REGISTRY:-localhost:5000/acme}/api:${TAG:-1.0}", "${REGISTRY:-localhost:5000/acme}", "api",
                "${TAG:-1.0}"
            ),
            ("${REGISTRY}/api:$TAG", "${REGISTRY}", "api", "$TAG"),
            ("${OWNER:-acme}/api:1", nil, "${OWNER:-acme}/api", "1"),
            ("${IMAGE:-redis:7}", nil, "${IMAGE:-redis:7}", nil),
            ("localhost:${PORT:-5000}/api:2", "localhost:${PORT:-5000}", "api", "2"),
            ("ghcr.io/${OWNER:-a/b}/api", "ghcr.io", "${OWNER:-a/b}/api", nil),
            ("redis:${A:-${B:-7:8}}", nil, "redis", "${A:-${B:-7:8}}"),
        ] as [(String, String?, String?, String?)])
    func parts(_ text: String, _ domain: String?, _ path: String?, _ tag: String?) {
        let found = reference(text)
        #expect(found?.domain == domain)
        #expect(found?.path == path)
        #expect(found?.tag == tag)
        if let found { #expect(found.text == text) }
    }

    @Test(
        "A digest stands behind the first `@` outside of braces",
        arguments: [
            ("${A}@sha256:0", "${A}", nil, "sha256:0"), ("a:${T}@${D}", "a", "${T}", "${D}"),
            ("${A:-b@c}:1", "${A:-b@c}", "1", nil), ("a}/${B}@c", "a}/${B}", nil, "c"),
        ] as [(String, String, String?, String?)])
    func digests(_ text: String, _ path: String, _ tag: String?, _ digest: String?) {
        let found = reference(text)
        #expect(found?.path == path)
        #expect(found?.tag == tag)
        #expect(found?.digest == digest)
    }

    @Test(
        "What nothing is set for is what the defaults make",
        arguments: [
            ("redis:${TAG:-7}", "redis:7"), ("redis:${TAG-7}", "redis:7"),
            ("redis:${TAG:-${OTHER:-6}}-alpine", "redis:6-alpine"),
            ("redis:7${FLAVOUR:+-$FLAVOUR}", "redis:7"), ("redis:${TAG}", nil), ("redis:$TAG", nil),
            ("redis:${TAG:?set it}", nil), ("redis:${TAG:-${OTHER}}", nil), ("redis:7", "redis:7"),
        ] as [(String, String?)])
    func settled(_ text: String, _ expected: String?) {
        #expect(reference(text)?.settled?.text == expected)
    }

    @Test(
        "References are compared as texts and by what their defaults make of them",
        arguments: [
            ("redis:${TAG}", "docker.io/library/redis:${TAG}", true), ("redis:${TAG:-7}", "redis:7", true),
            ("redis:${TAG:-7}", "redis:${OTHER-7}", true), ("redis:${TAG}", "redis:${OTHER}", false),
            ("redis:${TAG:-7}", "redis:${TAG:-8}", false), ("redis", "redis:${TAG:-latest}", true),
            ("${IMAGE}", "${IMAGE}:latest", false),
        ])
    func comparison(_ one: String, _ other: String, _ isSame: Bool) {
        let (left, right) = (reference(one)?.comparisons ?? [], reference(other)?.comparisons ?? [])
        #expect(!left.isEmpty && !right.isEmpty)
        #expect(left.contains { right.contains($0) } == isSame)
    }

    @Test(
        "People leave `library/` out where no variable can make it a part of another name",
        arguments: [
            ("library/redis:7", "redis"), ("library/redis:${TAG}", "redis"), ("library/${NAME}:7", "library/${NAME}"),
            ("docker.io/library/redis", "redis"), ("r.example/library/redis", "r.example/library/redis"),
        ])
    func familiarNames(_ text: String, _ expected: String) { #expect(reference(text)?.familiarName == expected) }

    @Test(
        "What can be no reference is refused",
        arguments: [
            "redis:${TAG:-}", "redis:${TAG:-a b}", "${IMAGE:+}", ":${TAG}", "Redis:${TAG}", "redis:${TAG",
            "redis:$$TAG", "redis:7${FLAVOUR:+ x}", "redis:${TAG:-7${FLAVOUR:+ x}}",
            "redis:${TAG:-${OTHER:-!}}", "redis:7${FLAVOUR:+ $FLAVOUR}", "redis@sha256:0${DIGITS:-0}", "a b${TAG}",
        ])
    func refused(_ text: String) {
        #expect(ImageReference.referenceFault(of: text) != nil)
    }

    @Test(
        "What some value makes a reference is one",
        arguments: [
            "${IMAGE}", "${IMAGE:?which}", "redis@${DIGEST}", "redis:7@sha256:${DIGITS}", "${PREFIX}redis",
            "redis${SUFFIX}",
            "${HOST}:${PORT}/${NAME}:${TAG}@${DIGEST}", "${MIRROR:+$MIRROR/}redis:7",
        ])
    func accepted(_ text: String) {
        #expect(ImageReference.referenceFault(of: text) == nil)
        #expect(reference(text)?.text == text)
    }

    @Test("Variables inside of variables are bounded")
    func bounded() {
        let deep = String(repeating: "${A:-", count: 60) + "1" + String(repeating: "}", count: 60)
        #expect(reference("redis:" + deep) == nil)
        for (count, isRead) in [(254, true), (255, false), (2000, false)] {
            #expect((reference("redis:77" + String(repeating: "${A}", count: count)) != nil) == isRead, "\(count)")
        }
        #expect(VariableText("${A:-${B:-1}}")?.names == ["A", "B"])
        #expect(VariableText("$$A$B")?.names == ["B"])
    }
}
