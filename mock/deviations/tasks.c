#include "mock/deviations/lies.h"

const struct deviation tasks_deviations[] = {
    {0},
};
