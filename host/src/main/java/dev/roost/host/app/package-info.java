/**
 * The user's app as the host holds it: what the paths of the command line stand for ({@link
 * dev.roost.host.app.AppLayout}), the class loader that shows the app the API and nothing else of
 * the host, and the functions found in it ({@link dev.roost.host.app.FunctionApp}). Nothing here
 * loads a class of the user.
 */
@NullMarked
package dev.roost.host.app;

import org.jspecify.annotations.NullMarked;
