#include "mock/deviations/lies.h"

const struct deviation envelope_deviations[] = {
    {0},
};
