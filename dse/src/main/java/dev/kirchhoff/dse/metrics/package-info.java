/** Metrics of an explorer and of a broker in Prometheus's text format, over HTTP on loopback. */
package dev.kirchhoff.dse.metrics;
