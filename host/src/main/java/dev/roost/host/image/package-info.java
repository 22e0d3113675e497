/** What of an app goes into its container image, and who builds that. */
@NullMarked
package dev.roost.host.image;

import org.jspecify.annotations.NullMarked;
