/**
 * Interfaces of kernels, workloads other than networks, and of the {@link
 * dev.kirchhoff.arch.kernel.Machine} that they run on; their keys and their results.
 */
package dev.kirchhoff.arch.kernel;
