/**
 * Binding expressions: texts of attributes such as {@code invoices/{customer.id}-{rand-guid}.pdf}
 * that are parsed once, when the function is loaded, and rendered with the binding data of each
 * event. {@code %settings%} are filled in before a text gets here.
 */
@NullMarked
package dev.roost.spi.expression;

import org.jspecify.annotations.NullMarked;
