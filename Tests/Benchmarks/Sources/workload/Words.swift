/// The words that names are made of; no project begins like an image, so that every image name is generic.
enum Words {
    /// First words of project names.
    static let projects = [
        "billing", "catalog", "checkout", "delivery", "fleet", "insight", "ledger", "market", "payroll", "pricing",
        "returns", "sales", "shipping", "support", "travel", "treasury", "vendor", "warehouse", "wellness", "workshop",
    ]

    /// First words of image names.
    static let images = [
        "api", "archiver", "broker", "crawler", "dispatcher", "exporter", "gateway", "importer", "indexer", "mailer",
        "notifier", "parser", "planner", "proxy", "recorder", "renderer", "router", "sampler", "scheduler", "worker",
    ]

    /// Service names, unique within a project; as many as the largest project has services.
    static let services = [
        "accounts", "alerts", "analytics", "assets", "audit", "backups", "basket", "calendar", "campaigns", "cases",
        "claims", "comments", "contacts", "contracts", "coupons", "currencies", "devices", "discounts", "documents",
        "events", "exports", "features", "feedback", "forecasts", "frontend", "holidays", "identity", "imports",
        "inventory", "invoices", "locations", "messages", "metrics", "orders", "partners", "payments", "permissions",
        "profiles", "quotes", "ratings", "receipts", "refunds", "reports", "reviews", "routes", "search", "sessions",
        "settings", "surveys", "tasks",
    ]
}
