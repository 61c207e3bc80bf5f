/* What two rows have to do with each other, as numbers that a model weighs.
 *
 * In. Two rows of a story that was read, resolved and weighed (link/story.h).
 * Out. Features, the same whichever row comes first; NaN where not known.
 * Owns. Nothing.
 */
#ifndef HSY_LINK_PAIR_H
#define HSY_LINK_PAIR_H

#include "link/story.h"

/* HSY_PAIR_FEATURES(X): X(name) each. The order is the model's. */
/* clang-format off */
#define HSY_PAIR_FEATURES(X) \
  X(cosine) X(contained) X(shared) X(shared_names) X(shared_things) X(rarest_name) X(rarest_thing) \
  X(least_left) X(most_left) X(names_differ) X(things_differ) X(polarity) X(polarity_things) X(title) \
  X(title_other) X(props_both) X(props_contained) X(props_overlap) X(event) X(event_overlap) \
  X(event_evidence) X(event_weight) X(event_side) X(event_sign) X(event_light) X(event_tense) \
  X(event_ordinal) X(events_agree) X(events_differ) X(figures) X(figure_unit) X(figure_overlap) \
  X(figure_equal) X(figure_ratio) X(figure_bounds) X(figure_side) X(figure_disputed) X(whole_side) \
  X(whole_sign) X(stance_sides) X(denials) X(silent) X(promises) X(admissions) X(asked) X(urged) \
  X(same_stance) X(negations) X(negation_parity) X(false_contents) X(one_document) X(rows_apart) \
  X(paragraphs_apart) X(nested) X(beside) X(points) X(point_sign) X(one_referent) X(unresolved) X(no_such) \
  X(own) X(sweeping) X(one_speaker) X(nobody) X(speaker_named) X(one_body) X(days_fit) X(days_apart) \
  X(headlines) X(direct) X(least_words) X(most_words) X(same_words) X(run) X(jaccard) X(meaning)
/* clang-format on */

typedef enum hsy_pair_feature {
#define HSY_PAIR_NAME(name) HSY_PAIR_##name,
  HSY_PAIR_FEATURES(HSY_PAIR_NAME)
#undef HSY_PAIR_NAME
      HSY_PAIR_COUNT
} hsy_pair_feature;

const char *hsy_pair_feature_name(hsy_pair_feature feature);

void hsy_pair_features(const hsy_story *story, int32_t a, int32_t b, float out[HSY_PAIR_COUNT]);

#endif
