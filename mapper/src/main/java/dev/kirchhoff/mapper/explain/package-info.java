/** Figures of an evaluated design as trees of its components and layers. */
package dev.kirchhoff.mapper.explain;
