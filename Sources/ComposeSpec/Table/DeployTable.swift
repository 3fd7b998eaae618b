/// How many containers run, with what, and where.
extension ComposeTable {
    static let deploy = ObjectShape(
        "deploy",
        [
            KeyShape("mode", .text, "Says whether the service runs a number of times or once on each node"),
            KeyShape("replicas", .whole(), "Says how many containers run"),
            KeyShape("endpoint_mode", .text, "Says how clients find the service"),
            KeyShape("labels", .settledKeyValues, "Labels the service, not its containers"),
            KeyShape("resources", .object(resources), "Bounds and reserves what the containers use"),
            KeyShape("restart_policy", .object(restartPolicy), "Says when containers are started again"),
            KeyShape("placement", .object(placement), "Says on which nodes containers run"),
            KeyShape("update_config", .object(updateConfig), "Says how the service is updated"),
            KeyShape("rollback_config", .object(rollbackConfig), "Says how a failed update is undone"),
        ])

    static let resources = ObjectShape(
        "resources",
        [
            KeyShape("limits", .object(limits), "Bounds what a container may use"),
            KeyShape("reservations", .object(reservations), "Says what a container is sure to have"),
        ])

    static let limits = ObjectShape(
        "limits",
        [
            KeyShape("cpus", .numeric, "Bounds the processors, in cores"),
            KeyShape("memory", .string(.byteSize), "Bounds the memory"),
            KeyShape(
                "pids", .whole(), "Bounds the number of processes", since: "2.3.0",
                newer: [.init(.text, since: "2.29.0")]),
        ])

    static let reservations = ObjectShape(
        "reservations",
        [
            KeyShape("cpus", .numeric, "Reserves processors, in cores"),
            KeyShape("memory", .string(.byteSize), "Reserves memory"),
            KeyShape("devices", .sequence(.object(deviceReservation), unique: false), "Reserves devices"),
            KeyShape(
                "generic_resources", .sequence(.object(genericResource), unique: false),
                "Reserves what nodes say they have"),
        ])

    static let deviceReservation = ObjectShape(
        "device reservation",
        [
            KeyShape("capabilities", .uniqueTexts, required: true, "Lists what the device must be able to do"),
            KeyShape("driver", .text, "Names the driver"),
            KeyShape(
                "count", .anyOf([.exact(), .string(.deviceCount)]), "Says how many devices, or `all`"),
            KeyShape("device_ids", .uniqueTexts, "Lists the devices themselves"),
            KeyShape("options", .keyValues, "Gives the driver options"),
        ])

    static let genericResource = ObjectShape(
        "generic resource",
        [
            KeyShape("discrete_resource_spec", .object(discreteResource), "Counts one kind of resource")
        ])

    static let discreteResource = ObjectShape(
        "discrete resource",
        [
            KeyShape("kind", .text, "Names the kind"),
            KeyShape("value", .amount, "Says how many", newer: [.init(.text, since: "2.29.0")]),
        ])

    static let restartPolicy = ObjectShape(
        "restart policy",
        [
            KeyShape("condition", .text, "Says whether to restart never, after a failure, or always"),
            KeyShape("delay", .duration, "Gives the time between attempts"),
            KeyShape("max_attempts", .whole(), "Bounds the attempts"),
            KeyShape("window", .duration, "Gives the time after which a start counts as a success"),
        ])

    static let placement = ObjectShape(
        "placement",
        [
            KeyShape("constraints", .texts, "Lists what a node must satisfy"),
            KeyShape(
                "preferences", .sequence(.object(preference), unique: false), "Lists by what containers are spread"),
            KeyShape("max_replicas_per_node", .whole(), "Bounds the containers on one node"),
        ])

    static let preference = ObjectShape(
        "placement preference", [KeyShape("spread", .text, "Names the label over whose values containers are spread")])

    static let updateConfig = ObjectShape("update config", updateKeys("update"))
    static let rollbackConfig = ObjectShape("rollback config", updateKeys("rollback"))

    private static func updateKeys(_ action: String) -> [KeyShape] {
        [
            KeyShape("parallelism", .whole(), "Says how many containers one step of the \(action) takes"),
            KeyShape("delay", .duration, "Gives the time between the steps of the \(action)"),
            KeyShape("failure_action", .text, "Says what happens when the \(action) fails"),
            KeyShape("monitor", .duration, "Gives the time in which a failure still counts"),
            KeyShape("max_failure_ratio", .numeric, "Gives the share of failures that the \(action) bears"),
            KeyShape(
                "order", .oneOf(["start-first", "stop-first"]),
                "Says whether the new container starts before the old stops"),
        ]
    }
}
