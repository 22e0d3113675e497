/** Functions of an imaginary app: what the tests of dev.roost.host.invoke call. */
package probe;
