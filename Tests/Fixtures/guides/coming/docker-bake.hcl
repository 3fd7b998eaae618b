group "default" { targets = ["api"] }
target "runtime" {
  context = "shop/runtime"
  tags    = ["runtime:latest"]
}
target "api" {
  context   = "shop/api"
  target    = "production"
  args      = { MODE = "fast" }
  contexts  = { runtime = "target:runtime" }
  tags      = ["api:1.4"]
  platforms = ["linux/amd64", "linux/arm64"]
}
