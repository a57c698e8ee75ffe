#include "mock/deviations/lies.h"

const struct deviation openrouter_deviations[] = {
    {0},
};
