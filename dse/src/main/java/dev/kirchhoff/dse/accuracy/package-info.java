/** Accuracy of a front's members on simulated chips, beside the search. */
package dev.kirchhoff.dse.accuracy;
