/** Tables of designs as files that other tools read: CSV, JSON Lines, Parquet. */
package dev.kirchhoff.dse.table;
