/** Text for terminals: its width, its colours, and the layout of sentences and tables in them. */
package dev.kirchhoff.dse.terminal;
