/** What is searched: knobs, the space they span, and the problem that prices its designs. */
package dev.kirchhoff.dse.space;
