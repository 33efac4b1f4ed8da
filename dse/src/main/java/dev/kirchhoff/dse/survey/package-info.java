/**
 * Predictions of the survey of published macros: specs by one rule a family, their errors and
 * factors, and the median of the family beside them.
 */
package dev.kirchhoff.dse.survey;
