package dev.kirchhoff.arch.workload;

/**
 * An amount of digital work.
 *
 * @param operation what is done
 * @param elements how often, per inference
 */
public record DigitalWork(DigitalOperation operation, long elements) {}
