/**
 * The storage accounts of a host and the Azure clients for them: one set of clients per connection,
 * made when first asked for, shared by every binding of this module. Also the stores that a host
 * keeps in its own account: documents and leases on blobs.
 */
@NullMarked
package dev.roost.storage.account;

import org.jspecify.annotations.NullMarked;
