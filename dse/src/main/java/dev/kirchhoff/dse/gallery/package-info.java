/** Published values against ours: {@code expect} of a spec, and the gallery of chips. */
package dev.kirchhoff.dse.gallery;
