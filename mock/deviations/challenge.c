#include "mock/deviations/lies.h"

const struct deviation challenge_deviations[] = {
    {0},
};
