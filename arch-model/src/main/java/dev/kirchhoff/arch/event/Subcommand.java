package dev.kirchhoff.arch.event;

/**
 * Marker of a command of the command line that another module provides; found by {@link
 * java.util.ServiceLoader}. The class is annotated for the command-line library.
 */
public interface Subcommand {}
