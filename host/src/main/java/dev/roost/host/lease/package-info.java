/**
 * One host of many. {@link dev.roost.host.lease.LeaseKeeper} competes for the locks of all
 * listeners on a {@link dev.roost.spi.LeaseProvider}, keeps what it won with one renewal loop, and
 * stops acting on a lease before it can have run out. The official lock is the only thing that
 * decides; {@link dev.roost.host.lease.LockRegister} beside it only tells those who wait when to
 * ask again.
 */
@NullMarked
package dev.roost.host.lease;

import org.jspecify.annotations.NullMarked;
