/** Results of commands as records that text and JSON read. */
package dev.kirchhoff.dse.report;
