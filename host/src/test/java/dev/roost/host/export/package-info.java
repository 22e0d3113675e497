/** What is told of an app to the platforms that run it. */
package dev.roost.host.export;
