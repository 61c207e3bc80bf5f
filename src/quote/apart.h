/* Quotations that stand apart: a sentence of their own beside the report.
 *
 * In. The rows of the encoder, which reads near words as one report.
 * Out. The same rows. "She was asked about it. “I cannot say.”" is a question
 * and an answer; in "“You knew.” The chairman nodded." nobody says who spoke; a
 * quotation over paragraphs keeps the marks at its pieces' ends.
 */
#ifndef HSY_QUOTE_APART_H
#define HSY_QUOTE_APART_H

#include "quote/models.h"

bool hsy_quote_set_apart(hsy_doc *doc, const hsy_quote_models *models, hsy_arena scratch);

#endif
