#include "mock/deviations/lies.h"

const struct deviation claude_deviations[] = {
    {0},
};
