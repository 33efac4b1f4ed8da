/**
 * Proof of a front: bounds of all designs of a space, and how far any may be ahead of the front.
 */
package dev.kirchhoff.dse.proof;
