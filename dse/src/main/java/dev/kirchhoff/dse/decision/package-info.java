/**
 * Decisions that a front supports: kinds that win, ties, and the errors that would turn a choice.
 */
package dev.kirchhoff.dse.decision;
