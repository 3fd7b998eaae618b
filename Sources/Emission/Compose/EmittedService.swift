import Planning

/// The lines of one service in its project's Compose file, as they are emitted; for showing.
package func emittedService(_ service: PlannedService, in variant: PlannedVariant, of plan: Plan) -> String {
    var file = ComposeFile(
        plan, variant, ServiceKeyOrder(plan.tree.symbols), cached: plan.cached(in: variant))
    return String(decoding: file.bytes(of: service), as: UTF8.self)
}
