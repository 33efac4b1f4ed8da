/** Evaluation of a design: counts × prices, times, noise, limits. */
package dev.kirchhoff.mapper.evaluate;
