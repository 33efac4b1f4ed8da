/** Studies of accuracy on simulated chips, and of its estimate. */
package dev.kirchhoff.dse.study;
