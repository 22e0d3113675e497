/** What is left behind by a job. */
package dev.roost.host.job;
