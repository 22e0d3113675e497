/**
 * Which functions an app has. {@link dev.roost.host.discovery.AnnotationScanner} reads annotations
 * from bytecode, {@link dev.roost.host.discovery.FunctionJsonReader} reads the files that
 * azure-functions-maven-plugin writes; both give equal definitions for the same app. A function
 * that can't run is rejected with its problems and leaves the others alone.
 */
@NullMarked
package dev.roost.host.discovery;

import org.jspecify.annotations.NullMarked;
