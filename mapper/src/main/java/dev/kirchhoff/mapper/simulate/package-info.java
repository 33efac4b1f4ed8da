/**
 * Functional simulation: networks executed as a design maps them, on crossbars whose cells are
 * drawn one by one.
 */
package dev.kirchhoff.mapper.simulate;
