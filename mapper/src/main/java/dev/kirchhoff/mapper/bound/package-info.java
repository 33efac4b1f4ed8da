/** Bounds of all designs that have one chip and differ in precisions and copies of layers. */
package dev.kirchhoff.mapper.bound;
