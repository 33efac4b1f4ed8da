/**
 * Kernels, workloads other than networks: algorithms on a {@link
 * dev.kirchhoff.arch.kernel.Machine}, their keys and their results.
 */
package dev.kirchhoff.arch.kernel;
