/** Commands to a running search: their meaning, their way in, their place in a log. */
package dev.kirchhoff.dse.steer;
