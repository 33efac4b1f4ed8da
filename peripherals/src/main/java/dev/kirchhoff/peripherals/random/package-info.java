/** Sources of random words. */
package dev.kirchhoff.peripherals.random;
