#include "quote/models.h"

#include <string.h>

#include "base/os.h"
#include "base/resource.h"
#include "model/file.h"

static const char NAME[] = "quotations.bin";

static bool find_file(hsy_str model_dir, hsy_arena *arena, hsy_str *file, hsy_error *err) {
  if (model_dir.len == 0) {
    if (hsy_resource_find(HSY_S("model/quotations.bin"), file)) return true;
    return hsy_fail(err, HSY_NOT_FOUND, "quote", -1, "no quotation model was built in");
  }
  hsy_str path = hsy_str_printf(arena, "%.*s/%s", HSY_FMT(model_dir), NAME);
  return hsy_os_load(path.data, (ptrdiff_t)64 << 20, arena, file, err);
}

static bool open_uses(hsy_word_uses *uses, hsy_str bytes, hsy_arena *arena, hsy_error *err) {
  uint32_t bits = 32;
  if (bytes.len >= 4) memcpy(&bits, bytes.data, 4);
  ptrdiff_t rows = bits <= 24 ? (ptrdiff_t)1 << bits : 0;
  if (!rows || bytes.len != 4 + rows * 6)
    return hsy_fail(err, HSY_BAD_INPUT, "quote", 0, "the word counts of the model are cut short");
  hsy_word_use *table = hsy_new(arena, hsy_word_use, rows);
  if (!table) return hsy_arena_check(*arena, "quote", err);
  for (ptrdiff_t i = 0; i < rows; i++) { /* a row in the file: word (4 bytes), cue, source */
    const char *at = bytes.data + 4 + 6 * i;
    memcpy(&table[i].word, at, 4);
    table[i].cue = (uint8_t)at[4];
    table[i].source = (uint8_t)at[5];
  }
  *uses = (hsy_word_uses){table, (int)bits};
  return true;
}

static bool open_confidence(float *weights, hsy_str bytes, hsy_error *err) {
  if (bytes.len != HSY_CONFIDENCE_FEATURES * (ptrdiff_t)sizeof *weights)
    return hsy_fail(err, HSY_BAD_INPUT, "quote", 0, "the model's confidence has another number of weights");
  memcpy(weights, bytes.data, (size_t)bytes.len);
  return true;
}

static bool open_passes(hsy_quote_models *m, hsy_str file, hsy_error *err) {
  hsy_str first, second, base, context;
  return hsy_model_section(file, "first", &first, err) && hsy_crf_open(&m->first, first, err) &&
         hsy_model_section(file, "second", &second, err) && hsy_crf_open(&m->second, second, err) &&
         hsy_model_section(file, "base", &base, err) && hsy_crf_open_table(&m->base, base, err) &&
         hsy_model_section(file, "context", &context, err) && hsy_crf_open_table(&m->context, context, err);
}

static bool open_ties(hsy_quote_models *m, hsy_str file, hsy_error *err) {
  hsy_str content, cue, confidence;
  return hsy_model_section(file, "content", &content, err) && hsy_ranker_open(&m->content, content, err) &&
         hsy_model_section(file, "cue", &cue, err) && hsy_ranker_open(&m->cue, cue, err) &&
         hsy_model_section(file, "confidence", &confidence, err) && open_confidence(m->confidence, confidence, err);
}

const hsy_quote_models *hsy_quote_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err) {
  hsy_quote_models *m = hsy_new(arena, hsy_quote_models, 1);
  hsy_str file, uses;
  if (!m) hsy_arena_check(*arena, "quote", err);
  bool ok = m && find_file(model_dir, arena, &file, err) && hsy_model_section(file, "words", &uses, err) &&
            open_uses(&m->words.uses, uses, arena, err) && hsy_quote_words_load(&m->words, arena, err) &&
            hsy_lexicon_load(&m->idioms, "lexicon/en/no_report.txt", arena, err) &&
            hsy_lexicon_load(&m->denials, "lexicon/en/denial_words.txt", arena, err) &&
            hsy_lexicon_load(&m->nouns, "lexicon/en/reporting_nouns.txt", arena, err) && open_passes(m, file, err) &&
            open_ties(m, file, err);
  return ok ? m : NULL;
}
