/** Mapping of programs onto a chip: counts, copies, shared crossbars, chips, phases, positions. */
package dev.kirchhoff.mapper.mapping;
