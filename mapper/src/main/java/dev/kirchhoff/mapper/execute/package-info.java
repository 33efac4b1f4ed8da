/**
 * Networks executed: a graph of operators run on values, its matrix layers on any engine that
 * multiplies.
 */
package dev.kirchhoff.mapper.execute;
