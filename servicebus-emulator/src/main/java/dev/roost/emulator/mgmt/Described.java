package dev.roost.emulator.mgmt;

import java.util.List;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.jspecify.annotations.Nullable;

/** A list with a type, as AMQP writes composite values. */
record Described(long code, List<@Nullable Object> fields) implements DescribedType {
  @Override
  public Object getDescriptor() {
    return UnsignedLong.valueOf(code);
  }

  @Override
  public Object getDescribed() {
    return fields;
  }
}
