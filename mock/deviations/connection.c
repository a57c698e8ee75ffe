#include "mock/deviations/lies.h"

const struct deviation connection_deviations[] = {
    {0},
};
