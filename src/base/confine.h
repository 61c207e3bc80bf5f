/* Giving up what is not needed: no network, no other program but pdftotext, no writing outside
 * of one folder.
 *
 * In. The folder that may be written to, or NULL.
 * Out. Which of the two ways the system took: it holds for the calling thread and
 * those that it starts from now on, and cannot be taken back.
 * Owns. Nothing.
 * Fails when. The kernel knows neither; then nothing is changed.
 * Method. Landlock (Linux 5.13) for files and, where it knows them (6.7), TCP
 * ports; a seccomp filter for calls that make sockets, start programs, look into
 * other processes or change the system. Reading files stays as it was: what is to
 * be read may lie anywhere, also behind links. pdftotext may be started where
 * Landlock holds, confined as this program is; where it does not, nothing may.
 */
#ifndef HSY_BASE_CONFINE_H
#define HSY_BASE_CONFINE_H

enum { HSY_CONFINED_FILES = 1, HSY_CONFINED_CALLS = 2 };

int hsy_confine(const char *writable);

#endif
