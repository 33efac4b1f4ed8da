/**
 * Work that is spread over processes: chunks of a sweep, simulations of members of a front; work
 * units, their results, the workers.
 */
package dev.kirchhoff.dse.work;
