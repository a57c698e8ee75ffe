#include "mock/deviations/lies.h"

const struct deviation answers_deviations[] = {
    {0},
};
