package dev.kirchhoff.arch.event;

/**
 * Marks a command of the command line that another module brings; found by {@link
 * java.util.ServiceLoader}. The class is annotated for the command-line library.
 */
public interface Subcommand {}
