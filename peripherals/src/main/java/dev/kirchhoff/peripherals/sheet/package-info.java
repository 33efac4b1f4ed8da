/** Circuit files: reads, checks, compiles and explains the equations of a circuit. */
package dev.kirchhoff.peripherals.sheet;
