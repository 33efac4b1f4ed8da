/** Search methods (engines) and their shared parts. */
package dev.kirchhoff.dse.engine;
