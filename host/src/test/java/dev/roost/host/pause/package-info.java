/** Tests of paused functions. */
package dev.roost.host.pause;
