/// The only room that knows the HTTP library: server, routes, strict parameters and bodies, problem
/// answers. Feature rooms speak to it in `Request` and `Answer`.
@NullMarked
package io.openqpr.web.http;

import org.jspecify.annotations.NullMarked;
