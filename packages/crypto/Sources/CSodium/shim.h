#ifndef WAIAAS_CSODIUM_SHIM_H
#define WAIAAS_CSODIUM_SHIM_H

#include <sodium.h>
#include <sys/random.h> // getrandom(2), which the C library's Swift module leaves out

#endif
