/**
 * Random numbers that depend on a key and an index only, so that results do not depend on the order
 * in which threads draw them.
 */
package dev.kirchhoff.arch.random;
