package dev.kirchhoff.dse.gallery;

/**
 * Published figure that is not compared.
 *
 * @param name as written
 * @param reason why
 */
public record Omission(String name, String reason) {}
