/** Bounded memoisation of pure functions. */
package dev.kirchhoff.arch.memo;
