/** Tests of keys and of who gets in with them. */
package dev.roost.host.keys;
