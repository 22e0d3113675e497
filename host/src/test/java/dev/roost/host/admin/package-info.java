/** Tests of the host's own HTTP routes over its real server. */
package dev.roost.host.admin;
