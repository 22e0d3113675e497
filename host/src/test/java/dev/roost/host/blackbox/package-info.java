/** The packaged host as a process: what a user sees, with real Azurite and real Azure clients. */
package dev.roost.host.blackbox;
