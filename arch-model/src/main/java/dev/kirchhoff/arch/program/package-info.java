/**
 * Workloads as programs: steps of multiplications, writes and digital work, with the data that they
 * take from each other. A network is one builder of a program.
 */
package dev.kirchhoff.arch.program;
