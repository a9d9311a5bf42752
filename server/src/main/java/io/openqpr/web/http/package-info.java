/// HTTP as feature rooms see it: routes, strict parameters and bodies, problem answers. They speak
/// to it in `Request` and `Answer`; connections are in `web.wire`.
@NullMarked
package io.openqpr.web.http;

import org.jspecify.annotations.NullMarked;
