package dev.roost.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a queue function many messages at once: its parameter is a {@code List} or an array. {@code
 * batchSize} of host.json says how many at most. When the function returns, all of them are
 * settled; a {@link BatchResult} that it returns says which failed. When it throws, all failed.
 *
 * <p>On Azure Functions, which knows no batches of a storage queue, the function fails to convert
 * its one message unless that is a JSON array.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Batch {}
