/* What the quotation stage has learned, and the lists that it looks up.
 *
 * In. data/model/quotations.bin, data/lexicon/en/{reporting_verbs,reporting_nouns,denial_words,no_report}.txt.
 * Owns. Nothing outside the arena; weights are borrowed from the file.
 */
#ifndef HSY_QUOTE_MODELS_H
#define HSY_QUOTE_MODELS_H

#include "model/crf.h"
#include "model/ranker.h"
#include "quote/confidence.h"
#include "quote/quote.h"
#include "quote/view.h"

struct hsy_quote_models {
  hsy_quote_words words;
  hsy_lexicon idioms;          /* data/lexicon/en/no_report.txt */
  hsy_lexicon nouns;           /* data/lexicon/en/reporting_nouns.txt */
  hsy_lexicon denials;         /* data/lexicon/en/denial_words.txt */
  hsy_crf first, second;       /* the two passes */
  hsy_crf_table base, context; /* weights of the features that both see; of those of the second alone */
  hsy_ranker content, cue;     /* a content's choice of cue, a cue's of source */
  float confidence[HSY_CONFIDENCE_FEATURES];
};

#endif
