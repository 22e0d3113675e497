/**
 * What Roost adds to Microsoft's programming model. A function that uses nothing from here runs
 * unchanged on Azure Functions; one that does runs there too, without the addition.
 *
 * <p>Attributes of an annotation on a function's method become properties of its trigger binding,
 * unless function.json has that property already.
 */
@NullMarked
package dev.roost.annotations;

import org.jspecify.annotations.NullMarked;
