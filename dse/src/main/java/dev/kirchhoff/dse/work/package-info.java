/**
 * Work that is spread over processes: chunks of a sweep, simulations of members of a front,
 * evaluations of kernels; work units, their results, the workers.
 */
package dev.kirchhoff.dse.work;
