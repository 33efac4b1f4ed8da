/** What a front says to build: kinds that win, ties, and the errors that would turn a choice. */
package dev.kirchhoff.dse.decision;
