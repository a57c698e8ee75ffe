#include "mock/deviations/lies.h"

const struct deviation auth_deviations[] = {
    {0},
};
