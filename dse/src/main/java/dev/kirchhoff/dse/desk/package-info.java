/** Services of the page over a data directory: notes, tables, specs that are typed, validation. */
package dev.kirchhoff.dse.desk;
