package dev.kirchhoff.peripherals.sheet;

/**
 * Name of the vocabulary that rows read.
 *
 * @param slot its slot
 */
record SheetInput<T>(Vocabulary.Entry<T> entry, int slot) {}
