/**
 * Which function a request is for. A {@link dev.roost.http.route.RouteTemplate} is a route as its
 * author wrote it, a {@link dev.roost.http.route.RequestPath} the path of a request after decoding,
 * and {@link dev.roost.http.route.Routes} the table that brings the two together. Everything here
 * is pure: no Netty, no I/O, no clock. The rules are those of ASP.NET Core routing as the Functions
 * host uses it.
 */
@NullMarked
package dev.roost.http.route;

import org.jspecify.annotations.NullMarked;
