/** Entries of what a spec can name, as records. */
package dev.kirchhoff.dse.catalog;
