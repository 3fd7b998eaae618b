#ifndef BAYPLAN_CLIBYAML_SHIM_H
#define BAYPLAN_CLIBYAML_SHIM_H

#if defined(__has_include)
#if !__has_include(<yaml.h>)
#error "libyaml's header is missing: install it with `apt-get install libyaml-dev` (Debian, Ubuntu) or `brew install libyaml`"
#endif
#endif

#include <yaml.h>

#endif
