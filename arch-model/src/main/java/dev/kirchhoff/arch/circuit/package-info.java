/**
 * Kirchhoff's laws of a crossbar, exact: node voltages and currents of an array of cells with wire
 * resistance on every segment, any line end driven, grounded or floating.
 */
package dev.kirchhoff.arch.circuit;
