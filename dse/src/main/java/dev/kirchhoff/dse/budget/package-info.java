/** Evaluation that remembers, and counts what it computes. */
package dev.kirchhoff.dse.budget;
