import Diagnostics
import Testing

/// A rule that looks at two keys finds what the one says in a manifest that never has the other.
struct LoneKeyTests {
    @Test(arguments: [
        ("cap_add: [NET_ADMIN]", Code.broadCapability), ("security_opt: [seccomp=unconfined]", .broadCapability),
        ("devices: [/dev/sda]", .hostDevice), ("device_cgroup_rules: ['b *:* rwm']", .hostDevice),
    ])
    func found(_ line: String, _ code: Code) {
        let text = """
            version: 1
            images:
              agent: { pull: 'busybox:1.36' }
            projects:
              shop:
                services:
                  agent:
                    \(line)

            """
        let found = RuleFixture.findings(in: text)
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
    }
}
