"""Which Go files there are, and what is known of each before it is parsed: module, package, build constraint, kind."""
