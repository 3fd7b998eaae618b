import Diagnostics
import Inspection
import SourceText
import YAMLSyntax

/// BP513: a container with a power that leads out of it.
enum BroadCapability: Rule {
    static let code = Code.broadCapability
    static let summary = """
        Services that add a capability as wide as root of the host (`ALL`, `SYS_ADMIN`, `NET_ADMIN`, `SYS_PTRACE`, \
        `SYS_MODULE` and the like), or take a guard away: `seccomp:unconfined`, `apparmor:unconfined`, `label:disable`, \
        `systempaths=unconfined`. What `privileged` grants anyway is told by `privileged` alone.
        """
    static let rationale = "With such a power whoever takes over the container can leave it."

    /// What each capability lets a container do on the host.
    private static let capabilities = [
        "ALL": "do all that root of the host can",
        "SYS_ADMIN": "mount file systems and change most of the kernel's settings",
        "NET_ADMIN": "change addresses, routes and firewalls", "SYS_PTRACE": "read and change other processes",
        "SYS_MODULE": "load code into the kernel", "SYS_RAWIO": "reach memory and devices directly",
        "SYS_BOOT": "restart the host", "SYS_TIME": "set the host's clock",
        "DAC_READ_SEARCH": "read every file of the host", "BPF": "run programs in the kernel",
        "PERFMON": "watch what other processes do", "SYSLOG": "read the kernel's log and addresses",
        "MAC_ADMIN": "change the rules of the host's access control",
        "MAC_OVERRIDE": "pass by the host's access control", "AUDIT_CONTROL": "turn off what is recorded of it",
        "LINUX_IMMUTABLE": "change files that are marked as never to change",
        "CHECKPOINT_RESTORE": "read other processes as they are stored",
    ]

    /// What takes a guard away, with `=` for either sign.
    private static let unguarded: [String: String] = [
        "seccomp=unconfined": "no call of the kernel is kept from it",
        "apparmor=unconfined": "AppArmor holds it back from nothing",
        "label=disable": "SELinux holds it back from nothing",
        "systempaths=unconfined": "it may write to what of `/proc` and `/sys` is kept from containers",
    ]

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        let (added, options) = (tree.symbols.find("cap_add"), tree.symbols.find("security_opt"))
        for fragment in context.fragments {
            var found: [(node: NodeID, name: String, why: String)] = []
            for item in added.flatMap({ tree.value($0, in: fragment.body) }).map({ tree.items($0) }) ?? [] {
                guard let name = tree.settledText(item).map(capability), let power = capabilities[name] else {
                    continue
                }
                found.append((item, tree.text(item), "with it a process can \(power)"))
            }
            for item in options.flatMap({ tree.value($0, in: fragment.body) }).map({ tree.items($0) }) ?? [] {
                guard let option = tree.settledText(item).map(option), let why = unguarded[option] else { continue }
                found.append((item, tree.text(item), why))
            }
            guard let first = found.first, !Privileged.isPrivileged(fragment.body, tree), !context.countsOnly(code)
            else { continue }
            context.report(
                code, "this container has \(fewOf(found.map { "`\($0.name)`" })), which leads out of it",
                at: tree[first.node].span, first.why,
                also: found.dropFirst().prefix(8).map { context.label(tree[$0.node].span, $0.why) },
                why: "whoever takes over the program has it, too",
                help: [
                    "remove it, or grant only what the program is refused without it",
                    "if it must: `# bayplan: allow(\(code.name)) <reason>` on this line",
                ])
        }
    }

    /// A capability's name as the kernel says it, without `CAP_`: the engine takes any case.
    private static func capability(_ text: String) -> String {
        let name = text.uppercased()
        return name.hasPrefix("CAP_") ? String(name.dropFirst(4)) : name
    }

    private static func option(_ text: String) -> String {
        let text = text.lowercased()
        guard let sign = text.utf8.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else {
            return text
        }
        return text[..<sign] + "=" + text[text.utf8.index(after: sign)...]
    }
}
