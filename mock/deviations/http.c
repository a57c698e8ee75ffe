#include "mock/deviations/lies.h"

const struct deviation http_deviations[] = {
    {0},
};
