#include "mock/deviations/lies.h"

const struct deviation keys_deviations[] = {
    {0},
};
