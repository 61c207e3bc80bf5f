/* Faults in the system's functions: malloc and its like, writes, syncs, opens.
 *
 * In. Which kind fails, and which call of it from now on.
 * Out. How many calls of each kind there were.
 * The program's own definitions stand before the C library's, also for the
 * libraries that it is linked with. */
#ifndef HSY_TEST_TORTURE_H
#define HSY_TEST_TORTURE_H

typedef enum torture_fault { FAULT_MEMORY, FAULT_WRITE, FAULT_SYNC, FAULT_OPEN, FAULTS } torture_fault;

/* The n-th call from now on fails (0: none); stays: and all behind it. Writes,
 * syncs and opens count where the file's name holds ".db". */
void torture_fail(torture_fault fault, long n, int stays);
long torture_calls(torture_fault fault);

#endif
