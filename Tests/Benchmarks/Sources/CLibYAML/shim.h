#if __has_include(<yaml.h>)
#include <yaml.h>
#else
#error "libyaml's header yaml.h is missing: install libyaml-dev (apt) or libyaml (brew)"
#endif
