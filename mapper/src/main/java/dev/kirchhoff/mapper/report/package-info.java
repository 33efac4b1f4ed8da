/** Evaluated designs written out: blocks, traffic, phases, alternatives of the fabric. */
package dev.kirchhoff.mapper.report;
