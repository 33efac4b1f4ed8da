/**
 * Kernels: algorithms on a {@link dev.kirchhoff.arch.kernel.Machine}, the machines that compute
 * them in plain arithmetic, and the trace of a run as a workload.
 */
package dev.kirchhoff.mapper.kernel;
