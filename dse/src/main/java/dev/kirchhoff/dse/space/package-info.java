/** Search problems: knobs, the space they span, and the pricing of its designs. */
package dev.kirchhoff.dse.space;
